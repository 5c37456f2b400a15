import { outputName } from "./jacobian_sentence.js";
import { entryText } from "./local_map.js";
import { exact, number } from "../../base/format.js";
import { difference, digits, formula, matrix, name, row } from "../../typesetting/mathml.js";
import { addRow, numberTable } from "../../controls/number_table.js";

/** @typedef {import("./local_map.js").LocalMap} LocalMap */

const ROOM = 3; // outputs: from so many on the table stands alone

/**
 * The change of f along the diagonal of the square against what the matrix says, output by output.
 * @param {HTMLElement} place
 * @param {{answer: any, map: LocalMap, places: number, filled: boolean, row: number|null}} input `row`: the output
 *   asked about
 */
export function showLinearStep(place, { answer, map, places, filled, row: asked }) {
  const { change } = map;
  const linear = map.linear ?? change.map(() => null);
  const { table, body } = numberTable(["", ["f(x + Δx) − f(x)", "f"], ["J Δx", "slope"], "apart"]);
  for (const [index, real] of change.entries()) {
    const apart = real === null || linear[index] === null ? null : real - linear[index];
    const noise = apart !== null && Math.abs(apart) <= 1e-12 * Math.max(1, Math.abs(map.values[index] ?? 0));
    const line = addRow(body, [
      outputName(index, change.length),
      number(real, places),
      number(linear[index], places),
      noise ? "0" : number(apart, 2),
    ]);
    line.classList.toggle("now", index === asked);
  }
  place.replaceChildren(
    ...(filled ? [productFormula(answer, map, linear, places)] : change.length < ROOM ? [claimFormula()] : []),
    table,
  );
}

/** What the table compares. */
const claimFormula = () =>
  formula(
    name("f", "f"),
    "(",
    name("x", "x"),
    "+",
    difference("x", "dx"),
    ")",
    "−",
    name("f", "f"),
    "(",
    name("x", "x"),
    ")",
    "≈",
    name("J", "slope"),
    difference("x", "dx"),
  );

/**
 * J times Δx with its numbers.
 * @param {any} answer
 * @param {LocalMap} map
 * @param {(number|null)[]} linear
 * @param {number} places
 */
function productFormula(answer, map, linear, places) {
  const short = Math.min(places, 4);
  const entries = map.matrix.map((line, index) =>
    line.map((_, column) => digits(entryText(answer, map, index, column, short), "slope")),
  );
  const step = map.at.map(() => [digits(exact(map.side), "dx")]);
  const line = formula(
    row(name("J", "slope"), difference("x", "dx")),
    "=",
    matrix(entries),
    matrix(step),
    "=",
    matrix(linear.map((value) => [digits(number(value, short), "slope")])),
  );
  line.classList.add("tight");
  return line;
}
