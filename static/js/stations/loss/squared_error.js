import { exact, trimmed, written } from "../../base/format.js";
import { label } from "../../drawing/marks.js";
import { MARGIN, planeLayout } from "../../drawing/plane_axes.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").PlaneFigure} PlaneFigure */
/**
 * A prediction, its target, and what the server's compiled formulas say about them.
 * `view` is the middle of the picture and how high it reaches; `marks` are predictions to look at; `size` is the
 * plane's, in pixels.
 * @typedef {{prediction: number, target: number, penalty: number, formula: string, penaltyOf: (prediction: number) =>
 *   number, absoluteOf: ((prediction: number) => number)|null,
 * marks: number[], view: View, size: {width: number, height: number}, digits: number, colors:
 *   import("../../base/theme.js").Palette}} Input
 * @typedef {{middle: number, top: number}} View
 */

const LOWEST = 5.2; // how high the picture reaches at least, so that a penalty of 4 stands well inside
const HIGHEST_EQUAL = 4 * LOWEST; // higher pictures have unequal axes: the parabola would be a line
const LARGE = 1e4; // from here on ticks are written as 20k
const FULL = 0.92; // of the height: a higher penalty makes the picture twice as high
const BELOW = 54; // pixels free below the axis for the names of what lies on it
const MOST_CELLS = 16; // to a side: more unit squares cannot be counted
const LETTER = 8.6; // pixels that a letter of a label is wide

/**
 * The picture that a prediction needs: it grows and shrinks by twos, and moves only as far as the target makes it.
 * @param {View} before @param {{prediction: number, target: number}} place
 * @returns {View}
 */
export function viewOf({ middle }, { prediction, target }) {
  let top = LOWEST;
  while ((prediction - target) ** 2 > FULL * top) top *= 2;
  const reach = isEqual(top) ? 0.6 * top : 0;
  return { top, middle: Math.min(target + reach, Math.max(target - reach, middle)) };
}

/** Whether one unit is as long to the right as upwards. @param {number} top */
const isEqual = (top) => top <= HIGHEST_EQUAL;

/** How far from the target a prediction may be and still be in the picture. @param {View} view */
export const reachOf = ({ top }) => Math.sqrt(0.98 * top);

/**
 * The squared error over the prediction: the error on the axis, the square that stands on it, and its area as the
 * curve's height.
 * @param {Input} input
 * @returns {PlaneFigure}
 */
export function squaredErrorFigure(input) {
  const {
    view: { middle, top },
    colors,
    size,
  } = input;
  const text = colors.size / 13;
  const [width, height] = [
    Math.max(120, size.width - MARGIN.l * text - MARGIN.r),
    Math.max(120, size.height - MARGIN.t - MARGIN.b * text),
  ];
  const across = width / (3.8 * Math.sqrt(top)); // room beside both arms of the parabola
  const up = (height - BELOW * text) / top;
  const unit = isEqual(top) ? Math.min(width / (2.4 * Math.sqrt(top)), up) : across;
  const upward = isEqual(top) ? unit : up;
  const [half, bottom, high] = [width / unit / 2, (-BELOW * text) / upward, (height - BELOW * text) / upward];
  const layout = planeLayout({ x: [middle - half, middle + half], y: [bottom, high], colors });
  const dtick = roundStep(top / LOWEST);
  const tickformat = top > LARGE ? "~s" : undefined;
  Object.assign(layout.xaxis, { dtick: isEqual(top) ? dtick : roundStep(half / 4), tick0: 0, tickformat });
  // below the axis there is no penalty, so no number either
  const tickvals = Array.from({ length: 40 }, (_, index) => index * dtick);
  Object.assign(layout.yaxis, { tickmode: "array", tickvals, tickformat });
  const place = { ...input, text, unit, upward, half, high };
  return {
    data: [],
    layout,
    marks: [
      ...(isEqual(top) ? square(place) : unequal(place)),
      ...curves(place),
      ...cost(place),
      ...examples(place),
      ...error(place),
      ...grips(place),
      name(place),
    ],
  };
}

/**
 * The picture with the pixels of one unit across and upward, half its width and its height in units, and how much
 * larger than usual its text is.
 * @typedef {Input & {unit: number, upward: number, half: number, high: number, text: number}} Place
 */

/** What cannot be seen when the axes are not equal any more. @param {Place} place @returns {Mark[]} */
function unequal(place) {
  const { unit, upward, target, text } = place;
  const free = -sideOf(place); // the error stands on the other side
  const words = `1 up is 1/${plain(unit / upward)} of 1 across`;
  return [label([target, 0], words, "soft", [free * 14, 45 * text], anchorOf(free))];
}

/** @param {number} ratio */
const plain = (ratio) => trimmed(Number(ratio.toPrecision(2)));

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
function square(place) {
  const { prediction, target, penalty, unit, text, digits } = place;
  const size = Math.abs(prediction - target);
  if (size === 0) return [];
  const area = `area ${trimmed(penalty, digits)}`;
  const fits = size * unit >= area.length * LETTER * text + 8;
  const way = prediction < target ? -1 : 1;
  const corners = [
    [target, 0],
    [prediction, 0],
    [prediction, size],
    [target, size],
    [target, 0],
  ];
  return [
    { kind: "path", points: corners, symbol: "L", filled: true, thin: true },
    ...(size > MOST_CELLS ? [] : cells(target, size, way)),
    // in the corner above the target, past which the curve does not come
    ...(fits ? [label([target, size], area, "L", [way * 8, 22 * text], anchorOf(way))] : []),
  ];
}

/**
 * The lines between the unit squares.
 * @param {number} target @param {number} size @param {number} way
 * @returns {Mark[]}
 */
function cells(target, size, way) {
  const line = (/** @type {number[]} */ from, /** @type {number[]} */ to) =>
    /** @type {Mark} */ ({ kind: "segment", from, to, symbol: "L", thin: true, dash: "1 5" });
  return Array.from({ length: Math.ceil(size) - 1 }, (_, index) => index + 1).flatMap((at) => [
    line([target + way * at, 0], [target + way * at, size]),
    line([target, at], [target + way * size, at]),
  ]);
}

/** @param {Place} place @returns {Mark[]} */
function curves({ target, penaltyOf, absoluteOf, view: { top } }) {
  const sample = (
    /** @type {(prediction: number) => number} */ f,
    /** @type {number} */ reach,
    /** @type {number} */ count,
  ) =>
    Array.from({ length: 2 * count + 1 }, (_, index) => target + (reach * (index - count)) / count).map((x) => [
      x,
      f(x),
    ]);
  /** @type {Mark[]} */
  const squared = [{ kind: "path", points: sample(penaltyOf, 2 * Math.sqrt(top), 90), symbol: "L" }];
  if (!absoluteOf) return squared;
  const far = Math.min(0.8 * top, 2 * Math.sqrt(top));
  return [
    { kind: "path", points: sample(absoluteOf, far, 1), symbol: "soft", dash: "9 7" },
    ...squared,
    label([target + far * 0.9, absoluteOf(target + far * 0.9)], "|ŷ − y|", "soft", [14, 18]),
  ];
}

/** The penalty as a height, and the absolute error beside it. @param {Place} place @returns {Mark[]} */
function cost(place) {
  const { prediction, target, penalty, absoluteOf, upward, text, digits } = place;
  const side = sideOf(place);
  const absolute = absoluteOf ? absoluteOf(prediction) : null;
  const close = absolute !== null && Math.abs(penalty - absolute) * upward < 24 * text;
  const [above, below] = close ? [-6, 18 * text] : [6, 6];
  const penaltyIsAbove = absolute === null || penalty >= absolute;
  const beside = (
    /** @type {number} */ height,
    /** @type {string} */ words,
    /** @type {string} */ symbol,
    /** @type {number} */ down,
  ) => label([prediction, height], words, symbol, [side * 17, down], anchorOf(side));
  /** @type {Mark[]} */
  const marks = [
    { kind: "segment", from: [prediction, 0], to: [prediction, penalty], symbol: "L" },
    beside(penalty, `penalty ${trimmed(penalty, digits)}`, "L", penaltyIsAbove ? above : below),
  ];
  if (absolute === null || target === prediction) return marks;
  return [
    ...marks,
    { kind: "point", at: [prediction, absolute], symbol: "soft", hollow: true },
    beside(absolute, `absolute ${trimmed(absolute, digits)}`, "soft", penaltyIsAbove ? below : above),
  ];
}

/**
 * The lecture's predictions; they keep their distance to the target when it moves.
 * @param {Place} place
 * @returns {Mark[]}
 */
function examples(place) {
  const { marks, target, penaltyOf } = place;
  return marks.flatMap((at) => {
    const [price, side] = [penaltyOf(at), at < target ? -1 : 1];
    const text = `ŷ = ${exact(at)} costs ${exact(price)}`;
    const named = isEqual(place.view.top) && hasRoom(place, { at, price, side, text });
    return [
      ...(named ? [label([at, price], text, "soft", [side * 15, 6], anchorOf(side))] : []),
      {
        kind: "point",
        at: [at, price],
        symbol: "L",
        hollow: true,
        press: { id: String(at), label: `Predict ŷ = ${exact(at)}, which costs ${exact(price)}` },
      },
    ];
  });
}

/**
 * Whether a mark's label meets neither the square, nor the label of the point, nor the edge.
 * @param {Place} place
 * @param {{at: number, price: number, side: number, text: string}} label
 */
function hasRoom(place, { at, price, side, text }) {
  const { prediction, penalty, target, unit, upward, half, view } = place;
  const edge = (half - side * (at - view.middle)) * unit;
  if (edge < text.length * LETTER * place.text + 15 || unit < 12) return false;
  return (
    side !== sideOf(place) ||
    (Math.abs(at - target) > Math.abs(prediction - target) && (price - penalty) * upward > 26 * place.text)
  );
}

/** The error as an arrow on the axis, from what is true to what is predicted. @param {Place} place @returns {Mark[]} */
function error(place) {
  const { prediction, target, unit, text, digits } = place;
  const side = sideOf(place);
  const pixels = Math.abs(prediction - target) * unit;
  const close = pixels < 84 * text;
  const apart = close ? 8 - pixels / 2 : 0;
  const anchor = (/** @type {number} */ way) => (close ? anchorOf(way) : "middle");
  const names = [
    label([prediction, 0], `ŷ = ${exact(prediction)}`, "h", [side * apart, 23 * text], anchor(side)),
    label([target, 0], `y = ${exact(target)}`, "y", [-side * apart, 23 * text], anchor(-side)),
  ];
  if (prediction === target) return names;
  const wrong = `ŷ − y = ${trimmed(prediction - target, digits)}`;
  return [
    { kind: "arrow", from: [target, 0], to: [prediction, 0], symbol: "dx" },
    ...names,
    label([(prediction + target) / 2, 0], wrong, "dx", [0, 45 * text], "middle"),
  ];
}

/** @param {Place} place @returns {Mark[]} */
const grips = ({ prediction, target, penalty, digits }) => [
  {
    kind: "point",
    at: [target, 0],
    symbol: "y",
    handle: { id: "target", label: "Target y", now: target, value: `y = ${exact(target)}`, axes: "x" },
  },
  {
    kind: "point",
    at: [prediction, penalty],
    symbol: "h",
    handle: {
      id: "prediction",
      label: "Prediction ŷ",
      now: prediction,
      value: `ŷ = ${exact(prediction)}, penalty ${trimmed(penalty, digits)}`,
      axes: "x",
    },
  },
];

/** @param {Place} place */
const name = ({ formula, half, high, text, view: { middle } }) =>
  label([middle - half, high], `SE(ŷ, y) = ${written(formula)}`, "L", [14, 30 * text]);
