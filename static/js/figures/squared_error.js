import { exact, trimmed, written } from "../format.js";
import { MARGIN, planeLayout } from "./plane_axes.js";

/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./plane_axes.js").PlaneFigure} PlaneFigure */
/**
 * A prediction, its target, and what the server's compiled formulas say about them.
 * `view` is the middle of the picture and how high it reaches; `marks` are predictions to look at; `size` is the plane's, in pixels.
 * @typedef {{prediction: number, target: number, penalty: number, formula: string, penaltyOf: (prediction: number) => number, absoluteOf: ((prediction: number) => number)|null,
 *   marks: number[], view: View, size: {width: number, height: number}, digits: number, colors: import("../theme.js").Palette}} Input
 * @typedef {{middle: number, top: number}} View
 */

const LOWEST = 5.2; // how high the picture reaches at least, so that a penalty of 4 stands well inside
const FULL = 0.92; // of the height: a higher penalty makes the picture twice as high
const BELOW = 54; // pixels free below the axis for the names of what lies on it
const LETTER = 8.6; // pixels that a letter of a label is wide

/**
 * The picture that a prediction needs: it grows and shrinks by twos, and moves only as far as the target makes it.
 * @param {View} before @param {{prediction: number, target: number}} place
 * @returns {View}
 */
export function viewOf({ middle }, { prediction, target }) {
  let top = LOWEST;
  while ((prediction - target) ** 2 > FULL * top) top *= 2;
  const reach = 0.6 * top;
  return { top, middle: Math.min(target + reach, Math.max(target - reach, middle)) };
}

/** How far from the target a prediction may be and still be in the picture. @param {View} view */
export const reachOf = ({ top }) => Math.sqrt(0.98 * top);

/**
 * The squared error over the prediction: the error on the axis, the square that stands on it, and its area as the curve's height.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function squaredErrorFigure(input) {
  const { view: { middle, top }, colors, size } = input;
  const text = colors.size / 13;
  const [width, height] = [Math.max(120, size.width - MARGIN.l * text - MARGIN.r), Math.max(120, size.height - MARGIN.t - MARGIN.b * text)];
  const unit = Math.min(width / (2.4 * Math.sqrt(top)), (height - BELOW * text) / top);
  const [half, bottom, high] = [width / unit / 2, (-BELOW * text) / unit, (height - BELOW * text) / unit];
  const layout = planeLayout({ x: [middle - half, middle + half], y: [bottom, high], colors });
  const dtick = roundStep(top / LOWEST);
  Object.assign(layout.xaxis, { dtick, tick0: 0 });
  // below the axis there is no penalty, so no number either
  Object.assign(layout.yaxis, { tickmode: "array", tickvals: Array.from({ length: 40 }, (_, index) => index * dtick) });
  const place = { ...input, text, unit, half, high };
  return {
    data: [], layout,
    marks: [...square(place), ...curves(place), ...cost(place), ...examples(place), ...error(place), ...grips(place), name(place)],
  };
}

/**
 * The picture with the pixels of one unit, half its width and its height in units, and how much larger than usual its text is.
 * @typedef {Input & {unit: number, half: number, high: number, text: number}} Place
 */

/** The next of 1, 2, 5, 10, 20 … @param {number} least */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((step) => step * power >= least * 0.999) ?? 10);
}

/** Left or right of the target: where labels stand clear of the square. @param {Place} place */
const sideOf = ({ prediction, target }) => (prediction < target ? -1 : 1);

/** The end of a label that is next to its place. @param {number} side @returns {"start"|"end"} */
const anchorOf = (side) => (side < 0 ? "end" : "start");

/** The square on the error, and the unit squares in it that can be counted. @param {Place} place @returns {Mark[]} */
function square({ prediction, target, penalty, unit, text, digits }) {
  const size = Math.abs(prediction - target);
  if (size === 0) return [];
  const way = prediction < target ? -1 : 1;
  const inside = Array.from({ length: Math.min(16, Math.ceil(size) - 1) }, (_, index) => index + 1);
  const cells = /** @type {Mark[]} */ (inside.flatMap((at) => [
    { kind: "segment", from: [target + way * at, 0], to: [target + way * at, size], symbol: "L", thin: true, dash: "1 5" },
    { kind: "segment", from: [target, at], to: [prediction, at], symbol: "L", thin: true, dash: "1 5" },
  ]));
  const area = `area ${trimmed(penalty, digits)}`;
  // in the corner above the target, past which the curve does not come
  /** @type {Mark[]} */
  const label = size * unit < area.length * LETTER * text + 8 ? [] : [{ kind: "label", at: [target, size], text: area, symbol: "L", shift: [way * 8, 22 * text], anchor: anchorOf(way) }];
  return [{ kind: "path", points: [[target, 0], [prediction, 0], [prediction, size], [target, size], [target, 0]], symbol: "L", filled: true, thin: true }, ...(size > 16 ? [] : cells), ...label];
}

/** @param {Place} place @returns {Mark[]} */
function curves({ target, penaltyOf, absoluteOf, view: { top } }) {
  const sample = (/** @type {(prediction: number) => number} */ f, /** @type {number} */ reach, /** @type {number} */ count) =>
    Array.from({ length: 2 * count + 1 }, (_, index) => target + (reach * (index - count)) / count).map((x) => [x, f(x)]);
  /** @type {Mark[]} */
  const squared = [{ kind: "path", points: sample(penaltyOf, 2 * Math.sqrt(top), 90), symbol: "L" }];
  if (!absoluteOf) return squared;
  const far = Math.min(0.8 * top, 2 * Math.sqrt(top));
  return [
    { kind: "path", points: sample(absoluteOf, far, 1), symbol: "soft", dash: "9 7" }, ...squared,
    { kind: "label", at: [target + far * 0.9, absoluteOf(target + far * 0.9)], text: "|ŷ − y|", symbol: "soft", shift: [14, 18] },
  ];
}

/** The penalty as a height, and the absolute error beside it. @param {Place} place @returns {Mark[]} */
function cost(place) {
  const { prediction, target, penalty, absoluteOf, unit, text, digits } = place;
  const side = sideOf(place);
  const absolute = absoluteOf ? absoluteOf(prediction) : null;
  const close = absolute !== null && Math.abs(penalty - absolute) * unit < 24 * text;
  const [above, below] = close ? [-6, 18 * text] : [6, 6];
  const penaltyIsAbove = absolute === null || penalty >= absolute;
  /** @type {Mark[]} */
  const marks = [
    { kind: "segment", from: [prediction, 0], to: [prediction, penalty], symbol: "L" },
    { kind: "label", at: [prediction, penalty], text: `penalty ${trimmed(penalty, digits)}`, symbol: "L", shift: [side * 17, penaltyIsAbove ? above : below], anchor: anchorOf(side) },
  ];
  if (absolute === null || target === prediction) return marks;
  return [
    ...marks, { kind: "point", at: [prediction, absolute], symbol: "soft", hollow: true },
    { kind: "label", at: [prediction, absolute], text: `absolute ${trimmed(absolute, digits)}`, symbol: "soft", shift: [side * 17, penaltyIsAbove ? below : above], anchor: anchorOf(side) },
  ];
}

/** The lecture's predictions; they keep their distance to the target when it moves. @param {Place} place @returns {Mark[]} */
function examples(place) {
  const { marks, target, penaltyOf } = place;
  return marks.flatMap((at) => {
    const [price, side] = [penaltyOf(at), at < target ? -1 : 1];
    const text = `ŷ = ${exact(at)} costs ${exact(price)}`;
    /** @type {Mark[]} */
    const label = hasRoom(place, { at, price, side, text }) ? [{ kind: "label", at: [at, price], text, symbol: "soft", shift: [side * 15, 6], anchor: anchorOf(side) }] : [];
    return [...label, { kind: "point", at: [at, price], symbol: "L", hollow: true, press: { id: String(at), label: `Predict ŷ = ${exact(at)}, which costs ${exact(price)}` } }];
  });
}

/** Whether a mark's label meets neither the square, nor the label of the point, nor the edge. @param {Place} place @param {{at: number, price: number, side: number, text: string}} label */
function hasRoom(place, { at, price, side, text }) {
  const { prediction, penalty, target, unit, half, view } = place;
  const edge = (half - side * (at - view.middle)) * unit;
  if (edge < text.length * LETTER * place.text + 15 || unit < 12) return false;
  return side !== sideOf(place) || (Math.abs(at - target) > Math.abs(prediction - target) && (price - penalty) * unit > 26 * place.text);
}

/** The error as an arrow on the axis, from what is true to what is predicted. @param {Place} place @returns {Mark[]} */
function error(place) {
  const { prediction, target, unit, text, digits } = place;
  const side = sideOf(place);
  const pixels = Math.abs(prediction - target) * unit;
  const close = pixels < 84 * text;
  const apart = close ? 8 - pixels / 2 : 0;
  /** @type {Mark[]} */
  const names = [
    { kind: "label", at: [prediction, 0], text: `ŷ = ${exact(prediction)}`, symbol: "h", shift: [side * apart, 23 * text], anchor: close ? anchorOf(side) : "middle" },
    { kind: "label", at: [target, 0], text: `y = ${exact(target)}`, symbol: "y", shift: [-side * apart, 23 * text], anchor: close ? anchorOf(-side) : "middle" },
  ];
  if (prediction === target) return names;
  return [
    { kind: "arrow", from: [target, 0], to: [prediction, 0], symbol: "dx" }, ...names,
    { kind: "label", at: [(prediction + target) / 2, 0], text: `ŷ − y = ${trimmed(prediction - target, digits)}`, symbol: "dx", shift: [0, 45 * text], anchor: "middle" },
  ];
}

/** @param {Place} place @returns {Mark[]} */
const grips = ({ prediction, target, penalty, digits }) => [
  { kind: "point", at: [target, 0], symbol: "y", handle: { id: "target", label: "Target y", now: target, value: `y = ${exact(target)}`, axes: "x" } },
  { kind: "point", at: [prediction, penalty], symbol: "h", handle: { id: "prediction", label: "Prediction ŷ", now: prediction, value: `ŷ = ${exact(prediction)}, penalty ${trimmed(penalty, digits)}`, axes: "x" } },
];

/** @param {Place} place @returns {Mark} */
const name = ({ formula, half, high, text, view: { middle } }) => ({ kind: "label", at: [middle - half, high], text: `SE(ŷ, y) = ${written(formula)}`, symbol: "L", shift: [14, 30 * text] });
