import { trimmed } from "../../base/format.js";
import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const TOP = 40;
const ROW = 110;
const X = { predictions: 34, targets: 136, errors: 242 };
const PLOT = { left: 392, width: 410 };
const AIR = 1.42; // how much higher a plot is than what happens in it
const TANGENT = 58; // half its length

/**
 * dL/dŷ = ŷ − y, and each output's share of the loss as a parabola with its slope.
 * @param {Sheet} sheet
 * @param {Model} model
 */
export function lossFigure(sheet, model) {
  sheet.name("name h", X.predictions + 26, 24, "ŷ", "h");
  sheet.name("name y", X.targets + 26, 24, "y", "y");
  sheet.name("name e", X.errors + 32, 24, "dL/dŷ", "L", "1×3");
  sheet.text("head plot", PLOT.left + PLOT.width / 2, 24, "½ (ŷᵢ − yᵢ)², and its slope where we are");
  for (const i of at.OUTPUTS) {
    const y = TOP + i * ROW + 22;
    sheet.number(`h${i}`, X.predictions, y, at.prediction(i));
    sheet.text(`minus ${i}`, X.predictions + 77, y + 35, "−", { style: "op" });
    sheet.number(`y${i}`, X.targets, y, at.target(i));
    sheet.text(`is ${i}`, X.targets + 79, y + 35, "=", { style: "op" });
    sheet.number(`e${i}`, X.errors, y, at.error(i), { isStrong: true });
    drawPlot(sheet, model, i);
  }
}

/** @param {Sheet} sheet @param {Model} model @param {number} i */
function drawPlot(sheet, model, i) {
  const { curve } = model;
  if (curve?.kind !== "loss") return;
  const [prediction, target, slope] = [at.prediction, at.target, at.error].map((address) => model.value(address(i)));
  if (prediction === null || target === null || slope === null) return;
  const here = valueAt(curve, prediction, target);
  const top =
    AIR *
    Math.max(...at.OUTPUTS.map((k) => valueAt(curve, model.value(at.prediction(k)), model.value(at.target(k)))), 1e-12);
  const [above, height] = [TOP + i * ROW + 4, ROW - 16];
  const base = above + height;
  const x = (/** @type {number} */ place) => PLOT.left + ((place - curve.low) / (curve.high - curve.low)) * PLOT.width;
  const y = (/** @type {number} */ value) => base - (value / top) * (height - 8);
  sheet.box(`plot ${i}`, PLOT.left - 6, above, PLOT.width + 12, height + 4, "lane", { corner: 6 });
  sheet.path(`axis ${i}`, `M${PLOT.left} ${base}h${PLOT.width}`, "axis");
  const seen = curve.points.filter((point) => point.target === target && y(point.value) > above);
  sheet.path(
    `curve ${i}`,
    seen.map(({ at: place, value }, k) => `${k ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`).join(""),
    "curve L",
  );
  const rise = (-slope * (height - 8) * (curve.high - curve.low)) / (top * PLOT.width);
  const half = TANGENT / Math.hypot(1, rise);
  const [dotX, dotY] = [x(prediction), y(here)];
  sheet.path(`tangent ${i}`, `M${dotX - half} ${dotY - half * rise}L${dotX + half} ${dotY + half * rise}`, "tangent W");
  sheet.dot(`here ${i}`, dotX, dotY, 7, "h");
  sheet.path(`target ${i}`, `M${x(target)} ${base - 5}v9`, "tangent y");
  drawLabels(sheet, model, i, { dotX, dotY, targetX: x(target), base, rise });
}

/**
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {number} i
 * @param {{dotX: number, dotY: number, targetX: number, base: number, rise: number}} place
 */
function drawLabels(sheet, model, i, { dotX, dotY, targetX, base, rise }) {
  const slope = Number(model.value(at.error(i)));
  const isLeft = dotX > PLOT.left + PLOT.width - 130 || (rise > 0 && dotX > PLOT.left + 130);
  sheet.text(`target name ${i}`, targetX - 9, base - 8, [[`y${"₁₂₃"[i]}`, "y"]], { style: "strong", anchor: "end" });
  sheet.text(
    `slope ${i}`,
    dotX + (isLeft ? -16 : 16),
    dotY - 8,
    [[`slope ${trimmed(slope, model.digits)}`, "W", at.error(i)]],
    { style: "strong halo", anchor: isLeft ? "end" : "start" },
  );
}

/**
 * The value of a curve at one of its own points.
 * @param {NonNullable<Model["curve"]>} curve
 * @param {number|null} place
 * @param {number|null} target
 */
const valueAt = ({ points }, place, target) =>
  points.find((point) => point.at === place && point.target === target)?.value ?? 0;
