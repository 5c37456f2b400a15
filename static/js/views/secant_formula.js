import { exact, lowered, number } from "../format.js";
import { bracketed, difference, digits, formula, fraction, indexed, name, row } from "./mathml.js";

/** @typedef {{variable: string, at: number, delta: number, here: number|null, there: number|null, slope: number|null, places: number, filled: boolean}} Input */

/**
 * The slope of the secant, with its numbers filled in on request.
 * @param {HTMLElement} place @param {Input} input
 */
export function showSecantFormula(place, { variable, at, delta, here, there, slope, places, filled }) {
  const [letter, index] = [variable.replace(/\d+$/, ""), /\d+$/.exec(variable)?.[0] ?? "0"];
  const start = () => indexed(name(letter, "x"), digits(index), "x");
  const change = () => difference(lowered(variable), "dx");
  const lines = [formula(fraction(row(name("f", "f"), "(", start(), "+", change(), ")", "−", name("f", "f"), "(", start(), ")"), change()), "=", digits(number(slope, places), "dx"))];
  if (filled) {
    const sum = [digits(exact(at), "x"), delta < 0 ? "−" : "+", digits(exact(Math.abs(delta)), "dx")];
    lines.push(formula("=", fraction(row(name("f", "f"), "(", ...sum, ")", "−", name("f", "f"), "(", digits(exact(at), "x"), ")"), digits(exact(delta), "dx"))));
    lines.push(formula("=", fraction(row(digits(number(there, places), "f"), "−", bracketed(number(here, places), "f")), digits(exact(delta), "dx"))));
  }
  place.replaceChildren(...lines);
}
