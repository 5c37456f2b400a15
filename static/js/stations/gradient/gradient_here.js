import { evaluate } from "../../base/program.js";

/**
 * A function of two variables at one point: null where there is no number, and the server's reason why; `chosen` if
 * somebody put the point there.
 * @typedef {{point: number[], value: number|null, gradient: (number|null)[], norm: number|null, reason: string|null,
 *   chosen: boolean}} Here
 */

/**
 * The gradient at a point: the server's word where it has spoken on that very point, else the compiled partial
 * derivatives.
 * @param {any} answer of the call `gradient` @param {number[]} point
 * @returns {Here}
 */
export function gradientHere(answer, point) {
  const { x, y } = answer.partials;
  if (answer.at.x === point[0] && answer.at.y === point[1])
    return here(point, answer.value, [x.value, y.value], answer.reason, true);
  const { value, partials } = answer.programs;
  const height = evaluate(value, point);
  return here(point, height, [evaluate(partials.x, point), evaluate(partials.y, point)], null, true);
}

/**
 * One place of a descent, as the server computed it.
 * @param {import("../../descent/hill.js").Place} place
 * @returns {Here}
 */
export const descentHere = ({ point, value, gradient }) => here(point, value, gradient, null, false);

/**
 * @param {number[]} point
 * @param {number|null} value
 * @param {(number|null)[]} slopes
 * @param {string|null} reason
 * @param {boolean} chosen
 * @returns {Here}
 */
function here(point, value, slopes, reason, chosen) {
  // a compiled derivative may have a value where the function has none, as 1/x for ln x
  const gradient = value === null ? slopes.map(() => null) : slopes;
  const whole = gradient.every((each) => each !== null);
  return {
    point,
    value,
    gradient,
    norm: whole ? Math.hypot(.../** @type {number[]} */ (gradient)) : null,
    reason,
    chosen,
  };
}
