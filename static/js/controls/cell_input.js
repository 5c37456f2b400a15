import { exact } from "../base/format.js";
import { readNumber } from "../base/typed_number.js";

const PULL = 7; // pixels of a drag for one step
const SLACK = 4; // pixels before a press becomes a drag
const FAR = 10; // times as far with shift

/**
 * One number of a matrix: its address in the API's answer, what it is called, and its value.
 * @typedef {{number: string, name: string, value: number|null, text?: string}} Cell `text` is how a computed number
 *   is written
 * @typedef {{low: number, high: number}} Limits a number may be equal to them
 */

/**
 * Cells that are typed into: each valid number is used as it is typed; enter leaves the field, escape takes the text
 *   back.
 * @typedef {{cellOf: (target: EventTarget|null) => HTMLInputElement|null, placeOf: (cell: HTMLElement) => number[],
 *   shownAt: (row: number, column: number) => Cell, limits?: Limits, refuse: (cell: HTMLInputElement, message:
 *   string|null) => void, use: (cell: HTMLInputElement, value: number) => void, turn: (cell: HTMLInputElement, from:
 *   number, steps: number) => void}} Typing
 * @param {HTMLElement} table @param {Typing} typing
 */
export function listenToTyping(table, { cellOf, placeOf, shownAt, limits, refuse, use, turn }) {
  const contentOf = (/** @type {HTMLElement} */ cell) => shownAt(placeOf(cell)[0], placeOf(cell)[1]);
  const restore = (/** @type {HTMLInputElement} */ cell) => {
    delete cell.dataset.typing;
    cell.value = exact(Number(contentOf(cell).value));
  };
  // what a cell held when it got the focus: what is refused leaves that, not the beginning of what was typed
  let before = 0;
  table.addEventListener("focusin", ({ target }) => {
    const cell = cellOf(target);
    if (cell) before = Number(contentOf(cell).value);
    cell?.select();
  });
  table.addEventListener("input", ({ target }) => {
    const cell = cellOf(target);
    if (!cell) return;
    cell.dataset.typing = "";
    const value = readNumber(cell.value);
    const message = faultOf(cell.value, value, { ...contentOf(cell), value: before }, limits);
    if (message && contentOf(cell).value !== before) use(cell, before);
    if (message) refuse(cell, message);
    else use(cell, Number(value));
  });
  // what was refused gives way to the last number that was not; what was wrong with it stays to be read
  table.addEventListener("focusout", ({ target }) => {
    const cell = cellOf(target);
    if (cell) restore(cell);
    cell?.removeAttribute("aria-invalid");
  });
  table.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction) {
      event.preventDefault();
      turn(cell, Number(contentOf(cell).value), direction * (event.shiftKey ? FAR : 1));
      before = Number(contentOf(cell).value);
    }
    if (event.key === "Escape") {
      restore(cell);
      refuse(cell, null);
    }
    if (event.key === "Enter" || event.key === "Escape") cell.blur();
  });
}

/**
 * What is wrong with a typed text.
 * @param {string} text
 * @param {number|null} value
 * @param {Cell} content
 * @param {Limits} [limits]
 */
function faultOf(text, value, { name, value: last }, limits) {
  const stays = `${name} stays ${exact(Number(last))}.`;
  if (!text.trim()) return `${name} is empty: type a number. ${stays}`;
  if (value === null && /^[-+−]?[\d.,]+e[+]?\d+$/i.test(text.trim())) return `${text.trim()} is too large. ${stays}`;
  if (value === null) return `“${text.trim()}” is not a number. ${stays}`;
  if (limits && value > limits.high) return `${exact(value)} is too large: at most ${exact(limits.high)}. ${stays}`;
  if (limits && value < limits.low) return `${exact(value)} is too small: at least ${exact(limits.low)}. ${stays}`;
  return null;
}

/**
 * Cells that are pulled sideways; a press without a pull gives the cell the focus.
 * @param {HTMLElement} table
 * @param {{cellOf: (target: EventTarget|null) => HTMLInputElement|null, valueOf: (cell: HTMLElement) => number,
 *   turn: (cell: HTMLInputElement, from: number, steps: number) => void}} parts
 */
export function listenToDragging(table, { cellOf, valueOf, turn }) {
  /** @type {{cell: HTMLInputElement, from: number, x: number, steps: number, moved: boolean}|null} */
  let held = null;
  table.addEventListener("pointerdown", (event) => {
    const cell = cellOf(event.target);
    // a field that has the focus is being typed into: there the pointer sets the caret
    if (!cell || event.button || cell === document.activeElement) return;
    held = { cell, from: valueOf(cell), x: event.clientX, steps: 0, moved: false };
    cell.setPointerCapture(event.pointerId);
  });
  table.addEventListener("mousedown", (event) => {
    if (held) event.preventDefault(); // no focus before it is known whether this is a press or a drag
  });
  table.addEventListener("pointermove", (event) => {
    if (!held) return;
    const way = event.clientX - held.x;
    if (!held.moved && Math.abs(way) < SLACK) return;
    held.moved = true;
    held.cell.classList.add("held");
    const steps = Math.round(way / PULL);
    if (steps === held.steps) return;
    held.steps = steps;
    turn(held.cell, held.from, steps * (event.shiftKey ? FAR : 1));
  });
  const release = (/** @type {PointerEvent} */ event) => {
    if (!held) return;
    const { cell, moved } = held;
    held = null;
    cell.classList.remove("held");
    if (!moved && event.type === "pointerup") cell.focus();
  };
  table.addEventListener("pointerup", release);
  table.addEventListener("pointercancel", release);
}
