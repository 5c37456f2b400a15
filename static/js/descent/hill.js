import { exact, lowered, number, written } from "../base/format.js";
import { endPoints, freeLabel, guide } from "../drawing/marks.js";
import { curveTrace, evenly, fitRange, planeLayout } from "../drawing/plane_axes.js";

/** @typedef {import("../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../drawing/plane_axes.js").PlaneFigure} PlaneFigure */
/**
 * @typedef {{step: number, point: number[], value: number|null, gradient: (number|null)[]}} Place one place of a
 *   descent
 */
/**
 * @typedef {{curve: {x: number[], y: (number|null)[], derivative: (number|null)[], points?:
 *   import("../drawing/marks.js").EndPoint[]}, derivative: {text: string},
 *   expression: {text: string}, variable: string}} Shape
 */

const TRAIL = 40; // steps drawn behind the ball

/**
 * A function as a hill, the ball on it, the way it came and its next step.
 * @param {{shape: Shape, path: Place[], next: Place|null, rate: number, digits: number, colors:
 *   import("../base/theme.js").Palette}} input
 * @returns {PlaneFigure}
 */
export function hillFigure({ shape, path, next, rate, digits, colors }) {
  const { x, y } = shape.curve;
  const ball = path[path.length - 1];
  const layout = planeLayout({ x: [x[0], x[x.length - 1]], y: fitRange(evenly(x, y)), colors, ticks: false });
  return {
    data: [curveTrace({ x, y, color: colors.f })],
    layout,
    marks: [
      freeLabel([x[0], layout.yaxis.range[1]], `y = ${written(shape.expression.text)}`, "f", [18, 22]),
      ...endPoints(shape.curve),
      ...trail(path),
      ...slope(ball, x),
      ...move(ball, next, rate, digits),
      {
        kind: "point",
        at: [ball.point[0], ball.value ?? 0],
        symbol: "L",
        hollow: ball.value === null,
        handle: {
          id: "ball",
          label: "The ball",
          now: ball.point[0],
          value: `x = ${exact(ball.point[0])}, f(x) = ${number(ball.value, digits)}`,
          axes: "x",
        },
      },
    ],
  };
}

/**
 * The derivative below: its sign says where the function rises and where it falls.
 * @param {{shape: Shape, path: Place[], digits: number, colors: import("../base/theme.js").Palette}} input
 * @returns {PlaneFigure}
 */
export function slopeSignFigure({ shape, path, digits, colors }) {
  const { x, derivative } = shape.curve;
  const ball = path[path.length - 1];
  const slope = ball.gradient[0];
  const range = fitRange(evenly(x, derivative), [0], 0.3);
  const layout = planeLayout({ x: [x[0], x[x.length - 1]], y: range, colors });
  const title = `f′(${lowered(shape.variable)}) = ${written(shape.derivative.text)}`;
  /** @type {Mark[]} */
  const marks = [
    guide([ball.point[0], range[0]], [ball.point[0], range[1]]),
    freeLabel([x[0], range[1]], title, "slope", [10, 18]),
    ...signs(x, derivative, range),
  ];
  if (slope !== null)
    marks.push(
      { kind: "segment", from: [ball.point[0], 0], to: [ball.point[0], slope], symbol: "slope" },
      { kind: "point", at: [ball.point[0], slope], symbol: "slope" },
      freeLabel([ball.point[0], slope], `f′ = ${number(slope, digits)}`, "slope", [12, slope > 0 ? -4 : 14]),
    );
  return { data: [curveTrace({ x, y: derivative, color: colors.slope })], layout, marks };
}

/**
 * What the sign means, each at the end of the picture where the derivative does not pass.
 * @param {number[]} x @param {(number|null)[]} derivative @param {number[]} range @returns {Mark[]}
 */
function signs(x, derivative, range) {
  const end = derivative[derivative.length - 1] ?? 0;
  const [first, last] = [x[0], x[x.length - 1]];
  const place = (/** @type {boolean} */ above) =>
    end > 0 === above
      ? { at: [first, above ? range[1] : range[0]], anchor: /** @type {const} */ ("start") }
      : { at: [last, above ? range[1] : range[0]], anchor: /** @type {const} */ ("end") };
  const [above, below] = [place(true), place(false)];
  return [
    freeLabel(above.at, "above 0: f increases", "soft", [end > 0 ? 10 : -8, end > 0 ? 38 : 18], above.anchor),
    freeLabel(below.at, "below 0: f decreases", "soft", [end > 0 ? -8 : 10, -8], below.anchor),
  ];
}

/** @param {Place[]} path @returns {Mark[]} */
function trail(path) {
  const drawn = path.slice(-TRAIL - 1).filter((place) => place.value !== null);
  const points = drawn.map((place) => [place.point[0], place.value ?? 0]);
  return [
    { kind: "path", points, symbol: "L", thin: true, dash: "2 4" },
    .../** @type {Mark[]} */ (points.slice(0, -1).map((at) => ({ kind: "point", at, symbol: "L", hollow: true }))),
  ];
}

/** @param {Place} ball @param {number[]} x @returns {Mark[]} */
function slope(ball, x) {
  const [gradient] = ball.gradient;
  if (gradient === null || ball.value === null) return [];
  return [
    {
      kind: "line",
      through: [ball.point[0], ball.value],
      slope: gradient,
      symbol: "slope",
      reach: (x[x.length - 1] - x[0]) / 8,
    },
  ];
}

/** @param {Place} ball @param {Place|null} next @param {number} rate @param {number} digits @returns {Mark[]} */
function move(ball, next, rate, digits) {
  const [gradient] = ball.gradient;
  if (!next || gradient === null || ball.value === null) return [];
  const by = next.point[0] - ball.point[0];
  return [
    { kind: "arrow", from: [ball.point[0], ball.value], to: [next.point[0], ball.value], symbol: "dx" },
    guide([next.point[0], ball.value], [next.point[0], next.value ?? 0]),
    freeLabel(
      [ball.point[0] + by / 2, ball.value],
      `−η f′ = ${number(-rate * gradient, digits)}`,
      "dx",
      [0, -12],
      "middle",
    ),
  ];
}
