/**
 * How the positions of a slider, whole numbers, become values and back.
 * @typedef {{positions: [number, number], toValue: (position: number) => number, toPosition: (value: number) =>
 *   number, next: (value: number, direction: number) => number}} Scale
 */

const FINE = 1000; // positions of a slider on a logarithmic scale, to each side

/** @typedef {{low: number, high: number}} Domain */

/**
 * Even steps through a domain.
 * @param {Domain} domain
 * @returns {Scale}
 */
export function linearScale({ low, high }) {
  const step = stepOf({ low, high });
  const last = Math.round((high - low) / step);
  // the last step is shorter or longer where the domain is no multiple of it
  const toValue = (/** @type {number} */ position) => (position >= last ? high : tidy(low + position * step));
  const toPosition = (/** @type {number} */ value) => Math.round((value - low) / step);
  return {
    positions: [0, last],
    toValue,
    toPosition,
    next: (value, direction) => within(moved(value, direction, { low, high }), { low, high }),
  };
}

/**
 * Even factors from `low` to `high`, both above 0.
 * @param {number} low @param {number} high
 * @returns {Scale}
 */
export function logarithmicScale(low, high) {
  const span = Math.log10(high / low);
  const toValue = (/** @type {number} */ position) => tidy(low * 10 ** ((position / FINE) * span), 3);
  const toPosition = (/** @type {number} */ value) =>
    Math.round((Math.log10(Math.max(value, low) / low) / span) * FINE);
  return {
    positions: [0, FINE],
    toValue,
    toPosition,
    next: (value, direction) => tidy(value * 10 ** (direction / 10), 3),
  };
}

/**
 * Even factors from ±`high` towards the middle, where ±`low` stand side by side: 0 itself is never reached.
 * @param {number} low @param {number} high
 * @returns {Scale}
 */
export function twoSidedScale(low, high) {
  const half = logarithmicScale(low, high);
  const toValue = (/** @type {number} */ position) => (position < 0 ? -1 : 1) * half.toValue(Math.abs(position));
  const toPosition = (/** @type {number} */ value) => (value < 0 ? -1 : 1) * half.toPosition(Math.abs(value));
  return {
    positions: [-FINE, FINE],
    toValue,
    toPosition,
    next: (value, direction) => tidy(value * 10 ** ((Math.sign(value) * direction) / 10), 3),
  };
}

const STEPS = 600; // of an arrow key over a whole domain
const MAGNET = 1 / 150; // of the domain: so near, a dragged point takes a half or a whole number

/** The step of a slider or an arrow key in a domain. @param {Domain} domain */
export const stepOf = ({ low, high }) => tidy((high - low) / STEPS, 1);

/**
 * A dragged place, rounded to a step of its domain; half and whole numbers attract it.
 * @param {number} value @param {Domain} domain
 */
export function snap(value, domain) {
  const half = Math.round(value * 2) / 2;
  const step = stepOf(domain);
  return Math.abs(value - half) < (domain.high - domain.low) * MAGNET ? half : tidy(Math.round(value / step) * step);
}

/**
 * A place some steps further in its domain, or beyond its ends.
 * @param {number} value @param {number} steps @param {Domain} domain
 */
export const moved = (value, steps, domain) => tidy(value + steps * stepOf(domain));

/** A value kept within its limits. @param {number} value @param {Domain} limits */
export const within = (value, { low, high }) => Math.min(high, Math.max(low, value));

/** A number without what rounding has left at its end. @param {number} value @param {number} [digits] */
export const tidy = (value, digits = 12) => Number(value.toPrecision(digits));
