import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../drawing/number_sheet.js").Piece} Piece */

const SIDE = 60;
const WIDTH = 836;
const X = WIDTH - 6 * SIDE - 24;
const TOP = 142;
const ROW_OF_W = 46;

/**
 * dz/dW: one row a neuron, one column a weight, the same x three times down the diagonal.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {{order: "rows"|"columns"}} state
 */
export function weightsFigure(sheet, { hasBias }, { order }) {
  const unrolled = unroll(order);
  sheet.text(
    "name W",
    X - 14,
    ROW_OF_W + 37,
    [
      ["W", "W"],
      [` unrolled, ${order === "rows" ? "row by row" : "column by column"}`, "word"],
    ],
    { style: "name", anchor: "end" },
  );
  sheet.name("name C", X + 3 * SIDE, TOP + 3 * SIDE + 28, "dz/dW", "x", "3×6");
  for (const [m, [row, column]] of unrolled.entries()) {
    sheet.number(`W${row}${column}`, X + m * SIDE, ROW_OF_W, at.weight(row, column), { side: SIDE });
    sheet.text(`w ${m}`, X + (m + 0.5) * SIDE, ROW_OF_W - 10, `w${"₁₂₃"[row]}${"₁₂"[column]}`, { style: "label" });
    for (const i of at.OUTPUTS)
      sheet.number(`C${i}${row}${column}`, X + m * SIDE, TOP + i * SIDE, at.weightJacobian(i, row, column), {
        side: SIDE,
        isEmpty: i !== row,
      });
  }
  for (const i of at.OUTPUTS) drawRowName(sheet, i, hasBias);
  if (order === "rows") for (const i of at.OUTPUTS) drawBrace(sheet, i);
  sheet.text("empty", X - 76, TOP + 3 * SIDE + 28, "12 of 18 squares are empty, for any numbers", { anchor: "end" });
}

/** The weights in a line: row and column of each. @param {"rows"|"columns"} order */
export function unroll(order) {
  const all = at.OUTPUTS.flatMap((row) => at.INPUTS.map((column) => /** @type {[number, number]} */ ([row, column])));
  return order === "rows" ? all : all.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

/** @param {Sheet} sheet @param {number} i @param {boolean} hasBias */
function drawRowName(sheet, i, hasBias) {
  const index = "₁₂₃"[i];
  /** @type {Piece[]} */
  const pieces = [
    [`z${index}`, "z"],
    " = ",
    ["x₁", "x"],
    [`w${index}₁`, "W"],
    " + ",
    ["x₂", "x"],
    [`w${index}₂`, "W"],
    ...(hasBias ? /** @type {Piece[]} */ ([" + ", [`b${index}`, "b"]]) : []),
  ];
  sheet.text(`sum ${i}`, X - 76, TOP + i * SIDE + 38, pieces, { style: "name large", anchor: "end" });
  sheet.text(`row ${i}`, X - 14, TOP + i * SIDE + 37, `∂z${index}`, { style: "label", anchor: "end" });
}

/** From the weights of a neuron to its own squares. @param {Sheet} sheet @param {number} i */
function drawBrace(sheet, i) {
  const [left, y] = [X + 2 * i * SIDE, ROW_OF_W + SIDE + 9];
  sheet.path(`brace ${i}`, `M${left + 3} ${y}v6H${left + 2 * SIDE - 3}v-6M${left + SIDE} ${y + 6}v7`, "edge W");
}
