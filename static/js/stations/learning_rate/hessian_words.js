import { shown } from "../../base/format.js";
import { chosenOf, STARTS } from "./hessian_state.js";

/** @typedef {import("./hessian_state.js").State} State */

const FLAT = 1e-9; // of the largest eigenvalue: that is none
const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** A number as a word, as long as it is short. @param {number} count */
const word = (count) => NUMBERS[count] ?? String(count);

/** How many directions bend, and how many are flat. @param {any} hessian */
function counted({ eigenvalues }) {
  const most = Math.max(...eigenvalues.map(Math.abs));
  const bent = eigenvalues.filter((/** @type {number} */ value) => Math.abs(value) > FLAT * most).length;
  return { bent, flat: eigenvalues.length - bent, most };
}

/** @param {State} state */
export function claimOf({ answer, preset }) {
  if (!answer) return "Where the loss bends";
  const { bent, flat } = counted(answer.hessian);
  const verb = STARTS[preset].isOneLayer ? "learn" : "bend";
  const first = `${word(bent)} direction${bent === 1 ? ` ${verb}s` : `s ${verb}`}`;
  return `${first[0].toUpperCase()}${first.slice(1)}${flat ? `, ${word(flat)} ${flat === 1 ? "is" : "are"} flat` : ""}`;
}

/** @param {State} state */
export function sentenceOf(state) {
  const { answer } = state;
  const { hessian } = answer;
  const k = chosenOf(state);
  const { most } = counted(hessian);
  const [value, factor, along] = [hessian.eigenvalues[k], hessian.factors[k], hessian.gradient_along[k]];
  if (Math.abs(value) <= FLAT * most) return "λ = 0 along v: the loss does not change there, no step moves that way.";
  const left = `1 − ηλ = ${shown(factor, 3)}`;
  const part = `the gradient’s part ${shown(along, 3)}`;
  const steps = `a step with η = ${shown(hessian.learning_rate)} multiplies ${part} by ${left}`;
  if (value < 0) return `λ = ${shown(value)} along v: it bends down there; ${steps}.`;
  const swings = factor < -1 ? ": it swings over and grows" : factor < 0 ? ": it swings over, and shrinks" : "";
  return `λ = ${shown(value)}: ${steps}${swings}.${whyOf(state)}`;
}

/** Where λ comes from, in one layer. @param {State} state */
function whyOf({ preset, bias }) {
  if (!STARTS[preset].isOneLayer) return "";
  return ` Along x, ${bias ? "with 1 for the bias, " : ""}λ is the square of its length.`;
}
