import { exact, number } from "../../base/format.js";
import { fillIn } from "../../typesetting/filled_formula.js";
import { namesIn } from "../../typesetting/formula_names.js";
import { bracketed, digits, formula, fraction, grid, inline, name, row, typeset } from "../../typesetting/mathml.js";

/** @typedef {import("./nudge.js").Nudge} Nudge */
/** @typedef {import("../../typesetting/mathml.js").Part} Part */

const ROUND_OFF = 1e-12; // so far apart, relatively, two ways to one number may be
const CLASSES = { x: "x", u: "u", y: "f" };

/** @param {"x"|"u"|"y"} of */
const differential = (of) => row(name("d"), name(of, CLASSES[of]));

/** The slope of one variable over another on one line, as dy/dx. @param {"u"|"y"} above @param {"x"|"u"} below */
const slope = (above, below) => row(differential(above), name("/"), differential(below));

/** @param {number|null} value @param {number} places */
const slopeNumber = (value, places) => digits(number(value, places), "slope");

/**
 * A formula that the server typeset, with x and u for the variables that were typed, whatever they are called.
 * @param {{mathml: string}} typed @param {string} variable @param {"x"|"u"} letter
 */
function lettered({ mathml }, variable, letter) {
  const node = typeset(mathml, {});
  for (const found of namesIn(node)) if (found.name === variable) found.node.replaceWith(name(letter, CLASSES[letter]));
  return node;
}

/** A formula that may break between its pieces where the line ends. @param {Part[][]} parts */
function pieces(...parts) {
  const line = document.createElement("div");
  line.append(...parts.filter((part) => part.length).flatMap((part) => [inline(...part), " "]));
  return line;
}

/**
 * The slopes multiply: dy/dx = dy/du · du/dx with each number under its slope, and the derivative of the whole, which
 * is the same.
 * @param {HTMLElement} place @param {{answer: any, nudge: Nudge, places: number, filled: boolean}} input
 */
export function showChainFormula(place, { answer, nudge, places, filled }) {
  const { inner, outer, product, composite } = nudge;
  const rule = grid([
    [
      fraction(differential("y"), differential("x")),
      "=",
      fraction(differential("y"), differential("u")),
      "·",
      fraction(differential("u"), differential("x")),
    ],
    [slopeNumber(product, places), "=", slopeNumber(outer, places), "·", bracketed(number(inner, places), "slope")],
  ]);
  const note = document.createElement("p");
  note.textContent = agreement(product, composite);
  const direct = pieces(
    [slope("y", "x"), "=", lettered(answer.composite.derivative, answer.inner.variable, "x")],
    composite === null ? [] : ["=", slopeNumber(composite, places)],
  );
  place.replaceChildren(formula(rule), ...(filled ? factors(answer, nudge, places) : []), direct, note);
}

/**
 * Both factors with their numbers filled in.
 * @param {any} answer
 * @param {Nudge} nudge
 * @param {number} places
 * @returns {Element[]}
 */
function factors(answer, { x, u, inner, outer }, places) {
  const line = (
    /** @type {"u"|"y"} */ above,
    /** @type {"x"|"u"} */ below,
    /** @type {any} */ { variable, derivative },
    /** @type {string} */ at,
    /** @type {number|null} */ value,
  ) => {
    const [general, here] = [0, 1].map(() => lettered(derivative, variable, below));
    fillIn(here, { [below]: at }, CLASSES);
    return pieces([slope(above, below), "=", general], here.isEqualNode(general) ? [] : ["=", here], [
      "=",
      slopeNumber(value, places),
    ]);
  };
  return [line("y", "u", answer.outer, number(u, places), outer), line("u", "x", answer.inner, exact(x), inner)];
}

/** What the two ways to dy/dx say of each other. @param {number|null} product @param {number|null} composite */
function agreement(product, composite) {
  if (composite === null) return "The direct way gives no slope either.";
  if (product === null) return "Directly there is one, although a factor has none.";
  const apart = Math.abs(product - composite);
  if (apart === 0) return "✓ the direct way: the same, to the last digit";
  if (apart <= ROUND_OFF * Math.max(1, Math.abs(product)))
    return `✓ the direct way: the same, up to ${number(apart, 2)}`;
  return `The direct way is ${number(apart, 2)} off.`;
}

/**
 * The three functions above their planes, each with its slope at the point.
 * @param {(id: string) => HTMLElement} part
 */
export function createChainTitles(part) {
  let shown = "";
  /** @param {any} answer @param {Nudge} nudge @param {number} places */
  return (answer, nudge, places) => {
    const [x, u, y] = /** @type {const} */ (["x", "u", "y"]).map((letter) => () => name(letter, CLASSES[letter]));
    const { inner, outer, composite } = answer;
    const key = JSON.stringify([inner.text, outer.text]);
    if (key !== shown) {
      part("inner-name").replaceChildren(
        formula(u(), "=", name("g"), "(", x(), ")", "=", lettered(inner, inner.variable, "x")),
      );
      part("outer-name").replaceChildren(
        formula(y(), "=", name("f"), "(", u(), ")", "=", lettered(outer, outer.variable, "u")),
      );
      part("composite-name").replaceChildren(
        formula(y(), "=", name("f"), "(", name("g"), "(", x(), ")", ")", "=", lettered(composite, inner.variable, "x")),
      );
    }
    shown = key;
    part("inner-slope").replaceChildren(formula(slope("u", "x"), "=", slopeNumber(nudge.inner, places)));
    part("outer-slope").replaceChildren(formula(slope("y", "u"), "=", slopeNumber(nudge.outer, places)));
    part("composite-slope").replaceChildren(formula(slope("y", "x"), "=", slopeNumber(nudge.composite, places)));
  };
}
