import { exact, lowered, number, written } from "../../base/format.js";
import { freeLabel, guide } from "../../drawing/marks.js";
import { curveTrace, evenly, fitRange, planeLayout } from "../../drawing/plane_axes.js";
import { secantSlope, slopeAt } from "./values.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */

const AIR = 0.3; // above and below the derivative, for the labels
const FAR = 1e6; // a slope beyond it does not make the picture higher

/**
 * The derivative below its function, with both slopes over x₀.
 * @param {import("./values.js").Input} input
 * @returns {import("../../drawing/plane_axes.js").PlaneFigure}
 */
export function derivativeFigure({ answer, at, delta, digits, colors }) {
  const { x, derivative } = answer.curve;
  const [slope, secant] = [slopeAt(answer, at), secantSlope(answer, at, delta)];
  const layout = planeLayout({ x: [x[0], x[x.length - 1]], y: rangeOf(evenly(x, derivative), slope, secant), colors });
  const [low, high] = layout.yaxis.range;
  const title = `f′(${lowered(answer.variable)}) = ${written(answer.derivative.text)}`;
  /** @type {Mark[]} */
  const marks = [guide([at, low], [at, high]), freeLabel([x[0], high], title, "slope", [10, 18])];
  if (secant !== null) marks.push({ kind: "point", at: [at, secant], symbol: "dx" });
  if (slope !== null)
    marks.push(
      { kind: "point", at: [at, slope], symbol: "slope" },
      freeLabel([at, slope], `f′(${exact(at)}) = ${number(slope, digits)}`, "slope", [12, -10]),
    );
  return { data: [curveTrace({ x, y: derivative, color: colors.slope })], layout, marks };
}

/**
 * So high that the slope is seen, and the secant's too where it is near.
 * @param {(number|null)[]} derivative @param {number|null} slope @param {number|null} secant
 */
function rangeOf(derivative, slope, secant) {
  const shown = /** @type {number[]} */ ([slope, secant].filter((each) => each !== null && Math.abs(each) < FAR));
  const range = fitRange(derivative, [0], AIR);
  const near = shown.every((each) => each >= range[0] && each <= range[1]);
  return near ? range : fitRange(derivative, [0, ...shown.slice(0, 1)], AIR);
}
