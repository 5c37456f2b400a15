import { horizon, placesOf } from "../../descent/actions.js";
import { evaluate } from "../../base/program.js";
import { holding, isSame, widened } from "../../base/view_domain.js";
import { fitRange } from "../../drawing/plane_axes.js";
import { descentHere, gradientHere } from "./gradient_here.js";

/** @typedef {import("../../drawing/viewpoint.js").Box} Box */
/** @typedef {import("./gradient_here.js").Here} Here */
/** @typedef {import("../../descent/hill.js").Place} Place */
/** @typedef {import("../../drawing/plane_axes.js").Range} Range */
/**
 * @typedef {{turn: number, tilt: number, expression: string, x: number, y: number, rate: number, xlow: number, xhigh:
 *   number, ylow: number, yhigh: number, home: Record<"x"|"y", import("../../base/scales.js").Domain>, count: number,
 *   view: string}} Settings
 *   `home` is the domain until it was zoomed
 */
/**
 * @typedef {import("../../station/state.js").StationState & Settings & {shape: any, answer: any, descent: any}} State
 */

const SAMPLES = 51; // to each side of the surface
const NAMES = /** @type {const} */ (["x", "y"]);
const ZOOMS = [1, 2, 4, 8]; // times the domain: so far the picture follows a ball that runs away

/** Where the ball has been, and where it is last. @param {State} state */
function placesSeen(state) {
  const start = [state.x, state.y];
  if (state.view !== "gradient" || !state.descent) return [start];
  return [start, ...placesOf(state.descent, state.count).path.map((place) => place.point)];
}

/** Where the ball is, or the point. @param {State} state */
export const ballOf = (state) => placesSeen(state).slice(-1)[0];

/** The domains as they were chosen. @param {State} state */
export const chosenOf = (state) => NAMES.map((name) => limitsOf(state, name));

/** The domains of the function by itself. @param {State} state */
export const homeOf = ({ home }) => NAMES.map((name) => home[name]);

/** The state's fields for domains of x and y. @param {import("../../base/scales.js").Domain[]} domains */
export const fieldsOf = ([x, y]) => ({ xlow: x.low, xhigh: x.high, ylow: y.low, yhigh: y.high });

/** Whether the function is seen as at first, with the point. @param {State} state */
const isWhole = (state) =>
  chosenOf(state).every((domain, axis) => isSame(domain, widened(homeOf(state)[axis], [state.x, state.y][axis])));

/**
 * The domain of each variable that is seen: a part that was chosen goes along with the ball; the whole is widened so
 * far that all of the ball's way is in the picture, unless it runs away.
 * @param {State} state
 * @returns {{x: Range, y: Range}}
 */
export function domainOf(state) {
  const points = placesSeen(state);
  if (!isWhole(state)) {
    const ball = points[points.length - 1];
    const [x, y] = chosenOf(state).map((domain, axis) => holding(domain, ball[axis]));
    return { x: [x.low, x.high], y: [y.low, y.high] };
  }
  const sides = [
    [state.xlow, state.xhigh],
    [state.ylow, state.yhigh],
  ].map(([low, high]) => ({ middle: (low + high) / 2, half: (high - low) / 2 }));
  const reached = points
    .map((point) => Math.max(...sides.map(({ middle, half }, axis) => Math.abs(point[axis] - middle) / half)))
    .filter((far) => far <= ZOOMS[ZOOMS.length - 1]);
  const zoom = ZOOMS.find((each) => each >= Math.max(...reached, 0)) ?? 1;
  const [x, y] = sides.map(({ middle, half }) => /** @type {Range} */ ([middle - zoom * half, middle + zoom * half]));
  return { x, y };
}

/** What is asked about the point. @param {State} state */
export const gradientOfPoint = (state) => ({
  expression: state.expression,
  at: { x: state.x, y: state.y },
  domain: { x: [state.xlow, state.xhigh], y: [state.ylow, state.yhigh] },
});

/**
 * The surface does not depend on the point: it is asked for only when the function or its domain changes.
 * @param {State} state
 */
export function shapeOf(state) {
  const domain = domainOf(state);
  const middle = (/** @type {Range} */ [low, high]) => (low + high) / 2;
  return { expression: state.expression, at: { x: middle(domain.x), y: middle(domain.y) }, domain, samples: SAMPLES };
}

/** @param {State} state @param {number} [steps] */
export const descentOf = ({ expression, x, y, rate, count }, steps = horizon(count)) => ({
  expression,
  start: { x, y },
  optimizer: { method: "gradient_descent", learning_rate: rate },
  steps,
});

/** The places shown so far, and the one after. @param {State} state @returns {{path: Place[], next: Place|null}} */
export function shown({ view, answer, descent, count, x, y, rate }) {
  if (view !== "gradient") return { path: [], next: null };
  const start = descent?.trajectory[0].point;
  if (start && (count || (start[0] === x && start[1] === y && descent.optimizer.learning_rate === rate)))
    return placesOf(descent, count);
  // a point under the pointer is ahead of the server's answer: its first step is computed from the compiled formulas
  const ball = { step: 0, ...gradientHere(answer, [x, y]) };
  if (ball.norm === null) return { path: [ball], next: null };
  const to = ["x", "y"].map((name) => evaluate(answer.programs.steps[name], [x, y, rate]) ?? NaN);
  return { path: [ball], next: { step: 1, ...gradientHere(answer, to) } };
}

/** Where one is: the point, or the ball after some steps. @param {State} state @returns {Here} */
export function hereOf(state) {
  const { path } = shown(state);
  return path.length > 1 ? descentHere(path[path.length - 1]) : gradientHere(state.answer, [state.x, state.y]);
}

/** @type {WeakMap<object, Box>} */
const boxes = new WeakMap();

/** The box that holds a surface, found once for each. @param {any} surface @returns {Box} */
export function boxOf(surface) {
  const { x, y, z } = surface;
  const box = boxes.get(surface) ?? {
    x: [x[0], x[x.length - 1]],
    y: [y[0], y[y.length - 1]],
    z: fitRange(z.flat(), [], 0.08),
  };
  boxes.set(surface, box);
  return box;
}

/**
 * The domain of a variable as it was chosen, without what a ball that runs away has added.
 * @param {State} state
 * @param {"x"|"y"} name
 */
export const limitsOf = ({ xlow, xhigh, ylow, yhigh }, name) =>
  name === "x" ? { low: xlow, high: xhigh } : { low: ylow, high: yhigh };
