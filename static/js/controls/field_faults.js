import { count } from "../base/format.js";

const FIELD_OF = /** @type {[RegExp, string][]} */ ([
  [/layer_sizes/, "width"],
  [/learning_rate/, "rate"],
  [/batch_size/, "batch"],
  [/seed/, "seed"],
  [/initialization/, "initialization"],
  [/preset/, "preset"],
]);

/**
 * What is wrong with a form's fields: marked at the field, and said in words below.
 * @param {HTMLFormElement} form @param {HTMLElement} note
 */
export function createFieldFaults(form, note) {
  const controls = /** @type {(HTMLInputElement|HTMLSelectElement)[]} */ (
    [...form.elements].filter(
      // a slider cannot be wrong; its number has a field
      (one) => (one instanceof HTMLInputElement && one.type !== "range") || one instanceof HTMLSelectElement,
    )
  );
  /** @param {{control: HTMLElement, words: string}[]} faults */
  const show = (faults) => {
    for (const control of controls) control.removeAttribute("aria-invalid");
    for (const { control } of faults) control.setAttribute("aria-invalid", "true");
    const words = faults.map((fault) => fault.words).join(" ");
    if (note.textContent !== words) note.textContent = words;
    note.hidden = !words;
  };
  return {
    words: () => note.textContent,
    /**
     * Whether the fields can be used.
     * @param {HTMLInputElement|null} [only] one field, where the others do not matter
     */
    check(only = null) {
      show(
        controls.filter((control) => !control.validity.valid).map((control) => ({ control, words: wants(control) })),
      );
      return only ? only.validity.valid : controls.every((control) => control.validity.valid);
    },
    /**
     * Show what the server refused; whether every error has a field here.
     * @param {{location: string, message: string}[]} errors
     */
    refuse(errors) {
      const placed = errors.flatMap(({ location, message }) => {
        const name = FIELD_OF.find(([pattern]) => pattern.test(location))?.[1];
        const control = controls.find((one) => one.name === name);
        return control ? [{ control, words: `${nameOf(control)}: ${message}` }] : [];
      });
      show(placed);
      return errors.length > 0 && placed.length === errors.length;
    },
  };
}

/** @param {HTMLInputElement|HTMLSelectElement} control */
const nameOf = (control) => control.dataset.name ?? control.name;

/** @param {HTMLInputElement|HTMLSelectElement} control */
function wants(control) {
  const { min = "", max = "", step = "" } = control instanceof HTMLInputElement ? control : {};
  const whole = step === "1";
  const range = `${whole ? `from ${count(Number(min))} to` : `above ${min}, up to`} ${count(Number(max))}`;
  return `${nameOf(control)} takes a ${whole ? "whole " : ""}number ${range}.`;
}
