import { evaluate } from "../program.js";
import { exact, lowered, number, saidOf, written } from "../format.js";
import { curveTrace, fitRange, planeLayout } from "./plane_axes.js";

/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("../theme.js").Palette} Palette */
/**
 * A function with its derivative, and where one looks at it.
 * @typedef {{answer: any, at: number, delta: number, digits: number, colors: Palette, others: any[]}} Input
 */

const AIR = 0.3; // above and below the derivative, for the labels
const NAMED = 0.9; // of the domain: there a curve moved up has its name
const SMALL = 1 / 30; // of the domain: a Δx below it has no room for its labels

/**
 * A function, the secant over Δx, and the tangent that it turns into.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function secantFigure({ answer, at, delta, digits, colors, others }) {
  const { x, y } = answer.curve;
  const low = [at, at + delta].map((each) => valueAt(answer, each)).filter((each) => each !== null);
  const ranges = { x: [x[0], x[x.length - 1]], y: fitRange([...y, ...others.flatMap((other) => other.curve.y)]) };
  const inside = /** @type {number[]} */ (low).every((each) => each >= ranges.y[0] && each <= ranges.y[1]);
  const data = [...others.map((other) => curveTrace({ ...other.curve, color: colors.f, width: 2, dash: "6px,4px" })), curveTrace({ x, y, color: colors.f })];
  return {
    data, layout: planeLayout({ x: /** @type {any} */ (ranges.x), y: /** @type {any} */ (inside ? ranges.y : fitRange(y, /** @type {number[]} */ (low))), colors, ticks: false }),
    marks: [name(answer), ...others.flatMap((other) => parallel(other, at)), ...slopes(answer, at, delta, digits, others.length), ...ends(answer, at, delta, digits)],
  };
}

/**
 * The derivative below its function, with both slopes over x₀.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function derivativeFigure({ answer, at, delta, digits, colors }) {
  const { x, derivative } = answer.curve;
  const slope = slopeAt(answer, at);
  const secant = secantSlope(answer, at, delta);
  const shown = /** @type {number[]} */ ([slope, secant].filter((each) => each !== null && Math.abs(each) < 1e6));
  const range = fitRange(derivative, [0], AIR);
  const near = shown.every((each) => each >= range[0] && each <= range[1]);
  const layout = planeLayout({ x: [x[0], x[x.length - 1]], y: near ? range : fitRange(derivative, [0, ...shown.slice(0, 1)], AIR), colors });
  /** @type {Mark[]} */
  const marks = [
    { kind: "segment", from: [at, layout.yaxis.range[0]], to: [at, layout.yaxis.range[1]], symbol: "soft", dash: "3 4", thin: true },
    { kind: "label", free: true, at: [x[0], layout.yaxis.range[1]], text: `f′(${lowered(answer.variable)}) = ${written(answer.derivative.text)}`, symbol: "slope", shift: [10, 18] },
  ];
  if (secant !== null) marks.push({ kind: "point", at: [at, secant], symbol: "dx" });
  if (slope !== null) marks.push({ kind: "point", at: [at, slope], symbol: "slope" }, { kind: "label", free: true, at: [at, slope], text: `f′(${exact(at)}) = ${number(slope, digits)}`, symbol: "slope", shift: [12, -10] });
  return { data: [curveTrace({ x, y: derivative, color: colors.slope })], layout, marks };
}

/**
 * The slope at a point: the server's word where it has spoken on that very point, else the compiled derivative.
 * @param {any} answer @param {number} at
 * @returns {number|null}
 */
export const slopeAt = (answer, at) => (answer.at === at ? answer.derivative.value : evaluate(answer.programs.derivative, [at]));

/** The value at a point, by the compiled function; only the server knows that tan has none at π/2. @param {any} answer @param {number} at @returns {number|null} */
export const valueAt = (answer, at) => (answer.at === at && answer.value === null ? null : evaluate(answer.programs.value, [at]));

/** The slope of the secant from x₀ over Δx. @param {any} answer @param {number} at @param {number} delta @returns {number|null} */
export function secantSlope(answer, at, delta) {
  const [here, there] = [at, at + delta].map((each) => valueAt(answer, each));
  return here === null || there === null ? null : (there - here) / delta;
}

/**
 * Beside its translations a function has one label for all their tangents, and none for its secant.
 * @param {any} answer @param {number} at @param {number} delta @param {number} digits @param {number} parallels how many of them @returns {Mark[]}
 */
function slopes(answer, at, delta, digits, parallels) {
  const here = valueAt(answer, at);
  if (here === null) return [];
  const { x } = answer.curve;
  const reach = (x[x.length - 1] - x[0]) / 5;
  /** @type {Mark[]} */
  const marks = [];
  const slope = slopeAt(answer, at);
  const secant = secantSlope(answer, at, delta);
  const side = delta < 0 ? -1 : 1;
  // the two labels keep to the side of their line where the other line is not
  const apart = slope !== null && secant !== null && (secant - slope) * side < 0 ? -1 : 1;
  if (slope !== null) {
    marks.push({ kind: "line", through: [at, here], slope, symbol: "slope", reach: reach * 1.15 });
    marks.push({ kind: "label", free: true, at: along(at, here, slope, side * reach * 1.1), text: `${parallels ? "all tangents" : "tangent"}, slope ${number(slope, digits)}`, symbol: "slope", shift: [0, apart > 0 ? 26 : -14], anchor: "middle" });
  } else if (answer.at === at) marks.push(...sides(answer, at, here, reach, digits));
  if (secant === null) return marks;
  if (!parallels) marks.push({ kind: "label", free: true, at: along(at, here, secant, -side * reach), text: `secant, slope ${number(secant, digits)}`, symbol: "dx", shift: [0, apart > 0 ? 26 : -14], anchor: "middle" });
  const there = /** @type {number} */ (valueAt(answer, at + delta));
  marks.push({ kind: "line", through: [at, here], slope: secant, symbol: "dx", dash: "9 7", reach: Math.max(Math.abs(delta) * 1.5, reach * 1.5) });
  if (parallels || Math.abs(delta) < (x[x.length - 1] - x[0]) * SMALL) return marks;
  marks.push({ kind: "path", points: [[at, here], [at + delta, here], [at + delta, there]], symbol: "soft", thin: true, dash: "3 4" });
  const steep = secant * side > 0;
  marks.push({ kind: "label", free: true, at: [at + delta / 2, here], text: saidOf(`Δx = ${exact(delta)}`, answer.variable), symbol: "dx", shift: [0, steep ? 22 : -10], anchor: "middle" });
  marks.push({ kind: "label", free: true, at: [at + delta, here + (there - here) / 4], text: `Δy = ${number(there - here, digits)}`, symbol: "dx", shift: [side * 12, 4], anchor: side > 0 ? "start" : "end" });
  return marks;
}

/** @param {number} at @param {number} here @param {number} slope @param {number} by @returns {[number, number]} */
const along = (at, here, slope, by) => [at + by, here + slope * by];

/** Where no single slope exists: one half line to each side that has one. @param {any} answer @param {number} at @param {number} here @param {number} reach @param {number} digits @returns {Mark[]} */
function sides(answer, at, here, reach, digits) {
  return [["left", -1], ["right", 1]].flatMap(([name, way]) => {
    const slope = answer.one_sided[name];
    if (slope === null) return [];
    const to = [at + Number(way) * reach, here + Number(way) * reach * slope];
    return /** @type {Mark[]} */ ([
      { kind: "segment", from: [at, here], to, symbol: "slope" },
      { kind: "label", free: true, at: to, text: `${name} slope ${number(slope, digits)}`, symbol: "slope", shift: [Number(way) * 10, 26], anchor: way === 1 ? "start" : "end" },
    ]);
  });
}

/** @param {any} answer @param {number} at @param {number} delta @param {number} digits @returns {Mark[]} */
function ends(answer, at, delta, digits) {
  const [here, there] = [at, at + delta].map((each) => valueAt(answer, each));
  const said = (/** @type {string} */ text) => saidOf(text, answer.variable);
  return [
    { kind: "point", at: [at + delta, there ?? 0], symbol: "dx", hollow: there === null, handle: { id: "delta", label: said("x₀ + Δx"), now: delta, value: said(`Δx = ${exact(delta)}, f(x₀ + Δx) = ${number(there, digits)}`), axes: "x" } },
    { kind: "point", at: [at, here ?? 0], symbol: "x", hollow: here === null, handle: { id: "at", label: said("x₀"), now: at, value: said(`x₀ = ${exact(at)}, f(x₀) = ${number(here, digits)}`), axes: "x" } },
    { kind: "label", free: true, at: [at, here ?? 0], text: said(`x₀ = ${exact(at)}`), symbol: "x", shift: [delta < 0 ? 14 : -14, delta < 0 ? 22 : -12], anchor: delta < 0 ? "start" : "end" },
  ];
}

/** @param {any} other @param {number} at @returns {Mark[]} */
function parallel(other, at) {
  const here = valueAt(other, at);
  const slope = slopeAt(other, at);
  if (here === null || slope === null) return [];
  const reach = (other.curve.x[other.curve.x.length - 1] - other.curve.x[0]) / 7;
  return [
    { kind: "line", through: [at, here], slope, symbol: "slope", reach },
    { kind: "point", at: [at, here], symbol: "x", hollow: true },
    ...nameOn(other),
  ];
}

/** @param {any} answer @returns {Mark} */
const name = (answer) => ({ kind: "label", free: true, at: [answer.curve.x[0], answer.curve.y[0] ?? 0], text: `y = ${written(answer.expression.text)}`, symbol: "f", shift: [18, 24] });

/** The name of a parallel stands on its own curve, where no other can be meant. @param {any} answer @returns {Mark[]} */
function nameOn(answer) {
  const { x, y } = answer.curve;
  const place = Math.round((x.length - 1) * NAMED);
  return y[place] === null ? [] : [{ kind: "label", at: [x[place], y[place]], text: `y = ${written(answer.expression.text)}`, symbol: "f inline", shift: [0, 5], anchor: "middle" }];
}
