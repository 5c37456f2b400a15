import { exact, number } from "../../base/format.js";
import { contours } from "../../drawing/contours.js";
import { planeLayout } from "../../drawing/plane_axes.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").Range} Range */
/** @typedef {import("../../base/theme.js").Palette} Palette */
/** @typedef {import("./gradient_here.js").Here} Here */
/** @typedef {import("../../descent/hill.js").Place} Place */
/** @typedef {{x: number[], y: number[], dx: (number|null)[], dy: (number|null)[]}} Arrows */

const TRAIL = 60; // steps drawn behind the ball
const LONGEST = 0.22; // of the picture: the arrow at the point where the field is steepest

/**
 * The contour lines of a function, its field of gradients, and at the point the way up, the way down and the line
 * between.
 * @param {{surface: any, arrows: Arrows, heights: Range, here: Here, level: number[][][], path: Place[], next:
 *   Place|null, digits: number, colors: import("../../base/theme.js").Palette}} input
 * @returns {import("../../drawing/plane_axes.js").PlaneFigure}
 */
export function gradientField({ surface, arrows, heights, here, level, path, next, digits, colors }) {
  const [x, y] = [rangeOf(surface.x), rangeOf(surface.y)];
  const largest = steepest(arrows);
  return {
    data: [
      contours(surface, heights, colors),
      arrowTrace(arrows, ((x[1] - x[0]) / 10) * 0.8, largest, `${colors.dx}88`),
    ],
    layout: named(planeLayout({ x, y, colors, margin: { l: 46, r: 8, t: 8, b: 42 } }), colors),
    square: true,
    marks: [
      .../** @type {Mark[]} */ (level.map((points) => ({ kind: "path", points, symbol: "f" }))),
      ...levelName(level, here, x, y, digits),
      ...trail(path),
      ...step(here, next),
      ...directions(here, (x[1] - x[0]) * LONGEST, largest),
      grip(here, digits),
    ],
  };
}

/** The point, to be dragged. @param {Here} here @param {number} digits @returns {Mark} */
function grip({ point, value, gradient }, digits) {
  const [x, y] = point;
  const said =
    `x = ${exact(x)}, y = ${exact(y)}, f = ${number(value, digits)}, gradient ` +
    `(${gradient.map((each) => number(each, digits)).join(", ")})`;
  const handle = { id: "point", label: "The point (x, y)", now: x, value: said };
  return { kind: "point", at: point, symbol: "L", hollow: value === null, handle };
}

/**
 * The axes with their names in the colors of x and y.
 * @param {Record<string, any>} layout
 * @param {import("../../base/theme.js").Palette} colors
 */
function named(layout, colors) {
  const title = (/** @type {string} */ text, /** @type {string} */ color) => ({
    text: `<b>${text}</b>`,
    standoff: 4,
    font: { size: colors.size + 2, color },
  });
  return {
    ...layout,
    xaxis: { ...layout.xaxis, title: title("x", colors.x) },
    yaxis: { ...layout.yaxis, title: title("y", colors.y) },
  };
}

/** @param {number[]} values @returns {Range} */
const rangeOf = (values) => [values[0], values[values.length - 1]];

/** The longest gradient of the field. @param {Arrows} arrows */
function steepest({ dx, dy }) {
  const lengths = dx.map((value, index) => Math.hypot(value ?? 0, dy[index] ?? 0)).filter(Number.isFinite);
  return Math.max(...lengths, Number.MIN_VALUE);
}

/**
 * Lengths grow with the square root of the slope, so that gentle ones can be seen beside steep ones.
 * @param {number} norm
 * @param {number} largest
 */
const share = (norm, largest) => Math.sqrt(Math.min(1, norm / largest));

/**
 * Arrows as one broken line, drawn with the contours below what moves.
 * @param {Arrows} arrows
 * @param {number} full the longest arrow, in the plane's units
 * @param {number} largest
 * @param {string} color
 */
function arrowTrace({ x, y, dx, dy }, full, largest, color) {
  /** @type {(number|null)[][]} */
  const points = [];
  for (const [index, right] of dx.entries()) {
    const up = dy[index];
    const norm = right === null || up === null ? 0 : Math.hypot(right, up);
    if (!norm || right === null || up === null) continue;
    const length = full * share(norm, largest);
    const [ux, uy] = [(right / norm) * length, (up / norm) * length];
    const tip = [x[index] + ux, y[index] + uy];
    const barb = (/** @type {number} */ side) => [
      tip[0] - 0.32 * ux - side * 0.18 * uy,
      tip[1] - 0.32 * uy + side * 0.18 * ux,
    ];
    points.push([x[index], y[index]], tip, barb(1), tip, barb(-1), [null, null]);
  }
  return {
    type: "scatter",
    mode: "lines",
    x: points.map((point) => point[0]),
    y: points.map((point) => point[1]),
    hoverinfo: "skip",
    line: { color, width: 1.6 },
    connectgaps: false,
  };
}

/**
 * The gradient, its negative, and the right angle to the contour line.
 * @param {Here} here
 * @param {number} longest
 * @param {number} largest
 * @returns {Mark[]}
 */
function directions({ point: [x, y], gradient: [gx, gy], norm }, longest, largest) {
  if (gx === null || gy === null || !norm) return [];
  const [ux, uy] = [gx / norm, gy / norm];
  const length = longest * Math.max(0.4, share(norm, largest));
  const corner = longest * 0.24;
  const to = (/** @type {number} */ by, aside = 0) => [x + by * ux - aside * uy, y + by * uy + aside * ux];
  const beside = (/** @type {number} */ way) =>
    /** @type {{shift: number[], anchor: "start"|"middle"|"end"}} */ ({
      shift: [way * ux * 16, -way * uy * 16 + 5],
      anchor: way * ux > 0.35 ? "start" : way * ux < -0.35 ? "end" : "middle",
    });
  return [
    { kind: "path", points: [to(corner), to(corner, corner), to(0, corner)], symbol: "ink", thin: true },
    { kind: "arrow", from: [x, y], to: to(-length), symbol: "dx", dash: "7 6" },
    { kind: "arrow", from: [x, y], to: to(length), symbol: "dx" },
    { kind: "label", at: to(length), text: "∇f", symbol: "dx", ...beside(1) },
    { kind: "label", at: to(-length), text: "−∇f", symbol: "dx", ...beside(-1) },
  ];
}

/**
 * The value of the line through the point, written where nothing else stands.
 * @param {number[][][]} level
 * @param {Here} here
 * @param {Range} x
 * @param {Range} y
 * @param {number} digits
 * @returns {Mark[]}
 */
function levelName(level, here, x, y, digits) {
  const { point, value, norm, gradient } = here;
  const span = x[1] - x[0];
  const [ux, uy] = norm ? gradient.map((each) => (each ?? 0) / norm) : [0, 0];
  const taken = [-1, 0, 1].map((way) => [point[0] + (way * ux * span) / 4, point[1] + (way * uy * span) / 4]);
  const room = (/** @type {number[]} */ [a, b]) =>
    Math.min(a - x[0], x[1] - a, b - y[0], y[1] - b, ...taken.map(([c, d]) => Math.hypot(a - c, b - d)), span / 4);
  let [best, most] = [/** @type {number[]|null} */ (null), span / 9];
  for (const place of level.flat()) if (room(place) > most) [best, most] = [place, room(place)];
  return best
    ? [{ kind: "label", at: best, text: `f = ${number(value, digits)}`, symbol: "f", shift: [0, 5], anchor: "middle" }]
    : [];
}

/** @param {Place[]} path @returns {Mark[]} */
function trail(path) {
  if (path.length < 2) return [];
  const points = path.slice(-TRAIL - 1).map((place) => place.point);
  return [
    { kind: "path", points, symbol: "L", thin: true },
    .../** @type {Mark[]} */ (
      points.slice(0, -1).map((at) => ({ kind: "point", at, symbol: "L trail", hollow: true }))
    ),
  ];
}

/** Where the next step will lead. @param {Here} here @param {Place|null} next @returns {Mark[]} */
function step(here, next) {
  if (!next) return [];
  return [
    { kind: "segment", from: here.point, to: next.point, symbol: "L", thin: true, dash: "2 4" },
    { kind: "point", at: next.point, symbol: "L trail", hollow: true },
  ];
}
