import { exact } from "../base/format.js";
import { readNumber } from "../base/typed_number.js";

/**
 * One number as a slider and a typed field that agree.
 * @param {HTMLElement} root an element that holds both inputs
 * @param {{scale: import("../base/scales.js").Scale, allows?: (value: number) => string|null, onInput: (value:
 *   number) => void}} parts
 *   `allows` says what would be right for a typed number that cannot be used
 */
export function createKnob(root, { scale, allows = () => null, onInput }) {
  const slider = /** @type {HTMLInputElement} */ (root.querySelector("input[type=range]"));
  const typed = /** @type {HTMLInputElement} */ (root.querySelector("input[type=text]"));
  let current = scale;
  let last = 0;

  const refuse = (/** @type {string|null} */ message) => {
    typed.toggleAttribute("aria-invalid", false);
    if (message) typed.setAttribute("aria-invalid", "true");
    typed.title = message ?? "";
    typed.setCustomValidity(message ?? "");
    if (message) typed.reportValidity();
  };
  const write = (/** @type {number} */ value) => {
    slider.value = String(current.toPosition(value));
    slider.setAttribute("aria-valuetext", exact(value));
  };
  const use = (/** @type {number} */ value) => {
    last = value;
    refuse(null);
    write(value);
    onInput(value);
  };
  const setScale = (/** @type {import("../base/scales.js").Scale} */ next) => {
    current = next;
    [slider.min, slider.max] = current.positions.map(String);
    slider.step = "1";
    write(last);
  };

  slider.addEventListener("input", () => {
    const value = current.toValue(Number(slider.value));
    typed.value = exact(value);
    use(value);
  });
  typed.addEventListener("change", () => {
    const value = readNumber(typed.value);
    const wrong = value === null ? "Type a number, as −0.5, 1/3, π/2 or 1e-3." : allows(value);
    if (value === null || wrong) return refuse(wrong);
    typed.value = typed.value.trim().replace(/^-/, "−");
    return use(value);
  });
  typed.addEventListener("input", () => refuse(null));
  typed.addEventListener("keydown", (event) => {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!direction) return;
    event.preventDefault();
    const value = current.next(last, direction);
    typed.value = exact(value);
    use(value);
  });
  setScale(scale);
  return {
    setScale,
    /** Shows a value that came from elsewhere. @param {number} value */
    show(value) {
      if (value === last && typed.value !== "") return;
      last = value;
      if (document.activeElement !== typed) refuse(null);
      typed.value = exact(value);
      write(value);
    },
  };
}
