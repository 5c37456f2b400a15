import { SIDE } from "../../drawing/number_sheet.js";
import * as at from "./addresses.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../drawing/number_sheet.js").Piece} Piece */

const TOP = 104;
const X = { weights: 64, pre: 428, predictions: 560, targets: 640, errors: 744 };

/**
 * Every sum written out, then the activation, then the error; the loss below.
 * @param {Sheet} sheet
 * @param {Model} model
 */
export function forwardFigure(sheet, model) {
  drawInputs(sheet);
  for (const i of at.OUTPUTS) drawRow(sheet, model, i);
  const middle = (/** @type {number} */ left) => left + SIDE / 2;
  sheet.text("head sum", X.pre - 40, TOP - 14, model.hasBias ? "x · row of W + b" : "x · row of W", {
    style: "label",
    anchor: "end",
  });
  sheet.name("name z", middle(X.pre), TOP - 14, "z", "z");
  sheet.text(
    "head f",
    (X.pre + SIDE + X.predictions) / 2,
    TOP - 14,
    model.activation === "relu" ? "max(0, z)" : model.activation.replace("_", " "),
  );
  sheet.name("name h", middle(X.predictions), TOP - 14, "ŷ", "h");
  sheet.name("name y", middle(X.targets), TOP - 14, "y", "y");
  if (model.collapse) return drawCrossEntropy(sheet, model);
  sheet.name("name e", middle(X.errors), TOP - 14, "ŷ − y", "L");
  return drawLoss(sheet, model);
}

/** @param {Sheet} sheet */
function drawInputs(sheet) {
  for (const j of at.INPUTS) sheet.number(`x${j}`, X.weights + j * SIDE, TOP - SIDE - 8, at.input(j));
  sheet.name("name x", X.weights - 10, TOP - 28, "x", "x", "", { anchor: "end" });
  sheet.name("name W", X.weights - 10, TOP + 84, "W", "W", "", { anchor: "end" });
  sheet.path("side x", `M${X.weights + 3} ${TOP - 4}H${X.weights + 2 * SIDE - 3}`, "side x");
}

/** @param {Sheet} sheet @param {Model} model @param {number} i */
function drawRow(sheet, model, i) {
  const y = TOP + i * SIDE;
  for (const j of at.INPUTS) sheet.number(`W${i}${j}`, X.weights + j * SIDE, y, at.weight(i, j));
  const products = at.INPUTS.flatMap(
    (j) =>
      /** @type {Piece[]} */ ([...(j ? [" + "] : []), model.factor(at.input(j)), " · ", model.factor(at.weight(i, j))]),
  );
  /** @type {Piece[]} */
  const own = model.hasBias ? [" + ", model.factor(at.bias(i))] : [];
  sheet.text(`sum ${i}`, X.pre - 14, y + 33, [...products, ...own, [" =", "soft"]], { style: "sum", anchor: "end" });
  sheet.number(`z${i}`, X.pre, y, at.preActivation(i));
  sheet.arrow(`f ${i}`, [X.pre + SIDE + 8, y + 26], [X.predictions - 8, y + 26], "");
  sheet.number(`h${i}`, X.predictions, y, at.prediction(i), { isOff: model.isShut(i) });
  if (model.collapse) return sheet.number(`y${i}`, X.targets, y, at.target(i));
  sheet.text(`minus ${i}`, X.predictions + SIDE + 14, y + 35, "−", { style: "op" });
  sheet.number(`y${i}`, X.targets, y, at.target(i));
  sheet.text(`is ${i}`, (X.targets + SIDE + X.errors) / 2, y + 35, "=", { style: "op" });
  return sheet.number(`e${i}`, X.errors, y, at.error(i), { isStrong: true });
}

/** @param {Sheet} sheet @param {Model} model */
function drawLoss(sheet, model) {
  const y = TOP + 3 * SIDE + 60;
  const squares = at.OUTPUTS.flatMap(
    (i) => /** @type {Piece[]} */ ([...(i ? [[" + ", "soft"]] : []), model.factor(at.error(i)), "²"]),
  );
  sheet.path("under errors", `M${X.errors - 6} ${TOP + 3 * SIDE + 9}H${X.errors + SIDE + 6}`, "axis ink");
  sheet.text("loss sum", X.errors - 40, y + 8, [["L", "L"], [" = ½ (", "soft"], ...squares, [") =", "soft"]], {
    style: "sum",
    anchor: "end",
  });
  sheet.number("L", X.errors - 28, y - 30, at.LOSS, { width: 96, height: 60, size: 25, isStrong: true });
  sheet.text("half", 54, y - 2, "The ½ is the lecture’s:", { anchor: "start" });
  sheet.text("half says", 54, y + 17, "it will cancel the 2 of the square.", { anchor: "start" });
}

/** L = −Σ y ln ŷ with its numbers. @param {Sheet} sheet @param {Model} model */
function drawCrossEntropy(sheet, model) {
  const y = TOP + 3 * SIDE + 60;
  const terms = at.OUTPUTS.flatMap(
    (i) =>
      /** @type {Piece[]} */ ([
        ...(i ? [[" + ", "soft"]] : []),
        model.factor(at.target(i)),
        [" ln ", "soft"],
        model.factor(at.prediction(i)),
      ]),
  );
  sheet.text("loss sum", X.errors - 40, y + 8, [["L", "L"], [" = − (", "soft"], ...terms, [") =", "soft"]], {
    style: "sum",
    anchor: "end",
  });
  sheet.number("L", X.errors - 28, y - 30, at.LOSS, { width: 96, height: 60, size: 25, isStrong: true });
  sheet.text("half", 54, y - 2, "Both ŷ and y sum to 1.", { anchor: "start" });
  sheet.text("half says", 54, y + 17, "L = −Σ yᵢ ln ŷᵢ", { anchor: "start" });
}
