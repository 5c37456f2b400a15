import { number, written } from "../format.js";
import { evaluate } from "../program.js";

/** @typedef {(number|null)[]} Vector a null where a formula has no value */
/**
 * What f does near a point: its value and its Jacobian there, and what becomes of a small square and of its far corner.
 * `parallelogram` is what the matrix makes of the square; both pictures are closed paths from f(x), `corner` is f(x + Δx), `change` is f(x + Δx) − f(x) and `linear` is J Δx.
 * @typedef {{at: number[], side: number, values: Vector, matrix: Vector[], smooth: boolean, square: number[][], image: Vector[],
 *   parallelogram: number[][]|null, corner: Vector, change: Vector, linear: number[]|null, determinant: number|null, factor: number|null,
 *   areas: {square: number, image: number|null, parallelogram: number|null}}} LocalMap
 */

const FINE = 24; // pieces of an edge, as fine as the server draws it
const PATCH = 12; // pieces a side of a surface whose area is summed
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];

/**
 * The map near a point, from the programs that the server compiled; its own word counts where it spoke on that very point.
 * @param {any} answer @param {number[]} at @param {number} side
 * @returns {LocalMap}
 */
export function localMap(answer, at, side) {
  const values = valuesAt(answer, at);
  const spoken = standsAt(answer, at);
  const computed = () => answer.programs.matrix.map((/** @type {any[]} */ row, /** @type {number} */ index) => row.map((program) => (values[index] === null ? null : evaluate(program, at))));
  const matrix = spoken ? answer.matrix : computed();
  const smooth = spoken ? answer.differentiable : [values, ...matrix].flat().every((each) => each !== null);
  const square = outline(FINE).map((place) => at.map((value, axis) => value + side * place[axis]));
  const image = square.map((point) => valuesAt(answer, point));
  // called where every value is there
  const carried = (/** @type {number[]} */ place) => values.map((value, row) => Number(value) + side * (Number(matrix[row][0]) * place[0] + Number(matrix[row][1]) * place[1]));
  const determinant = smooth && values.length === 2 ? determinantOf(matrix) : null;
  const factor = smooth ? areaFactor(matrix) : null;
  const corners = smooth ? CORNERS.map(carried) : [];
  const corner = valuesAt(answer, at.map((value) => value + side));
  const served = spoken && answer.square?.side === side ? answer.square : null;
  return {
    at, side, values, matrix, smooth, square, image, determinant, factor, corner,
    parallelogram: corners.flat().every(Number.isFinite) && smooth ? corners : null,
    change: served?.step.change ?? corner.map((value, row) => difference(value, values[row])),
    linear: served?.step.linear ?? (smooth ? matrix.map((/** @type {Vector} */ [first, second]) => side * (Number(first) + Number(second))) : null),
    areas: served?.areas ?? { square: side * side, image: imageArea(answer, at, side, image), parallelogram: factor === null ? null : factor * side * side },
  };
}

/** Whether the server's answer was given for this very point. @param {any} answer @param {number[]} at */
export const standsAt = (answer, at) => answer.variables.every((/** @type {string} */ name, /** @type {number} */ axis) => answer.at[name] === at[axis]);

/** An entry as one writes it: a plain number as it stands in the formula, any other to some digits. @param {any} answer @param {LocalMap} map @param {number} row @param {number} column @param {number} digits */
export function entryText(answer, map, row, column, digits) {
  const { text } = answer.symbolic[row][column];
  return map.matrix[row][column] !== null && isPlain(text) ? written(text) : number(map.matrix[row][column], digits);
}

/** Whether a formula is a number and nothing else. @param {string} text */
export const isPlain = (text) => /^-?\d+(\.\d+)?$/.test(text);

/** A row or a column of the Jacobian, as one writes it. @param {any} answer @param {LocalMap} map @param {{row?: number, column?: number}} chosen @param {number} digits */
export function entriesText(answer, map, { row, column }, digits) {
  const texts = map.matrix.flatMap((line, i) => line.map((_, j) => ({ i, j }))).filter(({ i, j }) => i === (row ?? i) && j === (column ?? j));
  return `(${texts.map(({ i, j }) => entryText(answer, map, i, j, digits)).join(", ")})`;
}

/** f at a point, output by output. @param {any} answer @param {number[]} point @returns {Vector} */
const valuesAt = (answer, point) => answer.programs.values.map((/** @type {any} */ program) => evaluate(program, point));

/**
 * Lines of a small grid around the square, each with its image; places are in units of the side, from the point.
 * @param {any} answer @param {number[]} at @param {number} side
 * @returns {{along: number, image: Vector[]}[]}
 */
export function localGrid(answer, at, side) {
  const ticks = [-0.5, 0, 0.5, 1, 1.5];
  const fine = Array.from({ length: 17 }, (_, index) => -0.5 + index / 8);
  return [0, 1].flatMap((along) => ticks.map((fixed) => ({
    along, image: fine.map((moving) => valuesAt(answer, at.map((value, axis) => value + side * (axis === along ? moving : fixed)))),
  })));
}

/** The boundary of the unit square from 0, counterclockwise and closed. @param {number} pieces */
function outline(pieces) {
  return CORNERS.slice(0, -1).flatMap(([x, y], corner) => {
    const [nextX, nextY] = CORNERS[corner + 1];
    const last = corner === 3 ? pieces + 1 : pieces;
    return Array.from({ length: last }, (_, step) => [x + ((nextX - x) * step) / pieces, y + ((nextY - y) * step) / pieces]);
  });
}

/** @param {number|null} one @param {number|null} other */
const difference = (one, other) => (one === null || other === null ? null : one - other);

/** @param {number[][]} matrix */
const determinantOf = ([[a, b], [c, d]]) => a * d - b * c;

/** By what an area is multiplied: the length of the cross product of the columns; none for a single output. @param {number[][]} matrix */
function areaFactor(matrix) {
  if (matrix.length < 2) return null;
  const pairs = matrix.flatMap((row, index) => matrix.slice(index + 1).map((other) => determinantOf([row, other])));
  return Math.hypot(...pairs);
}

/** @param {any} answer @param {number[]} at @param {number} side @param {Vector[]} image @returns {number|null} */
function imageArea(answer, at, side, image) {
  const outputs = answer.programs.values.length;
  if (outputs === 1) return null;
  if (outputs === 2) return complete(image) ? Math.abs(refined(shoelace(image), shoelace(coarser(image)))) : null;
  const places = Array.from({ length: PATCH + 1 }, (_, index) => index / PATCH);
  const rows = places.map((x) => places.map((y) => valuesAt(answer, [at[0] + side * x, at[1] + side * y])));
  if (!rows.every(complete)) return null;
  return refined(triangles(rows), triangles(coarser(rows).map(coarser)));
}

/** From pieces of one size and of twice that size: the error falls as their square, and is taken off. @param {number} fine @param {number} coarse */
const refined = (fine, coarse) => fine + (fine - coarse) / 3;

/** @template T @param {T[]} points @returns {T[]} every second one */
const coarser = (points) => points.filter((_, index) => index % 2 === 0);

/** The area of a surface of small triangles. @param {Vector[][]} rows */
function triangles(rows) {
  const pieces = rows.length - 1;
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    for (let j = 0; j < pieces; j++) {
      const [here, right, up, across] = /** @type {number[][]} */ ([rows[i][j], rows[i + 1][j], rows[i][j + 1], rows[i + 1][j + 1]]);
      sum += triangle(here, right, across) + triangle(here, across, up);
    }
  }
  return sum;
}

/** @param {Vector[]} points @returns {points is number[][]} */
const complete = (points) => points.every((point) => point.every((value) => value !== null));

/** The area that a closed path goes around, counterclockwise positive; measured from its start, so that small ones keep their digits. @param {number[][]} path */
function shoelace(path) {
  const [x0, y0] = path[0];
  return path.slice(1).reduce((sum, [x, y], index) => sum + ((path[index][0] - x0) * (y - y0) - (x - x0) * (path[index][1] - y0)) / 2, 0);
}

/** @param {number[]} a @param {number[]} b @param {number[]} c */
const triangle = (a, b, c) => (areaFactor(a.map((value, axis) => [b[axis] - value, c[axis] - value])) ?? 0) / 2;
