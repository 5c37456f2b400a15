import { cellDigits, fillCell, numberCell, walkByArrows } from "./number_cells.js";
import { isMean, rowsInSum } from "./rows_state.js";

/** @typedef {import("./rows_state.js").State} State */
/**
 * A matrix whose rows are the batch's: its letter, how it is made, its numbers' address without indices.
 * @typedef {{letter: string, formula: string, symbol: string, path: string}} Group
 */

const MANY = 5; // rows from which they stand closer

const X = { letter: "X", formula: "inputs", symbol: "x", path: "inputs" };
const Y = { letter: "Y", formula: "targets", symbol: "y", path: "targets" };
const LOSSES = { letter: "ℓ", formula: "loss", symbol: "L", path: "losses" };

/**
 * The matrices of a network of two layers, from the inputs to the losses; `layer` is the one whose Δ is wanted.
 * @param {number} layer
 * @returns {Group[]}
 */
function groupsOf(layer) {
  const forward = [
    X,
    { letter: "Z⁽¹⁾", formula: "= XW⁽¹⁾ᵀ + b⁽¹⁾", symbol: "z", path: "layers[0].pre_activations" },
    { letter: "H", formula: "= max(0, Z⁽¹⁾)", symbol: "h", path: "layers[0].activations" },
    { letter: "Ŷ", formula: "= HW⁽²⁾ᵀ + b⁽²⁾", symbol: "h", path: "layers[1].activations" },
  ];
  const last = { letter: "Δ⁽²⁾", formula: "= Ŷ − Y", symbol: "delta", path: "layers[1].deltas" };
  if (layer === 1) return [...forward, Y, last, LOSSES];
  const first = { letter: "Δ⁽¹⁾", formula: "= Δ⁽²⁾W⁽²⁾ ⊙ f′", symbol: "delta", path: "layers[0].deltas" };
  return [...forward, last, first, LOSSES];
}

/**
 * The batch as a sheet: each row is a sample, each band of it goes through every matrix alone.
 * @param {HTMLTableElement} table @param {{onRow: (row: number) => void}} parts
 */
export function createBands(table, { onRow }) {
  let built = "";
  const reach = walkByArrows(table);
  table.addEventListener("click", ({ target }) => {
    const row = /** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest("[data-row]"))?.dataset.row;
    if (row !== undefined) onRow(Number(row));
  });

  /** @param {State} state */
  return (state) => {
    const { seen, layer } = state;
    if (!seen) return;
    const { answer } = seen;
    const groups = groupsOf(layer);
    const key = `${layer} ${answer.batch_size}`;
    if (key !== built) build(table, groups, answer);
    if (key !== built) reach();
    built = key;
    fillFoot(table, state);
    // without the Δ below there is room for a digit more
    const digits = cellDigits(state.precise) + (state.precise ? layer : 0);
    const network = { layers: answer.layers.length };
    for (const cell of table.querySelectorAll("td[data-number]"))
      fillCell(/** @type {HTMLElement} */ (cell), { answer, digits, network });
    for (const [row, line] of [...table.tBodies[0].rows].entries()) {
      line.classList.toggle("on", row === state.row);
      line.querySelector("button")?.setAttribute("aria-pressed", String(row === state.row));
    }
    table.classList.toggle("precise", state.precise);
    table.classList.toggle("many", answer.batch_size >= MANY);
  };
}

/** @param {any} answer @param {Group} group */
const widthOf = (answer, { path }) => {
  const [, layer, field] = /^(?:layers\[(\d)\]\.)?(\w+)$/.exec(path) ?? [];
  const rows = layer === undefined ? answer[field] : answer.layers[Number(layer)][field];
  return Array.isArray(rows[0]) ? rows[0].length : 1;
};

/** @param {HTMLTableElement} table @param {Group[]} groups @param {any} answer */
function build(table, groups, answer) {
  const rows = answer.batch_size;
  const widths = groups.map((group) => widthOf(answer, group));
  const columns = document.createElement("colgroup");
  const column = (/** @type {string} */ kind) => Object.assign(document.createElement("col"), { className: kind });
  columns.append(column("pick"));
  for (const [index, group] of groups.entries())
    columns.append(column("gap"), ...Array.from({ length: widths[index] }, () => column(`of-${group.symbol}`)));
  const [head, body, foot] = ["thead", "tbody", "tfoot"].map((name) => document.createElement(name));
  head.append(headRow(groups, widths, rows));
  for (let row = 0; row < rows; row += 1) body.append(bodyRow(groups, widths, row));
  foot.append(footRow(groups, widths));
  table.replaceChildren(columns, head, body, foot);
}

/** @param {Group[]} groups @param {number[]} widths @param {number} rows */
function headRow(groups, widths, rows) {
  const line = document.createElement("tr");
  line.append(Object.assign(document.createElement("th"), { scope: "col", textContent: "row", className: "pick" }));
  for (const [index, { letter, formula, symbol }] of groups.entries()) {
    const cell = Object.assign(document.createElement("th"), {
      scope: "colgroup",
      colSpan: widths[index],
      className: symbol,
    });
    for (const [kind, text] of [
      ["math letter", letter],
      ["shape", `${rows}×${widths[index]}`],
      ["math made", formula],
    ])
      cell.append(Object.assign(document.createElement("span"), { className: kind, textContent: text }));
    line.append(document.createElement("td"), cell);
  }
  return line;
}

/** @param {Group[]} groups @param {number[]} widths @param {number} row */
function bodyRow(groups, widths, row) {
  const line = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), { scope: "row", className: "pick" });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: String(row + 1) });
  button.dataset.row = String(row);
  button.setAttribute("aria-label", `Row ${row + 1}`);
  head.append(button);
  line.append(head);
  for (const [index, { path, symbol }] of groups.entries()) {
    line.append(document.createElement("td"));
    for (let place = 0; place < widths[index]; place += 1) {
      const cell = numberCell(path === "losses" ? `losses[${row}]` : `${path}[${row}][${place}]`, symbol);
      cell.classList.toggle("begins", place === 0);
      cell.classList.toggle("ends", place === widths[index] - 1);
      line.append(cell);
    }
  }
  return line;
}

/** Below the last Δ the gradient of b, below the losses their mean. @param {Group[]} groups @param {number[]} widths */
function footRow(groups, widths) {
  const line = document.createElement("tr");
  const own = groups.length - 2;
  const label = document.createElement("th");
  label.scope = "row";
  label.className = "told";
  label.colSpan = 1 + widths.slice(0, own).reduce((sum, width) => sum + width + 1, 0);
  line.append(label, document.createElement("td"));
  for (let place = 0; place < widths[own]; place += 1) line.append(numberCell("", "delta"));
  line.append(document.createElement("td"), numberCell("loss_before", "L"));
  return line;
}

/** @param {HTMLTableElement} table @param {State} state */
function fillFoot(table, state) {
  const { layer } = state;
  const line = table.tFoot?.rows[0];
  const label = line?.querySelector(".told");
  const rows = rowsInSum(state);
  const upper = layer ? "⁽²⁾" : "⁽¹⁾";
  const words = isMean(state) ? "mean of the rows:" : `sum of ${rows} ${rows === 1 ? "row" : "rows"} below Δ${upper}:`;
  const key = `${words}${layer}`;
  if (label instanceof HTMLElement && label.dataset.key !== key) {
    label.dataset.key = key;
    const name = (/** @type {string} */ text, /** @type {string} */ symbol) =>
      Object.assign(document.createElement("span"), { className: `math ${symbol}`, textContent: text });
    const gradient = isMean(state) ? [name(`∂L/∂b${upper}`, "grad"), ", mean of ℓ: "] : ["mean of ℓ: "];
    label.replaceChildren(`${words} `, ...gradient, name("L", "L"));
  }
  const cells = /** @type {HTMLElement[]} */ ([...(line?.querySelectorAll("td.delta") ?? [])]);
  for (const [i, cell] of cells.entries())
    cell.dataset.number = isMean(state)
      ? `layers[${layer}].bias_gradients[${i}]`
      : `row_gradients[${layer}].bias_sums[${rows - 1}][${i}]`;
}
