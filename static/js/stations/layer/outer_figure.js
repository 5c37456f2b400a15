import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const SIDE = 70;
const LEFT = 292; // of the gradient
const TOP = 116;
const GAP = 16;
const INDEX = "₁₂₃";

/**
 * dL/dW = δᵀx: δ stands as a column, x as a row, and each weight's slope where the two cross.
 * @param {Sheet} sheet
 * @param {Model} model
 */
export function outerFigure(sheet, { isStill }) {
  const middle = TOP + 1.5 * SIDE;
  const right = LEFT + at.INPUTS.length * SIDE;
  sheet.name("name d", LEFT - GAP - SIDE / 2, TOP - 14, "δᵀ", "delta", "3×1");
  sheet.name("name x", right + 14, TOP - GAP - SIDE / 2 + 7, "x", "x", "1×2", { anchor: "start" });
  for (const j of at.INPUTS) sheet.number(`x${j}`, LEFT + j * SIDE, TOP - GAP - SIDE, at.input(j), { side: SIDE });
  for (const i of at.OUTPUTS) {
    const y = TOP + i * SIDE;
    sheet.number(`d${i}`, LEFT - GAP - SIDE, y, at.delta(i), { side: SIDE, isStrong: true, isOff: isStill(i) });
    for (const j of at.INPUTS)
      sheet.number(`g${i}${j}`, LEFT + j * SIDE, y, at.gradient(i, j), {
        side: SIDE,
        isStrong: true,
        isOff: isStill(i),
      });
    sheet.text(`row ${i}`, right + 16, y + SIDE / 2 + 6, ["= ", [`δ${INDEX[i]}`, "delta"], " ", ["x", "x"]], {
      anchor: "start",
    });
  }
  sheet.path("side left", `M${LEFT - GAP / 2} ${TOP + 4}V${TOP + 3 * SIDE - 4}`, "side z");
  sheet.path("side above", `M${LEFT + 4} ${TOP - GAP / 2}H${right - 4}`, "side x");
  sheet.name("name g", LEFT + SIDE, TOP + 3 * SIDE + 28, "dL/dW", "grad", "3×2");
  sheet.text("formula", right + 120, middle, [["dL/dW", "grad"], " = ", ["δᵀ", "delta"], ["x", "x"]], {
    style: "name large",
    anchor: "start",
  });
}
