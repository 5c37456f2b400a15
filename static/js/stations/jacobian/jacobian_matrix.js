import { outputName } from "./jacobian_sentence.js";
import { entryText, isPlain } from "./local_map.js";
import { exact, written } from "../../base/format.js";
import { fillIn } from "../../typesetting/filled_formula.js";
import { createMatrix, toneOf } from "../../controls/matrix.js";
import { typeset } from "../../typesetting/mathml.js";

/** @typedef {import("./local_map.js").LocalMap} LocalMap */
/** @typedef {import("./input_grid.js").Asked} Asked */

/**
 * The Jacobian: a row for each output, which is its gradient, and a column for each input.
 * @param {HTMLElement} place @param {(asked: Asked|null) => void} onAsk
 */
export function createJacobianMatrix(place, onAsk) {
  const show = createMatrix(place, { label: "Jacobian", onAsk });
  /**
   * @param {{answer: any, map: LocalMap, asked: Asked|null, places: number, filled: boolean}} input `filled`: with the
   *   point's numbers in the formulas
   */
  return ({ answer, map, asked, places, filled }) => {
    /** @type {string[]} */
    const variables = answer.variables;
    const outputs = answer.expressions.length;
    const values = filled ? Object.fromEntries(variables.map((name, axis) => [name, exact(map.at[axis])])) : null;
    const largest = Math.max(...map.matrix.flat().map((entry) => Math.abs(entry ?? 0)));
    show({
      key: variables.join(),
      asked,
      rows: map.matrix.map((_, index) => [
        ["∇", "grad"],
        [outputName(index, outputs), "f"],
      ]),
      columns: variables.map((variable) => [
        ["∂/∂", "slope"],
        [written(variable), "x"],
      ]),
      entries: map.matrix.map((line, index) =>
        line.map((value, column) => ({
          tone: toneOf(value, largest),
          ...entryOf(answer, index, column, entryText(answer, map, index, column, places), values),
        })),
      ),
    });
  };
}

/**
 * What an entry shows and says; a number alone needs no formula.
 * @param {any} answer @param {number} index @param {number} column @param {string} text
 * @param {Record<string, string>|null} values what to fill in for the variables
 */
function entryOf(answer, index, column, text, values) {
  const symbolic = answer.symbolic[index][column];
  const name = `∂${outputName(index, answer.expressions.length)}/∂${written(answer.variables[column])}`;
  if (isPlain(symbolic.text)) return { text, label: `${name} = ${text}` };
  const symbols = Object.fromEntries(answer.variables.map((/** @type {string} */ variable) => [variable, "x"]));
  const general = () => typeset(symbolic.mathml, symbols);
  return {
    text,
    label: `${name} = ${written(symbolic.text)} = ${text}`,
    key: symbolic.mathml + (values ? JSON.stringify(values) : ""),
    formula: () => (values ? fillIn(general(), values, symbols) : general()),
  };
}
