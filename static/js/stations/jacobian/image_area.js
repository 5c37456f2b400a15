import { evaluate } from "../../base/program.js";

/** @typedef {(number|null)[]} Vector a null where a formula has no value */

const PATCH = 12; // pieces a side of a surface whose area is summed

/** f at a point, output by output. @param {any} answer @param {number[]} point @returns {Vector} */
export const valuesAt = (answer, point) =>
  answer.programs.values.map((/** @type {any} */ program) => evaluate(program, point));

/**
 * The area of what f makes of a square, as the server sums it: it is shown while the square still moves.
 * @param {any} answer @param {number[]} at @param {number} side @param {Vector[]} image the path around it
 * @returns {number|null}
 */
export function imageArea(answer, at, side, image) {
  const outputs = answer.programs.values.length;
  if (outputs === 1) return null;
  if (outputs === 2) return complete(image) ? Math.abs(refined(shoelace(image), shoelace(coarser(image)))) : null;
  const places = Array.from({ length: PATCH + 1 }, (_, index) => index / PATCH);
  const rows = places.map((x) => places.map((y) => valuesAt(answer, [at[0] + side * x, at[1] + side * y])));
  if (!rows.every(complete)) return null;
  return refined(triangles(rows), triangles(coarser(rows).map(coarser)));
}

/**
 * From pieces of one size and of twice that size: the error falls as their square, and is taken off.
 * @param {number} fine
 * @param {number} coarse
 */
const refined = (fine, coarse) => fine + (fine - coarse) / 3;

/** @template T @param {T[]} points @returns {T[]} every second one */
const coarser = (points) => points.filter((_, index) => index % 2 === 0);

/** The area of a surface of small triangles. @param {Vector[][]} rows */
function triangles(rows) {
  const pieces = rows.length - 1;
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    for (let j = 0; j < pieces; j++) {
      const [here, right, up, across] = /** @type {number[][]} */ ([
        rows[i][j],
        rows[i + 1][j],
        rows[i][j + 1],
        rows[i + 1][j + 1],
      ]);
      sum += triangle(here, right, across) + triangle(here, across, up);
    }
  }
  return sum;
}

/** @param {Vector[]} points @returns {points is number[][]} */
const complete = (points) => points.every((point) => point.every((value) => value !== null));

/**
 * The area that a closed path goes around, counterclockwise positive; measured from its start, so that small ones keep
 * their digits.
 * @param {number[][]} path
 */
function shoelace(path) {
  const [x0, y0] = path[0];
  return path
    .slice(1)
    .reduce((sum, [x, y], index) => sum + ((path[index][0] - x0) * (y - y0) - (x - x0) * (path[index][1] - y0)) / 2, 0);
}

/** The area of a triangle in space. @param {number[]} a @param {number[]} b @param {number[]} c */
function triangle(a, b, c) {
  const [u, v] = [b, c].map((point) => point.map((value, axis) => value - a[axis]));
  return Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2;
}
