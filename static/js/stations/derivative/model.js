import { digitsOf } from "../../station/state.js";
import { secantSlope, slopeAt, valueAt } from "./values.js";

/**
 * @typedef {import("../../station/state.js").StationState & {expression: string, at: number, delta: number, low:
 *   number, high: number, home: import("../../base/scales.js").Domain, shifted: boolean, tab: string, arrived:
 *   number|null, answer: any, plusOne: any, plusTwo: any}} State
 *   `low` to `high` is seen, `home` unless it was zoomed
 */

/** The variable, x until a formula has been read. @param {State} state */
export const variableOf = ({ answer }) => answer?.variable ?? "x";
/**
 * Whether Δx was let go to 0 and rests where the error is smallest: the secant is then the tangent.
 * @param {State} state
 */
export const isAtLimit = ({ arrived, delta, answer, at }) =>
  arrived === delta && answer?.at === at && answer.differentiable;

/** @param {State} state @param {string} [expression] */
export const requestOf = ({ at, delta, low, high, ...state }, expression = state.expression) => ({
  expression,
  at,
  delta,
  domain: [low, high],
});

/**
 * The function moved up, once it has been read: what is wrong with it is said of itself alone.
 * @param {State} state
 * @param {number} by
 */
export const shiftedRequest = (state, by) =>
  state.shifted && state.answer ? requestOf(state, `${state.answer.expression.text} + ${by}`) : null;

/** @param {import("../../station/station.js").Example} example */
export const settingsOf = ({ name, request, settings }) => ({
  example: name,
  expression: request.expression,
  at: request.at,
  delta: request.delta,
  low: request.domain[0],
  high: request.domain[1],
  home: { low: request.domain[0], high: request.domain[1] },
  shifted: false,
  ...settings,
  problem: null,
});

/** The numbers of a frame, for formula, figures and words. @param {State} state */
export function numbersOf(state) {
  const { answer, at, delta } = state;
  const [here, there] = [at, at + delta].map((each) => valueAt(answer, each));
  const [slope, secant] = [slopeAt(answer, at), secantSlope(answer, at, delta)];
  return { here, there, slope, secant, atLimit: isAtLimit(state), digits: digitsOf(state) };
}
