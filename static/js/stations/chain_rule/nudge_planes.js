import { exact, number } from "../../base/format.js";
import { curveTrace, fitRange, planeLayout } from "../../drawing/plane_axes.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("./nudge.js").Nudge} Nudge */
/** @typedef {import("../../base/theme.js").Palette} Palette */
/**
 * One of the three planes: a curve, a point on it, its slope there, and a nudge along and up.
 * `axes` are what is read on each; `shown` are the shares of the two arrows that are drawn while a nudge travels.
 * @typedef {{curve: {x: number[], y: (number|null)[]}, ranges: {x: [number, number], y: [number, number]}, at:
 *   number|null, value: number|null, slope: number|null,
 * along: Change, up: Change, shown: [number, number], color: string, axes: [Axis, Axis], side: "left"|"right", handle?:
 *   import("../../drawing/plane_axes.js").Handle, colors: Palette}} Plane
 * @typedef {{name: string, symbol: "x"|"u"|"f"}} Axis
 * @typedef {{name: string, by: number|null, linear?: number|null}} Change
 * @typedef {{answer: any, nudge: Nudge, progress: number, digits: number, colors: Palette}} Input `progress` goes from
 *   0 to 3, through the three planes
 */

const SIDES = { near: 10, far: 52 }; // pixels beside a plane, without and with the numbers of its axis
const X = /** @type {const} */ ({ name: "x", symbol: "x" });
const U = /** @type {const} */ ({ name: "u", symbol: "u" });
const Y = /** @type {const} */ ({ name: "y", symbol: "f" });
const TINY = 1 / 12; // of a plane: an arrow below it has no room for its name

/**
 * u = g(x): dx becomes du.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function innerFigure({ answer, nudge, progress, digits, colors }) {
  const { x, u, dx, du, duLinear, inner } = nudge;
  return planeFigure({
    curve: answer.curves.inner,
    ranges: rangesOf(answer, nudge).inner,
    at: x,
    value: u,
    slope: inner,
    color: colors.u,
    side: "right",
    colors,
    along: { name: "dx", by: dx },
    up: { name: "du", by: du, linear: duLinear },
    shown: [grown(progress, 0, 0.4), grown(progress, 0.4, 0.8)],
    axes: [X, U],
    handle: handleOf(nudge, "u", u, digits),
  });
}

/**
 * y = f(u): du becomes dy.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function outerFigure({ answer, nudge, progress, colors }) {
  const { u, y, du, dy, outer } = nudge;
  return planeFigure({
    curve: answer.curves.outer,
    ranges: rangesOf(answer, nudge).outer,
    at: u,
    value: y,
    slope: outer,
    color: colors.f,
    side: "right",
    colors,
    along: { name: "du", by: du },
    up: { name: "dy", by: dy, linear: outer === null || du === null ? null : outer * du },
    shown: [grown(progress, 1.4, 1.65), grown(progress, 1.65, 1.95)],
    axes: [U, Y],
  });
}

/**
 * y = f(g(x)): dx becomes dy at once.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function compositeFigure({ answer, nudge, progress, digits, colors }) {
  const { x, y, dx, dy, dyLinear, composite } = nudge;
  return planeFigure({
    curve: answer.curves.composite,
    ranges: rangesOf(answer, nudge).composite,
    at: x,
    value: y,
    slope: composite,
    color: colors.f,
    side: "left",
    colors,
    along: { name: "dx", by: dx },
    up: { name: "dy", by: dy, linear: dyLinear },
    shown: [grown(progress, 2.4, 2.65), grown(progress, 2.65, 2.95)],
    axes: [X, Y],
    handle: handleOf(nudge, "y", y, digits),
  });
}

/**
 * How much of something is there when it grows between two moments.
 * @param {number} progress
 * @param {number} from
 * @param {number} to
 */
export const grown = (progress, from, to) => Math.min(1, Math.max(0, (progress - from) / (to - from)));

/** The axes: u is the same on both planes that have it, so is y, so is x. @param {any} answer @param {Nudge} nudge */
function rangesOf({ curves }, { u, y, du, dy }) {
  const ends = (/** @type {number[]} */ values) =>
    /** @type {[number, number]} */ ([values[0], values[values.length - 1]]);
  const along = (/** @type {number|null} */ from, /** @type {number|null} */ by) =>
    from === null ? [] : [from, from + (by ?? 0)];
  const x = ends(curves.inner.x);
  const [us, ys] = [
    stretched(curves.inner.y, along(u, du)),
    stretched([...curves.outer.y, ...curves.composite.y], along(y, dy)),
  ];
  return { inner: { x, y: us }, outer: { x: us, y: ys }, composite: { x, y: ys } };
}

/**
 * A range that stays as it is while what must be seen is in it.
 * @param {(number|null)[]} values
 * @param {number[]} seen
 * @returns {[number, number]}
 */
function stretched(values, seen) {
  const range = fitRange(values);
  return seen.every((each) => each >= range[0] && each <= range[1]) ? range : fitRange(values, seen);
}

/**
 * The point x of a plane; each plane's has a name of its own.
 * @param {Nudge} nudge @param {"u"|"y"} name what stands above it @param {number|null} value @param {number} digits
 */
const handleOf = ({ x }, name, value, digits) => ({
  id: "at",
  label: `x below ${name} = ${name === "u" ? "g(x)" : "f(g(x))"}`,
  now: x,
  value: `x = ${exact(x)}, ${name} = ${number(value, digits)}`,
  axes: /** @type {const} */ ("x"),
});

/** @param {Plane} plane @returns {PlaneFigure} */
function planeFigure(plane) {
  const { curve, ranges, color, colors, axes, side, at, value, handle } = plane;
  const margin = { l: side === "left" ? SIDES.near : 4, r: side === "right" ? SIDES.far : 14, t: 8, b: 26 };
  const layout = planeLayout({ ...ranges, colors, margin });
  Object.assign(layout.xaxis, { nticks: 5, tickfont: { size: colors.size, color: colors[axes[0].symbol] } });
  Object.assign(layout.yaxis, {
    side,
    showticklabels: side === "right",
    tickfont: { size: colors.size, color: colors[axes[1].symbol] },
  });
  layout.margin.r = margin.r * (side === "right" ? colors.size / 13 : 1);
  /** @type {Mark} */
  const point = {
    kind: "point",
    at: [at ?? ranges.x[0], value ?? ranges.y[0]],
    symbol: handle ? "x" : "u",
    hollow: value === null,
    ...(handle ? { handle } : {}),
  };
  return {
    data: [curveTrace({ ...curve, color })],
    layout,
    marks: [...names(plane), ...guides(plane), ...tangent(plane), ...arrows(plane), ...(at === null ? [] : [point])],
  };
}

/** The letters at the ends of the axes. @param {Plane} plane @returns {Mark[]} */
const names = ({ ranges: { x, y }, axes, side }) => [
  { kind: "label", at: [x[1], y[0]], text: axes[0].name, symbol: axes[0].symbol, shift: [-4, -6], anchor: "end" },
  side === "right"
    ? { kind: "label", at: [x[1], y[1]], text: axes[1].name, symbol: axes[1].symbol, shift: [-4, 14], anchor: "end" }
    : { kind: "label", at: [x[0], y[1]], text: axes[1].name, symbol: axes[1].symbol, shift: [5, 14] },
];

/** From the point to both axes. @param {Plane} plane @returns {Mark[]} */
function guides({ at, value, ranges: { x, y }, side }) {
  if (at === null) return [];
  const points =
    value === null
      ? [
          [at, y[0]],
          [at, y[1]],
        ]
      : [
          [at, y[0]],
          [at, value],
          [side === "right" ? x[1] : x[0], value],
        ];
  return [{ kind: "path", points, symbol: "soft", thin: true, dash: "3 4" }];
}

/** @param {Plane} plane @returns {Mark[]} */
function tangent({ at, value, slope, along, ranges: { x, y } }) {
  if (at === null || value === null || slope === null) return [];
  // as long on the screen whether steep or flat
  const steep = (slope * (x[1] - x[0])) / (y[1] - y[0]);
  return [
    {
      kind: "line",
      through: [at, value],
      slope,
      symbol: "slope",
      reach: Math.max(((x[1] - x[0]) * 0.3) / Math.hypot(1, steep), Math.abs(along.by ?? 0)),
    },
  ];
}

/**
 * The nudge: along, then up to the curve; where the tangent ends stands a ring.
 * @param {Plane} plane
 * @returns {Mark[]}
 */
function arrows({ at, value, along, up, shown, ranges: { x, y } }) {
  if (at === null || value === null || along.by === null || !shown[0]) return [];
  const corner = [at + along.by * shown[0], value];
  const wide = Math.abs(along.by) > (x[1] - x[0]) * TINY;
  /** @type {Mark[]} */
  const marks = [{ kind: "arrow", from: [at, value], to: corner, symbol: "dx" }];
  if (wide)
    marks.push({
      kind: "label",
      free: true,
      at: [(at + corner[0]) / 2, value],
      text: along.name,
      symbol: "dx",
      shift: [0, (up.by ?? 0) < 0 ? -9 : 19],
      anchor: "middle",
    });
  if (up.by === null || !shown[1]) return marks;
  const top = [at + along.by, value + up.by * shown[1]];
  marks.push({ kind: "arrow", from: [at + along.by, value], to: top, symbol: "dx" });
  const foretold = value + (up.linear ?? NaN);
  if (shown[1] === 1 && foretold >= y[0] && foretold <= y[1])
    marks.push({ kind: "point", at: [at + along.by, foretold], symbol: "slope", hollow: true });
  // outside of the triangle, unless the plane ends there
  const room = along.by > 0 ? x[1] - top[0] : top[0] - x[0];
  const outside = along.by > 0 === room > (x[1] - x[0]) * 0.13;
  if (Math.abs(up.by) > (y[1] - y[0]) * TINY * 0.5)
    marks.push({
      kind: "label",
      free: true,
      at: [top[0], value + up.by / 2],
      text: up.name,
      symbol: "dx",
      shift: [outside ? 9 : -9, 5],
      anchor: outside ? "start" : "end",
    });
  return marks;
}
