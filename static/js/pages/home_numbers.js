import { exact, shown } from "../base/format.js";
import { part, write } from "../controls/parts.js";
import { typeset } from "../typesetting/mathml.js";

/** @typedef {import("./home_state.js").State} State */
/** @typedef {import("./home_state.js").Here} Here */

const SYMBOLS = { x: "x" };

/** f, its two derivatives and the next place, as formulas and as numbers. */
export function createHomeNumbers() {
  const value = (/** @type {string} */ id) => part(id, HTMLElement);
  let written = "";
  return (/** @type {State} */ { shape, x, eta }, /** @type {Here} */ here) => {
    if (written !== shape.expression.mathml) {
      written = shape.expression.mathml;
      const formulas = { "f-formula": shape.expression, "slope-formula": shape.derivative };
      for (const [id, { mathml }] of Object.entries(formulas)) value(id).replaceChildren(typeset(mathml, SYMBOLS));
    }
    write(value("f-value"), shown(here.value));
    write(value("slope-value"), shown(here.slope));
    write(value("bend-value"), shown(here.bend));
    write(value("from"), shown(x));
    write(value("with-eta"), exact(eta));
    write(value("with-slope"), here.slope < 0 ? `(${shown(here.slope)})` : shown(here.slope));
    write(value("to"), shown(here.next));
  };
}
