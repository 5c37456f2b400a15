import { exact, number as rounded } from "../../base/format.js";
import { nameOf, readAt } from "../../base/number_names.js";

const SHORT = 3; // significant digits where many numbers stand side by side
const LONG = 4; // of them on demand; the reason of a number tells all its digits

/**
 * What a table of numbers needs to know of the answer that it shows.
 * @typedef {{answer: any, digits: number, network: {layers: number}}} Shown `digits` beyond the short ones
 */

/** How many digits a crowded cell has. @param {boolean} precise */
export const cellDigits = (precise) => (precise ? LONG : SHORT);

/**
 * A number as its cell shows it; one that left the finite range is infinite.
 * @param {number|null|undefined} value
 * @param {number} digits
 */
export const cellText = (value, digits) => {
  if (value === null || value === undefined) return "∞";
  if (Number.isInteger(value) && Math.abs(value) < 1e5) return exact(value);
  // below 1 the zero in front takes the room of a digit, below 0.1 two of them do
  const zeros = Math.abs(value) < 0.1 ? 2 : Math.abs(value) < 1 ? 1 : 0;
  return rounded(value, Math.max(1, digits - zeros));
};

/** An empty cell for a number, to be reached by the arrow keys. @param {string} number @param {string} symbol */
export function numberCell(number, symbol) {
  const cell = document.createElement("td");
  cell.className = symbol;
  cell.dataset.number = number;
  cell.setAttribute("role", "button");
  cell.append(document.createElement("span"));
  return cell;
}

/**
 * Write a cell's number, and its name for those who cannot see where it stands.
 * @param {HTMLElement} cell
 * @param {Shown} shown
 */
export function fillCell(cell, { answer, digits, network }) {
  const number = cell.dataset.number ?? "";
  const value = readAt(answer, number);
  const text = cellText(value, digits);
  const place = /** @type {HTMLElement} */ (cell.firstElementChild);
  if (place.textContent !== text) place.textContent = text;
  const { text: name } = nameOf(number, network);
  cell.setAttribute("aria-label", `${name} = ${value === null ? "infinite" : text}`);
  cell.classList.toggle("nothing", value === 0);
  return value;
}

/**
 * The shade of a number among others: its sign, and its share of the largest.
 * @param {HTMLElement} cell
 * @param {number|null|undefined} value
 * @param {number} largest
 */
export function shade(cell, value, largest) {
  const share = value === null || value === undefined || !largest ? 0 : Math.min(1, Math.abs(value) / largest);
  cell.dataset.sign = value ? (value < 0 ? "minus" : "plus") : "none";
  cell.style.setProperty("--share", share.toFixed(3));
}

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
});

/**
 * Arrow keys go from number to number of a table; the tab key comes to one of them.
 * @param {HTMLElement} place that holds tables side by side
 */
export function walkByArrows(place) {
  const cellsOf = (/** @type {HTMLTableRowElement} */ row) =>
    /** @type {HTMLElement[]} */ ([...row.querySelectorAll("td[data-number]")]);
  place.addEventListener("keydown", (event) => {
    const cell = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("td[data-number]"));
    const way = ARROWS[event.key];
    if (event.key === "Escape") cell?.blur();
    const row = cell?.closest("tr");
    if (!cell || !way || !row) return;
    event.preventDefault();
    const all = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("td[data-number]")]);
    const next = way[0] ? above(cell, row, way[0]) : all[all.indexOf(cell) + way[1]];
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  /**
   * The number straight above or below.
   * @param {HTMLElement} cell
   * @param {HTMLTableRowElement} row
   * @param {number} by
   */
  function above(cell, row, by) {
    const table = /** @type {HTMLTableElement} */ (row.closest("table"));
    const next = table.rows[row.rowIndex + by];
    const { left, right } = cell.getBoundingClientRect();
    const middle = (left + right) / 2;
    return next && cellsOf(next).find((one) => one.getBoundingClientRect().right > middle);
  }
  return () => {
    const cells = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("td[data-number]")]);
    const reached = cells.find((cell) => cell.tabIndex === 0) ?? cells[0];
    for (const cell of cells) cell.tabIndex = cell === reached ? 0 : -1;
  };
}
