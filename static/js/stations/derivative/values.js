import { evaluate } from "../../base/program.js";

/** @typedef {import("../../base/theme.js").Palette} Palette */
/**
 * A function with its derivative, and where one looks at it.
 * @typedef {{answer: any, at: number, delta: number, digits: number, atLimit?: boolean, colors: Palette, others:
 *   any[]}} Input
 */

/**
 * The slope at a point: the server's word where it has spoken on that very point, else the compiled derivative.
 * @param {any} answer @param {number} at
 * @returns {number|null}
 */
export const slopeAt = (answer, at) =>
  answer.at === at ? answer.derivative.value : evaluate(answer.programs.derivative, [at]);

/**
 * The value at a point, by the compiled function; only the server knows that tan has none at π/2.
 * @param {any} answer
 * @param {number} at
 * @returns {number|null}
 */
export const valueAt = (answer, at) =>
  answer.at === at && answer.value === null ? null : evaluate(answer.programs.value, [at]);

/**
 * The slope of the secant from x₀ over Δx, by its compiled formula.
 * @param {any} answer
 * @param {number} at
 * @param {number} delta
 * @returns {number|null}
 */
export const secantSlope = (answer, at, delta) =>
  valueAt(answer, at) === null ? null : evaluate(answer.programs.secant, [at, delta]);
