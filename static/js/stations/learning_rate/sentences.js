import { shown } from "../../base/format.js";
import { outcomeOf } from "./outcomes.js";
import { isHidden, STEPS, stepOf } from "./state.js";

/** @typedef {import("./state.js").State} State */

const ROUND_OFF = 1e-12; // of a loss, or of a limit

/** What is seen, in a sentence. @param {State} state */
export function sentenceOf(state) {
  const { line, made, mode, told } = state;
  if (made.length >= STEPS) return afterAll(state);
  const limit = line.curvature.speed_limit;
  const times = limit === null ? null : state.eta / limit;
  const against = times === null ? "Nothing bends upward here, so there is no limit" : `η is ${besideLimit(times)}`;
  if (isHidden(state)) return `${against}. Will the loss fall or rise?`;
  if (mode === "predict") return `${verdictOf(state)} ${told === null ? "" : scoreOf(state)}`.trim();
  return `${against}: ${truthOf(state)}`;
}

/** @param {number} times the limit */
function besideLimit(times) {
  if (Math.abs(times - 1) < ROUND_OFF) return "the limit itself";
  return times > 1 ? `${shown(times, 3)} × the limit` : "under the limit";
}

/** @param {State} state */
function truthOf({ line }) {
  const { start, ...after } = stepOf(line);
  // what is left of a loss by round-off is nothing
  const [loss, parabola] = [after.loss, after.parabola].map((value) =>
    value !== null && Math.abs(value) < ROUND_OFF * start ? 0 : value,
  );
  const says = (/** @type {number|null} */ value) => (value === null || value > start ? "up" : "down");
  const promise = close(parabola, start)
    ? `the parabola comes back to ${shown(start)}`
    : `the parabola takes ${shown(start)} ${says(parabola)} to ${shown(parabola)}`;
  const eta = line.learning_rates.at(-1);
  const passed = line.kinks.filter((/** @type {any} */ kink) => kink.learning_rate <= eta).length;
  if (close(loss, parabola)) return `${promise}, and so does the step.`;
  const why = passed
    ? `${passed === 1 ? "a unit switches" : `units switch ${passed} times`} on the way.`
    : "the true curve bends more than once.";
  const turns = says(loss) === says(parabola) ? "" : `, so the step goes ${says(loss)}`;
  return `${promise}; the true loss is ${shown(loss)}${turns}: ${why}`;
}

/** @param {number|null} one @param {number|null} other */
const close = (one, other) =>
  one !== null && other !== null && Math.abs(one - other) <= 5e-4 * Math.max(Math.abs(one), Math.abs(other), 1e-12);

/** @param {State} state */
function verdictOf({ line, told }) {
  const { start, loss } = stepOf(line);
  const truth = loss !== null && loss < start ? "falls" : "rises";
  return `${told === truth ? "Right" : "Not so"}: it ${truth}, from ${shown(start)} to ${shown(loss)}. Make the step.`;
}

/** @param {State} state */
const scoreOf = ({ guesses }) => `So far ${guesses.filter(Boolean).length} of ${guesses.length} right.`;

/** @param {State} state */
function afterAll({ line, made }) {
  const [start, end] = [line.losses[0], line.losses.at(-1)];
  return `After ${made.length} steps the loss went from ${shown(start)} to ${shown(end)}: ${outcomeOf(line)}.`;
}
