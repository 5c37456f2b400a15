import { createFormulaField } from "./formula_field.js";
import { createReading } from "./formula_reading.js";
import { part } from "./parts.js";

/** @typedef {{example: string|null, problem: import("../base/api.js").Problem|null}} Typed */

/**
 * A formula of the page's state that can be typed: what the server refuses is said at its field.
 * @template {Typed} S
 * @param {{get: () => S, set: (change: any) => void}} store
 * @param {keyof S & string} name of the formula in the state, in the API and on the page @param {Partial<S>}
 *   [reset] what else a new formula changes
 * @param {(state: S) => {text: string, mathml: string}|null|undefined} [readingOf] as the server has taken it
 * @returns {(state: S) => void} shows the state's formula
 */
export function wireFormula(store, name, reset = {}, readingOf = () => null) {
  const showReading = createReading(part(`${name}-reading`, HTMLElement));
  const field = createFormulaField({
    input: part(name, HTMLInputElement),
    message: part(`${name}-message`, HTMLElement),
    onInput: (text) => text !== store.get()[name] && store.set({ ...reset, [name]: text, example: null }),
  });
  return (state) => {
    field.show(String(state[name]));
    const refusal = state.problem?.errors.find((error) => error.location === name);
    if (refusal) field.refuse(refusal);
    else field.accept();
    showReading(readingOf(state) ?? null);
  };
}
