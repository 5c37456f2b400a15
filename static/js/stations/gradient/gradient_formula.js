import { exact, number } from "../../base/format.js";
import { fillIn } from "../../typesetting/filled_formula.js";
import {
  bracketed,
  digits,
  formula,
  fraction,
  indexed,
  inner,
  matrix,
  name,
  operator,
  raised,
  root,
  row,
  typeset,
  under,
} from "../../typesetting/mathml.js";

/** @typedef {import("./gradient_here.js").Here} Here */
/** @typedef {import("../../descent/hill.js").Place} Place */
/** @typedef {import("../../typesetting/mathml.js").Part} Part */

const NAMES = ["x", "y"];
const USUAL = 4; // digits; with more of them a line is broken
const SHORT = 14; // characters of both partial derivatives that stand on the line of the gradient

/** The color of each symbol on this page. */
const SYMBOLS = { x: "x", y: "y", f: "f" };

/**
 * A partial derivative: what it is, what the server made of it, its value; numbers filled in on request.
 * @param {HTMLElement} place @param {{answer: any, here: Here, along: 0|1, places: number, filled: boolean}} input
 */
export function showPartial(place, { answer, here, along, places, filled }) {
  const { mathml } = answer.partials[NAMES[along]];
  const change = (/** @type {number} */ axis) =>
    axis === along ? row(variable(axis), "+", name("h", "dx")) : variable(axis);
  const difference = row(
    name("f", "f"),
    "(",
    change(0),
    ",",
    change(1),
    ")",
    "−",
    name("f", "f"),
    "(",
    variable(0),
    ",",
    variable(1),
    ")",
  );
  const lines = [
    formula(
      partial(along),
      "=",
      under(operator("lim"), row(name("h", "dx"), "→", digits("0"))),
      fraction(difference, name("h", "dx")),
    ),
    formula("=", inner(typeset(mathml, SYMBOLS))),
  ];
  const numbers = filledIn(mathml, here, places);
  if (filled && !numbers.isEqualNode(inner(typeset(mathml, SYMBOLS)))) lines.push(formula("=", numbers));
  const slope = here.gradient[along];
  const none = Object.assign(document.createElement("p"), { textContent: "There is no such number here." });
  place.replaceChildren(...lines, slope === null ? none : formula("=", digits(number(slope, places), "slope")));
}

/**
 * The gradient: the partial derivatives side by side, and its length.
 * @param {HTMLElement} place @param {{answer: any, here: Here, places: number, filled: boolean}} input
 */
export function showGradient(place, { answer, here, places, filled }) {
  const parts = NAMES.map((each) => answer.partials[each].mathml);
  const values = here.gradient.map((each) => digits(number(each, places), "slope"));
  const symbolic = () => parts.map((markup) => inner(typeset(markup, SYMBOLS)));
  const numbers = () => parts.map((markup) => filledIn(markup, here, places));
  const whole = [nabla(), "=", matrix([[partial(0), partial(1)]])];
  const lines = [];
  // long partial derivatives have a line each
  if (NAMES.map((each) => answer.partials[each].text).join().length > SHORT) {
    const each = filled ? numbers() : symbolic();
    lines.push(...each.map((part, axis) => formula(partial(axis), "=", part)), formula(nabla(), "=", matrix([values])));
  } else {
    lines.push(formula(...whole, "=", matrix([symbolic()])));
    if (filled) lines.push(formula("=", matrix([numbers()])));
    lines.push(formula("=", matrix([values])));
  }
  const squares = here.gradient.map((each) => raised(bracketed(number(each, places), "slope"), digits("2")));
  const norm = ["=", digits(number(here.norm, places), "dx")];
  const sum = filled && here.norm !== null ? ["=", root(row(squares[0], "+", squares[1]))] : [];
  const isBroken = sum.length > 0 && places > USUAL;
  lines.push(formula(bar(), nabla(), bar(), ...sum, ...(isBroken ? [] : norm)));
  if (isBroken) lines.push(formula(...norm));
  place.replaceChildren(...lines);
}

/**
 * The rule of a step against the gradient, with the numbers of the next one filled in on request.
 * @param {HTMLElement} place
 * @param {{here: Here, next: Place|null, rate: number, places: number, filled: boolean}} input
 */
export function showGradientStep(place, { here, next, rate, places, filled }) {
  const both = (/** @type {() => Part} */ index) =>
    row("(", indexed(variable(0), index(), "x"), ",", indexed(variable(1), index(), "y"), ")");
  const numbers = (/** @type {(number|null)[]} */ values, /** @type {string[]} */ symbols) =>
    row("(", digits(number(values[0], places), symbols[0]), ",", digits(number(values[1], places), symbols[1]), ")");
  const lines = [
    formula(
      both(() => row(name("k"), "+", digits("1"))),
      "=",
      both(() => name("k")),
      "−",
      name("η"),
      nabla(),
    ),
  ];
  if (filled && next) {
    const change = ["−", digits(exact(rate)), "·", numbers(here.gradient, ["slope", "slope"])];
    // with more digits the change has a line of its own
    lines.push(formula("=", numbers(here.point, NAMES), ...(places > USUAL ? [] : change)));
    if (places > USUAL) lines.push(formula(...change));
    lines.push(formula("=", numbers(next.point, NAMES)));
  }
  place.replaceChildren(...lines);
}

/** @param {number} axis */
const variable = (axis) => name(NAMES[axis], NAMES[axis]);

/** @param {number} axis */
const partial = (axis) => fraction(row(operator("∂"), name("f", "f")), row(operator("∂"), variable(axis)));

const nabla = () => row(operator("∇", "dx"), name("f", "dx"));

/** A bar of a length, no taller than its line. */
function bar() {
  const sign = operator("‖");
  sign.setAttribute("stretchy", "false");
  return sign;
}

/** A partial derivative with the point put in. @param {string} markup @param {Here} here @param {number} places */
function filledIn(markup, { point, chosen }, places) {
  const [x, y] = point.map((value) => (chosen ? exact(value) : number(value, places)));
  return inner(fillIn(typeset(markup, SYMBOLS), { x, y }, SYMBOLS));
}
