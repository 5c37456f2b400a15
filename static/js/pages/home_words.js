import { exact, plural, shown } from "../base/format.js";
import { evaluate } from "../base/program.js";

/** @typedef {import("./home_state.js").State} State */
/** @typedef {import("./home_state.js").Here} Here */

const THERE = 0.02; // from the lowest point: there
const LEVEL = 1e-3; // a slope that is smaller is level, for the eye
const AWAY = 20; // so far out the ball has left the hill

/**
 * What the slope under the ball says, and what has come of the steps.
 * @param {State} state @param {Here} here @param {import("./home_state.js").Hill} hill
 */
export function hillSays({ x, eta, path, shape, rolls }, { value, slope, bend, next }, { lowest }) {
  const steps = plural(path.length, "step");
  if (Math.abs(x - lowest) < THERE && path.length)
    return `The flag, in ${steps}: f = ${shown(value)}. Lower it does not get.`;
  if (!Number.isFinite(next) || Math.abs(x) > AWAY)
    return `After ${steps} the ball has left the hill: η = ${exact(eta)} is too large. Press r.`;
  if (Math.abs(slope) < LEVEL && !rolls) return levelSays(bend, steps);
  const to = Number(evaluate(shape.programs.value, [next]));
  const way = slope < 0 ? "falls to the right, so right is downhill" : "falls to the left, so left is downhill";
  const lands = to > value ? `rises to ${shown(to)}: η is too large here` : `leads down to f = ${shown(to)}`;
  const told = `The slope ${shown(slope, 3)} ${way}. With η = ${exact(eta)} the next step ${lands}.`;
  return path.length ? told : `${told} Can you reach the flag?`;
}

/** @param {number} bend @param {string} steps */
const levelSays = (bend, steps) =>
  bend > 0
    ? `Level after ${steps}: a valley, and no slope tells that another one is lower. Start elsewhere, or raise η.`
    : "Level ground, on top: the slope is 0 here too. One touch, and the ball leaves it.";
