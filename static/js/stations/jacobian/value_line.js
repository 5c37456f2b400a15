import { written } from "../../base/format.js";
import { evenRanges, extent } from "./grid_lines.js";
import { entryText } from "./local_map.js";
import { fitRange, planeLayout } from "../../drawing/plane_axes.js";
import { zoomOf } from "./square_image.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("./square_image.js").Input} Input */
/** @typedef {import("./local_map.js").Vector} Vector */

const LEVELS = { first: 0.3, second: 0.56, square: -0.34, grid: -0.68 };

/**
 * A single output: the values that f takes on the square, and the two steps that the one row of the Jacobian makes of
 * its edges.
 * @param {Input & {close: boolean}} input `close`: seen from f(x), in units of s
 * @returns {PlaneFigure}
 */
export function valueLine({ answer, map, asked, digits, colors, close }) {
  const place = close ? zoomOf(map) : (/** @type {Vector} */ point) => point;
  const [here, there] = [place(map.values)[0], place(map.corner)[0]];
  const taken = map.image.map((point) => place(point)[0]);
  const far = close ? [] : (answer.grid ?? []).flatMap((/** @type {any} */ line) => line.image[0]);
  const tips = (map.parallelogram ?? []).map((point) => /** @type {number} */ (place(point)[0]));
  const [low, high] = extent([...fitRange(far.length ? far : taken, [], 0), ...taken, ...tips, here, there]);
  const air = 0.2 * (high - low || 1);
  const [x] = evenRanges([[low - air, high + air]]);
  const layout = planeLayout({ x, y: [-1, 1], colors });
  Object.assign(layout.yaxis, { showticklabels: false, showgrid: false });
  const names = answer.variables.map(written);
  const nameOf = (/** @type {number} */ column) =>
    close ? `∂f/∂${names[column]} = ${entryText(answer, map, 0, column, digits)}` : `s ∂f/∂${names[column]}`;
  const left = (there ?? tips[2] ?? 0) < (here ?? 0);
  return {
    data: [],
    layout,
    marks: [
      ...bar(far, LEVELS.grid, "f on the whole grid"),
      ...bar(taken, LEVELS.square, "f on the square"),
      { kind: "label", at: [x[1], -1], text: close ? "Δf / s" : "f", symbol: "f", shift: [-8, -8], anchor: "end" },
      ...(tips.length ? steps(tips, nameOf, asked) : []),
      ...end(there, "f(x + Δx)", left, true),
      ...end(here, "f(x)", !left, false),
    ],
  };
}

/**
 * The values that f takes, as a bar below the line.
 * @param {Vector} values
 * @param {number} level
 * @param {string} text
 * @returns {Mark[]}
 */
function bar(values, level, text) {
  if (!values.length) return [];
  const [least, most] = extent(values);
  return [
    {
      kind: "path",
      points: [
        [least, level],
        [most, level],
      ],
      symbol: "f",
    },
    { kind: "label", at: [(least + most) / 2, level], text, symbol: "f", shift: [0, 22], anchor: "middle" },
  ];
}

/**
 * @param {number|null} value
 * @param {string} text
 * @param {boolean} left whether the name stands to the left
 * @param {boolean} hollow
 * @returns {Mark[]}
 */
function end(value, text, left, hollow) {
  if (value === null) return [];
  return [
    { kind: "point", at: [value, 0], symbol: "f", hollow },
    { kind: "label", at: [value, 0], text, symbol: "f", shift: [left ? -4 : 4, 24], anchor: left ? "end" : "start" },
  ];
}

/**
 * One entry of the row after the other, each as a step.
 * @param {number[]} tips
 * @param {(column: number) => string} nameOf
 * @param {import("./input_grid.js").Asked|null} asked
 * @returns {Mark[]}
 */
function steps([from, first, both], nameOf, asked) {
  const ends = [
    [from, first, LEVELS.first],
    [first, both, LEVELS.second],
  ];
  return [
    ...ends.flatMap(
      ([start, stop, level], column) =>
        /** @type {Mark[]} */ ([
          { kind: "segment", from: [start, 0], to: [start, level], symbol: "soft", dash: "3 4", thin: true },
          {
            kind: "arrow",
            from: [start, level],
            to: [stop, level],
            symbol: "slope",
            thin: asked !== null && asked.column !== null && asked.column !== column,
          },
          {
            kind: "label",
            at: [(start + stop) / 2, level],
            text: nameOf(column),
            symbol: "slope",
            shift: [0, -12],
            anchor: "middle",
          },
        ]),
    ),
    { kind: "segment", from: [both, LEVELS.second], to: [both, 0], symbol: "slope", dash: "3 4", thin: true },
    { kind: "point", at: [both, 0], symbol: "slope", hollow: true },
  ];
}
