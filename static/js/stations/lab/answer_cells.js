import { blank, cellsOf, isFull, resultOf, SIGNS, standing } from "./model.js";
import { named } from "./symbols.js";
import { statusOf } from "./status.js";
import { trimmed } from "../../base/format.js";

/** @typedef {import("./model.js").Field} Field */
/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Store} Store */

const LONGEST = 40;

/**
 * A field to fill: its name, the size that one chooses, brackets around cells, and how it stands.
 * @param {Store} store @param {Field} field
 * @param {(field: string) => void} onCheck what Enter does in a field that is full
 */
export function createAnswerCells(store, field, onCheck) {
  const box = document.createElement("div");
  const head = document.createElement("span");
  const table = document.createElement("table");
  const status = document.createElement("span");
  const size = createSize(field, (rows, columns) => resize(store, field, rows, columns));
  box.className = `fieldbox cells${isOneNumber(field) ? " one" : ""}`;
  box.dataset.field = field.name;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `${field.label}, to fill`);
  head.className = "nm";
  head.append(named(field.label, field.symbol), ...(isOneNumber(field) ? [] : [size.element]));
  status.className = "status";
  status.id = `status-${field.name}`;
  box.append(head, table, status);
  table.addEventListener("input", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const [row, column] = placeOf(input);
    const cells = cellsOf(store.get(), field).map((each) => [...each]);
    cells[row][column] = input.value;
    store.set({ typed: { ...store.get().typed, [field.name]: cells } });
  });
  box.addEventListener("focusin", () => store.set({ field: field.name, exercise: field.exercise }));
  table.addEventListener("focusin", (event) => /** @type {HTMLInputElement} */ (event.target).select?.());
  table.addEventListener("keydown", (event) => onKey(event, store, field, onCheck));

  let shape = "";
  return {
    element: box,
    /** @param {State} state */
    show(state) {
      const cells =
        state.shown[field.name]?.map((row) => row.map((value) => trimmed(value, 12))) ?? cellsOf(state, field);
      const form = `${cells.length} ${cells[0].length}`;
      if (form !== shape) build(table, cells, field);
      shape = form;
      size.show(cells);
      mark(box, table, cells, state, field);
      statusOf(status, state, field);
    },
  };
}

/** @param {Field} field */
const isOneNumber = ({ shape: [rows, columns] }) => rows * columns === 1;

/** @param {HTMLInputElement} input @returns {[number, number]} */
const placeOf = (input) => {
  const [row, column] = (input.dataset.cell ?? "0 0").split(" ").map(Number);
  return [row, column];
};

/** @param {HTMLTableElement} table @param {string[][]} cells @param {Field} field */
function build(table, cells, field) {
  const held = table.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const at = held?.dataset.cell;
  table.replaceChildren(
    ...cells.map((row, i) => {
      const line = document.createElement("tr");
      line.append(
        ...row.map((_, j) => {
          const cell = document.createElement("td");
          const input = document.createElement("input");
          Object.assign(input, {
            type: "text",
            className: "cell",
            inputMode: "text",
            autocomplete: "off",
            maxLength: LONGEST,
          });
          input.spellcheck = false;
          input.dataset.cell = `${i} ${j}`;
          input.setAttribute(
            "aria-label",
            isOneNumber(field) ? field.label : `${field.label}, row ${i + 1}, column ${j + 1}`,
          );
          input.setAttribute("aria-describedby", `status-${field.name}`);
          cell.append(input);
          return cell;
        }),
      );
      return line;
    }),
  );
  if (at) /** @type {HTMLElement|null} */ (table.querySelector(`[data-cell="${at}"]`))?.focus();
}

/**
 * @param {HTMLElement} box @param {HTMLTableElement} table @param {string[][]} cells @param {State} state
 * @param {Field} field
 */
function mark(box, table, cells, state, field) {
  const stands = standing(state, field);
  const result = resultOf(state, field);
  const wrong = new Set((result?.wrong_cells ?? []).map((/** @type {number[]} */ cell) => cell.join(" ")));
  const faults = new Map(
    (result?.faults ?? []).map((/** @type {any} */ fault) => [fault.cell.join(" "), fault.message]),
  );
  const longest = Math.max(...cells.flat().map((cell) => cell.length), 1);
  box.dataset.stands = stands;
  box.classList.toggle("here", state.field === field.name);
  box.classList.toggle("lit", fieldOf(state)?.inputs.includes(field.name) ?? false);
  box.classList.toggle("badsize", Boolean(result && result.state === "wrong" && result.read && !sameShape(result)));
  box.style.setProperty("--letters", String(Math.min(Math.max(longest, 3), 8)));
  for (const input of table.querySelectorAll("input")) {
    const [row, column] = placeOf(input);
    const place = `${row} ${column}`;
    const isBad = wrong.has(place) || faults.has(place);
    if (input.value !== cells[row][column]) input.value = cells[row][column];
    input.readOnly = stands === "shown";
    input.title = faults.get(place) ?? "";
    const cell = /** @type {HTMLElement} */ (input.parentElement);
    cell.className = wrong.has(place) ? "bad" : faults.has(place) ? "unread" : "";
    if (isBad) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

/** @param {State} state */
const fieldOf = (state) => state.exercises.flatMap((each) => each.fields).find(({ name }) => name === state.field);

/** @param {any} result */
const sameShape = ({ read, expected_shape: [rows, columns] }) => read.length === rows && read[0]?.length === columns;

/**
 * Enter goes to the next empty cell, and checks where there is none; arrows go to the cell beside.
 * @param {KeyboardEvent} event @param {Store} store @param {Field} field @param {(field: string) => void} onCheck
 */
function onKey(event, store, field, onCheck) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const cells = cellsOf(store.get(), field);
  const [row, column] = placeOf(input);
  const go = (/** @type {number} */ i, /** @type {number} */ j) => {
    const next = /** @type {HTMLInputElement|null} */ (
      input.closest("table")?.querySelector(`[data-cell="${i} ${j}"]`) ?? null
    );
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const [start, end] = [input.selectionStart === 0, input.selectionEnd === input.value.length];
  if (event.key === "ArrowUp") go(row - 1, column);
  else if (event.key === "ArrowDown") go(row + 1, column);
  else if (event.key === "ArrowLeft" && start) go(row, column - 1);
  else if (event.key === "ArrowRight" && end) go(row, column + 1);
  else if (event.key === "Enter") {
    event.preventDefault();
    const flat = cells.flat();
    const width = cells[0].length;
    const order = [...flat.keys()].map((index) => (row * width + column + 1 + index) % flat.length);
    const empty = order.find((index) => !flat[index].trim());
    if (isFull(cells) || empty === undefined || empty === row * width + column) onCheck(field.name);
    else go(Math.floor(empty / width), empty % width);
  }
}

/**
 * Another size keeps what was typed, cell by cell in reading order.
 * @param {Store} store @param {Field} field @param {number} rows @param {number} columns
 */
function resize(store, field, rows, columns) {
  const flat = cellsOf(store.get(), field).flat();
  const cells = blank([rows, columns]).map((row, i) => row.map((_, j) => flat[i * columns + j] ?? ""));
  store.set({ typed: { ...store.get().typed, [field.name]: cells } });
}

/** The sizes that one may choose: the right one among those of usual mistakes. @param {Field} field */
function sizesOf({ shape: [rows, columns] }) {
  const most = Math.max(rows, columns);
  const sizes = [
    [rows, columns],
    [columns, rows],
    [1, rows * columns],
    [1, most],
    [most, 1],
    [most, most],
    [1, 1],
  ];
  const texts = [...new Set(sizes.map(([r, c]) => `${r}×${c}`))];
  return texts.sort((a, b) => a.localeCompare(b));
}

/** @param {Field} field @param {(rows: number, columns: number) => void} onChoose */
function createSize(field, onChoose) {
  const element = document.createElement("select");
  element.className = "size";
  element.setAttribute("aria-label", `Size of ${field.label}: rows × columns`);
  element.title = "The size is yours to choose";
  element.append(...sizesOf(field).map((text) => new Option(text, text)));
  element.addEventListener("change", () => {
    const [rows, columns] = element.value.split("×").map(Number);
    onChoose(rows, columns);
  });
  return {
    element,
    /** @param {string[][]} cells */
    show(cells) {
      const text = `${cells.length}×${cells[0].length}`;
      if (![...element.options].some((option) => option.value === text)) element.append(new Option(text, text));
      if (element.value !== text) element.value = text;
    },
  };
}

/** The sign of a field in the row of all fields. @param {State} state @param {Field} field */
export const signOf = (state, field) => SIGNS[standing(state, field)];
