import { createFormulaField } from "../../controls/formula_field.js";
import { createReading } from "../../controls/formula_reading.js";
import { part, write } from "../../controls/parts.js";
import { namedAlike } from "./input_names.js";

/**
 * @typedef {{expressions: string[], variables: string[], example: string|null, asked: any, answer: any, problem:
 *   import("../../base/api.js").Problem|null}} Typed
 */

export const MOST_OUTPUTS = 3;

/**
 * The outputs of f, a field for each, and the buttons that add one or take the last one away; what is taken away can be
 * added again.
 * @template {Typed} S
 * @param {{get: () => S, set: (change: any) => void}} store
 * @param {() => string} another the formula of an output that was not there before
 * @returns {(state: S) => void} shows the state's formulas
 */
export function wireOutputs(store, another) {
  /** @type {string[]} */
  const taken = [];
  const change = (/** @type {Partial<S>} */ outputs) => store.set({ ...outputs, example: null, asked: null });
  const fields = Array.from({ length: MOST_OUTPUTS }, (_, index) =>
    outputField(index, (text) => {
      const { expressions } = store.get();
      if (index >= expressions.length || text === expressions[index]) return;
      change(/** @type {Partial<S>} */ (namedAlike(expressions.with(index, text), store.get().variables, index)));
    }),
  );
  const [more, fewer] = ["more-outputs", "fewer-outputs"].map((id) => part(id, HTMLButtonElement));
  more.addEventListener("click", () => {
    const { expressions } = store.get();
    if (expressions.length === MOST_OUTPUTS) return;
    change(/** @type {Partial<S>} */ ({ expressions: [...expressions, taken.pop() ?? another()] }));
    // the field shows with the next frame
    requestAnimationFrame(() => requestAnimationFrame(() => fields[expressions.length].input.select()));
  });
  fewer.addEventListener("click", () => {
    const { expressions } = store.get();
    if (expressions.length > 1) change(/** @type {Partial<S>} */ ({ expressions: expressions.slice(0, -1) }));
    taken.push(...expressions.slice(1).slice(-1));
  });
  return ({ expressions, problem, answer }) => {
    part("outputs", HTMLElement).dataset.count = String(expressions.length);
    more.disabled = expressions.length === MOST_OUTPUTS;
    fewer.disabled = expressions.length === 1;
    for (const { input, index, field, read } of fields) {
      const line = /** @type {HTMLElement} */ (input.closest(".formula"));
      line.hidden = index >= expressions.length;
      if (line.hidden) continue;
      if (!index) write(/** @type {Element} */ (line.querySelector(".math")), expressions.length > 1 ? "f₁ =" : "f =");
      field.show(expressions[index]);
      read(answer?.expressions[index] ?? null);
      const refusal = problem?.errors.find((error) => placeOf(error.location) === index);
      if (refusal) field.refuse(refusal);
      else field.accept();
    }
  };
}

/** @param {number} index @param {(text: string) => void} onInput */
function outputField(index, onInput) {
  const [name, input] = [`expressions-${index}`, part(`expressions-${index}`, HTMLInputElement)];
  return {
    input,
    index,
    read: createReading(part(`${name}-reading`, HTMLElement)),
    field: createFormulaField({ input, message: part(`${name}-message`, HTMLElement), onInput }),
  };
}

/** Which formula a refusal is about: `expressions.1` is the second. @param {string} location */
function placeOf(location) {
  const found = /^expressions\D(\d+)/.exec(location);
  return found ? Number(found[1]) : -1;
}
