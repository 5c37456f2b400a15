import { number, written } from "../../base/format.js";
import { evaluate } from "../../base/program.js";
import { imageArea, valuesAt } from "./image_area.js";

/** @typedef {import("./image_area.js").Vector} Vector */
/**
 * What f does near a point: its value and its Jacobian there, and what becomes of a small square and of its far corner.
 * `parallelogram` is what the matrix makes of the square; both pictures are closed paths from f(x), `corner` is f(x +
 * Δx), `change` is f(x + Δx) − f(x) and `linear` is J Δx.
 * @typedef {{at: number[], side: number, values: Vector, matrix: Vector[], smooth: boolean, square: number[][], image:
 *   Vector[],
 * parallelogram: number[][]|null, corner: Vector, change: Vector, linear: number[]|null, determinant: number|null,
 *   factor: number|null,
 *   areas: {square: number, image: number|null, parallelogram: number|null}}} LocalMap
 */

const FINE = 24; // pieces of an edge, as fine as the server draws it
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
];

/**
 * The map near a point, from the programs that the server compiled; its own word counts where it spoke on that very
 * point.
 * @param {any} answer @param {number[]} at @param {number} side
 * @returns {LocalMap}
 */
export function localMap(answer, at, side) {
  const values = valuesAt(answer, at);
  const spoken = standsAt(answer, at);
  const matrix = spoken ? answer.matrix : matrixAt(answer, at, values);
  const smooth = spoken ? answer.differentiable : [values, ...matrix].flat().every((each) => each !== null);
  const square = outline(FINE).map((place) => at.map((value, axis) => value + side * place[axis]));
  const image = square.map((point) => valuesAt(answer, point));
  const ofMove = (/** @type {any[]} */ programs) => programs.map((program) => evaluate(program, [...at, side]));
  const atPoint = (/** @type {any} */ program) => (smooth && program ? evaluate(program, at) : null);
  const factor = atPoint(answer.programs.area_factor);
  const served = spoken && answer.square?.side === side ? answer.square : null;
  return {
    at,
    side,
    values,
    matrix,
    smooth,
    square,
    image,
    factor,
    determinant: atPoint(answer.programs.determinant),
    corner: valuesAt(
      answer,
      at.map((value) => value + side),
    ),
    parallelogram: smooth ? parallelogram(values, matrix, side) : null,
    change: served?.step.change ?? ofMove(answer.programs.change),
    linear: served?.step.linear ?? (smooth ? ofMove(answer.programs.linear) : null),
    areas: served?.areas ?? {
      square: side * side,
      image: imageArea(answer, at, side, image),
      parallelogram: factor === null ? null : factor * side * side,
    },
  };
}

/** The Jacobian by its compiled entries. @param {any} answer @param {number[]} at @param {Vector} values */
const matrixAt = (answer, at, values) =>
  answer.programs.matrix.map((/** @type {any[]} */ row, /** @type {number} */ index) =>
    row.map((program) => (values[index] === null ? null : evaluate(program, at))),
  );

/**
 * Where the matrix puts the corners of the square, drawn from f(x); null where one runs off.
 * @param {Vector} values @param {Vector[]} matrix @param {number} side
 */
function parallelogram(values, matrix, side) {
  const corners = CORNERS.map(([right, up]) =>
    values.map((value, row) => Number(value) + side * (Number(matrix[row][0]) * right + Number(matrix[row][1]) * up)),
  );
  return corners.flat().every(Number.isFinite) ? corners : null;
}

/** Whether the server's answer was given for this very point. @param {any} answer @param {number[]} at */
export const standsAt = (answer, at) =>
  answer.variables.every((/** @type {string} */ name, /** @type {number} */ axis) => answer.at[name] === at[axis]);

/**
 * An entry as one writes it: a plain number as it stands in the formula, any other to some digits.
 * @param {any} answer
 * @param {LocalMap} map
 * @param {number} row
 * @param {number} column
 * @param {number} digits
 */
export function entryText(answer, map, row, column, digits) {
  const { text } = answer.symbolic[row][column];
  return map.matrix[row][column] !== null && isPlain(text) ? written(text) : number(map.matrix[row][column], digits);
}

/** Whether a formula is a number and nothing else. @param {string} text */
export const isPlain = (text) => /^-?\d+(\.\d+)?$/.test(text);

/**
 * A row or a column of the Jacobian, as one writes it.
 * @param {any} answer
 * @param {LocalMap} map
 * @param {{row?: number, column?: number}} chosen
 * @param {number} digits
 */
export function entriesText(answer, map, { row, column }, digits) {
  const texts = map.matrix
    .flatMap((line, i) => line.map((_, j) => ({ i, j })))
    .filter(({ i, j }) => i === (row ?? i) && j === (column ?? j));
  return `(${texts.map(({ i, j }) => entryText(answer, map, i, j, digits)).join(", ")})`;
}

/**
 * Lines of a small grid around the square, each with its image; places are in units of the side, from the point.
 * @param {any} answer @param {number[]} at @param {number} side
 * @returns {{along: number, image: Vector[]}[]}
 */
export function localGrid(answer, at, side) {
  const ticks = [-0.5, 0, 0.5, 1, 1.5];
  const fine = Array.from({ length: 17 }, (_, index) => -0.5 + index / 8);
  return [0, 1].flatMap((along) =>
    ticks.map((fixed) => ({
      along,
      image: fine.map((moving) =>
        valuesAt(
          answer,
          at.map((value, axis) => value + side * (axis === along ? moving : fixed)),
        ),
      ),
    })),
  );
}

/** The boundary of the unit square from 0, counterclockwise and closed. @param {number} pieces */
function outline(pieces) {
  return CORNERS.slice(0, -1).flatMap(([x, y], corner) => {
    const [nextX, nextY] = CORNERS[corner + 1];
    const last = corner === 3 ? pieces + 1 : pieces;
    return Array.from({ length: last }, (_, step) => [
      x + ((nextX - x) * step) / pieces,
      y + ((nextY - y) * step) / pieces,
    ]);
  });
}
