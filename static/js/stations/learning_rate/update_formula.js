import { formula, fraction, name, row, typeset } from "../../typesetting/mathml.js";
import { SYMBOLS } from "../../typesetting/symbols.js";

const ONE_WEIGHT = "updated[0].weights[0][0]";

/** What is asked of the first update: one of its weights. @param {import("./state.js").State} state */
export const updateRequest = ({ preset, eta, made }) =>
  made.length
    ? null
    : {
        preset,
        optimizer: { method: "gradient_descent", learning_rate: eta },
        include: [],
        why: ONE_WEIGHT,
      };

/** The rule of every step (slide 34), and what it makes of one weight at the start. @param {HTMLElement} place */
export function createUpdateFormula(place) {
  const rule = document.createElement("span");
  const change = [
    ...["−", name("η", SYMBOLS.η)],
    fraction(row("∂", name("L", SYMBOLS.L)), row("∂", name("W", SYMBOLS.W))),
  ];
  rule.append(formula(name("W", SYMBOLS.W), "←", name("W", SYMBOLS.W), ...change));
  const numbers = document.createElement("span");
  numbers.className = "numbers";
  place.replaceChildren(rule, numbers);
  /** @type {any} */
  let shown = null;
  return (/** @type {import("./state.js").State} */ { first, made }) => {
    numbers.hidden = made.length > 0;
    if (first === shown || !first) return;
    shown = first;
    const weight = document.createElement("span");
    weight.className = "math W";
    weight.textContent = first.why.name;
    numbers.replaceChildren(weight, typeset(first.why.filled_mathml, SYMBOLS));
  };
}
