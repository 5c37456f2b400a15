import { createFormulaField } from "../views/formula_field.js";
import { part, write } from "../views/parts.js";

/** @typedef {{expressions: string[], example: string|null, asked: any, problem: import("../api.js").Problem|null}} Typed */

export const MOST_OUTPUTS = 3;

/**
 * The outputs of f, a field for each, and the buttons that add one or take the last one away; what is taken away can be added again.
 * @template {Typed} S
 * @param {{get: () => S, set: (change: any) => void}} store @param {() => string} another the formula of an output that was not there before
 * @returns {(state: S) => void} shows the state's formulas
 */
export function wireOutputs(store, another) {
  /** @type {string[]} */
  const taken = [];
  const change = (/** @type {string[]} */ expressions) => store.set({ expressions, example: null, asked: null });
  const fields = Array.from({ length: MOST_OUTPUTS }, (_, index) => {
    const input = part(`expressions-${index}`, HTMLInputElement);
    const onInput = (/** @type {string} */ text) => {
      const { expressions } = store.get();
      if (index < expressions.length && text !== expressions[index]) change(expressions.with(index, text));
    };
    return { input, index, field: createFormulaField({ input, message: part(`expressions-${index}-message`, HTMLElement), onInput }) };
  });
  const [more, fewer] = ["more-outputs", "fewer-outputs"].map((id) => part(id, HTMLButtonElement));
  more.addEventListener("click", () => {
    const { expressions } = store.get();
    if (expressions.length === MOST_OUTPUTS) return;
    change([...expressions, taken.pop() ?? another()]);
    // the field shows with the next frame
    requestAnimationFrame(() => requestAnimationFrame(() => fields[expressions.length].input.select()));
  });
  fewer.addEventListener("click", () => {
    const { expressions } = store.get();
    if (expressions.length > 1) change(expressions.slice(0, -1));
    taken.push(...expressions.slice(1).slice(-1));
  });
  return ({ expressions, problem }) => {
    part("outputs", HTMLElement).dataset.count = String(expressions.length);
    more.disabled = expressions.length === MOST_OUTPUTS;
    fewer.disabled = expressions.length === 1;
    for (const { input, index, field } of fields) {
      const line = /** @type {HTMLElement} */ (input.closest(".formula"));
      line.hidden = index >= expressions.length;
      if (line.hidden) continue;
      if (!index) write(/** @type {Element} */ (line.querySelector(".math")), expressions.length > 1 ? "f₁ =" : "f =");
      field.show(expressions[index]);
      const refusal = problem?.errors.find((error) => placeOf(error.location) === index);
      if (refusal) field.refuse(refusal);
      else field.accept();
    }
  };
}

/** Which formula a refusal is about: `expressions.1` is the second. @param {string} location */
function placeOf(location) {
  const found = /^expressions\D(\d+)/.exec(location);
  return found ? Number(found[1]) : -1;
}
