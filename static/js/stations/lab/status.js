import { trimmed } from "../../base/format.js";
import { cellsOf, fieldNamed, resultOf, shortName, SIGNS, standing } from "./model.js";
import { named } from "./symbols.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Field} Field */

const PLAIN = /^[-−+]?\d+(\.\d+)?$/;

/**
 * One short line below a field that says how it stands.
 * @param {HTMLElement} place @param {State} state @param {Field} field
 */
export function statusOf(place, state, field) {
  const parts = partsOf(state, field);
  const text = parts.map((each) => (typeof each === "string" ? each : each.textContent)).join("");
  if (place.textContent !== text) place.replaceChildren(...parts);
}

/** @param {State} state @param {Field} field @returns {(string|Node)[]} */
function partsOf(state, field) {
  const stands = standing(state, field);
  const result = resultOf(state, field);
  const { sign, name } = SIGNS[stands];
  if (stands === "empty") return ["\u00a0"];
  if (stands === "wrong") return [`${sign} ${faultOf(result)}`];
  if (stands === "invalid") return [`${sign} ${result.faults.length ? name : result.message}`];
  if (stands === "follow") {
    const own = result.from_own.flatMap((/** @type {string} */ each, /** @type {number} */ index) => {
      const origin = fieldNamed(state, each);
      return [...(index ? [" and "] : []), named(shortName(origin), origin.symbol)];
    });
    return [`${sign} from your `, ...own];
  }
  if (stands === "rounded")
    return [`${sign} ${name}${result.exact.flat().length === 1 ? ` from ${written(result.exact)}` : ""}`];
  if (stands === "exact")
    return [`${sign} ${name}${isPlain(cellsOf(state, field)) ? "" : ` = ${written(result.read)}`}`];
  return [`${sign} ${name}`];
}

/** @param {any} result */
function faultOf({ read, expected_shape: [rows, columns], wrong_cells: cells }) {
  if (read.length !== rows || read[0].length !== columns) return "another shape";
  return rows * columns === 1 ? "wrong" : `${cells.length} of ${rows * columns} cells`;
}

/**
 * Whether every cell is a number as a computer writes it, so that nothing needs to be said of how it was read.
 * @param {string[][]} cells
 */
const isPlain = (cells) => cells.flat().every((cell) => PLAIN.test(cell.trim()));

/** @param {(number|null)[][]} values */
const written = (values) =>
  values
    .flat()
    .map((value) => trimmed(value, 6))
    .join("\u2002");
