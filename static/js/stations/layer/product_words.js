import { eased, SIDE } from "../../drawing/number_sheet.js";
import { count, trimmed } from "../../base/format.js";
import * as at from "./addresses.js";
import { COLUMN, corner, ROW_BELOW } from "./product_phases.js";
import { unroll } from "./weights_figure.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./product_phases.js").Phases} Phases */

/**
 * Names, signs and counters of the product.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Phases} phases
 * @param {"rows"|"columns"} order
 */
export function drawProductWords(sheet, model, phases, order) {
  drawNames(sheet, model, phases, order);
  drawSigns(sheet, model, phases);
  drawEnd(sheet, model, phases, order);
  drawCounters(sheet, model, phases);
}

/** @param {Sheet} sheet @param {Model} model @param {Phases} phases @param {"rows"|"columns"} order */
function drawNames(sheet, { isCoupled, collapse }, { fold, gather, slide, end, isCollapsed }, order) {
  const place = (/** @type {number} */ column, /** @type {number} */ row, right = 0, down = 0) => {
    const [x, y] = corner(column, row);
    return /** @type {[number, number]} */ ([x + right, y + down]);
  };
  sheet.name("name e row", ...place(1.5, 4, 0, 24), "dL/dŷ", "L", "1×3", { opacity: 1 - fold });
  sheet.name("name e", ...place(COLUMN.errors, 0, 26, -14), "dL/dŷ", "L", "", {
    opacity: collapse ? fold - slide : fold,
  });
  sheet.name("name J", ...place(4.5, 0, 0, -36), "dŷ/dz", "h", "3×3", { opacity: 1 - (isCoupled ? slide : gather) });
  if (isCoupled) drawUsedNames(sheet, Boolean(collapse), end);
  sheet.name("name f", ...place(4.5, 0, 0, -14), "f′(z)", "h", "", { opacity: gather });
  sheet.name("name d", ...place(7.5, 0, 0, -14), isCollapsed ? "δᵀ" : "δ", "delta");
  sheet.text("shape d", ...place(7.5, 3, 0, 20), isCollapsed ? "3×1" : "1×3", { style: "shape-of" });
  sheet.name("name C", ...place(11, 0, 0, -36), "dz/dW", "x", "3×6", { opacity: 1 - slide });
  for (const [m, [row, column]] of unroll(order).entries())
    sheet.text(`w ${m}`, ...place(COLUMN.weights + m, 0, 26, -10), `w${"₁₂₃"[row]}${"₁₂"[column]}`, {
      style: "label",
      opacity: 1 - slide,
    });
  const row = order === "rows" ? " = [ δ₁x │ δ₂x │ δ₃x ]" : " W unrolled by columns";
  sheet.text(
    "name row",
    ...place(11, ROW_BELOW + 1, 0, 20),
    [
      ["dL/dW", "grad"],
      [" 1×6", "shape-of"],
      [row, "word"],
    ],
    { style: "name", opacity: 1 - slide },
  );
  for (const i of at.OUTPUTS)
    sheet.text(`neuron ${i}`, ...place(COLUMN.errors, i + 0.5, -10, 5), `neuron ${i + 1}`, {
      anchor: "end",
      opacity: eased((fold - 0.6) / 0.4),
    });
}

/**
 * What stands for softmax's matrix in the end.
 * @param {Sheet} sheet @param {boolean} isDifference @param {number} end
 */
function drawUsedNames(sheet, isDifference, end) {
  const shown = { opacity: end };
  const [middle, top] = corner(4.5, 0);
  if (!isDifference) return sheet.name("name used", middle, top - 14, "ŷ", "h", "", shown);
  sheet.name("name used", middle - SIDE, top - 14, "ŷ", "h", "", shown);
  return sheet.name("name y", middle + SIDE, top - 14, "y", "y", "", shown);
}

/** @param {Sheet} sheet @param {Model} model @param {Phases} phases */
function drawSigns(sheet, { collapse }, { fold, gather, end }) {
  const [x, y] = corner(0, 0);
  const early = { style: "strong h", anchor: /** @type {const} */ ("start"), opacity: 1 - eased(fold * 2.5) };
  sheet.text("sides", x - 20, y + 16, "3 columns", early);
  sheet.text("sides meet", x - 20, y + 36, "meet 3 rows", early);
  const [odotX, middle] = corner(3.5, 1.5);
  sheet.text("odot", odotX, middle + 10, "⊙", { style: "op", opacity: gather });
  if (collapse) sheet.text("minus", corner(4.5, 0)[0], middle + 9, "−", { style: "op", opacity: end });
  sheet.text("equals", corner(6.5, 0)[0], middle + 9, "=", { style: "op" });
}

/**
 * What is seen when all has landed.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Phases} phases
 * @param {"rows"|"columns"} order
 */
function drawEnd(sheet, model, { end }, order) {
  const [x, y] = corner(COLUMN.shapes, 0);
  const here = { anchor: /** @type {const} */ ("start"), opacity: end };
  sheet.name("name x", x, y - 24, "x", "x", "1×2", here);
  if (order === "columns") {
    sheet.text("formula", x, y + 34, [["cut in twos: wrong", "bad"]], { style: "name large", ...here });
    sheet.text("truth head", x, y + 66, "nudging each weight says", here);
    for (const i of at.OUTPUTS) {
      const nudged = at.INPUTS.map((j) => model.checks[at.gradient(i, j)]).map((value) => trimmed(value, model.digits));
      sheet.text(`truth ${i}`, x, y + 90 + i * 22, `✓ ${nudged.join("   ")}`, { style: "value good", ...here });
    }
    return;
  }
  sheet.text("formula", x, y + 34, [["dL/dW", "grad"], " = ", ["δᵀ", "delta"], ["x", "x"], [" 3×2", "shape-of"]], {
    style: "name large",
    ...here,
  });
  const lines = neededLines(model);
  for (const [k, line] of lines.entries()) sheet.text(`never ${k}`, x, y + 64 + k * 19, line, here);
  const agreed = ["✓ the same six as the", "product of the three"];
  for (const [k, line] of agreed.entries()) sheet.text(`agree ${k}`, x, y + 128 + k * 19, [[line, "good"]], here);
}

/** What was used, or not, in place of the matrices. @param {Model} model */
function neededLines({ isCoupled, collapse }) {
  if (collapse) return ["no dashed matrix", "was ever needed: δ = ŷ − y"];
  if (isCoupled) return ["no matrix was needed:", "with g = dL/dŷ,", "δ = ŷ ⊙ (g − g·ŷ)"];
  return ["neither dashed matrix", "was ever needed"];
}

/**
 * Multiplications and numbers held, as the API counts them.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {Phases} phases
 */
function drawCounters(sheet, { chain }, { isSparse, isCollapsed }) {
  const { cost, factors } = chain;
  const [x, y] = corner(3.3, 3.62);
  const held = isCollapsed ? cost.numbers_collapsed : isSparse ? cost.nonzero : cost.numbers_explicit;
  const done = isCollapsed ? cost.collapsed : isSparse ? cost.sparse : cost.multiplications_left_to_right;
  const parts = factors.map((/** @type {{numbers: number}} */ factor) => count(factor.numbers)).join(" + ");
  const counters = /** @type {const} */ ([
    [
      "multiplications",
      done,
      isSparse
        ? `instead of ${count(cost.multiplications_left_to_right)}`
        : `${count(cost.right_to_left)} from the right`,
    ],
    ["numbers held", held, isSparse ? `instead of ${count(cost.numbers_explicit)}` : parts],
  ]);
  for (const [k, [words, value, below]] of counters.entries()) {
    const left = x + k * 2.42 * SIDE;
    sheet.text(`count ${words}`, left, y + 14, count(value), { style: "big", anchor: "start" });
    sheet.text(`count of ${words}`, left, y + 34, words, { anchor: "start" });
    sheet.text(`count beside ${words}`, left, y + 52, below, { anchor: "start" });
  }
}
