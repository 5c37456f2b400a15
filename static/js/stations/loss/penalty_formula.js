import { exact, trimmed } from "../../base/format.js";
import { fillIn } from "../../typesetting/filled_formula.js";
import { bracketed, digits, formula, hatted, name, raised, typeset } from "../../typesetting/mathml.js";

const SYMBOLS = { ŷ: "h", y: "y" };

/** @typedef {{mathml: string}} Typeset a formula as the server set it */
/**
 * @typedef {{prediction: number, target: number, penalty: number, absolute: number|null, squared: Typeset, compared:
 *   Typeset|null, places: number, filled: boolean}} Input
 */

/**
 * The penalty's formula with its value, and step by step with the numbers filled in on request.
 * @param {HTMLElement} place @param {Input} input
 */
export function showPenaltyFormula(
  place,
  { prediction, target, penalty, absolute, squared, compared, places, filled },
) {
  const cost = (/** @type {number} */ value, /** @type {string} */ symbol) => digits(trimmed(value, places), symbol);
  const values = { ŷ: exact(prediction), y: exact(target) };
  const error = bracketed(trimmed(prediction - target, places), "dx");
  const lines = [
    formula(
      name("SE", "L"),
      "(",
      hatted("y", "h"),
      ",",
      name("y", "y"),
      ")",
      "=",
      typeset(squared.mathml, SYMBOLS),
      ...(filled ? [] : ["=", cost(penalty, "L")]),
    ),
  ];
  const withNumbers = (/** @type {Typeset} */ { mathml }) => fillIn(typeset(mathml, SYMBOLS), values, SYMBOLS);
  if (filled) lines.push(formula("=", withNumbers(squared), "=", raised(error, digits("2")), "=", cost(penalty, "L")));
  if (compared && absolute !== null) {
    const steps = filled ? [withNumbers(compared), "="] : [];
    lines.push(formula(typeset(compared.mathml, SYMBOLS), "=", ...steps, cost(absolute, "soft")));
  }
  place.replaceChildren(...lines);
}
