import { written } from "../../base/format.js";
import { extent, gridTraces } from "./grid_lines.js";
import { localLines } from "./grid_image.js";
import { fitRange } from "../../drawing/plane_axes.js";
import { axisNames, sceneLayout } from "../../drawing/scene_axes.js";
import { runs, squareMarks, zoomOf } from "./square_image.js";
import { projection, SIDES } from "../../drawing/viewpoint.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").Range} Range */
/** @typedef {import("../../drawing/viewpoint.js").Box} Box */
/** @typedef {import("../../drawing/viewpoint.js").Camera} Camera */
/** @typedef {import("./local_map.js").Vector} Vector */

// the box stands still while the point moves a little: so many sizes it has in a power of ten, and on such a share of
// them it stands
const SIZES = 10;
const STEP = 1 / 8;
// Plotly draws the axes of a scene only around something
const ORIGIN = { type: "scatter3d", mode: "markers", x: [0], y: [0], z: [0], opacity: 0, hoverinfo: "skip" };

/**
 * Three outputs: the image of the grid as a net in space, what becomes of the square, and the parallelogram that
 * touches it.
 * @param {import("./square_image.js").Input & {close: boolean, camera: Camera}} input `close`: seen from f(x), in units
 *   of s
 * @returns {import("../../drawing/scene_axes.js").SceneFigure}
 */
export function gridImageScene(input) {
  const { answer, map, close, camera, colors } = input;
  const lines = close ? [] : (answer.grid ?? []);
  const box = close ? evenBox(nearby(map)) : boxAround(lines);
  const onScreen = flat(camera, box);
  const names = answer.variables.map(written);
  const columnName = (/** @type {number} */ column) => (close ? `∂f/∂${names[column]}` : "");
  const marks = squareMarks(input, {
    place: close ? zoomOf(map) : (point) => point,
    columnName,
    roomy: close,
    onScreen,
  });
  return {
    box,
    camera,
    layout: sceneLayout(box, camera, colors),
    data: close
      ? [ORIGIN]
      : gridTraces(lines, "image", answer.variables, colors.f).map((trace) => ({
          type: "scatter3d",
          ...trace,
          line: { ...trace.line, width: 1.5 },
        })),
    net: () => netOf(lines),
    marks: [
      ...axisNames(
        box,
        camera,
        ["f₁", "f₂", "f₃"].map((name) => ({ text: close ? `Δ${name} / s` : name, symbol: "f" })),
        colors.size / 13,
      ),
      ...(close ? localLines(answer, map) : []),
      ...marks,
    ],
  };
}

/** @param {import("./grid_lines.js").GridLine[]} lines @returns {Box} */
function boxAround(lines) {
  const rangeOf = (/** @type {number} */ axis) => lines.flatMap((line) => line.image[axis]);
  const [x, y, z] = [0, 1, 2].map((axis) => fitRange(rangeOf(axis), [], 0.03));
  return { x, y, z };
}

/**
 * The lines of the grid as marks, for a browser that draws nothing in space.
 * @param {import("./grid_lines.js").GridLine[]} lines
 * @returns {Mark[]}
 */
const netOf = (lines) =>
  lines.flatMap(({ image: [x, y, z] }) =>
    runs(x.map((value, index) => [value, y[index], z[index]])).map(
      (points) => /** @type {Mark} */ ({ kind: "path", points, symbol: "f faint", thin: true }),
    ),
  );

/**
 * What is seen from f(x): the parallelogram, or the image where there is none or it is a point.
 * @param {import("./local_map.js").LocalMap} map
 * @returns {Range[]}
 */
function nearby(map) {
  const points = [[0, 0, 0], ...((map.matrix.flat().some(Boolean) && map.parallelogram) || map.image).map(zoomOf(map))];
  return [0, 1, 2].map((axis) => {
    const [low, high] = extent(points.map((point) => point[axis]));
    const air = 0.25 * (high - low || 1);
    return [low - air, high + air];
  });
}

/**
 * A box around ranges, in which one unit is as long in every direction; its size and its place are rounded.
 * @param {Range[]} ranges
 * @returns {Box}
 */
function evenBox(ranges) {
  const sides = Object.values(SIDES);
  const least = Math.max(...ranges.map(([low, high], axis) => (high - low) / sides[axis])) || 1;
  const unit = 10 ** (Math.ceil(Math.log10(least) * SIZES - 1e-9) / SIZES);
  const [x, y, z] = ranges.map(([low, high], axis) => {
    const step = unit * sides[axis] * STEP;
    const middle = Math.round((low + high) / 2 / step) * step;
    const half = (unit * sides[axis]) / 2;
    return /** @type {Range} */ ([middle - half, middle + half]);
  });
  return { x, y, z };
}

/**
 * Which way things lie on the screen, whatever its size.
 * @param {Camera} camera
 * @param {Box} box
 * @returns {(point: number[]) => number[]}
 */
function flat(camera, box) {
  const toPixels = projection(camera, box, 1000, 1000);
  return (point) => {
    const [right, down] = toPixels(point);
    return [right, -down];
  };
}
