import { exact, number } from "../format.js";
import { digits, formula, indexed, name, operator, row } from "./mathml.js";

/** @typedef {import("../figures/hill.js").Place} Place */

/**
 * The places of a descent as a table, the newest first.
 * @param {HTMLElement} place @param {Place[]} path @param {number} places
 */
export function showSteps(place, path, places) {
  const table = document.createElement("table");
  table.className = "limit";
  const head = table.createTHead().insertRow();
  for (const title of ["step", "x", "f(x)", "f′(x)"]) head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: title }));
  const body = table.createTBody();
  for (const { step, point, value, gradient } of [...path].reverse()) {
    const line = body.insertRow();
    for (const text of [String(step), number(point[0], places), number(value, places), number(gradient[0], places)]) line.insertCell().textContent = text;
  }
  body.rows[0]?.classList.add("now");
  place.replaceChildren(table);
}

/**
 * The rule of a step, with the numbers of the next one filled in on request.
 * @param {HTMLElement} place @param {{ball: Place, next: Place|null, rate: number, places: number, filled: boolean}} input
 */
export function showStepFormula(place, { ball, next, rate, places, filled }) {
  const [slope] = ball.gradient;
  const x = (/** @type {string} */ index) => indexed(name("x", "x"), row(...index.split("").map((sign) => (sign === "+" ? operator("+") : sign === "1" ? digits("1") : name(sign)))), "x");
  const lines = [formula(x("k+1"), "=", x("k"), "−", name("η"), name("f", "slope"), operator("′", "slope"), "(", x("k"), ")")];
  if (filled && next && slope !== null) {
    const [here, there] = [number(ball.point[0], places), number(next.point[0], places)];
    lines.push(formula("=", digits(here, "x"), "−", digits(exact(rate)), "·", slope < 0 ? row("(", digits(number(slope, places), "slope"), ")") : digits(number(slope, places), "slope"), "=", digits(there, "x")));
  }
  place.replaceChildren(...lines);
}
