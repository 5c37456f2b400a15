import { evaluate } from "../program.js";

/**
 * A nudge on its way: dx moves u by du, and du moves y by dy; null where a function has no value or no slope.
 * `duLinear` and `dyLinear` are what the slopes alone say.
 * @typedef {{x: number, u: number|null, y: number|null, dx: number, du: number|null, dy: number|null, duLinear: number|null, dyLinear: number|null, inner: number|null, outer: number|null, product: number|null, composite: number|null}} Nudge
 */

/**
 * Follow a nudge from x through both functions: by the server's numbers where it has spoken on that very nudge, else by its compiled formulas.
 * @param {any} answer @param {number} at @param {number} dx
 * @returns {Nudge}
 */
export function followNudge(answer, at, dx) {
  const { programs } = answer;
  const of = (/** @type {string} */ name, /** @type {number|null} */ value) => (value === null ? null : evaluate(programs[name], [value]));
  const known = answer.at === at;
  // where the server says that there is no value, a pole that a number cannot meet has none, as tan at π/2
  const [u, moved] = [known && answer.inner.value === null ? null : of("inner", at), of("inner", at + dx)];
  const [y, there] = [known && answer.composite.value === null ? null : of("outer", u), of("outer", moved)];
  const inner = known ? answer.inner.slope : of("inner_derivative", at);
  const outer = known ? answer.outer.slope : of("outer_derivative", u);
  const composite = known ? answer.composite.slope : of("composite_derivative", at);
  const product = known ? answer.product : times(inner, outer);
  const told = known && answer.nudge.dx === dx ? answer.nudge : null;
  return {
    x: at, u, y, dx, inner, outer, product, composite,
    du: told ? told.du : less(moved, u), dy: told ? told.dy : less(there, y),
    duLinear: told ? told.du_linear : times(inner, dx), dyLinear: told ? told.dy_linear : times(product, dx),
  };
}

/** @param {number|null} a @param {number|null} b */
const times = (a, b) => (a === null || b === null ? null : a * b);

/** @param {number|null} a @param {number|null} b */
const less = (a, b) => (a === null || b === null ? null : a - b);
