import { exact } from "../base/format.js";
import { tidy } from "../base/scales.js";
import { listenToDragging, listenToTyping } from "./cell_input.js";
import { toneOf } from "./matrix.js";

/** @typedef {import("./cell_input.js").Cell} Cell */

/**
 * A matrix of numbers between brackets, its shape below. With `onInput` they can be typed, turned with the arrow keys
 * and dragged sideways; a text that is no number stays in its cell, is answered in words, and changes nothing.
 * @param {HTMLElement} place
 * @param {{label: string, symbol: string, step?: number, limits?: import("./cell_input.js").Limits, note?:
 *   HTMLElement, onInput?: (row: number, column: number, value: number) => void}} parts
 *   `symbol` is the class that colors its numbers; `note` is where faults are told, if not below the matrix
 */
export function createCells(place, { label, symbol, step = 0.1, limits, note, onInput }) {
  const table = document.createElement("table");
  const shape = document.createElement("span");
  const fault = note ?? refusal();
  shape.className = "shape";
  table.className = symbol;
  place.classList.add("cells");
  place.setAttribute("role", "group");
  place.append(table, shape, ...(note ? [] : [fault]));
  /** @type {Cell[][]} */
  let shown = [];
  /** @type {HTMLElement|null} the cell whose fault is told */
  let wrong = null;

  const placeOf = (/** @type {HTMLElement} */ cell) => (cell.dataset.cell ?? "").split(" ").map(Number);
  const cellOf = (/** @type {EventTarget|null} */ target) =>
    /** @type {HTMLInputElement|null} */ (/** @type {Element|null} */ (target)?.closest("[data-cell]"));

  /** @param {HTMLInputElement} cell @param {string|null} message */
  const refuse = (cell, message) => {
    if (message) cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    cell.title = message ?? "";
    if (!message && wrong !== cell) return;
    wrong = message ? cell : null;
    if (fault.textContent !== (message ?? "")) fault.textContent = message ?? "";
    fault.hidden = !message;
  };
  /** @param {HTMLInputElement} cell @param {number} value */
  const use = (cell, value) => {
    const [row, column] = placeOf(cell);
    refuse(cell, null);
    shown[row][column] = { ...shown[row][column], value };
    onInput?.(row, column, value);
  };
  /** @param {HTMLInputElement} cell @param {number} from @param {number} steps */
  const turn = (cell, from, steps) => {
    const { low, high } = limits ?? { low: -Infinity, high: Infinity };
    const value = Math.min(high, Math.max(low, tidy(from + steps * step)));
    delete cell.dataset.typing;
    cell.value = exact(value);
    use(cell, value);
  };
  if (onInput) {
    listenToTyping(table, { cellOf, placeOf, shownAt: (row, column) => shown[row][column], limits, refuse, use, turn });
    listenToDragging(table, {
      cellOf,
      valueOf: (cell) => Number(shown[placeOf(cell)[0]][placeOf(cell)[1]].value),
      turn,
    });
  } else listenToArrows(table, cellOf, placeOf);

  /** @param {Cell[][]} cells */
  return (cells) => {
    if (cells.length !== shown.length || cells[0]?.length !== shown[0]?.length) {
      table.replaceChildren(body(cells, Boolean(onInput)));
      shape.textContent = `${cells.length}×${cells[0]?.length ?? 0}`;
      place.setAttribute("aria-label", `${label}, ${shape.textContent}`);
    }
    shown = cells;
    const largest = Math.max(...cells.flat().map(({ value }) => Math.abs(value ?? 0)));
    for (const cell of table.querySelectorAll("[data-cell]")) {
      const [row, column] = placeOf(/** @type {HTMLElement} */ (cell));
      fill(/** @type {HTMLElement} */ (cell), cells[row][column], largest);
    }
  };
}

/** Where faults are told. */
function refusal() {
  const line = document.createElement("p");
  line.className = "refusal";
  line.setAttribute("role", "alert");
  line.hidden = true;
  return line;
}

/** @param {Cell[][]} cells @param {boolean} editable */
function body(cells, editable) {
  const rows = document.createElement("tbody");
  for (const [row, line] of cells.entries()) {
    const tableRow = rows.insertRow();
    for (const column of line.keys()) tableRow.insertCell().append(editable ? field(row, column) : plain(row, column));
  }
  return rows;
}

/** @param {number} row @param {number} column */
function field(row, column) {
  const input = document.createElement("input");
  Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
  input.className = "cell";
  input.dataset.cell = `${row} ${column}`;
  return input;
}

/** @param {number} row @param {number} column */
function plain(row, column) {
  const cell = document.createElement("span");
  cell.className = "cell";
  cell.dataset.cell = `${row} ${column}`;
  cell.setAttribute("role", "button");
  cell.tabIndex = row || column ? -1 : 0;
  return cell;
}

/** @param {HTMLElement} cell @param {Cell} content @param {number} largest */
function fill(cell, { number, name, value, text }, largest) {
  const written = text ?? (value === null ? "∞" : exact(value));
  cell.dataset.number = number;
  cell.dataset.tone = toneOf(value, largest);
  if (cell instanceof HTMLInputElement) {
    cell.setAttribute("aria-label", name);
    if (cell.dataset.typing === undefined && cell.value !== written) cell.value = written;
    return;
  }
  cell.setAttribute("aria-label", `${name} = ${written}`);
  if (cell.textContent !== written) cell.textContent = written;
}

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
});

/**
 * @param {HTMLTableElement} table
 * @param {(target: EventTarget|null) => HTMLElement|null} cellOf
 * @param {(cell: HTMLElement) => number[]} placeOf
 */
function listenToArrows(table, cellOf, placeOf) {
  table.addEventListener("keydown", (event) => {
    const [cell, way] = [cellOf(event.target), ARROWS[event.key]];
    if (!cell || !way) return;
    event.preventDefault();
    event.stopPropagation();
    const [row, column] = placeOf(cell);
    const next = table.querySelector(`[data-cell="${row + way[0]} ${column + way[1]}"]`);
    if (!(next instanceof HTMLElement)) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
