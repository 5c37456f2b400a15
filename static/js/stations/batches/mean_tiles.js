import { readAt } from "../../base/number_names.js";
import { cellDigits, fillCell, numberCell, shade, walkByArrows } from "./number_cells.js";
import { isMean, rowsInSum, shownEntry } from "./rows_state.js";

/** @typedef {import("./rows_state.js").State} State */

const CROWDED = 5; // tiles from which their numbers have a digit less
const WIDE = 12; // columns of all tiles from which there is no room for more digits
const FEWEST = 2;

/**
 * The gradient as it comes about: one outer product a row, added, and divided by m.
 * @param {HTMLElement} place
 */
export function createMeanTiles(place) {
  let built = "";
  const reach = walkByArrows(place);

  /** @param {State} state */
  return (state) => {
    const { seen, layer } = state;
    if (!seen) return;
    const key = `${layer} ${seen.answer.batch_size}`;
    if (key !== built) build(place, seen.answer, layer);
    if (key !== built) reach();
    built = key;
    name(place, state);
    fill(place, state);
  };
}

/** @param {HTMLElement} place @param {any} answer @param {number} layer */
function build(place, answer, layer) {
  const { weights } = answer.row_gradients[layer];
  const rows = weights.length;
  const [units, inputs] = [weights[0].length, weights[0][0].length];
  const sum = box("paren");
  for (let row = 0; row < rows; row += 1) {
    if (row) sum.append(sign("+"));
    const tile = matrix(units, inputs, (i, j) => `row_gradients[${layer}].weights[${row}][${i}][${j}]`);
    tile.dataset.tile = String(row);
    heading(tile, `row ${row + 1} `, layer ? "δᵀh" : "δᵀx", "");
    sum.append(tile);
  }
  const whole = matrix(units, inputs, () => "");
  whole.classList.add("whole");
  heading(whole, "", "", `${units}×${inputs}`);
  place.replaceChildren(sum, box("by", `÷ ${rows}`), sign("="), whole);
  place.style.setProperty("--columns", String(inputs));
  place.style.setProperty("--rows", String(rows));
}

/** @param {string} kind @param {string} [text] */
const box = (kind, text = "") => Object.assign(document.createElement("div"), { className: kind, textContent: text });

/** @param {string} text */
const sign = (text) => Object.assign(document.createElement("span"), { className: "sign", textContent: text });

/** @param {number} units @param {number} inputs @param {(i: number, j: number) => string} numberAt */
function matrix(units, inputs, numberAt) {
  const tile = box("tile");
  const table = document.createElement("table");
  for (let i = 0; i < units; i += 1) {
    const line = table.insertRow();
    for (let j = 0; j < inputs; j += 1) line.append(numberCell(numberAt(i, j), ""));
  }
  tile.append(table);
  return tile;
}

/** @param {HTMLElement} tile @param {string} words @param {string} formula @param {string} shape */
function heading(tile, words, formula, shape) {
  const head = Object.assign(document.createElement("p"), { className: "tile-name" });
  head.append(
    words,
    Object.assign(document.createElement("span"), { className: "math product", textContent: formula }),
    Object.assign(document.createElement("span"), { className: "shape", textContent: shape && ` ${shape}` }),
  );
  tile.prepend(head);
}

/** Says what the matrix at the right is. @param {HTMLElement} place @param {State} state */
function name(place, state) {
  const { m, layer, added, forget, precise } = state;
  const gradient = `∂L/∂W${layer ? "⁽²⁾" : "⁽¹⁾"}`;
  const title = place.querySelector(".whole .product");
  const text = added !== null ? `sum of ${added}` : forget ? `m · ${gradient}` : gradient;
  if (title && title.textContent !== text) title.textContent = text;
  const by = /** @type {HTMLElement} */ (place.querySelector(".by"));
  by.classList.toggle("gone", forget);
  by.classList.toggle("unseen-yet", added !== null);
  place.classList.toggle("crowded", m >= CROWDED);
  place.classList.toggle("precise", precise);
}

/** @param {HTMLElement} place @param {State} state */
function fill(place, state) {
  const { layer, row, added, precise } = state;
  const { answer } = /** @type {import("./rows_state.js").Seen} */ (state.seen);
  const network = { layers: answer.layers.length };
  const rows = /** @type {number[][][]} */ (answer.row_gradients[layer].weights);
  const largest = Math.max(...rows.flat(2).map(Math.abs));
  const columns = rows[0][0].length;
  const digits = rows.length * columns > WIDE ? FEWEST : cellDigits(precise) - (rows.length >= CROWDED ? 1 : 0);
  for (const tile of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-tile]"))) {
    const index = Number(tile.dataset.tile);
    tile.classList.toggle("on", index === row);
    tile.classList.toggle("later", added !== null && index >= added);
    for (const cell of /** @type {NodeListOf<HTMLElement>} */ (tile.querySelectorAll("td[data-number]")))
      shade(cell, fillCell(cell, { answer, digits, network }), largest);
  }
  const whole = /** @type {HTMLElement} */ (place.querySelector(".whole"));
  const cells = /** @type {HTMLElement[]} */ ([...whole.querySelectorAll("td[data-number]")]);
  for (const [index, cell] of cells.entries())
    cell.dataset.number = shownEntry(state, Math.floor(index / columns), index % columns);
  const values = cells.map((cell) => readAt(answer, cell.dataset.number ?? "") ?? null);
  const most = Math.max(...values.map((value) => Math.abs(value ?? 0)));
  for (const [index, cell] of cells.entries()) {
    fillCell(cell, { answer, digits: digits + 1, network });
    shade(cell, values[index], most);
  }
  whole.classList.toggle("sum", !isMean(state));
  place.dataset.rows = String(rowsInSum(state));
}
