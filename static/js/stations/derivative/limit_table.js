import { exact, number } from "../../base/format.js";
import { addRow, numberTable } from "../../controls/number_table.js";

/** @typedef {{delta: number, slope: number|null, error: number|null}} Row */

/**
 * Δx against the slope of the secant and its error; the row of the Δx shown is marked, or the one next to it.
 * @param {HTMLElement} place
 */
export function createLimitTable(place) {
  let shown = "";
  /** @param {Row[]} rows @param {number} delta @param {number} digits @param {string} step the name of Δx */
  return (rows, delta, digits, step) => {
    const key = JSON.stringify([rows, digits, step]);
    if (key !== shown) place.replaceChildren(tableOf(rows, digits, step));
    shown = key;
    const nearest = nearestRow(rows, delta);
    for (const [index, line] of [...place.querySelectorAll("tbody tr")].entries()) {
      const now = index === nearest;
      if (now && !line.classList.contains("now")) bringInto(place, /** @type {HTMLElement} */ (line));
      line.classList.toggle("now", now);
      line.classList.toggle("beside", now && rows[index].delta !== delta);
    }
  };
}

/** @param {Row[]} rows @param {number} digits @param {string} step */
function tableOf(rows, digits, step) {
  const { table, body } = numberTable([step, "slope", "error"]);
  const best = Math.min(...rows.map((row) => (row.error ? Math.abs(row.error) : Infinity)));
  let past = false;
  for (const row of rows) {
    const line = addRow(body, [exact(row.delta), number(row.slope, digits), number(row.error, 2)]);
    // below the best row the error grows again: round-off
    line.classList.toggle("noise", past && row.error !== null && Math.abs(row.error) > best);
    past ||= row.error !== null && Math.abs(row.error) === best;
  }
  if (body.querySelector(".noise"))
    table.tHead?.rows[0].cells[2].append(
      Object.assign(document.createElement("small"), { textContent: " ↑ round-off" }),
    );
  return table;
}

/** Scrolls the table alone, never the page around it. @param {HTMLElement} place @param {HTMLElement} line */
function bringInto(place, line) {
  const [box, row] = [place.getBoundingClientRect(), line.getBoundingClientRect()];
  if (row.top < box.top + row.height) place.scrollTop -= box.top + row.height - row.top;
  else if (row.bottom > box.bottom) place.scrollTop += row.bottom - box.bottom;
}

/** @param {Row[]} rows @param {number} delta */
function nearestRow(rows, delta) {
  const away = rows.map((row) => (row.delta * delta > 0 ? Math.abs(Math.log10(row.delta / delta)) : Infinity));
  return away.indexOf(Math.min(...away));
}
