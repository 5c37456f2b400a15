import { exact, lowered, number, trimmed } from "../../base/format.js";
import { bracketed, difference, digits, formula, fraction, indexed, name, row } from "../../typesetting/mathml.js";

/**
 * @typedef {{variable: string, at: number, delta: number, here: number|null, there: number|null, slope: number|null,
 *   limit: number|null, places: number, filled: boolean}} Input
 */

/**
 * The slope of the secant, with its numbers filled in on request.
 * @param {HTMLElement} place @param {Input} input
 */
export function showSecantFormula(place, input) {
  const { variable, at, slope, limit, places, filled } = input;
  const [letter, index] = [variable.replace(/\d+$/, ""), /\d+$/.exec(variable)?.[0] ?? "0"];
  const start = () => indexed(name(letter, "x"), digits(index), "x");
  const change = () => difference(lowered(variable), "dx");
  const result =
    limit === null
      ? ["=", digits(number(slope, places), "dx")]
      : ["→", digits(trimmed(limit, places), "slope"), "=", name("f", "slope"), "′", "(", digits(exact(at), "x"), ")"];
  const rise = row(...value(start(), "+", change()), "−", ...value(start()));
  place.replaceChildren(formula(fraction(rise, change()), ...result), ...(filled ? withNumbers(input) : []));
}

/** f of something. @param {...import("../../typesetting/mathml.js").Part} inside */
const value = (...inside) => [name("f", "f"), "(", ...inside, ")"];

/** The same with x₀ and Δx filled in, then with both values of f. @param {Input} input */
function withNumbers({ at, delta, here, there, places }) {
  const [start, step] = [() => digits(exact(at), "x"), () => digits(exact(delta), "dx")];
  const sum = [start(), delta < 0 ? "−" : "+", digits(exact(Math.abs(delta)), "dx")];
  const values = row(digits(number(there, places), "f"), "−", bracketed(number(here, places), "f"));
  return [
    formula("=", fraction(row(...value(...sum), "−", ...value(start())), step())),
    formula("=", fraction(values, step())),
  ];
}
