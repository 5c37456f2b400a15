import { outputName } from "../figures/jacobian_sentence.js";
import { entryText, isPlain } from "../figures/local_map.js";
import { exact, written } from "../format.js";
import { fillIn } from "./filled_formula.js";
import { createMatrix, toneOf } from "./matrix.js";
import { typeset } from "./mathml.js";

/** @typedef {import("../figures/local_map.js").LocalMap} LocalMap */
/** @typedef {import("../figures/input_grid.js").Asked} Asked */

/**
 * The Jacobian: a row for each output, which is its gradient, and a column for each input.
 * @param {HTMLElement} place @param {(asked: Asked|null) => void} onAsk
 */
export function createJacobianMatrix(place, onAsk) {
  const show = createMatrix(place, { label: "Jacobian", onAsk });
  /** @param {{answer: any, map: LocalMap, asked: Asked|null, places: number, filled: boolean}} input `filled`: with the point's numbers in the formulas */
  return ({ answer, map, asked, places, filled }) => {
    const outputs = answer.expressions.length;
    const symbols = Object.fromEntries(answer.variables.map((/** @type {string} */ variable) => [variable, "x"]));
    const values = Object.fromEntries(answer.variables.map((/** @type {string} */ variable, /** @type {number} */ axis) => [variable, exact(map.at[axis])]));
    const largest = Math.max(...map.matrix.flat().map((entry) => Math.abs(entry ?? 0)));
    show({
      key: answer.variables.join(), asked,
      rows: map.matrix.map((_, index) => [["∇", "grad"], [outputName(index, outputs), "f"]]),
      columns: answer.variables.map((/** @type {string} */ variable) => [["∂/∂", "slope"], [written(variable), "x"]]),
      entries: map.matrix.map((line, index) => line.map((value, column) => {
        const symbolic = answer.symbolic[index][column];
        const plain = isPlain(symbolic.text);
        const text = entryText(answer, map, index, column, places);
        return {
          text, tone: toneOf(value, largest),
          label: `∂${outputName(index, outputs)}/∂${written(answer.variables[column])} = ${plain ? "" : `${written(symbolic.text)} = `}${text}`,
          ...(plain ? {} : { key: symbolic.mathml + (filled ? JSON.stringify(values) : ""), formula: () => (filled ? fillIn(typeset(symbolic.mathml, symbols), values, symbols) : typeset(symbolic.mathml, symbols)) }),
        };
      })),
    });
  };
}
