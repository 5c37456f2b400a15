import { trimmed } from "../../base/format.js";
import { SIDE } from "../../drawing/number_sheet.js";
import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const WIDTH = 836;
const ROW = 94;
const TOP = 62;
const GATE = 409;
const LARGE = 60; // side of a square of the full product
const COUPLED = /** @type {[number, number]} */ ([262, 104]); // where its matrix stands
const COLLAPSING = /** @type {[number, number]} */ ([134, 58]);
const BARS = { errors: 118, deltas: 418, longest: 190 };

/**
 * δ = (ŷ − y) ⊙ f′(z): each error meets its own gate; with softmax the whole matrix.
 * @param {Sheet} sheet
 * @param {Model} model
 */
export function deltaFigure(sheet, model) {
  if (model.collapse) return drawCollapse(sheet, model, model.collapse);
  if (model.isCoupled) return drawCoupled(sheet);
  const largest = Math.max(...at.OUTPUTS.map((i) => Math.abs(Number(model.value(at.error(i))))), 1e-12);
  sheet.name("name e", 66, 30, "dL/dŷ", "L");
  sheet.text(
    "name gate",
    GATE - 31,
    30,
    [
      ["gate ", ""],
      ["f′(z)", "h"],
    ],
    { style: "name" },
  );
  sheet.name("name d", WIDTH - 80, 30, "δ", "delta", "1×3");
  for (const i of at.OUTPUTS) drawLane(sheet, model, i, BARS.longest / largest);
  sheet.text(
    "formula",
    WIDTH / 2,
    TOP + 3 * ROW + 18,
    [["δ", "delta"], " = (", ["ŷ", "h"], " − ", ["y", "y"], ") ⊙ ", ["f′(z)", "h"]],
    { style: "name large" },
  );
}

/** @param {Sheet} sheet @param {Model} model @param {number} i @param {number} unit */
function drawLane(sheet, { value, isShut, isStill }, i, unit) {
  const y = TOP + i * ROW;
  const middle = y + SIDE / 2;
  const [error, slope, delta] = [at.error, at.slope, at.delta].map((address) => Number(value(address(i))));
  const open = Math.sqrt(Math.min(1, Math.abs(slope)));
  const [before, after] = [Math.abs(error) * unit, Math.min(BARS.longest * 1.1, Math.abs(delta) * unit)];
  const sign = (/** @type {number} */ of) => (of < 0 ? "bar negative" : "bar positive");
  sheet.box(`lane ${i}`, 8, y - 16, WIDTH - 16, 84, "lane", { corner: 10 });
  sheet.number(`e${i}`, 40, y, at.error(i));
  sheet.box(`before ${i}`, BARS.errors, middle - 15, before, 30, sign(error), { corner: 3 });
  sheet.path(`way ${i}`, `M${BARS.errors + before} ${middle}H352`, "dashed");
  const gap = 19 * open;
  sheet.path(
    `gate ${i}`,
    `M${GATE} ${middle - 36}V${(middle - gap).toFixed(1)}M${GATE} ${(middle + gap).toFixed(1)}V${middle + 36}`,
    isShut(i) ? "side bad" : "side h",
    { width: 7 },
  );
  sheet.number(`f${i}`, 352, y, at.slope(i), { isOff: isShut(i) });
  const thick = 30 * Math.max(0.12, open);
  if (after >= 0.5) sheet.box(`after ${i}`, BARS.deltas, middle - thick / 2, after, thick, sign(delta), { corner: 3 });
  if (isShut(i)) {
    sheet.path(`stop ${i}`, `M426 ${middle - 9}l18 18m0-18l-18 18`, "tangent bad");
    sheet.text(`stop words ${i}`, 458, middle + 6, "nothing passes", { style: "strong bad", anchor: "start" });
  } else sheet.path(`on ${i}`, `M${BARS.deltas + 2 + after} ${middle}H${WIDTH - 120}`, "dashed");
  sheet.number(`d${i}`, WIDTH - 106, y, at.delta(i), { isStrong: true, isOff: isStill(i) });
}

/**
 * The full product, where outputs are coupled.
 * @param {Sheet} sheet @param {[number, number]} corner of the matrix
 */
function drawProduct(sheet, [x, y]) {
  const side = LARGE;
  sheet.name("name e", x - 30, y - 16, "dL/dŷ", "L");
  sheet.name("name J", x + 1.5 * side, y - 16, "dŷ/dz", "h", "3×3");
  for (const i of at.OUTPUTS) {
    sheet.number(`e${i}`, x - side, y + i * side, at.error(i), { side });
    for (const j of at.OUTPUTS)
      sheet.number(`J${i}${j}`, x + j * side, y + i * side, at.activationJacobian(i, j), { side });
    sheet.number(`d${i}`, x + i * side, y + 3 * side + 16, at.delta(i), { side, isStrong: true });
  }
  sheet.path("side left", `M${x} ${y + 3}V${y + 3 * side - 3}`, "side h");
  sheet.path("side below", `M${x + 3} ${y + 3 * side + 8}H${x + 3 * side - 3}`, "side z");
  sheet.name("name d", x - 14, y + 3 * side + 54, "δ", "delta", "1×3", { anchor: "end" });
}

/** δ = dL/dŷ · dŷ/dz where there is nothing simpler. @param {Sheet} sheet */
function drawCoupled(sheet) {
  const [x, y] = COUPLED;
  drawProduct(sheet, COUPLED);
  const right = x + 3 * LARGE + 44;
  sheet.text("formula", right, y + 1.5 * LARGE, [["δ", "delta"], " = ", ["dL/dŷ", "L"], " · ", ["dŷ/dz", "h"]], {
    style: "name large",
    anchor: "start",
  });
  sheet.text("formula says", right, y + 1.5 * LARGE + 28, "every δ is a sum over a whole column", { anchor: "start" });
}

/**
 * Softmax with cross-entropy: the full product, and beside it ŷ − y, which it is.
 * @param {Sheet} sheet @param {Model} model @param {import("./model.js").Collapse} collapse
 */
function drawCollapse(sheet, { digits }, collapse) {
  const [x, y] = COLLAPSING;
  drawProduct(sheet, COLLAPSING);
  const row = y + 3 * LARGE + 16;
  const [outputs, targets] = [x + 3 * LARGE + 56, x + 6 * LARGE + 100];
  sheet.text("equals", outputs - 28, row + LARGE / 2 + 9, "=", { style: "op" });
  sheet.text("minus", targets - 22, row + LARGE / 2 + 9, "−", { style: "op" });
  sheet.name("name h", outputs + 1.5 * LARGE, row - 12, "ŷ", "h", "1×3");
  sheet.name("name y", targets + 1.5 * LARGE, row - 12, "y", "y", "1×3");
  for (const i of at.OUTPUTS) {
    sheet.number(`h${i}`, outputs + i * LARGE, row, at.prediction(i), { side: LARGE });
    sheet.number(`y${i}`, targets + i * LARGE, row, at.target(i), { side: LARGE });
  }
  const start = { anchor: /** @type {const} */ ("start") };
  sheet.text(
    "formula",
    outputs,
    y + 34,
    [["dL/dŷ", "L"], " · ", ["dŷ/dz", "h"], " = ", ["ŷ", "h"], " − ", ["y", "y"]],
    {
      style: "name large",
      ...start,
    },
  );
  sheet.text("formula says", outputs, y + 66, "row i of dŷ/dz is a multiple of ŷᵢ, which −yᵢ/ŷᵢ cancels", start);
  for (const [k, [line, symbol]] of agreement(collapse).entries())
    sheet.text(`agree ${k}`, outputs, y + 98 + k * 20, [[line, symbol]], start);
  sheet.text(
    "sum",
    outputs,
    row + LARGE + 26,
    `δ sums to ${trimmed(collapse.sum, digits)}: ŷ and y each sum to 1`,
    start,
  );
}

/**
 * Whether the product is ŷ − y, as the API compares them.
 * @param {import("./model.js").Collapse} collapse
 * @returns {[line: string, symbol: string][]}
 */
function agreement({ max_difference: difference }) {
  if (difference !== null) return [[`✓ the same three: off by ${trimmed(difference, 2)}`, "good"]];
  return [
    ["ŷ is too small for a computer here: −y/ŷ is ∞.", "bad"],
    ["ŷ − y needs no division, and stays finite.", "good"],
  ];
}
