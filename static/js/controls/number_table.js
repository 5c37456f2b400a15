/**
 * @typedef {string|[name: string, symbol: string]} Column a name, and the symbol whose color it has; an empty one heads
 *   the names of the rows
 */

/**
 * A table of numbers with its head, and a body that has no rows yet.
 * @param {Column[]} columns @param {string} [kind] a further class
 */
export function numberTable(columns, kind = "") {
  const table = document.createElement("table");
  table.className = `numbers ${kind}`.trim();
  const head = table.createTHead().insertRow();
  for (const [text, symbol] of columns.map((column) => [column].flat())) {
    if (text)
      head.append(
        Object.assign(document.createElement("th"), { scope: "col", className: symbol ?? "", textContent: text }),
      );
    else head.insertCell();
  }
  return { table, body: table.createTBody() };
}

/** Append a row. @param {HTMLTableSectionElement} body @param {string[]} texts */
export function addRow(body, texts) {
  const line = body.insertRow();
  for (const text of texts) line.insertCell().textContent = text;
  return line;
}
