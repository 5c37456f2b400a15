import { isWidths, LIMITS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{hidden: number[], f: string[], seed: number, batch: number|null}} Shape */

/**
 * The small form of what the network is; what cannot be used is answered below it, and the last network stays.
 * @param {HTMLFormElement} form @param {HTMLElement} fault
 * @param {{activations: {name: string, label: string}[], onShape: (shape: Shape) => void}} parts
 * @returns {(shape: Shape & {samples: number}, isFixed: boolean) => void} shows one; a shared run's cannot be changed
 */
export function createShapeForm(form, fault, { activations, onShape }) {
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  for (const name of ["inner", "outer"])
    field(name).append(...activations.map(({ name: value, label }) => new Option(label, value)));
  let samples = 1;
  let last = "";

  const refuse = (/** @type {string|null} */ name, message = "") => {
    for (const each of ["hidden", "seed", "batch"])
      if (each === name) field(each).setAttribute("aria-invalid", "true");
      else field(each).removeAttribute("aria-invalid");
    fault.textContent = message;
    fault.hidden = !message;
  };
  const use = () => {
    const hidden = field("hidden")
      .value.split(/[\s,;→]+/)
      .filter(Boolean)
      .map(Number);
    const seed = Number(field("seed").value.trim() || NaN);
    const batch = Number(field("batch").value.trim() || NaN);
    if (!isWidths(hidden))
      return refuse(
        "hidden",
        `Give widths from 1 to ${LIMITS.width} with commas between, as 3 or 4, 3; at most ${LIMITS.layers - 1}.`,
      );
    if (!Number.isInteger(seed) || seed < 0 || seed > LIMITS.seed)
      return refuse("seed", `A seed is a whole number from 0 to ${LIMITS.seed}.`);
    if (!Number.isInteger(batch) || batch < 1 || batch > samples)
      return refuse(
        "batch",
        `A batch has from 1 to ${samples} ${samples > 1 ? "rows" : "row"}: so many samples there are.`,
      );
    refuse(null);
    return onShape({
      hidden,
      f: [field("inner").value, field("outer").value],
      seed,
      batch: batch === samples ? null : batch,
    });
  };
  form.addEventListener("change", use);
  form.addEventListener("submit", (event) => event.preventDefault());

  return (shape, isFixed) => {
    samples = shape.samples;
    for (const element of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) element.disabled = isFixed;
    const key = JSON.stringify(shape);
    if (key === last) return;
    last = key;
    refuse(null);
    field("hidden").value = shape.hidden.join(", ");
    [field("inner").value, field("outer").value] = shape.f;
    field("seed").value = String(shape.seed);
    field("batch").value = String(shape.batch ?? samples);
  };
}
