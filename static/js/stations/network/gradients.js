import { toneOf } from "../../controls/matrix.js";
import * as at from "./addresses.js";
import { outputName } from "./stops.js";
import { raised } from "../../base/number_names.js";

/** @typedef {import("./model.js").Model} Model */
/**
 * @typedef {{name: string, symbol: string, formula: string, kind: string, layer: number, numbers: string[][], left:
 *   number}} Line
 */

const MOST = { rows: 4, columns: 4 }; // numbers of one gradient that the table shows

/**
 * The table of slide 49 with live numbers: every gradient of every layer, from the outputs back.
 * @param {HTMLTableElement} table @param {HTMLElement} note
 * @returns {(model: Model, key: string) => void}
 */
export function createGradients(table, note) {
  let built = "";
  let marked = -1;
  return (model, key) => {
    const lines = linesOf(model);
    const shape = JSON.stringify([model.sizes, model.row, model.hasBias]);
    if (shape !== built) table.replaceChildren(...lines.map(build));
    built = shape;
    table.classList.toggle("deep", model.count > 2);
    const rows = model.answer.batch_size;
    note.textContent = rows > 1 ? `∂W, ∂b: mean of ${rows} rows` : "slide 49";
    fill(table, model);
    for (const [index, line] of lines.entries()) {
      const body = table.tBodies[index];
      const isNow = line.kind === model.now.kind && line.layer === model.now.layer;
      body.classList.toggle("now", isNow);
      if (isNow && marked !== index) bringInSight(table, body);
      if (isNow) marked = index;
    }
    table.dataset.shown = key;
  };
}

/** @param {Model} model @returns {Line[]} */
function linesOf(model) {
  const { count, sizes, row, hasBias } = model;
  const layers = Array.from({ length: count }, (_, layer) => count - 1 - layer);
  return layers.flatMap((layer) => {
    const units = range(Math.min(sizes[layer + 1], MOST.columns));
    const [rows, columns] = [range(Math.min(sizes[layer + 1], MOST.rows)), range(Math.min(sizes[layer], MOST.columns))];
    const [up, before] = [raised(layer), layer ? outputName(layer - 1, count) : "x"];
    const isLast = layer === count - 1;
    const arrived = isLast ? "∂L/∂ŷ" : `∂L/∂${outputName(layer, count)}`;
    const cut = { left: sizes[layer + 1] - units.length };
    const own = { layer, ...cut };
    const error = { ...own, name: `δ${up}`, symbol: "delta", formula: `= ${arrived} ⊙ f′`, kind: "delta" };
    const weights = { ...own, name: `∂L/∂W${up}`, symbol: "grad", formula: `= δ${up}ᵀ ${before}`, kind: "weights" };
    const biases = { ...own, name: `∂L/∂b${up}`, symbol: "grad", formula: `= δ${up}`, kind: "biases" };
    /** @type {Line[]} */
    const lines = [
      { ...error, numbers: [units.map((i) => at.delta(layer, row, i))] },
      { ...weights, numbers: rows.map((i) => columns.map((j) => at.gradient(layer, i, j))) },
    ];
    if (hasBias) lines.push({ ...biases, numbers: [units.map((i) => at.biasGradient(layer, i))] });
    if (layer) lines.push(arrivingLine(layer - 1, model));
    return lines;
  });
}

/** @param {number} layer @param {Model} model @returns {Line} */
function arrivingLine(layer, { count, sizes, row }) {
  const next = raised(layer + 1);
  const units = range(Math.min(sizes[layer + 1], MOST.columns));
  return {
    name: `∂L/∂${outputName(layer, count)}`,
    symbol: "delta",
    formula: `= δ${next} W${next}`,
    kind: "arriving",
    layer,
    numbers: [units.map((i) => at.arriving(layer, row, i))],
    left: sizes[layer + 1] - units.length,
  };
}

/** @param {number} count */
const range = (count) => Array.from({ length: count }, (_, index) => index);

/** @param {Line} line */
function build({ name, symbol, formula, numbers, left }) {
  const body = document.createElement("tbody");
  for (const [index, line] of numbers.entries()) {
    const row = body.insertRow();
    if (!index) row.append(heading(name, symbol, formula, numbers.length));
    for (const number of line) {
      const cell = row.insertCell();
      const button = document.createElement("span");
      Object.assign(button, { className: "cell", tabIndex: 0 });
      button.setAttribute("role", "button");
      button.dataset.of = number;
      cell.append(button);
    }
    if (left > 0) row.insertCell().textContent = index ? "" : "…";
  }
  return body;
}

/** @param {string} name @param {string} symbol @param {string} formula @param {number} rows */
function heading(name, symbol, formula, rows) {
  const cell = document.createElement("th");
  const [letters, rule] = [document.createElement("span"), document.createElement("small")];
  cell.scope = "rowgroup";
  cell.rowSpan = rows;
  letters.className = `math ${symbol}`;
  rule.className = "math";
  letters.textContent = name;
  rule.textContent = formula;
  cell.append(letters, " ", rule);
  return cell;
}

/**
 * Scroll the table's own box, and never the page, until a gradient stands in it.
 * @param {HTMLTableElement} table
 * @param {HTMLElement} body
 */
function bringInSight(table, body) {
  const box = table.parentElement;
  if (!box) return;
  const [own, place] = [body.getBoundingClientRect(), box.getBoundingClientRect()];
  if (own.bottom > place.bottom) box.scrollTop += own.bottom - place.bottom;
  else if (own.top < place.top) box.scrollTop -= place.top - own.top;
}

/** @param {HTMLTableElement} table @param {Model} model */
function fill(table, model) {
  const cells = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("[data-of]")]);
  const values = cells.map(({ dataset }) => model.value(dataset.of ?? ""));
  const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)));
  for (const [index, cell] of cells.entries()) {
    const number = cell.dataset.of ?? "";
    const isKnown = model.isKnown(number);
    const text = isKnown ? model.text(number) : "·";
    cell.dataset.tone = isKnown ? toneOf(values[index], largest) : "o";
    cell.classList.toggle("long", text.length > 7);
    cell.classList.toggle("nothing", isKnown && values[index] === 0);
    if (isKnown) cell.dataset.number = number;
    else delete cell.dataset.number;
    cell.setAttribute("aria-label", `${model.name(number).text}${isKnown ? ` = ${text}` : ", not yet computed"}`);
    if (cell.textContent !== text) cell.textContent = text;
  }
}
