import { trimmed } from "../../base/format.js";
import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const TOP = 62;
const ROW = 94;
const X = { targets: 56, predictions: 158, errors: 264 };
const PLOT = { left: 416, top: 46, width: 388, height: 286 };
const AIR = 1.3; // how much higher the plot is than what happens in it
const LEAST = 3; // what it reaches at least: −ln of one in twenty
const TANGENT = 62; // half its length
const CLOSE = 20; // of two labels
const FAR = 150; // a label's length
const WIDTH = 836;

/**
 * dL/dŷ = −y/ŷ, and −ln ŷ with its slope at each output that is asked for.
 * @param {Sheet} sheet
 * @param {Model} model
 */
export function crossEntropyFigure(sheet, model) {
  sheet.name("name y", X.targets + 26, 30, "y", "y");
  sheet.name("name h", X.predictions + 26, 30, "ŷ", "h");
  sheet.name("name e", X.errors + 32, 30, "dL/dŷ", "L", "1×3");
  for (const i of at.OUTPUTS) {
    const y = TOP + i * ROW;
    sheet.text(`minus ${i}`, X.targets - 18, y + 35, "−", { style: "op" });
    sheet.number(`y${i}`, X.targets, y, at.target(i));
    sheet.text(`over ${i}`, X.targets + 77, y + 35, "/", { style: "op" });
    sheet.number(`h${i}`, X.predictions, y, at.prediction(i));
    sheet.text(`is ${i}`, X.predictions + 79, y + 35, "=", { style: "op" });
    sheet.number(`e${i}`, X.errors, y, at.error(i), { isStrong: true, isOff: model.value(at.target(i)) === 0 });
  }
  drawPlot(sheet, model);
}

/** @param {Sheet} sheet @param {Model} model */
function drawPlot(sheet, model) {
  const { curve } = model;
  if (curve?.kind !== "logarithm") return;
  const asked = at.OUTPUTS.filter((i) => model.value(at.target(i)));
  const top = AIR * Math.max(LEAST, ...asked.map((i) => curve.own?.[i].value ?? 0));
  const bottom = PLOT.top + PLOT.height;
  const x = (/** @type {number} */ share) => PLOT.left + share * PLOT.width;
  const y = (/** @type {number} */ value) => bottom - (value / top) * PLOT.height;
  sheet.text("head plot", PLOT.left + PLOT.width / 2, 30, "−ln ŷ, and its slope where we are");
  sheet.path("axes", `M${PLOT.left} ${PLOT.top}V${bottom}H${PLOT.left + PLOT.width}`, "axis");
  sheet.text("name axis", PLOT.left + PLOT.width, bottom + 20, [["ŷ", "h"]], { style: "label", anchor: "end" });
  const seen = curve.points.filter((point) => point.value <= top);
  sheet.path(
    "curve",
    seen.map(({ at: share, value }, k) => `${k ? "L" : "M"}${x(share).toFixed(1)} ${y(value).toFixed(1)}`).join(""),
    "curve L",
  );
  let taken = -Infinity; // the height of the label above
  for (const i of [...asked].sort((a, b) => (curve.own?.[b].value ?? 0) - (curve.own?.[a].value ?? 0))) {
    const { at: share, value, slope } = /** @type {NonNullable<typeof curve.own>} */ (curve.own)[i];
    const [dotX, dotY] = [x(share), y(value)];
    const rise = (-slope / top) * (PLOT.height / PLOT.width);
    const half = TANGENT / Math.hypot(1, rise);
    const line = `M${dotX - half} ${dotY - half * rise}L${dotX + half} ${dotY + half * rise}`;
    sheet.path(`tangent ${i}`, line, "tangent W");
    sheet.dot(`here ${i}`, dotX, dotY, 7, "h");
    taken = Math.max(dotY - 8, taken + CLOSE);
    const isRight = dotX > PLOT.left + PLOT.width - FAR; // there the label ends at the edge, above the dot
    sheet.text(
      `slope ${i}`,
      isRight ? WIDTH - 8 : dotX + 16,
      isRight ? dotY - 18 : taken,
      [
        [`ŷ${"₁₂₃"[i]}: slope `, ""],
        [trimmed(slope, model.digits), "W"],
      ],
      { style: "strong halo", anchor: isRight ? "end" : "start" },
    );
  }
}
