import { exact, number, trimmed } from "../../base/format.js";
import { addRow, numberTable } from "../../controls/number_table.js";

/** @typedef {{error: number, squared: number|null, absolute: number|null}} Row */

/**
 * How the penalty grows with the error, each beside how many times the first one it is; the row of the error shown is
 * marked.
 * @param {HTMLElement} place
 */
export function createGrowthTable(place) {
  let shown = "";
  /** @param {Row[]} rows @param {number} size of the error shown @param {number} digits */
  return (rows, size, digits) => {
    const key = JSON.stringify([rows, digits]);
    if (key !== shown) place.replaceChildren(tableOf(rows, digits));
    shown = key;
    for (const [index, line] of [...place.querySelectorAll("tbody tr")].entries())
      line.classList.toggle("now", Math.abs(rows[index].error - size) < 1e-9);
  };
}

/** @param {Row[]} rows @param {number} digits */
function tableOf(rows, digits) {
  /** @type {("squared"|"absolute")[]} */
  const columns = rows.some((row) => row.absolute !== null) ? ["squared", "absolute"] : ["squared"];
  const { table, body } = numberTable(["error", ...columns], "growth");
  for (const row of rows) {
    const line = addRow(body, [exact(row.error)]);
    for (const column of columns) {
      const [value, first] = [row[column], rows[0][column]];
      const times = document.createElement("small");
      times.textContent = value !== null && first ? ` ×${trimmed(value / first, digits)}` : "";
      const cell = line.insertCell();
      cell.append(value === null ? number(null) : trimmed(value, digits), times);
    }
  }
  return table;
}
