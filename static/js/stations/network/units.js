import * as at from "./addresses.js";
import { middleOf, UNIT } from "./layout.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./pen.js").Pen} Pen */

const ROUND = 11;
const GATE = 108; // where it stands in a unit
const UPPER = -13; // the baselines of both lanes, from the middle
const LOWER = 26;

/**
 * The units of a column, each with its two lanes: z → h above, δ ← ∂L/∂h below, the gate between.
 * @param {Pen} pen @param {Model} model @param {Layout} layout @param {Column} column
 */
export function drawUnits(pen, model, layout, column) {
  for (const [index, unit] of column.units.entries()) {
    const middle = middleOf(layout, column, index);
    if (column.kind === "inputs") drawInput(pen, model, column, unit, middle);
    else if (column.kind === "before") drawBefore(pen, model, column, unit, middle);
    else if (column.kind === "output" && column.width < 200) drawOutput(pen, model, column, unit, middle);
    else drawUnit(pen, model, column, unit, middle);
  }
}

/** @param {Pen} pen @param {Model} model @param {Column} column @param {number} unit @param {number} middle */
function drawInput(pen, model, { x, width }, unit, middle) {
  pen.add("rect", { class: "unit", x, y: middle - 24, width, height: 48, rx: ROUND });
  pen.letter(x + 9, middle + 6, `x${low(unit)}`, "letter");
  pen.number(at.input(model.row, unit), x + width - 7, middle + 7);
}

/**
 * Units of a layer that is not drawn itself: what they send, and what arrives back.
 * @param {Pen} pen
 * @param {Model} model
 * @param {Column} column
 * @param {number} unit
 * @param {number} middle
 */
function drawBefore(pen, model, { x, width, column }, unit, middle) {
  const layer = column - 1;
  frame(pen, x, width, middle, model.isShut(layer, unit));
  lane(pen, model, x, x + width, middle + UPPER, `h`, at.activation(layer, model.row, unit), "forward");
  lane(pen, model, x, x + width, middle + LOWER, "∂h", at.arriving(layer, model.row, unit), "arriving");
}

/**
 * A unit with its gate.
 * @param {Pen} pen
 * @param {Model} model
 * @param {Column} column
 * @param {number} unit
 * @param {number} middle
 */
function drawUnit(pen, model, { x, width, column, kind }, unit, middle) {
  const [layer, { row }] = [column - 1, model];
  const isOutput = kind === "output";
  const isShut = model.isShut(layer, unit);
  const right = x + (isOutput ? 222 : width);
  frame(pen, x, width, middle, isShut);
  lane(pen, model, x, x + GATE - 13, middle + UPPER, "z", at.preActivation(layer, row, unit), "forward z");
  const sent = at.activation(layer, row, unit);
  lane(pen, model, x + GATE + 6, right, middle + UPPER, isOutput ? "ŷ" : "h", sent, "forward");
  lane(pen, model, x, x + GATE - 13, middle + LOWER, "δ", at.delta(layer, row, unit), "back");
  const back = isOutput ? at.lossGradient(row, unit) : at.arriving(layer, row, unit);
  lane(pen, model, x + GATE + 6, right, middle + LOWER, isOutput ? "∂ŷ" : "∂h", back, "arriving");
  if (isOutput) lane(pen, model, right - 4, x + width, middle + UPPER, "y", at.target(row, unit), "");
  drawGate(pen, model, layer, unit, x + GATE, middle);
  const since = model.deadSince(layer, unit);
  if (since === null && !(isShut && model.isKnown(sent))) return;
  const now = model.answer.batch_size > 1 ? "shut for this row: f′ = 0" : "dead for this x: f′ = 0";
  const words = since === null ? now : since ? `dead since update ${since}` : "dead from the start";
  pen.add("rect", { class: "verdict", x: x + 14, y: middle + 30, width: 176, height: 18, rx: 9 });
  pen.letter(x + 102, middle + 43, words, "verdict-words", "middle");
}

/**
 * An output without an activation: ŷ is z, and δ is ∂L/∂ŷ.
 * @param {Pen} pen
 * @param {Model} model
 * @param {Column} column
 * @param {number} unit
 * @param {number} middle
 */
function drawOutput(pen, model, { x, width, column }, unit, middle) {
  const [layer, { row }] = [column - 1, model];
  frame(pen, x, width, middle, false);
  const made = model.now.kind === "z" ? at.preActivation(layer, row, unit) : at.activation(layer, row, unit);
  const letter = model.now.kind === "z" && model.now.layer === layer ? "z" : "ŷ";
  lane(pen, model, x, x + 95, middle + UPPER, letter, made, "forward");
  lane(pen, model, x + 92, x + width, middle + UPPER, "y", at.target(row, unit), "");
  lane(pen, model, x, x + 95, middle + LOWER, "δ", at.delta(layer, row, unit), "back");
  pen.letter(x + width - 9, middle + LOWER, model.loss === "squared_error" ? "ŷ − y" : "∂L/∂ŷ", "letter", "end");
}

/** @param {Pen} pen @param {number} x @param {number} width @param {number} middle @param {boolean} isShut */
function frame(pen, x, width, middle, isShut) {
  const [top, bottom, right] = [middle - UNIT / 2, middle + UNIT / 2, x + width - 2];
  const left = x + 2;
  pen.add("rect", { class: `unit${isShut ? " shut" : ""}`, x, y: top, width, height: UNIT, rx: ROUND });
  const side = `H${right - 10}q10 0 10 10V${middle - 1}z`;
  const upper = `M${left} ${middle - 1}V${top + 12}q0 -10 10 -10${side}`;
  pen.add("path", { class: isShut ? "lane hatched" : "lane forward", d: upper });
  const lower = `M${left} ${middle + 1}V${bottom - 12}q0 10 10 10H${right - 10}q10 0 10 -10V${middle + 1}z`;
  pen.add("path", { class: isShut ? "lane hatched" : "lane back", d: lower });
}

/**
 * A letter and its number.
 * @param {Pen} pen
 * @param {Model} model
 * @param {number} left
 * @param {number} right
 * @param {number} y
 * @param {string} letter
 * @param {string} number
 * @param {string} look
 */
function lane(pen, model, left, right, y, letter, number, look) {
  pen.letter(left + 8, y, letter, "letter");
  const symbol = look === "arriving" ? "delta" : undefined;
  pen.number(number, right - 6, y + 0.5, { look: model.value(number) === 0 ? `${look} nothing` : look, symbol });
}

/**
 * The activation between the lanes: what it lets through is f′.
 * @param {Pen} pen
 * @param {Model} model
 * @param {number} layer
 * @param {number} unit
 * @param {number} x
 * @param {number} y
 */
function drawGate(pen, model, layer, unit, x, y) {
  const { activation } = model.layers[layer];
  if (!model.layers[layer].activation_derivatives) return void pen.letter(x, y + 5, activation, "letter", "middle");
  const number = at.slope(layer, model.row, unit);
  if (!model.isKnown(number)) return void pen.letter(x, y + 5, "f", "letter", "middle");
  const value = model.value(number);
  if (value !== 0 && value !== 1)
    return pen.written(number, model.text(number), x, y + 5, { size: "small", anchor: "middle", look: "gate-number" });
  const group = pen.add("g", { class: `number gate ${value ? "open" : "shut"}`, tabindex: 0, role: "button" });
  group.dataset.number = number;
  group.dataset.value = String(value);
  group.setAttribute("aria-label", `${model.name(number).text} = ${value}, the gate is ${value ? "open" : "shut"}`);
  const d = value ? "M-7 7H0L8 -7" : "M-5 -5l10 10m0 -10l-10 10";
  const transform = `translate(${x} ${y})`;
  group.append(
    pen.add("rect", { x: x - 11, y: y - 14, width: 22, height: 28, rx: 6 }),
    pen.add("path", { class: "gate-sign", d, transform }),
  );
}

/** The loss at the end. @param {Pen} pen @param {Model} model @param {Layout} layout @param {Column} outputs */
export function drawLoss(pen, model, layout, outputs) {
  if (layout.loss === null) return;
  const middle = layout.height / 2 + 11;
  const [x, width] = [layout.loss, 62];
  for (const index of outputs.units.keys()) {
    const [from, y] = [outputs.x + outputs.width, middleOf(layout, outputs, index) - 19];
    const end = middle + (index - (outputs.units.length - 1) / 2) * 12;
    pen.add("path", { class: "edge out", d: `M${from} ${y}C${from + 11} ${y} ${x - 11} ${end} ${x} ${end}` });
  }
  pen.add("rect", { class: "unit", x, y: middle - 34, width, height: 68, rx: ROUND });
  const isRow = model.answer.batch_size > 1;
  pen.letter(x + width / 2, middle - 11, isRow ? `ℓ${low(model.row)}` : "L", "letter", "middle");
  pen.number(at.lossOf(model.answer, model.row), x + width / 2, middle + 14, { anchor: "middle", look: "forward" });
}

/** An index as one writes it, from 1. @param {number} index from 0 */
export const low = (index) => [...String(index + 1)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
