import { evaluate } from "../../base/program.js";

/**
 * A nudge on its way: dx moves u by du, and du moves y by dy; null where a function has no value or no slope.
 * `duLinear` and `dyLinear` are what the slopes alone say.
 * @typedef {{x: number, u: number|null, y: number|null, dx: number, du: number|null, dy: number|null, duLinear:
 *   number|null, dyLinear: number|null, inner: number|null, outer: number|null, product: number|null, composite:
 *   number|null}} Nudge
 */

/**
 * Follow a nudge from x through both functions: by the server's numbers where it has spoken on that very nudge, else by
 * its compiled formulas.
 * @param {any} answer @param {number} at @param {number} dx
 * @returns {Nudge}
 */
export function followNudge(answer, at, dx) {
  const { programs } = answer;
  const known = answer.at === at;
  const told = known && answer.nudge.dx === dx ? answer.nudge : nudged(programs.nudge, at, dx);
  // where the server says that there is no value, a pole that a number cannot meet has none, as tan at π/2
  const u = known && answer.inner.value === null ? null : evaluate(programs.inner, [at]);
  const y = u === null || (known && answer.composite.value === null) ? null : evaluate(programs.outer, [u]);
  const slopes = known ? slopesOf(answer) : slopesAt(programs, at, u);
  const where = (/** @type {number|null} */ needed, /** @type {number|null} */ value) =>
    needed === null ? null : value;
  return {
    x: at,
    u,
    y,
    dx,
    ...slopes,
    du: where(u, told.du),
    dy: where(y, told.dy),
    duLinear: where(slopes.inner, told.du_linear),
    dyLinear: where(slopes.product, told.dy_linear),
  };
}

/** What becomes of a nudge by the compiled formulas. @param {Record<string, any>} programs @param {number[]} move */
const nudged = (programs, ...move) =>
  Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, evaluate(program, move)]));

/** @param {any} answer @returns {Record<"inner"|"outer"|"product"|"composite", number|null>} */
const slopesOf = ({ inner, outer, product, composite }) => ({
  inner: inner.slope,
  outer: outer.slope,
  product,
  composite: composite.slope,
});

/**
 * The slopes by the compiled formulas.
 * @param {Record<string, any>} programs @param {number} x @param {number|null} u
 */
const slopesAt = (programs, x, u) => ({
  inner: evaluate(programs.inner_derivative, [x]),
  outer: u === null ? null : evaluate(programs.outer_derivative, [u]),
  product: evaluate(programs.product, [x]),
  composite: evaluate(programs.composite_derivative, [x]),
});
