import { shown } from "../../base/format.js";
import { pixel, svg } from "../../drawing/svg.js";
import { chosenOf } from "./hessian_state.js";

/** @typedef {import("./hessian_state.js").State} State */
/**
 * Where the matrix stands, in pixels; `count` rows.
 * @typedef {{left: number, top: number, cell: number, count: number, size: number, right: number}} Frame
 */
/** @typedef {{value: number, factor: number, y: number, isFlat: boolean}} Row */
/** @typedef {{from: number, to: number, zero: number, unit: number, right: number}} Scale pixels; `unit` of λ = 1 */

const FLAT = 1e-9; // of the largest eigenvalue: that is none
const LINE = 0.95; // letters between two rows from which each has its numbers

/** @param {number} x @param {number} y @param {string} text @param {string} look @param {string} [anchor] */
export function words(x, y, text, look, anchor = "middle") {
  const node = svg("text", { x: pixel(x), y: pixel(y), class: look, "text-anchor": anchor });
  node.textContent = text;
  return node;
}

/**
 * The eigenvalues as bars, and what a step leaves of the error along each.
 * @param {State} state @param {Frame} frame
 */
export function spectrum(state, frame) {
  const { eigenvalues, factors } = state.answer.hessian;
  const { top, cell, size, right } = frame;
  const most = Math.max(...eigenvalues.map(Math.abs)) || 1;
  const scale = scaleOf(frame, most, Math.max(0, -Math.min(...eigenvalues)));
  const chosen = chosenOf(state);
  const rows = eigenvalues.map((/** @type {number} */ value, /** @type {number} */ k) => {
    const row = { value, factor: factors[k], y: top + k * cell, isFlat: Math.abs(value) <= FLAT * most };
    const look = `eigen${k === chosen ? " chosen" : ""}${row.isFlat ? " flat" : ""}`;
    const group = svg("g", { "data-eigen": k, class: look });
    group.append(...bar(row, frame, scale));
    if (cell >= LINE * size || k === chosen) group.append(...numbers(row, frame, scale));
    return group;
  });
  const room = right - scale.from;
  return [
    words(scale.from, top - 0.5 * size, room > 12.5 * size ? "eigenvalues λ" : "λ", "b", "start"),
    words(right - 0.4 * size, top - 0.5 * size, room > 17 * size ? "a step: 1 − ηλ" : "1 − ηλ", "soft", "end"),
    ...rows,
  ];
}

/**
 * @param {Frame} frame @param {number} most the largest size @param {number} below how far below 0 they go
 * @returns {Scale}
 */
function scaleOf({ left, cell, count, size, right }, most, below) {
  const from = left + count * cell + Math.min(cell, 2.6 * size) + 3 * size;
  const to = Math.max(from + 20, right - 11 * size);
  const zero = from + (to - from) * (below / (most + below));
  return { from, to, zero, unit: (to - zero) / most, right };
}

/** @param {Row} row @param {Frame} frame @param {Scale} scale */
function bar({ value, y, isFlat }, { cell }, { from, zero, unit, right }) {
  const length = isFlat ? 2 : value * unit;
  const behind = { x: pixel(from - 6), y: pixel(y + 1), width: pixel(right - from + 2) };
  const place = { x: pixel(Math.min(zero, zero + length)), y: pixel(y + cell * 0.24), width: pixel(Math.abs(length)) };
  return [
    svg("rect", { class: "row", ...behind, height: pixel(Math.max(1, cell - 2)), rx: 5 }),
    svg("rect", { class: value < 0 && !isFlat ? "bar neg" : "bar", ...place, height: pixel(cell * 0.52), rx: 2 }),
  ];
}

/** @param {Row} row @param {Frame} frame @param {Scale} scale */
function numbers({ value, factor, y, isFlat }, { cell, size }, { to, right }) {
  const line = y + cell / 2 + 0.36 * size;
  const look = Math.abs(factor) > 1 + FLAT ? "bad" : "factor";
  return [
    words(to + 0.6 * size, line, isFlat ? "0" : shown(value), "value", "start"),
    words(right - 0.4 * size, line, `× ${shown(isFlat ? 1 : factor, 3)}`, look, "end"),
  ];
}
