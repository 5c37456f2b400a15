import { exact } from "../../base/format.js";
import { readNumber } from "../../base/typed_number.js";
import { part } from "../../controls/parts.js";
import { MOST_RATE, MOST_SEED, resized, rowsOf } from "./rows_state.js";

/** @typedef {import("./rows_state.js").State} State */

/**
 * How many rows, which first weights, which learning rate: a field that cannot be used says so, and the last one stays.
 * @param {{get: () => State, set: (change: Partial<State>) => void}} store
 * @param {import("./rows_state.js").Preset} preset
 */
export function wireRowsForm(store, preset) {
  const rows = part("m", HTMLSelectElement);
  rows.append(...Array.from({ length: rowsOf(preset) }, (_, index) => new Option(String(index + 1))));
  rows.addEventListener("change", () => store.set(resized(store.get(), Number(rows.value))));
  const seed = field(part("seed", HTMLInputElement), {
    read: (value) => (Number.isInteger(value) && value >= 0 && value <= MOST_SEED ? value : null),
    wants: `Type a whole number from 0 to ${MOST_SEED}.`,
    onInput: (value) => store.set({ seed: value }),
  });
  const eta = field(part("eta", HTMLInputElement), {
    read: (value) => (value > 0 && value <= MOST_RATE ? value : null),
    wants: `Type a number above 0, up to ${MOST_RATE}.`,
    onInput: (value) => store.set({ eta: value }),
  });
  return (/** @type {State} */ state) => {
    rows.value = String(state.m);
    seed(state.seed);
    eta(state.eta);
  };
}

/**
 * @param {HTMLInputElement} input
 * @param {{read: (value: number) => number|null, wants: string, onInput: (value: number) => void}} parts
 */
export function field(input, { read, wants, onInput }) {
  const note = part("field-fault", HTMLElement);
  const refuse = (/** @type {string} */ message) => {
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (note.textContent !== message) note.textContent = message;
    note.hidden = !message;
  };
  input.addEventListener("change", () => {
    const typed = readNumber(input.value);
    const value = typed === null ? null : read(typed);
    const what = input.value.trim() ? `“${input.value.trim()}” cannot be used.` : "It is empty.";
    refuse(value === null ? `${input.dataset.name}: ${what} ${wants}` : "");
    if (value !== null) onInput(value);
  });
  return (/** @type {number} */ value) => {
    const isTyped = document.activeElement === input || input.getAttribute("aria-invalid") === "true";
    if (!isTyped) input.value = exact(value);
  };
}
