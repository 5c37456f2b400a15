import { exact, number } from "../base/format.js";
import { bracketed, digits, formula, indexed, name, operator, row } from "../typesetting/mathml.js";
import { addRow, numberTable } from "../controls/number_table.js";

/** @typedef {import("./hill.js").Place} Place */

const SHORT = 4; // with more digits the result has a line of its own

/**
 * The places of a descent as a table, the newest first; in two variables the slope is the gradient's length.
 * @param {HTMLElement} place @param {Place[]} path @param {number} places @param {string[]} [names] the variables
 */
export function showSteps(place, path, places, names = ["x"]) {
  const { table, body } = numberTable(["step", ...names, ...(names.length > 1 ? ["f", "‖∇f‖"] : ["f(x)", "f′(x)"])]);
  for (const { step, point, value, gradient } of [...path].reverse()) {
    const slope =
      gradient.length === 1
        ? gradient[0]
        : gradient.includes(null)
          ? null
          : Math.hypot(.../** @type {number[]} */ (gradient));
    addRow(body, [String(step), ...[...point, value, slope].map((each) => number(each, places))]);
  }
  body.rows[0]?.classList.add("now");
  place.replaceChildren(table);
}

/**
 * The rule of a step, with the numbers of the next one filled in on request.
 * @param {HTMLElement} place
 * @param {{ball: Place, next: Place|null, rate: number, places: number, filled: boolean}} input
 */
export function showStepFormula(place, { ball, next, rate, places, filled }) {
  const [slope] = ball.gradient;
  const x = (/** @type {string} */ index) =>
    indexed(
      name("x", "x"),
      row(...index.split("").map((sign) => (sign === "+" ? operator("+") : sign === "1" ? digits("1") : name(sign)))),
      "x",
    );
  const lines = [
    formula(x("k+1"), "=", x("k"), "−", name("η"), name("f", "slope"), operator("′", "slope"), "(", x("k"), ")"),
  ];
  if (filled && next && slope !== null) {
    const [here, there] = [number(ball.point[0], places), number(next.point[0], places)];
    lines.push(
      formula(
        "=",
        digits(here, "x"),
        "−",
        digits(exact(rate)),
        "·",
        bracketed(number(slope, places), "slope"),
        ...(places > SHORT ? [] : ["=", digits(there, "x")]),
      ),
    );
    if (places > SHORT) lines.push(formula("=", digits(there, "x")));
  }
  place.replaceChildren(...lines);
}
