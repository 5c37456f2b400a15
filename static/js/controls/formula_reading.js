import { typeset } from "../typesetting/mathml.js";

/**
 * The formula as it is taken, typeset beside its field: whether e^2x is e² x or e²ˣ.
 * @param {HTMLElement} place
 */
export function createReading(place) {
  let shown = "";
  return (/** @type {{text: string, mathml: string}|null} */ formula) => {
    if (!formula || formula.text === shown) return;
    shown = formula.text;
    place.replaceChildren("taken as ", typeset(formula.mathml, {}));
  };
}
