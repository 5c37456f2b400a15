import { exact, number, saidOf, written } from "../../base/format.js";
import { endPoints, freeLabel, label } from "../../drawing/marks.js";
import { curveTrace, evenly, fitRange, planeLayout } from "../../drawing/plane_axes.js";
import { slopeMarks } from "./slope_marks.js";
import { slopeAt, valueAt } from "./values.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").Range} Range */
/** @typedef {import("./values.js").Input} Input */

const NAMED = 0.9; // of the domain: there a curve moved up has its name

/**
 * A function, the secant over Δx, and the tangent that it turns into.
 * @param {Input} input
 * @returns {import("../../drawing/plane_axes.js").PlaneFigure}
 */
export function secantFigure(input) {
  const { answer, at, colors, others } = input;
  const { x, y } = answer.curve;
  const data = [
    ...others.map((other) => curveTrace({ ...other.curve, color: colors.f, width: 2, dash: "6px,4px" })),
    curveTrace({ x, y, color: colors.f }),
  ];
  return {
    data,
    layout: planeLayout({ x: [x[0], x[x.length - 1]], y: heightsOf(input), colors, ticks: false }),
    marks: [
      name(answer),
      ...endPoints(answer.curve),
      ...others.flatMap((other) => parallel(other, at)),
      ...slopeMarks(input),
      ...ends(input),
    ],
  };
}

/** So high that those ends of the secant are seen that are not aside. @param {Input} input @returns {Range} */
function heightsOf({ answer, at, delta, others }) {
  const { x, y } = answer.curve;
  const seen = [at, at + delta].filter((each) => each >= x[0] && each <= x[x.length - 1]);
  const reached = /** @type {number[]} */ (seen.map((each) => valueAt(answer, each)).filter((each) => each !== null));
  const heights = evenly(x, y);
  const [low, high] = fitRange([...heights, ...others.flatMap(({ curve }) => evenly(curve.x, curve.y))]);
  return reached.every((each) => each >= low && each <= high) ? [low, high] : fitRange(heights, reached);
}

/** The two points of the secant, to be dragged. @param {Input} input @returns {Mark[]} */
function ends({ answer, at, delta, digits }) {
  const [here, there] = [at, at + delta].map((each) => valueAt(answer, each));
  const said = (/** @type {string} */ text) => saidOf(text, answer.variable);
  const shift = [delta < 0 ? 14 : -14, delta < 0 ? 22 : -12];
  return [
    {
      kind: "point",
      at: [at + delta, there ?? 0],
      symbol: "dx",
      hollow: there === null,
      handle: {
        id: "delta",
        label: said("x₀ + Δx"),
        now: delta,
        value: said(`Δx = ${exact(delta)}, f(x₀ + Δx) = ${number(there, digits)}`),
        axes: "x",
      },
    },
    {
      kind: "point",
      at: [at, here ?? 0],
      symbol: "x",
      hollow: here === null,
      handle: {
        id: "at",
        label: said("x₀"),
        now: at,
        value: said(`x₀ = ${exact(at)}, f(x₀) = ${number(here, digits)}`),
        axes: "x",
      },
    },
    freeLabel([at, here ?? 0], said(`x₀ = ${exact(at)}`), "x", shift, delta < 0 ? "start" : "end"),
  ];
}

/** @param {any} other @param {number} at @returns {Mark[]} */
function parallel(other, at) {
  const [here, slope] = [valueAt(other, at), slopeAt(other, at)];
  if (here === null || slope === null) return [];
  const reach = (other.curve.x[other.curve.x.length - 1] - other.curve.x[0]) / 7;
  return [
    { kind: "line", through: [at, here], slope, symbol: "slope", reach },
    { kind: "point", at: [at, here], symbol: "x", hollow: true },
    ...nameOn(other),
  ];
}

/** @param {any} answer */
const nameOf = (answer) => `y = ${written(answer.expression.text)}`;

/** @param {any} answer @returns {Mark} */
const name = (answer) => freeLabel([answer.curve.x[0], answer.curve.y[0] ?? 0], nameOf(answer), "f", [18, 24]);

/**
 * The name of a parallel stands on its own curve, where no other can be meant.
 * @param {any} answer
 * @returns {Mark[]}
 */
function nameOn(answer) {
  const { x, y } = answer.curve;
  const place = Math.round((x.length - 1) * NAMED);
  return y[place] === null ? [] : [label([x[place], y[place]], nameOf(answer), "f inline", [0, 5], "middle")];
}
