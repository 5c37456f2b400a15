import { between, eased, SIDE } from "../../drawing/number_sheet.js";
import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const WIDTH = 836;
const TOP = 66;
const LEFT = 26;
const BAR = { x: 120, height: 34, longest: WIDTH - 250 };

/**
 * W − η · dL/dW, the new forward pass and the new loss beside the old one.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {{run: number}} state
 */
export function updateFigure(sheet, model, { run }) {
  const columns = model.hasBias ? 3 : 2;
  const gaps = model.hasBias
    ? { rate: 72, equals: 28, forward: 30, apart: 12 }
    : { rate: 82, equals: 36, forward: 40, apart: 22 };
  const gradients = LEFT + columns * SIDE + gaps.rate;
  const fresh = gradients + columns * SIDE + gaps.equals;
  const moved = eased((run - 0.05) / 0.4);
  const names = model.hasBias ? ["W, b", "dL/dW, db", "new W, b"] : ["W", "dL/dW", "new W"];
  for (const [k, x] of [LEFT, gradients, fresh].entries())
    sheet.name(
      `name ${k}`,
      x + (columns * SIDE) / 2,
      TOP - 14,
      names[k],
      k === 1 ? "grad" : "W",
      k ? "" : `3×${columns}`,
    );
  sheet.text("rate", LEFT + columns * SIDE + gaps.rate / 2, TOP + 86, ["− ", model.piece(at.RATE), " ·"], {
    style: "name large",
  });
  sheet.text("equals", gradients + columns * SIDE + gaps.equals / 2, TOP + 87, "=", { style: "op" });
  const move = { from: LEFT, gradients, fresh, moved };
  for (const i of at.OUTPUTS) {
    for (const j of at.INPUTS) drawStep(sheet, move, i, j, [at.weight(i, j), at.gradient(i, j), at.newWeight(i, j)]);
    if (model.hasBias) drawStep(sheet, move, i, 2, [at.bias(i), at.biasGradient(i), at.newBias(i)]);
  }
  drawForward(sheet, fresh + columns * SIDE, gaps, run);
  drawLosses(sheet, model, run);
}

/**
 * One number, its gradient, and the new number, which moves out of the old one.
 * @param {Sheet} sheet
 * @param {{from: number, gradients: number, fresh: number, moved: number}} move
 * @param {number} row
 * @param {number} column
 * @param {string[]} numbers
 */
function drawStep(sheet, { from, gradients, fresh, moved }, row, column, [before, gradient, after]) {
  const y = TOP + row * SIDE;
  const [left, key] = [column * SIDE, column < 2 ? `${row}${column}` : `b${row}`];
  sheet.number(column < 2 ? `W${key}` : key, from + left, y, before);
  sheet.number(`g${key}`, gradients + left, y, gradient);
  sheet.number(`n${key}`, between(from, fresh, moved) + left, y, after, { isStrong: true, opacity: moved });
}

/** @param {Sheet} sheet @param {number} left @param {{forward: number, apart: number}} gaps @param {number} run */
function drawForward(sheet, left, { forward, apart }, run) {
  const seen = (/** @type {number} */ from) => ({ opacity: eased((run - from) / 0.2) });
  const pre = left + forward;
  const [predictions, targets] = [pre + SIDE + apart, pre + 2 * SIDE + 2 * apart + 6];
  sheet.text("to", left + forward / 2, TOP + 87, "→", { style: "op", ...seen(0.5) });
  sheet.name("name z", pre + 26, TOP - 14, "new z", "z", "", seen(0.5));
  sheet.name("name h", predictions + 26, TOP - 14, "new ŷ", "h", "", seen(0.6));
  sheet.name("name y", targets + 26, TOP - 14, "y", "y");
  for (const i of at.OUTPUTS) {
    const y = TOP + i * SIDE;
    sheet.number(`nz${i}`, pre, y, at.newPreActivation(i), seen(0.5));
    sheet.number(`nh${i}`, predictions, y, at.newPrediction(i), seen(0.6));
    sheet.number(`y${i}`, targets, y, at.target(i));
  }
}

/** Both losses as bars from one zero line. @param {Sheet} sheet @param {Model} model @param {number} run */
function drawLosses(sheet, { value }, run) {
  const y = TOP + 3 * SIDE + 32;
  const [before, after] = [at.LOSS, at.NEW_LOSS].map(value);
  const unit = BAR.longest / Math.max(before ?? 0, after ?? 0, 1e-12);
  const [old, fresh] = [(before ?? 0) * unit, (after ?? 0) * unit * eased((run - 0.7) / 0.3)];
  sheet.box("bar", BAR.x, y, Math.max(2, old), BAR.height, "bar L pale", { corner: 4 });
  sheet.box("new bar", BAR.x, y + 46, Math.max(2, fresh), BAR.height, "bar L", { corner: 4 });
  sheet.name("name L", BAR.x - 10, y + 24, "L", "L", "", { anchor: "end" });
  sheet.name("name new L", BAR.x - 10, y + 70, "new L", "L", "", { anchor: "end" });
  sheet.number("L", BAR.x + old + 6, y - 9, at.LOSS, { width: 96, size: 23, isStrong: true, isBare: true });
  const opacity = eased((run - 0.8) / 0.2);
  sheet.number("nL", BAR.x + fresh + 6, y + 37, at.NEW_LOSS, {
    width: 96,
    size: 23,
    isStrong: true,
    isBare: true,
    opacity,
  });
}
