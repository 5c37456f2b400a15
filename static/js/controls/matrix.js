/** @typedef {{row: number|null, column: number|null}} Asked an entry, a row or a column */
/**
 * @typedef {{text: string, label: string, tone: string, formula?: () => Element, key?: string}} Entry `formula` stands
 *   above the number; `key` changes when it does
 */
/** @typedef {[text: string, symbol: string][]} Name of a row or a column, piece by piece in the color of its symbol */

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
});

/**
 * A matrix as a table between brackets, with names for its rows and columns and its shape below; arrow keys go from
 * entry to entry.
 * @param {HTMLElement} place @param {{label: string, onAsk: (asked: Asked|null) => void}} parts `onAsk` hears which
 *   entry, row or column is pointed at or has the focus
 */
export function createMatrix(place, { label, onAsk }) {
  const table = document.createElement("table");
  const shape = document.createElement("span");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", label);
  shape.className = "shape";
  place.classList.add("matrix");
  place.append(table, shape);
  let built = "";
  const cellAt = (/** @type {number} */ row, /** @type {number} */ column) =>
    /** @type {HTMLTableCellElement|undefined} */ (table.rows[row]?.cells[column]);

  const ask = (/** @type {EventTarget|null} */ target) => {
    const cell = /** @type {Element|null} */ (target)?.closest("td, th");
    if (!(cell instanceof HTMLTableCellElement) || !cell.dataset.cell) return;
    const [row, column] = cell.dataset.cell.split(" ").map(Number);
    onAsk({ row: row ? row - 1 : null, column: column ? column - 1 : null });
  };
  const leave = () => (table.contains(document.activeElement) ? ask(document.activeElement) : onAsk(null));
  table.addEventListener("pointerover", (event) => ask(event.target));
  table.addEventListener("pointerleave", leave);
  table.addEventListener("focusin", (event) => ask(event.target));
  table.addEventListener("focusout", () => onAsk(null));
  table.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    const cell = /** @type {Element} */ (event.target).closest("td, th");
    if (event.key === "Escape") /** @type {HTMLElement|null} */ (document.activeElement)?.blur();
    if (!step || !(cell instanceof HTMLTableCellElement) || !cell.dataset.cell) return;
    const [row, column] = cell.dataset.cell.split(" ").map(Number);
    const next = cellAt(row + step[0], column + step[1]);
    event.preventDefault();
    event.stopPropagation();
    if (!next?.dataset.cell) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  /** @param {{rows: Name[], columns: Name[], entries: Entry[][], key: string}} next `key` changes with the names */
  const build = ({ rows, columns, entries }) => {
    const head = table.createTHead();
    head.replaceChildren();
    head
      .insertRow()
      .append(document.createElement("td"), ...columns.map((column, index) => header(column, `0 ${index + 1}`, "col")));
    const body = table.tBodies[0] ?? table.createTBody();
    body.replaceChildren();
    for (const [row, line] of entries.entries()) {
      const cells = line.map((_, column) =>
        entryCell(`${row + 1} ${column + 1}`, column === 0, column === line.length - 1, row === 0 && column === 0),
      );
      body.insertRow().append(header(rows[row], `${row + 1} 0`, "row"), ...cells);
    }
    shape.textContent = `${entries.length}×${columns.length}`;
  };
  /** @param {{rows: Name[], columns: Name[], entries: Entry[][], key: string, asked: Asked|null}} next */
  return (next) => {
    const key = `${next.key} ${next.entries.length}×${next.columns.length}`;
    if (key !== built) build(next);
    built = key;
    for (const [row, line] of next.entries.entries()) {
      for (const [column, entry] of line.entries())
        fill(/** @type {HTMLElement} */ (cellAt(row + 1, column + 1)), entry);
    }
    for (const cell of table.querySelectorAll("[data-cell]")) light(/** @type {HTMLElement} */ (cell), next.asked);
  };
}

/** @param {Name} name @param {string} place @param {string} scope */
function header(name, place, scope) {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.dataset.cell = place;
  cell.tabIndex = -1;
  cell.className = "math";
  cell.append(
    ...name.map(([text, symbol]) =>
      Object.assign(document.createElement("span"), { textContent: text, className: symbol }),
    ),
  );
  return cell;
}

/**
 * @param {string} place @param {boolean} first @param {boolean} last
 * @param {boolean} reached the one that the tab key comes to
 */
function entryCell(place, first, last, reached) {
  const cell = document.createElement("td");
  cell.dataset.cell = place;
  cell.tabIndex = reached ? 0 : -1;
  cell.classList.toggle("begins", first);
  cell.classList.toggle("ends", last);
  const [formula, value] = [document.createElement("span"), document.createElement("span")];
  formula.className = "entry-formula";
  value.className = "entry-value";
  cell.append(formula, value);
  return cell;
}

/** @param {HTMLElement} cell @param {Entry} entry */
function fill(cell, { text, label, tone, formula, key = "" }) {
  const [above, value] = /** @type {HTMLElement[]} */ ([...cell.children]);
  if (value.textContent !== text) value.textContent = text;
  if (above.dataset.key !== key) above.replaceChildren(...(formula ? [formula()] : []));
  above.dataset.key = key;
  above.hidden = !formula;
  cell.setAttribute("aria-label", label);
  for (const name of ["pp", "p", "o", "n", "nn"]) cell.classList.toggle(name, name === tone);
}

/** @param {HTMLElement} cell @param {Asked|null} asked */
function light(cell, asked) {
  const [row, column] = (cell.dataset.cell ?? "").split(" ").map((each) => Number(each) - 1);
  const [sameRow, sameColumn] = [asked?.row === row, asked?.column === column];
  cell.classList.toggle("ask", row >= 0 && column >= 0 && sameRow && sameColumn);
  // a header lights with its row or column; an entry lights when its whole row or column is asked about
  const head = row < 0 ? sameColumn : column < 0 ? sameRow : false;
  const whole = row >= 0 && column >= 0 && ((sameRow && asked?.column === null) || (sameColumn && asked?.row === null));
  cell.classList.toggle("lit", head || whole);
}

/**
 * The tone of a number among others on the diverging scale: deep or pale, positive or negative, or none.
 * @param {number|null} value @param {number} largest the size of the largest among them
 */
export function toneOf(value, largest) {
  if (value === null || value === 0) return "o";
  const deep = Math.abs(value) > largest / 2;
  return value > 0 ? (deep ? "pp" : "p") : deep ? "nn" : "n";
}
