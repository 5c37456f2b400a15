import { pixel, set, svg } from "../../drawing/svg.js";
import { shapeOf } from "../../drawing/shapes.js";
import { acrossAt, axisOf, upAt, valueAt } from "../../runs/stacked_frame.js";
import { axisMarks, pathOf, rowMarks, words } from "../../runs/stacked_marks.js";
import { LOOKS } from "./race_looks.js";

/** @typedef {import("../../runs/stacked_frame.js").Stack} Stack */
/** @typedef {import("../../runs/stacked_frame.js").Axis} Axis */
/**
 * A row of curves over the steps: `names`, the longest first; `values` of each racer, one a point, null where it is not
 * finite; `text` writes one; `range`: from where to where the row goes, else as far as the values do.
 * @typedef {{names: string[], isLog: boolean, values: (number|null)[][], text: (value: number) => string,
 *   range?: number[]}} Row
 * @typedef {{rows: Row[], steps: number[], now: number, chosen: number}} Picture `steps`: of the points; `now`: which
 *   of them is shown
 */

const MARGIN = { left: 3.9, right: 6, top: 1.7, bottom: 1.9, gap: 1.9 }; // in letters
const SHARES = { 1: [1], 2: [0.64, 0.36] };
const APART = 1.35; // letters between two values at the right
const LEAST = 1e-16; // of a largest value: below it a logarithmic axis ends

/**
 * The curves of a race, one row below the other, on one axis of steps: pressed or pulled, they choose the moment.
 * @param {HTMLElement} place @param {(now: number) => void} onPull
 * @returns {(picture: Picture) => void}
 */
export function createRaceCurves(place, onPull) {
  const drawing = svg("svg", { role: "img", "aria-label": "What each racer reaches, step by step" });
  place.append(drawing);
  /** @type {Picture|null} */
  let newest = null;
  /** @type {Stack|null} */
  let stack = null;
  const draw = () => {
    const { clientWidth: width, clientHeight: height } = place;
    if (!newest || !width || !height) return;
    stack = stackOf(newest, width, height, parseFloat(getComputedStyle(place).fontSize));
    set(drawing, { viewBox: `0 0 ${width} ${height}` });
    drawing.replaceChildren(...marksOf(stack, newest));
  };
  new ResizeObserver(draw).observe(place);
  wirePull(place, (x) => {
    if (!stack || !newest) return;
    const step = valueAt(stack, x);
    onPull(
      newest.steps.reduce((best, one, k, all) => (Math.abs(one - step) < Math.abs(all[best] - step) ? k : best), 0),
    );
  });
  return (picture) => {
    newest = picture;
    draw();
  };
}

/** @param {Picture} picture @param {number} width @param {number} height @param {number} size @returns {Stack} */
function stackOf({ rows, steps }, width, height, size) {
  const shares = SHARES[/** @type {1|2} */ (rows.length)];
  const room = height - (MARGIN.top + MARGIN.bottom + MARGIN.gap * (shares.length - 1)) * size;
  let top = MARGIN.top * size;
  const places = shares.map((share) => {
    const row = { top, bottom: top + Math.max(1, room * share) };
    top = row.bottom + MARGIN.gap * size;
    return row;
  });
  const left = MARGIN.left * size;
  const right = Math.max(left + 1, width - MARGIN.right * size);
  return { left, right, size, first: 0, last: Math.max(1, steps[steps.length - 1]), rows: places };
}

/** @param {Stack} stack @param {Picture} picture */
function marksOf(stack, { rows, steps, now, chosen }) {
  const x = acrossAt(stack, steps[now]);
  const last = stack.rows[stack.rows.length - 1];
  return [
    svg("line", { class: "moment", x1: x, x2: x, y1: stack.rows[0].top - 4, y2: last.bottom }),
    ...axisMarks(stack, { unit: "step" }, steps[now], String(steps[now])),
    ...rows.flatMap((row, index) => rowOf(stack, stack.rows[index], row, { steps, now, chosen })),
  ];
}

/**
 * @param {Stack} stack @param {import("../../runs/stacked_frame.js").Row} place @param {Row} row
 * @param {{steps: number[], now: number, chosen: number}} at
 */
function rowOf(stack, place, { names, isLog, values, text, range }, { steps, now, chosen }) {
  const all = values.flat().filter((value) => value !== null);
  const most = Math.max(...all, 0);
  const seen = isLog ? all.filter((value) => value > most * LEAST) : all;
  const axis = range
    ? { row: place, low: range[0], high: range[1], isLog: false }
    : axisOf(place, seen, { isLog, fromZero: true });
  const order = [...values.keys()].sort((a, b) => Number(a === chosen) - Number(b === chosen));
  const ends = values.map((line) => line[Math.min(now, line.length - 1)] ?? null);
  // where not all have room, that of the racer that is spoken of stands alone
  const isTight = ends.length * APART * stack.size > place.bottom - place.top + 1.2 * stack.size;
  const heights = apart(
    ends.map((value) => (value === null ? place.top : upAt(axis, value))),
    APART * stack.size,
    place,
  );
  return [
    ...rowMarks(stack, axis, names, ""),
    ...order.map((index) => {
      const { symbol, dash = "none" } = LOOKS[index];
      const points = values[index].flatMap((value, k) => (value === null ? [] : [{ x: steps[k], y: value }]));
      const look = `curve ${symbol}${index === chosen ? " chosen" : ""}`;
      return svg("path", { class: look, d: pathOf(stack, axis, points), "stroke-dasharray": dash });
    }),
    ...order.flatMap((index) => {
      const value = ends[index];
      if (value === null) return [];
      const { symbol, shape } = LOOKS[index];
      const at = [acrossAt(stack, steps[Math.min(now, values[index].length - 1)]), upAt(axis, value)];
      const dot = shapeOf(shape, at, 0.34 * stack.size, `dot ${symbol}`);
      if (isTight && index !== chosen) return [dot];
      return [dot, ...valueAtEnd(stack, isTight ? upAt(axis, value) : heights[index], text(value), index, chosen)];
    }),
  ];
}

/**
 * A value behind the ends of the curves, with the mark of its racer.
 * @param {Stack} stack @param {number} y @param {string} text @param {number} index @param {number} chosen
 */
function valueAtEnd({ right, size }, y, text, index, chosen) {
  const { symbol, shape } = LOOKS[index];
  const look = `value ${symbol}${index === chosen ? " chosen" : ""}`;
  return [
    shapeOf(shape, [right + 0.9 * size, y], 0.3 * size, `dot ${symbol}`),
    words(pixel(right + 1.5 * size), y + 0.36 * size, text, look),
  ];
}

/**
 * Heights at least so far from each other, near those that are wanted, inside a row as far as they fit.
 * @param {number[]} wanted @param {number} gap @param {{top: number, bottom: number}} row
 */
function apart(wanted, gap, { top, bottom }) {
  const order = [...wanted.keys()].sort((a, b) => wanted[a] - wanted[b]);
  const places = wanted.slice();
  for (let pass = 0; pass < wanted.length; pass += 1)
    for (let rank = 1; rank < order.length; rank += 1) {
      const [over, under] = [order[rank - 1], order[rank]];
      const short = gap - (places[under] - places[over]);
      if (short <= 0) continue;
      places[over] -= short / 2;
      places[under] += short / 2;
    }
  const [first, last] = [places[order[0]], places[order[order.length - 1]]];
  const shift = first < top ? top - first : last > bottom ? Math.max(top - first, bottom - last) : 0;
  return places.map((place) => place + shift);
}

/** @param {HTMLElement} place @param {(x: number) => void} onPull */
function wirePull(place, onPull) {
  const tell = (/** @type {PointerEvent} */ event) => onPull(event.clientX - place.getBoundingClientRect().left);
  place.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (event.pointerType !== "touch") place.setPointerCapture(event.pointerId);
    tell(event);
  });
  place.addEventListener("pointermove", (event) => {
    if (place.hasPointerCapture(event.pointerId)) tell(event);
  });
}
