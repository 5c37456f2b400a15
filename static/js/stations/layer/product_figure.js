import { between, eased, SIDE } from "../../drawing/number_sheet.js";
import * as at from "./addresses.js";
import { COLUMN, corner, phasesOf, placeInRow, ROW_BELOW } from "./product_phases.js";
import { drawProductWords } from "./product_words.js";
import { unroll } from "./weights_figure.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./product_phases.js").Phases} Phases */

const RISEN = 0.9; // from here a block's x is the x at the top

/**
 * dL/dŷ · dŷ/dz · dz/dW to scale, one square a number; on its way to δᵀx every number keeps its identity.
 * @param {Sheet} sheet @param {Model} model @param {{s: number, order: "rows"|"columns"}} state
 */
export function productFigure(sheet, model, { s, order }) {
  const phases = phasesOf(s, model.isCoupled);
  drawGhosts(sheet, model, phases);
  drawErrors(sheet, model, phases);
  drawJacobian(sheet, model, phases);
  if (model.isCoupled) drawUsed(sheet, model, phases);
  drawWeights(sheet, phases, unroll(order));
  for (const i of at.OUTPUTS)
    sheet.number(`d${i}`, ...corner(COLUMN.deltas, i), at.delta(i), { isStrong: true, isOff: model.isStill(i) });
  drawRow(sheet, model, phases, order);
  drawSides(sheet, phases);
  drawProductWords(sheet, model, phases, order);
}

/** Where a matrix stood that was never needed. @param {Sheet} sheet @param {Model} model @param {Phases} phases */
function drawGhosts(sheet, model, { gather, slide }) {
  sheet.box("ghost J", ...corner(COLUMN.jacobian, 0), 3 * SIDE, 3 * SIDE, "dashed", {
    opacity: (model.isCoupled ? slide : gather) * 0.5,
    corner: 4,
  });
  if (model.collapse)
    sheet.box("ghost e", ...corner(COLUMN.errors, 0), SIDE, 3 * SIDE, "dashed", { opacity: slide * 0.5, corner: 4 });
  sheet.box("ghost C", ...corner(COLUMN.weights, 0), 6 * SIDE, 3 * SIDE, "dashed", {
    opacity: slide * 0.55,
    corner: 4,
  });
}

/**
 * dL/dŷ: a row whose columns meet the rows of dŷ/dz, or a column beside them.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Phases} phases
 */
function drawErrors(sheet, { collapse }, { fold, slide }) {
  const [x, y] = corner(COLUMN.jacobian, 3);
  const angle = (fold * Math.PI) / 2;
  for (const i of at.OUTPUTS) {
    const far = 2.5 - i;
    const [right, down] = [
      -far * Math.cos(angle) - 0.5 * Math.sin(angle),
      -far * Math.sin(angle) + 0.5 * Math.cos(angle),
    ];
    sheet.number(`e${i}`, x + (right - 0.5) * SIDE, y + (down - 0.5) * SIDE, at.error(i), {
      turn: fold * 90,
      opacity: collapse ? 1 - slide : 1,
    });
    const radius = far * SIDE;
    const fan = `M${x - radius} ${y - 3}A${radius} ${radius} 0 0 1 ${x - 3} ${y - radius}`;
    sheet.path(`fan ${i}`, fan, "fan h", { opacity: (1 - fold) * 0.9 });
  }
}

/**
 * What stands for softmax's matrix in the end: ŷ, and with cross-entropy ŷ − y, which needs no dL/dŷ either.
 * @param {Sheet} sheet @param {Model} model @param {Phases} phases
 */
function drawUsed(sheet, { collapse }, { end }) {
  for (const i of at.OUTPUTS) {
    const style = { opacity: end };
    if (!collapse) sheet.number(`h${i}`, ...corner(COLUMN.slopes, i), at.prediction(i), style);
    else {
      sheet.number(`h${i}`, ...corner(COLUMN.jacobian, i), at.prediction(i), style);
      sheet.number(`y${i}`, ...corner(COLUMN.jacobian + 2, i), at.target(i), style);
    }
  }
}

/** @param {Sheet} sheet @param {Model} model @param {Phases} phases */
function drawJacobian(sheet, { isCoupled, isShut }, { fade, gather, slide }) {
  // a full one cannot be gathered; in the end it was not needed either
  const left = isCoupled ? 1 - slide : 1;
  for (const i of at.OUTPUTS) {
    for (const j of at.OUTPUTS) {
      if (i === j) continue;
      const style = { isEmpty: !isCoupled, opacity: isCoupled ? left : 1 - fade };
      sheet.number(`J${i}${j}`, ...corner(COLUMN.jacobian + j, i), at.activationJacobian(i, j), style);
    }
    const place = corner(between(COLUMN.jacobian + i, COLUMN.slopes, gather), i);
    const number = gather > 0.5 ? at.slope(i) : at.activationJacobian(i, i);
    sheet.number(`J${i}${i}`, ...place, number, { isOff: isShut(i), opacity: left });
  }
}

/**
 * dz/dW: its zeros, and three times the same x.
 * @param {Sheet} sheet
 * @param {Phases} phases
 * @param {[number, number][]} unrolled
 */
function drawWeights(sheet, { fade, slide, rise }, unrolled) {
  for (const [m, [row, column]] of unrolled.entries()) {
    for (const i of at.OUTPUTS) {
      if (i === row) continue;
      const style = { isEmpty: true, opacity: (1 - fade * 0.62) * (1 - slide) };
      sheet.number(`C${i}${row}${column}`, ...corner(COLUMN.weights + m, i), at.weightJacobian(i, row, column), style);
    }
  }
  for (const [m, [row, column]] of unrolled.entries()) {
    const risen = rise(row);
    const place = corner(between(COLUMN.weights + m, COLUMN.weights + column, slide), between(row, -1.1, risen));
    const number = risen > RISEN ? at.input(column) : at.weightJacobian(row, row, column);
    sheet.number(`C${row}${row}${column}`, ...place, number, { opacity: row ? 1 - eased((risen - 0.25) / 0.45) : 1 });
  }
}

/**
 * The six numbers of dL/dW, which never leave sight.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Phases} phases
 * @param {"rows"|"columns"} order
 */
function drawRow(sheet, model, phases, order) {
  for (const [m, [row, column]] of unroll(order).entries()) {
    const [x, y] = placeInRow(phases, m);
    const isWrong = phases.end > 0.5 && isMisplaced(model, m, row, column);
    sheet.number(`g${row}${column}`, x, y, at.gradient(row, column), {
      isStrong: true,
      isWrong,
      isOff: model.isStill(row) && !isWrong,
    });
    if (isWrong) sheet.text(`wrong ${m}`, x + 44, y + 15, "✗", { style: "strong bad" });
  }
  for (const k of [1, 2]) {
    const [x, y] = corner(COLUMN.weights + 2 * k, ROW_BELOW);
    sheet.path(`cut ${k}`, `M${x} ${y - 2}v${SIDE + 6}`, "dashed grad", { opacity: phases.cut });
  }
}

/**
 * Whether a number that landed by its position in the row is not the one that belongs there.
 * @param {Model} model
 * @param {number} position
 * @param {number} row
 * @param {number} column
 */
export const isMisplaced = ({ value }, position, row, column) =>
  value(at.gradient(Math.floor(position / 2), position % 2)) !== value(at.gradient(row, column));

/** Sides that must agree touch. @param {Sheet} sheet @param {Phases} phases */
function drawSides(sheet, { fold, gather, slide, rise }) {
  const [x, y] = corner(COLUMN.jacobian, 3);
  const [, top] = corner(0, 0);
  const angle = (fold * Math.PI) / 2;
  const [endX, endY] = [x - 3 * SIDE * Math.cos(angle), y - 3 * SIDE * Math.sin(angle)];
  const left = 1 - Math.max(gather, slide);
  sheet.path("side J", `M${x} ${y - 3}V${top + 3}`, "side h", { opacity: left });
  sheet.path("side e", `M${x} ${y}L${endX.toFixed(1)} ${endY.toFixed(1)}`, "side h", { opacity: left });
  const [across, below] = corner(COLUMN.weights, 3);
  sheet.path("side d", `M${across} ${top + 3}V${below - 3}`, "side z", { opacity: 1 - rise(0) });
  sheet.path("side C", `M${across + 3} ${below + 7}h${6 * SIDE - 6}`, "side W", { opacity: 1 - slide });
}
