import { exact, number, trimmed } from "../format.js";

/** @typedef {{error: number, squared: number|null, absolute: number|null}} Row */

/**
 * How the penalty grows with the error, each beside how many times the first one it is; the row of the error shown is marked.
 * @param {HTMLElement} place
 */
export function createGrowthTable(place) {
  let shown = "";
  /** @param {Row[]} rows @param {number} size of the error shown @param {number} digits */
  return (rows, size, digits) => {
    const key = JSON.stringify([rows, digits]);
    if (key !== shown) place.replaceChildren(tableOf(rows, digits));
    shown = key;
    for (const [index, line] of [...place.querySelectorAll("tbody tr")].entries()) line.classList.toggle("now", Math.abs(rows[index].error - size) < 1e-9);
  };
}

/** @param {Row[]} rows @param {number} digits */
function tableOf(rows, digits) {
  const table = document.createElement("table");
  table.className = "limit growth";
  /** @type {("squared"|"absolute")[]} */
  const columns = rows.some((row) => row.absolute !== null) ? ["squared", "absolute"] : ["squared"];
  const head = table.createTHead().insertRow();
  for (const title of ["error", ...columns]) head.append(Object.assign(document.createElement("th"), { scope: "col", textContent: title }));
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    line.insertCell().textContent = exact(row.error);
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
