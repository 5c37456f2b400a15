import { SIDE } from "../../drawing/number_sheet.js";
import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const TOP = 100;
const LEFT = 60;
const INNER = LEFT + SIDE; // where x and dL/dW begin
const IDENTITY = 430;
const ONE = () => at.biasJacobian(0, 0); // the constant input of the bias is ∂z₁/∂b₁ = 1

/**
 * The bias as its own term, inside the input, or not at all.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {"none"|"own"|"inside"} bias
 */
export function biasFigure(sheet, model, bias) {
  sheet.name("name d", LEFT + 26, TOP - 14, "δᵀ", "delta", "3×1");
  for (const i of at.OUTPUTS) {
    sheet.number(`d${i}`, LEFT, TOP + i * SIDE, at.delta(i), { isStrong: true, isOff: model.isStill(i) });
    for (const j of at.INPUTS)
      sheet.number(`g${i}${j}`, INNER + j * SIDE, TOP + i * SIDE, at.gradient(i, j), { isStrong: true });
  }
  for (const j of at.INPUTS) sheet.number(`x${j}`, INNER + j * SIDE, TOP - SIDE - 6, at.input(j));
  sheet.path("side d", `M${INNER} ${TOP + 3}V${TOP + 3 * SIDE - 3}`, "side z");
  if (bias === "inside") return drawInside(sheet);
  sheet.name("name x", INNER + 2 * SIDE + 12, TOP - 24, "x", "x", "1×2", { anchor: "start" });
  sheet.name("name G", INNER + SIDE, TOP + 3 * SIDE + 26, "dL/dW", "grad", "3×2");
  if (bias === "own") return drawOwn(sheet, model);
  return sheet.text("formula", IDENTITY + SIDE, TOP + 88, [["z", "z"], " = ", ["x", "x"], ["W", "W"], ["ᵀ", ""]], {
    style: "name large",
  });
}

/** @param {Sheet} sheet @param {Model} model */
function drawOwn(sheet, model) {
  sheet.text("and", 330, TOP + 86, "and", { style: "label" });
  sheet.name("name dd", IDENTITY - SIDE / 2, TOP - 14, "δ", "delta");
  sheet.name("name I", IDENTITY + 1.5 * SIDE, TOP - 36, "dz/db", "b", "3×3");
  sheet.path("side I", `M${IDENTITY} ${TOP + 3}V${TOP + 3 * SIDE - 3}`, "side z");
  sheet.path("side b", `M${IDENTITY + 3} ${TOP + 3 * SIDE + 7}h${3 * SIDE - 6}`, "side b");
  for (const i of at.OUTPUTS) {
    sheet.number(`dd${i}`, IDENTITY - SIDE, TOP + i * SIDE, at.delta(i), { isStrong: true, isOff: model.isStill(i) });
    sheet.text(`name b${i}`, IDENTITY + i * SIDE + 26, TOP - 10, `b${"₁₂₃"[i]}`, { style: "label" });
    for (const j of at.OUTPUTS)
      sheet.number(`I${i}${j}`, IDENTITY + j * SIDE, TOP + i * SIDE, at.biasJacobian(i, j), { isEmpty: i !== j });
    sheet.number(`gb${i}`, IDENTITY + i * SIDE, TOP + 3 * SIDE + 15, at.biasGradient(i), { isStrong: true });
    sheet.number(`b${i}`, 690, TOP + i * SIDE, at.bias(i));
  }
  sheet.text(
    "name gb",
    IDENTITY + 1.5 * SIDE,
    TOP + 4 * SIDE + 40,
    [["dL/db", "grad"], " = ", ["δ", "delta"], [" 1×3", "shape-of"]],
    { style: "name" },
  );
  sheet.name("name b", 716, TOP - 14, "b", "b", "1×3");
  sheet.text("formula", 716, TOP + 3 * SIDE + 34, [["z", "z"], " = ", ["x", "x"], ["W", "W"], "ᵀ + ", ["b", "b"]], {
    style: "name",
  });
}

/** @param {Sheet} sheet */
function drawInside(sheet) {
  const last = INNER + 2 * SIDE;
  const right = last + SIDE + 14;
  const start = { style: "name", anchor: /** @type {const} */ ("start") };
  sheet.number("one", last, TOP - SIDE - 6, ONE(), { symbol: "b" });
  sheet.path("last column", `M${last - 1} ${TOP - SIDE - 9}h${SIDE + 2}v${4 * SIDE + 14}h${-SIDE - 2}z`, "dashed b", {
    width: 2.5,
  });
  sheet.text(
    "name x~",
    right,
    TOP - 24,
    [["x̃", "x tilde"], " = [ ", ["x", "x"], "  ", ["1", "b"], " ]", [" 1×3", "shape-of"]],
    start,
  );
  sheet.text(
    "name G~",
    right,
    TOP + 40,
    [["dL/d", "grad"], ["W̃", "grad tilde"], " = ", ["δᵀ", "delta"], ["x̃", "x tilde"], [" 3×3", "shape-of"]],
    start,
  );
  sheet.text("last", right, TOP + 86, ["last column = ", ["δ", "delta"], " = ", ["dL/db", "grad"]], start);
  for (const i of at.OUTPUTS) sheet.number(`gb${i}`, last, TOP + i * SIDE, at.biasGradient(i), { isStrong: true });
  drawGlued(sheet, 560);
  const middle = 418;
  sheet.text(
    "formula",
    middle,
    TOP + 3 * SIDE + 60,
    [["z", "z"], " = ", ["x̃", "x tilde"], " ", ["W̃", "W tilde"], "ᵀ"],
    { style: "name large" },
  );
  sheet.text("formula says", middle, TOP + 3 * SIDE + 88, "one more weight, on an input that is always 1");
}

/** W with b as its last column. @param {Sheet} sheet @param {number} left */
function drawGlued(sheet, left) {
  sheet.text(
    "name W~",
    left + 1.5 * SIDE,
    TOP - 14,
    [["W̃", "W tilde"], " = [ ", ["W", "W"], "  ", ["b", "b"], " ]", [" 3×3", "shape-of"]],
    { style: "name" },
  );
  for (const i of at.OUTPUTS) {
    for (const j of at.INPUTS) sheet.number(`W${i}${j}`, left + j * SIDE, TOP + i * SIDE, at.weight(i, j));
    sheet.number(`b${i}`, left + 2 * SIDE, TOP + i * SIDE, at.bias(i));
  }
}
