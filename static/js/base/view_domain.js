import { tidy } from "./scales.js";

/** @typedef {import("./scales.js").Domain} Domain */
/**
 * How the part of a plane that is seen becomes another: `factor` times as wide about a place, and moved; places and
 * ways are shares of the picture, to the right and upwards.
 * @typedef {{factor: number, at: number[], by: number[]}} ViewChange
 */

const WIDEST = 1e6; // so far zooming goes
const NARROWEST = 1e-6; // of the place that is looked at, so that float64 still tells neighbors apart
const FARTHEST = 1e9; // what the API takes
const FINE = 1e5; // steps of a view's ends, in its width: finer than the smallest move of a wheel
const INSIDE = 0.05; // of a zoomed view: so far from its ends the point stays
const AIR = 0.1; // of a view that was widened, beyond the point

/**
 * What is seen after a change; the point stays in the picture.
 * @param {Domain} domain @param {ViewChange} change @param {number} axis 0 to the right, 1 upwards
 * @param {number} point
 */
export function zoomed({ low, high }, { factor, at, by }, axis, point) {
  const span = high - low;
  const least = NARROWEST * Math.max(1, Math.abs(point));
  const wide = Math.min(Math.max(WIDEST, span), Math.max(least, span * factor));
  const left = low + at[axis] * (span - wide) - by[axis] * span;
  const step = 10 ** Math.floor(Math.log10(wide / FINE));
  const rounded = (/** @type {number} */ end) => tidy(Math.round(end / step) * step);
  return holding({ low: rounded(left), high: rounded(left + wide) }, point, INSIDE * wide);
}

/**
 * A domain moved just so far that the point is in it; as it is where it holds the point, or nothing can.
 * @param {Domain} domain @param {number} point @param {number} [inside] so far from its ends at least
 * @returns {Domain}
 */
export function holding({ low, high }, point, inside = 0) {
  const shift = Math.min(0, point - inside - low) + Math.max(0, point + inside - high);
  if (!shift || !(Math.abs(point) <= FARTHEST)) return { low, high };
  const [left, right] = [Math.min(tidy(low + shift), point), Math.max(tidy(high + shift), point)];
  return { low: Math.max(-FARTHEST, left), high: Math.min(FARTHEST, right) };
}

/** A domain widened so far that the point is in it, with some air. @param {Domain} domain @param {number} point */
export function widened({ low, high }, point) {
  if ((low <= point && point <= high) || !(Math.abs(point) <= FARTHEST)) return { low, high };
  const air = AIR * (Math.max(high, point) - Math.min(low, point));
  const rounded = (/** @type {number} */ end) => tidy(end, 3);
  return point < low
    ? { low: Math.max(-FARTHEST, Math.min(point, rounded(point - air))), high }
    : { low, high: Math.min(FARTHEST, Math.max(point, rounded(point + air))) };
}

/** What is wrong with a place that no view can hold. @param {number} value */
export const placeFault = (value) => (Math.abs(value) > FARTHEST ? "Type a number from −1e9 to 1e9." : null);

/** Whether two domains are the same. @param {Domain} a @param {Domain} b */
export const isSame = (a, b) => a.low === b.low && a.high === b.high;
