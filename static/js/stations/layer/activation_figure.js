import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */

const SIDE = 72;
const WIDTH = 836;
const MATRIX = { x: WIDTH - 3 * SIDE - 34, y: 92 };
const PRE = MATRIX.x - 116;
const PLOT = { x: 36, y: 52, width: 350, height: 276 };
const FLAT = 0.35; // a slope on the drawing that is nearly none

/**
 * The Jacobian dŷ/dz, diagonal or full, beside the activation with a tangent at each z.
 * @param {Sheet} sheet
 * @param {Model} model
 */
export function activationFigure(sheet, model) {
  drawMatrix(sheet, model);
  if (model.isCoupled) drawShares(sheet, model);
  else drawCurve(sheet, model);
  sheet.name("name z", PRE + 26, MATRIX.y - 12, "z", "z");
  for (const i of at.OUTPUTS) sheet.number(`z${i}`, PRE, MATRIX.y + i * SIDE + 10, at.preActivation(i));
}

/** @param {Sheet} sheet @param {Model} model */
function drawMatrix(sheet, model) {
  const { x, y } = MATRIX;
  sheet.name("name J", x + 1.5 * SIDE, 34, "dŷ/dz", "h", "3×3");
  for (const i of at.OUTPUTS) {
    sheet.text(`column ${i}`, x + (i + 0.5) * SIDE, y - 12, `∂z${"₁₂₃"[i]}`, { style: "label" });
    sheet.text(`row ${i}`, x - 10, y + i * SIDE + 42, `∂ŷ${"₁₂₃"[i]}`, { style: "label", anchor: "end" });
    for (const j of at.OUTPUTS) {
      const style = { side: SIDE, isEmpty: i !== j && !model.isCoupled, isOff: i === j && model.isShut(i) };
      sheet.number(`J${i}${j}`, x + j * SIDE, y + i * SIDE, at.activationJacobian(i, j), style);
    }
  }
  const note = model.isCoupled
    ? "diag(ŷ) − ŷᵀŷ: every row sums to 0"
    : model.activation === "relu"
      ? "1 where z > 0, 0 where not"
      : "the slope at each z, on the diagonal";
  sheet.text("note J", x + 1.5 * SIDE, y + 3 * SIDE + 30, note);
}

/** @typedef {{kind: string, low: number, high: number, points: {at: number, value: number}[]}} Curve */

/** Where a curve's numbers are on the sheet. @param {Curve} curve */
function scaleOf({ points, low, high }) {
  const values = points.map((point) => point.value);
  const [lowest, highest] = [Math.min(...values, 0), Math.max(...values, 0)];
  const tall = (PLOT.height - 30) / (highest - lowest || 1);
  const wide = PLOT.width / (high - low);
  return {
    x: (/** @type {number} */ place) => PLOT.x + (place - low) * wide,
    y: (/** @type {number} */ height) => PLOT.y + PLOT.height - 10 - (height - lowest) * tall,
    /** A slope, down the sheet. */
    rise: (/** @type {number} */ slope) => (-slope * tall) / wide,
  };
}

/** @param {Sheet} sheet @param {Model} model */
function drawCurve(sheet, model) {
  const { curve, value, activation } = model;
  if (curve?.kind !== "activation") return;
  const scale = scaleOf(curve);
  const { x, y } = scale;
  sheet.path("axes", `M${PLOT.x} ${y(0)}h${PLOT.width}M${x(0)} ${PLOT.y}v${PLOT.height}`, "axis");
  sheet.path(
    "curve",
    curve.points.map((point, k) => `${k ? "L" : "M"}${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`).join(""),
    "curve h",
  );
  sheet.text(
    "name f",
    PLOT.x + 4,
    PLOT.y - 14,
    [
      ["ŷ", "h"],
      [` = ${activation === "relu" ? "max(0, z)" : `${activation.replace("_", " ")}(z)`}`, ""],
    ],
    { style: "name", anchor: "start" },
  );
  sheet.text("name axis", PLOT.x + PLOT.width - 2, y(0) + 20, [["z", "z"]], { style: "label", anchor: "end" });
  /** @type {number[]} the heights that labels have taken */
  const taken = [];
  const order = [...at.OUTPUTS].sort((a, b) => Number(value(at.preActivation(a))) - Number(value(at.preActivation(b))));
  for (const i of order) drawTangent(sheet, model, i, scale, taken);
}

/**
 * One z on the curve with its tangent, and its slope in words where there is room.
 * @param {Sheet} sheet
 * @param {Model} model
 * @param {number} i
 * @param {ReturnType<typeof scaleOf>} scale
 * @param {number[]} taken
 */
function drawTangent(sheet, { value, text, isShut }, i, scale, taken) {
  const [z, h, slope] = [at.preActivation, at.prediction, at.slope].map((address) => Number(value(address(i))));
  const rise = scale.rise(slope);
  const half = 30 / Math.hypot(1, rise);
  const [x, y] = [scale.x(z), scale.y(h)];
  sheet.path(`tangent ${i}`, `M${x - half} ${y - half * rise}L${x + half} ${y + half * rise}`, "tangent W");
  sheet.dot(`point ${i}`, x, y, 7, "z");
  const isFlat = Math.abs(rise) < FLAT;
  const isEdge = isFlat && x < PLOT.x + 90;
  sheet.text(
    `point name ${i}`,
    isFlat ? (isEdge ? PLOT.x : Math.min(x + 10, PLOT.x + PLOT.width)) : x - 16,
    freeHeight(isFlat ? y + 28 : y - 6, taken, isFlat ? 1 : -1),
    [
      [`z${"₁₂₃"[i]} = ${text(at.preActivation(i))}: slope `, isShut(i) ? "bad" : ""],
      [text(at.slope(i)), isShut(i) ? "bad" : "W", at.slope(i)],
    ],
    { style: "strong halo", anchor: isEdge ? "start" : "end" },
  );
}

/** A height at which no other label stands. @param {number} wish @param {number[]} taken @param {1|-1} way */
function freeHeight(wish, taken, way) {
  let place = wish;
  while (taken.some((other) => Math.abs(other - place) < 21)) place += way * 5;
  taken.push(place);
  return place;
}

/** Softmax: shares of one, which move together. @param {Sheet} sheet @param {Model} model */
function drawShares(sheet, { value, text }) {
  sheet.text(
    "name f",
    PLOT.x + 4,
    PLOT.y - 14,
    [
      ["ŷ", "h"],
      [" = softmax(z)", ""],
    ],
    { style: "name", anchor: "start" },
  );
  for (const i of at.OUTPUTS) {
    const share = Number(value(at.prediction(i)));
    const y = PLOT.y + 16 + i * 78;
    const width = Math.max(2, share * (PLOT.width - 100));
    sheet.box(`share ${i}`, PLOT.x + 30, y, width, 40, "bar h", { corner: 4 });
    sheet.text(`share name ${i}`, PLOT.x + 22, y + 27, `ŷ${"₁₂₃"[i]}`, { style: "label", anchor: "end" });
    sheet.text(`share value ${i}`, PLOT.x + 38 + width, y + 27, [[text(at.prediction(i)), "h", at.prediction(i)]], {
      style: "value",
      anchor: "start",
    });
  }
  sheet.text("sum of shares", PLOT.x + 30, PLOT.y + 264, "They sum to 1: push one up, the others go down.", {
    anchor: "start",
  });
}
