import { turnMarks } from "./input_grid.js";
import { entryText } from "./local_map.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("./local_map.js").LocalMap} LocalMap */
/** @typedef {import("./local_map.js").Vector} Vector */
/** @typedef {import("./input_grid.js").Asked} Asked */
/**
 * @typedef {{answer: any, map: LocalMap, asked: Asked|null, digits: number, colors:
 *   import("../../base/theme.js").Palette}} Input
 */
/**
 * How the square's image is drawn: where its points come, what the columns are called (not at all where it is empty;
 * long names stand above or below), whether there is room for all names,
 * and which way things lie on the screen, up being positive.
 * @typedef {{place: (point: Vector) => Vector, columnName: (column: number) => string, long?: boolean, roomy: boolean,
 *   onScreen?: (point: number[]) => number[]}} Style
 */

const APART = 0.12; // so far the corners are apart when both have a name

/**
 * How a point of the image is seen from f(x), in units of s.
 * @param {LocalMap} map
 * @returns {(point: Vector) => Vector}
 */
export const zoomOf =
  ({ values, side }) =>
  (point) =>
    point.map((value, axis) =>
      value === null || values[axis] === null ? null : (value - /** @type {number} */ (values[axis])) / side,
    );

/**
 * What f makes of the square, and what the Jacobian makes of it, in the plane or in space.
 * @param {Input} input @param {Style} style
 * @returns {Mark[]}
 */
export function squareMarks(input, style) {
  const { map, asked } = input;
  const { place, roomy } = style;
  const [here, there, corners] = [
    place(map.values),
    place(map.corner),
    /** @type {number[][]} */ ((map.parallelogram ?? []).map(place)),
  ];
  const [one, other] = corners.length ? [corners[0], corners[2]] : [here, there];
  const middle = one.map((value, axis) => (Number(value) + Number(other[axis])) / 2);
  // the number of an entry asked about may need its place
  const spare = !asked || (roomy && (asked.row === null || asked.column === null));
  const named = (/** @type {number[]} */ at, /** @type {string} */ text, /** @type {string} */ symbol) =>
    nameOutside(at, middle, text, symbol, style);
  /** @type {Mark[]} */
  const marks = runs(map.image.map(place)).map((points) => ({
    kind: "path",
    points,
    symbol: "f",
    filled: points.length === map.image.length,
    thin: true,
  }));
  if (corners.length) marks.push(...parallelogramMarks(corners, middle, input, style));
  if (corners.length && roomy && isPoint(there) && apart(there, corners[2], corners[0]) > APART)
    marks.push(
      { kind: "point", at: corners[2], symbol: "slope", hollow: true },
      named(corners[2], "f(x) + J Δx", "slope"),
    );
  if (isPoint(there))
    marks.push(
      { kind: "point", at: there, symbol: "f", hollow: true },
      ...(roomy ? [named(there, "f(x + Δx)", "f")] : []),
    );
  if (isPoint(here)) marks.push({ kind: "point", at: here, symbol: "f" }, ...(spare ? [named(here, "f(x)", "f")] : []));
  return marks;
}

/** @param {number[][]} corners @param {number[]} middle @param {Input} input @param {Style} style @returns {Mark[]} */
function parallelogramMarks(corners, middle, { answer, map, asked, digits }, style) {
  const [origin, first, , second] = corners;
  const tips = [first, second];
  const linear = (/** @type {number} */ u, /** @type {number} */ v) =>
    origin.map((value, axis) => value + u * (first[axis] - value) + v * (second[axis] - value));
  const [row, column] = [asked?.row ?? null, asked?.column ?? null];
  /** @type {Mark[]} */
  const marks = [
    { kind: "path", points: corners, symbol: "slope", dash: "7 5", thin: true, filled: true },
    ...turnMarks(linear),
  ];
  for (const [index, tip] of tips.entries()) {
    if (tip.every((value, axis) => value === origin[axis])) continue;
    const faded = column !== null && column !== index;
    marks.push({ kind: "arrow", from: origin, to: tip, symbol: "slope", thin: faded });
    // the number of an entry asked about stands there instead
    if (!faded && style.columnName(index) && (row === null || column === null))
      marks.push(nameOutside(tip, middle, style.columnName(index), "slope", style, style.long));
  }
  if (row !== null && column !== null)
    marks.push(...legs(origin, tips[column], row, entryText(answer, map, row, column, digits), style));
  return marks;
}

/**
 * A name at a point, on the side away from another one.
 * @param {number[]} at
 * @param {number[]} from
 * @param {string} text
 * @param {string} symbol
 * @param {Style} style
 * @param {boolean} [long]
 * @returns {Mark}
 */
function nameOutside(at, from, text, symbol, { onScreen = (point) => point }, long = false) {
  const [start, end] = [onScreen(from), onScreen(at)];
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
  const [right, up] = [0, 1].map((axis) => (end[axis] - start[axis]) / length);
  if (long) return { kind: "label", at, text, symbol, anchor: "middle", shift: [right * 10, up >= 0 ? -13 : 26] };
  const anchor = right > 0.4 ? "start" : right < -0.4 ? "end" : "middle";
  return { kind: "label", at, text, symbol, anchor, shift: [right * 14, up >= 0 ? 5 - up * 17 : 5 - up * 19] };
}

/**
 * The part of a column's arrow that one output has, and the rest of the way; its number stands on the side where the
 * rest is not.
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} row
 * @param {string} text
 * @param {Style} style
 * @returns {Mark[]}
 */
function legs(from, to, row, text, style) {
  const elbow = from.with(row, to[row]);
  const half = from.map((value, axis) => (value + elbow[axis]) / 2);
  const other = half.map((value, axis) => value + to[axis] - elbow[axis]);
  return [
    { kind: "arrow", from, to: elbow, symbol: "dx" },
    { kind: "segment", from: elbow, to, symbol: "soft", dash: "3 4", thin: true },
    nameOutside(half, other, text, "dx", style),
  ];
}

/**
 * How far two points are apart, as a share of the way from a third.
 * @param {number[]} one
 * @param {number[]} other
 * @param {number[]} from
 */
const apart = (one, other, from) =>
  Math.hypot(...one.map((value, axis) => value - other[axis])) /
  (Math.hypot(...other.map((value, axis) => value - from[axis])) || 1);

/** A path in pieces, each without a gap. @param {Vector[]} points @returns {number[][][]} */
export function runs(points) {
  /** @type {number[][][]} */
  const pieces = [[]];
  for (const point of points) {
    if (isPoint(point)) pieces[pieces.length - 1].push(point);
    else pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 1);
}

/** @param {Vector} point @returns {point is number[]} */
const isPoint = (point) => point.every((value) => value !== null);
