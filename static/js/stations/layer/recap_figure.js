import { SIDE } from "../../drawing/number_sheet.js";
import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const ROW = 102;
const TOP = 66;
const WIDTH = 836;
const WIDE = 66;
const X = { errors: 84, slopes: 254, inputs: 424, gradients: 640 };
const HEADS = /** @type {const} */ ([
  ["L", "ŷᵢ − yᵢ", "prediction error", X.errors + 26],
  ["h", "f′(zᵢ)", "local slope", X.slopes + 26],
  ["x", "x", "input", X.inputs + 52],
  ["grad", "dL/dWᵢ", "gradient of row i", X.gradients + 66],
]);

/** With cross-entropy the slopes of softmax have cancelled. */
const CROSS_ENTROPY_HEADS = /** @type {const} */ ([
  ["h", "ŷᵢ", "output", X.errors + 26],
  ["y", "yᵢ", "target", X.slopes + 26],
  ...HEADS.slice(2),
]);

/** A row of W gets error × slope × input, and nothing from its neighbors. @param {Sheet} sheet @param {Model} model */
export function recapFigure(sheet, model) {
  for (const [symbol, name, words, x] of model.collapse ? CROSS_ENTROPY_HEADS : HEADS) {
    sheet.name(`head ${symbol}`, x, 24, name, symbol);
    sheet.text(`head words ${symbol}`, x, 44, words);
  }
  for (const i of at.OUTPUTS) drawRow(sheet, model, i);
  if (model.collapse || !model.isCoupled) return;
  const note = "softmax: the slopes beside the diagonal are missing here, so these three factors are not all";
  sheet.text("coupled", WIDTH / 2, 368, note, { style: "strong bad" });
}

/** @param {Sheet} sheet @param {Model} model @param {number} i */
function drawRow(sheet, model, i) {
  const y = TOP + i * ROW + 12;
  const middle = y + SIDE / 2;
  const isStill = model.isStill(i);
  sheet.box(`lane ${i}`, 8, y - 14, WIDTH - 16, 80, isStill ? "lane bad" : "lane", { corner: 10 });
  sheet.text(`neuron ${i}`, 26, middle + 6, String(i + 1), { style: "strong", anchor: "start" });
  if (model.collapse) drawDifference(sheet, i, y);
  else {
    sheet.number(`e${i}`, X.errors, y, at.error(i));
    const slope = model.isCoupled ? at.activationJacobian(i, i) : at.slope(i);
    sheet.number(`f${i}`, X.slopes, y, slope, { isOff: model.isShut(i) });
  }
  for (const j of at.INPUTS) {
    sheet.number(`x${i}${j}`, X.inputs + j * SIDE, y, at.input(j));
    sheet.number(`g${i}${j}`, X.gradients + j * WIDE, y, at.gradient(i, j), {
      width: WIDE,
      isStrong: true,
      isOff: isStill,
    });
  }
  const signs = /** @type {const} */ ([
    [model.collapse ? "−" : "×", (X.errors + SIDE + X.slopes) / 2],
    ["×", (X.slopes + SIDE + X.inputs) / 2],
    [model.isCoupled && !model.collapse ? "≠" : "=", (X.inputs + 2 * SIDE + X.gradients) / 2],
  ]);
  for (const [k, [sign, x]] of signs.entries()) sheet.text(`sign ${i}${k}`, x, middle + 9, sign, { style: "op" });
}

/** (ŷᵢ − yᵢ), whose sign the row has. @param {Sheet} sheet @param {number} i @param {number} y */
function drawDifference(sheet, i, y) {
  const middle = y + SIDE / 2 + 9;
  sheet.number(`h${i}`, X.errors, y, at.prediction(i));
  sheet.number(`y${i}`, X.slopes, y, at.target(i));
  sheet.text(`open ${i}`, X.errors - 12, middle, "(", { style: "op" });
  sheet.text(`close ${i}`, X.slopes + SIDE + 12, middle, ")", { style: "op" });
}
