import { trimmed } from "../../base/format.js";
import { between, eased, SIDE } from "../../drawing/number_sheet.js";
import * as at from "./addresses.js";
import { bracketed } from "./model.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("../../drawing/number_sheet.js").Piece} Piece */
/** @typedef {import("./model.js").Model} Model */

const TOP = 66;
const COLUMNS = [70, 296, 470, 640]; // W, z, ŷ, L
const TARGETS = 774;
const LOSS_WIDTH = 74;
const LANES = { forward: 252, factors: 281, backward: 309 };
const WIDTH = 836;

/**
 * x → z → ŷ → L with the local derivatives on the edges, a nudge read to the right, the product read to the left.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {{run: number}} state
 */
export function graphFigure(sheet, model, { run }) {
  drawNumbers(sheet, model);
  drawEdges(sheet);
  const stops = stopsOf(model);
  drawLanes(sheet, model, stops, run);
  drawMarks(sheet, model, stops, run);
  drawBall(sheet, model, stops, run);
}

/** @param {Sheet} sheet @param {Model} model */
function drawNumbers(sheet, model) {
  const [weights, pre, predictions, loss] = COLUMNS;
  const [row, column] = model.nudge.weight;
  for (const j of at.INPUTS) sheet.number(`x${j}`, weights + j * SIDE, TOP - SIDE - 8, at.input(j));
  for (const i of at.OUTPUTS) {
    const y = TOP + i * SIDE;
    for (const j of at.INPUTS)
      sheet.number(`W${i}${j}`, weights + j * SIDE, y, at.weight(i, j), { isMarked: i === row && j === column });
    sheet.number(`z${i}`, pre, y, at.preActivation(i));
    sheet.number(`h${i}`, predictions, y, at.prediction(i), { isOff: model.isShut(i) });
    sheet.number(`y${i}`, TARGETS, y, at.target(i));
  }
  sheet.number("L", loss, TOP + SIDE, at.LOSS, { width: LOSS_WIDTH });
  sheet.name("name x", weights - 10, TOP - 26, "x", "x", "", { anchor: "end" });
  sheet.name("name W", weights - 10, TOP + 84, "W", "W", "", { anchor: "end" });
  sheet.name("name z", pre + 26, TOP - 14, "z", "z");
  sheet.name("name h", predictions + 26, TOP - 14, "ŷ", "h");
  sheet.name("name L", loss + LOSS_WIDTH / 2, TOP + SIDE - 14, "L", "L");
  sheet.name("name y", TARGETS + 26, TOP - 14, "y", "y");
}

/** @param {Sheet} sheet */
function drawEdges(sheet) {
  const y = TOP + 78;
  const [weights, pre, predictions, loss] = COLUMNS;
  const edges = /** @type {const} */ ([
    ["dz/dW", "x", weights + 2 * SIDE, pre],
    ["dŷ/dz", "h", pre + SIDE, predictions],
    ["dL/dŷ", "L", predictions + SIDE, loss],
  ]);
  for (const [name, symbol, from, to] of edges) {
    sheet.arrow(`edge ${name}`, [from + 8, y], [to - 8, y], "");
    sheet.name(`edge name ${name}`, (from + to) / 2, y - 12, name, symbol);
  }
  sheet.arrow("edge y", [TARGETS - 8, y], [loss + LOSS_WIDTH + 8, y], "");
}

/**
 * Where the nudge is seen, from the weight to the loss: its place, its number, and what it was multiplied by on the
 *   way.
 * @param {Model} model
 */
function stopsOf(model) {
  const [i, j] = model.nudge.weight;
  const [weights, pre, predictions, loss] = COLUMNS;
  const one = model.isCoupled ? null : i;
  return {
    x: [weights + SIDE, pre + 26, predictions + 26, loss + LOSS_WIDTH / 2],
    between: [(weights + 2 * SIDE + pre) / 2, (pre + SIDE + predictions) / 2, (predictions + SIDE + loss) / 2],
    moved: [at.weight(i, j), at.preActivation(i), one === null ? null : at.prediction(i), at.LOSS],
    factors: [at.input(j), one === null ? null : at.slope(i), one === null ? null : at.error(i)],
    back: [at.gradient(i, j), at.delta(i), one === null ? null : at.error(i)],
  };
}

/** @typedef {ReturnType<typeof stopsOf>} Stops */

const FACTOR_NAMES = ["", "a column of dŷ/dz", "dL/dŷ"];
const ARRIVES = [0, 0.12, 0.36, 0.58]; // when the nudge sets out towards each stop, as a share of its way
const RETURNS = [0.92, 0.84, 0.78]; // when the product has come back to each stop

/**
 * The nudge on its way to the loss, the factors below it, and the product on its way back.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Stops} stops
 * @param {number} run
 */
function drawLanes(sheet, model, stops, run) {
  const { x, moved, factors } = stops;
  const { forward, factors: middle, backward } = LANES;
  sheet.box("lane forward", 6, forward - 22, WIDTH - 12, 31, "lane forward", { corner: 8 });
  sheet.box("lane backward", 6, backward - 20, WIDTH - 12, 31, "lane backward", { corner: 8 });
  for (const k of moved.keys()) drawMoved(sheet, model, stops, run, k);
  for (const k of factors.keys()) {
    drawFactor(sheet, model, stops, run, k);
    drawReturned(sheet, model, stops, run, k);
  }
  sheet.text("start", x[3], backward + 2, "start at 1", { opacity: eased((run - 0.74) / 0.04) });
  if (!model.isCoupled) {
    sheet.text("same", x[1], middle, "the same");
    sheet.text("same factors", x[2], middle, "three factors");
  }
}

/**
 * How far the nudge has moved the number at one stop.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Stops} stops
 * @param {number} run
 * @param {number} k
 */
function drawMoved(sheet, model, { x, moved }, run, k) {
  const opacity = k ? eased((run - ARRIVES[k]) / 0.2) : 1;
  const number = moved[k];
  if (number === null) {
    sheet.text(`moved ${k}`, x[k], LANES.forward, "all three ŷ", { style: "value", opacity });
    return;
  }
  const change = k ? model.change(number) : model.nudge.eps;
  const pieces = /** @type {Piece[]} */ ([
    [`Δ${model.name(number).text} `, "label"],
    [change === null ? "∞" : trimmed(change, 5), "h"],
  ]);
  sheet.text(`moved ${k}`, x[k], LANES.forward, pieces, { style: "value", opacity });
}

/**
 * What it is multiplied by between two stops, with the ways past it.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Stops} stops
 * @param {number} run
 * @param {number} k
 */
function drawFactor(sheet, model, { between: gaps, factors }, run, k) {
  const { forward, factors: middle, backward } = LANES;
  const [left, right] = [gaps[k] - 24, gaps[k] + 24];
  const [away, home] = [eased((run - ARRIVES[k + 1]) / 0.2), eased((run - RETURNS[k]) / 0.08)];
  sheet.arrow(`forward ${k}`, [left, forward - 6], [right, forward - 6], "h", { opacity: away });
  sheet.arrow(`backward ${k}`, [right, backward - 5], [left, backward - 5], "delta", { opacity: home });
  const number = factors[k];
  const factor = number && model.value(number) !== null ? model.factor(number) : null;
  sheet.text(`factor ${k}`, gaps[k], middle, factor ? [["× ", "soft"], factor] : FACTOR_NAMES[k], {
    style: factor ? "value" : "word",
  });
}

/**
 * The product where it has come back to a stop.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Stops} stops
 * @param {number} run
 * @param {number} k
 */
function drawReturned(sheet, model, { x, back }, run, k) {
  const opacity = eased((run - RETURNS[k]) / 0.08);
  const told = back[k];
  const pieces = /** @type {Piece[]|string} */ (
    told
      ? [
          [`${model.name(told).text} `, "label"],
          [model.text(told), "delta", told],
        ]
      : "all three ∂L/∂ŷ"
  );
  sheet.text(`back ${k}`, x[k], LANES.backward + 2, pieces, { style: told ? "value" : "word", opacity });
}

/** @param {Sheet} sheet @param {Model} model @param {Stops} stops @param {number} run */
function drawMarks(sheet, model, { x }, run) {
  const [i, j] = model.nudge.weight;
  const [weights, pre, predictions, loss] = COLUMNS;
  const frame = (/** @type {number} */ left, /** @type {number} */ top, width = SIDE) =>
    `M${left + 2} ${top + 2}h${width - 4}v${SIDE - 4}h${4 - width}z`;
  const reached = ARRIVES.map((start, k) => (k ? eased((run - start) / 0.2) : 1));
  const row = TOP + i * SIDE;
  sheet.path("mark w", frame(weights + j * SIDE, row), "frame h");
  sheet.path("mark z", frame(pre, row), "frame h", { opacity: reached[1] });
  for (const k of at.OUTPUTS)
    if (model.change(at.prediction(k)))
      sheet.path(`mark h${k}`, frame(predictions, TOP + k * SIDE), "frame h", { opacity: reached[2] });
  if (model.change(at.LOSS))
    sheet.path("mark L", frame(loss, TOP + SIDE, LOSS_WIDTH), "frame h", { opacity: reached[3] });
  for (const [k, left] of x.entries()) {
    const from = k === 3 ? TOP + 2 * SIDE + 4 : TOP + 3 * SIDE + 3;
    sheet.path(`drop ${k}`, `M${left} ${from}V${LANES.forward - 23}`, "dashed h", { opacity: reached[k] });
  }
}

/** @param {Sheet} sheet @param {Model} model @param {Stops} stops @param {number} run */
function drawBall(
  sheet,
  {
    nudge: {
      weight: [i],
    },
  },
  { x },
  run,
) {
  if (run >= 0.74) return;
  const y = TOP + i * SIDE + 26;
  const stops = [
    [x[0], y],
    [COLUMNS[0] + 2 * SIDE + 4, y],
    [x[1], y],
    [x[2], y],
    [x[3], TOP + 78],
  ];
  const way = Math.min(1, run / 0.66) * 4;
  const leg = Math.min(3, Math.floor(way));
  const [from, to] = [stops[leg], stops[leg + 1]];
  sheet.dot("ball", between(from[0], to[0], way - leg), between(from[1], to[1], way - leg), 9, "L");
}

/**
 * What the nudge did, and what the product had promised.
 * @param {Model} model
 */
export function nudgeSentence(model) {
  const [i, j] = model.nudge.weight;
  const { text } = model.name(at.weight(i, j));
  const [moved, slope] = [model.change(at.LOSS), model.value(at.gradient(i, j))];
  const { eps } = model.nudge;
  if (moved === null || slope === null) return "The numbers have grown beyond what a computer can hold.";
  if (slope === 0 && moved === 0 && !model.isCoupled)
    return `${model.name(at.preActivation(i)).text} is on the flat side: nudge and gradient die there, both 0.`;
  const promised = `${bracketed(trimmed(slope))} · ${trimmed(eps)} = ${trimmed(slope * eps)}`;
  const seen = `Raise ${text} by ${trimmed(eps)}: L moves by ${trimmed(moved, 5)}.`;
  return `${seen} The product promised ${promised}: closer, the smaller the nudge.`;
}
