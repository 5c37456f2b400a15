import { exact, written } from "../../base/format.js";
import { gridTraces } from "./grid_lines.js";
import { entriesText } from "./local_map.js";
import { label } from "../../drawing/marks.js";
import { planeLayout } from "../../drawing/plane_axes.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("./local_map.js").LocalMap} LocalMap */
/**
 * @typedef {{row: number|null, column: number|null}} Asked the entry, the row or the column of the Jacobian that is
 *   asked about
 */

const AIR = 0.07; // of the domain, free around the grid
const VISIBLE = 0.09; // of the domain: a square that large has room for the names of its edges
const ARROW = 0.24; // of the domain, the length of a gradient

/**
 * The inputs: a grid, the point on it, and the square of side s at the point.
 * @param {{answer: any, map: LocalMap, domain: [number, number][], asked: Asked|null, digits: number, colors:
 *   import("../../base/theme.js").Palette}} input
 * @returns {PlaneFigure}
 */
export function inputGrid({ answer, map, domain, asked, digits, colors }) {
  const names = answer.variables.map(written);
  const span = Math.max(...domain.map(([low, high]) => high - low));
  const [x, y] = domain.map(([low, high]) => /** @type {[number, number]} */ ([low - AIR * span, high + AIR * span]));
  const large = map.side > VISIBLE * span;
  const corner = map.at.map((value) => value + map.side);
  const arrow = gradient(answer, map, asked, span, digits);
  const layout = planeLayout({ x, y, colors });
  for (const axis of [layout.xaxis, layout.yaxis]) Object.assign(axis, { showgrid: false, zeroline: false });
  const grid = gridTraces(answer.grid ?? [], "x", answer.variables, colors.x);
  return {
    square: true,
    data: grid.map((trace) => ({ type: "scatter", ...trace })),
    layout,
    marks: [
      { kind: "path", points: map.square, symbol: "dx", filled: true, thin: true },
      ...edges(map, asked),
      ...(large ? turn(map.at, map.side) : []),
      ...(large && !arrow.length ? edgeNames(map, names) : []),
      ...arrow,
      label([x[1], y[0]], names[0], "x", [-8, -8], "end"),
      label([x[0], y[1]], names[1], "x", [8, 18]),
      ...(arrow.length ? [] : [label(corner, large ? "x + Δx" : `s = ${exact(map.side)}`, "dx", [12, -8])]),
      // the name of the point makes way for an arrow that goes down
      pointName(map, arrow.length > 1 && Number(map.matrix[asked?.row ?? 0][1]) < 0),
      ...grips(map, corner),
    ],
  };
}

/** @param {LocalMap} map @param {boolean} beside whether it stands beside the point instead of below */
const pointName = ({ at }, beside) =>
  label(at, `x = ${pointText(at)}`, "x", beside ? [-14, 5] : [-8, 24], beside ? "end" : "middle");

/**
 * The corner that changes the square's side, and the point.
 * @param {LocalMap} map @param {number[]} corner
 * @returns {Mark[]}
 */
const grips = ({ at, side }, corner) => [
  {
    kind: "point",
    at: corner,
    symbol: "dx",
    handle: { id: "side", label: "Side s of the square", now: side, value: `s = ${exact(side)}` },
  },
  {
    kind: "point",
    at,
    symbol: "x",
    handle: { id: "at", label: "Point x", now: at[0], value: `x = ${pointText(at)}` },
  },
];

/** A chosen point, or a vector, as one writes it. @param {number[]} point */
export const pointText = (point) => `(${point.map(exact).join(", ")})`;

/**
 * The way from the first edge of the square to the second: under a map that turns the square over, it goes the other
 * way round.
 * @param {number[]} at @param {number} side @returns {Mark[]}
 */
const turn = (at, side) => turnMarks((u, v) => [at[0] + side * u, at[1] + side * v]);

/**
 * The same way around, seen through a map of the unit square.
 * @param {(u: number, v: number) => number[]} place
 * @returns {Mark[]}
 */
export function turnMarks(place) {
  const points = Array.from({ length: 13 }, (_, index) => (index / 12) * (Math.PI / 2)).map((angle) =>
    place(0.34 * Math.cos(angle), 0.34 * Math.sin(angle)),
  );
  return [
    { kind: "path", points, symbol: "soft", thin: true },
    { kind: "arrow", from: points[10], to: points[12], symbol: "soft", thin: true },
  ];
}

/** @param {LocalMap} map @param {Asked|null} asked @returns {Mark[]} */
const edges = ({ at, side }, asked) =>
  [
    [side, 0],
    [0, side],
  ].map(([dx, dy], column) => ({
    kind: "arrow",
    from: at,
    to: [at[0] + dx, at[1] + dy],
    symbol: "dx",
    thin: asked !== null && asked.column !== null && asked.column !== column,
  }));

/** @param {LocalMap} map @param {string[]} names @returns {Mark[]} */
const edgeNames = ({ at, side }, names) => [
  { kind: "label", at: [at[0] + side, at[1]], text: `Δ${names[0]}`, symbol: "dx", shift: [10, 6] },
  { kind: "label", at: [at[0], at[1] + side], text: `Δ${names[1]}`, symbol: "dx", shift: [0, -10], anchor: "middle" },
];

/**
 * The gradient of the output whose row is asked about, or of the only one: where to it grows.
 * @param {any} answer
 * @param {LocalMap} map
 * @param {Asked|null} asked
 * @param {number} span
 * @param {number} digits
 * @returns {Mark[]}
 */
function gradient(answer, map, asked, span, digits) {
  const { at, matrix, smooth } = map;
  const index = asked ? (asked.column === null ? asked.row : null) : matrix.length === 1 ? 0 : null;
  if (index === null || !smooth) return [];
  const row = /** @type {number[]} */ (matrix[index]);
  const length = Math.hypot(...row);
  const text = `∇f${matrix.length > 1 ? "₁₂₃"[index] : ""} = ${entriesText(answer, map, { row: index }, digits)}`;
  if (!length) return [{ kind: "label", at, text, symbol: "dx", shift: [0, -16], anchor: "middle" }];
  const to = at.map((value, axis) => value + (row[axis] / length) * ARROW * span);
  // above the corner of the square where the arrow goes past it
  const top = row[0] > 0 && row[1] > 0 ? Math.max(to[1], at[1] + map.side) : to[1];
  return [
    { kind: "arrow", from: at, to, symbol: "dx" },
    { kind: "label", at: [to[0], top], text, symbol: "dx", shift: [0, row[1] >= 0 ? -16 : 24], anchor: "middle" },
  ];
}
