import { written } from "../../base/format.js";
import { evenRanges, extent, gridTraces } from "./grid_lines.js";
import { entriesText, localGrid } from "./local_map.js";
import { fitRange, planeLayout } from "../../drawing/plane_axes.js";
import { runs, squareMarks, zoomOf } from "./square_image.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("../../drawing/plane_axes.js").Range} Range */
/** @typedef {import("./local_map.js").LocalMap} LocalMap */
/** @typedef {import("./local_map.js").Vector} Vector */
/** @typedef {import("./square_image.js").Input} Input */

/**
 * The image of the grid under f, what becomes of the square, and what the Jacobian makes of it.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function gridImage(input) {
  const { answer, map, colors } = input;
  const far = [0, 1].map(
    (axis) => /** @type {Vector} */ ((answer.grid ?? []).flatMap((/** @type {any} */ line) => line.image[axis])),
  );
  const near = [0, 1].map((axis) => [map.values[axis], ...(map.parallelogram ?? []).map((point) => point[axis])]);
  const [x, y] = evenRanges(far.map((values, axis) => unite(fitRange(values, [], 0.04), extent(near[axis]))));
  return {
    square: true,
    data: gridTraces(answer.grid ?? [], "image", answer.variables, colors.f).map((trace) => ({
      type: "scatter",
      ...trace,
    })),
    layout: planeLayout({ x, y, colors }),
    marks: [
      ...squareMarks(input, {
        place: (point) => point,
        columnName: (column) => `J Δ${written(answer.variables[column])}`,
        roomy: isRoomy(map, x, colors.size),
      }),
      ...axisNames(x, y, ["f₁", "f₂"]),
    ],
  };
}

/**
 * The same, seen from f(x) in units of s: there the parallelogram stands still, its edges are the columns of J, and the
 * image comes to it as s → 0.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function closeUp(input) {
  const { answer, map, digits, colors } = input;
  const zoom = zoomOf(map);
  const shown = [
    [0, 0],
    ...(map.parallelogram ?? []).map(zoom),
    ...(map.matrix.flat().some(Boolean) ? [] : map.image.map(zoom)),
  ];
  const [x, y] = evenRanges([0, 1].map((axis) => widened(extent(shown.map((point) => point[axis])))));
  return {
    square: true,
    data: [],
    layout: planeLayout({ x, y, colors }),
    marks: [
      ...localLines(answer, map),
      ...squareMarks(input, {
        place: zoom,
        columnName: (column) =>
          `∂f/∂${written(answer.variables[column])} = ${entriesText(answer, map, { column }, digits - 1)}`,
        long: true,
        roomy: true,
      }),
      ...axisNames(x, y, ["Δf₁ / s", "Δf₂ / s"]),
    ],
  };
}

/**
 * The lines of a small grid around the square, seen from f(x) in units of s.
 * @param {any} answer
 * @param {LocalMap} map
 * @returns {Mark[]}
 */
export const localLines = (answer, map) =>
  localGrid(answer, map.at, map.side).flatMap(({ along, image }) =>
    runs(image.map(zoomOf(map))).map((points) => ({
      kind: "path",
      points,
      symbol: along ? "f faint" : "f",
      thin: true,
    })),
  );

// of the range, for each pixel of the text's size: a parallelogram that large has room for all names
const ROOM = 0.016;

/** @param {LocalMap} map @param {Range} range @param {number} size of the text, in pixels */
function isRoomy({ parallelogram, image }, [low, high], size) {
  const sizes = [0, 1]
    .map((axis) => extent((parallelogram ?? image).map((point) => point[axis])))
    .map(([least, most]) => most - least);
  return Math.max(...sizes) > ROOM * size * (high - low);
}

/** @param {Range} x @param {Range} y @param {string[]} names @returns {Mark[]} */
const axisNames = (x, y, names) => [
  { kind: "label", at: [x[1], y[0]], text: names[0], symbol: "f", shift: [-8, -8], anchor: "end" },
  { kind: "label", at: [x[0], y[1]], text: names[1], symbol: "f", shift: [8, 18] },
];

/** @param {Range} one @param {Range} other @returns {Range} */
const unite = (one, other) => [Math.min(one[0], other[0]), Math.max(one[1], other[1])];

/** @param {Range} range @returns {Range} */
function widened([low, high]) {
  const air = 0.3 * (high - low || 1);
  return [low - air, high + air];
}
