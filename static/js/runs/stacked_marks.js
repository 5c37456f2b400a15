import { count } from "../base/format.js";
import { svg } from "../drawing/svg.js";
import { acrossAt, ticksOf, tickText, upAt, widthOf } from "./stacked_frame.js";

/** @typedef {import("./stacked_frame.js").Stack} Stack */
/** @typedef {import("./stacked_frame.js").Axis} Axis */
/** @typedef {import("./sharpness_series.js").Point} Point */

const APART = 1.5; // letters between two numbers of an axis, up and down

/** @param {number} x @param {number} y @param {string} text @param {string} kind @param {string} [anchor] */
export function words(x, y, text, kind, anchor = "start") {
  const node = svg("text", { x, y, "text-anchor": anchor, class: kind });
  node.textContent = text;
  return node;
}

/**
 * The name of a row, as long as there is room, and its numbers.
 * @param {Stack} stack @param {Axis} axis @param {string[]} names the longest first @param {string} kind
 */
export function rowMarks({ left, right, size }, axis, names, kind) {
  const name = names.find((one) => widthOf(one, 1.08 * size) < right - left) ?? names[names.length - 1];
  const { row } = axis;
  const ticks = ticksOf(axis, row.bottom - row.top, APART * size);
  return [
    ...ticks.flatMap((tick) => {
      const y = upAt(axis, tick);
      return [
        svg("line", { class: "grid", x1: left, x2: right, y1: y, y2: y }),
        words(left - 6, y + size * 0.36, tickText(tick), "tick", "end"),
      ];
    }),
    svg("line", { class: "base", x1: left, x2: right, y1: row.bottom, y2: row.bottom }),
    words(left + 2, row.top - 0.45 * size, name, `name ${kind}`),
  ];
}

/**
 * The numbers of the axis below, and where the run stands on it.
 * @param {Stack} stack @param {{unit: string, isLog?: boolean}} axis @param {number} now where the run stands
 * @param {string} text
 */
export function axisMarks(stack, { unit, isLog }, now, text) {
  const { left, size, rows } = stack;
  const y = rows[rows.length - 1].bottom + 1.35 * size;
  const name = `${unit} ${text}`;
  const x = acrossAt(stack, now);
  const half = widthOf(name, size * 1.05) / 2;
  const center = Math.max(x, left + half - 2 * size);
  const free = (isLog ? powersOf(stack) : evenly(stack)).filter(
    (tick) => Math.abs(acrossAt(stack, tick.x) - center) > half + widthOf(tick.text, size) / 2 + 0.5 * size,
  );
  return [
    ...free.map((tick) => words(acrossAt(stack, tick.x), y, tick.text, "tick", "middle")),
    words(center, y, name, "tick now", "middle"),
  ];
}

/** @param {Stack} stack */
const evenly = ({ left, right, size, first, last }) =>
  ticksOf({ low: first, high: last }, right - left, 5 * size).map((x) => ({ x, text: tickText(x) }));

/** 0 and the powers of ten, where x is the power of ten of the number + 1. @param {Stack} stack */
function powersOf({ left, right, size, last }) {
  const every = Math.max(1, Math.ceil((5 * size * last) / (right - left)));
  const powers = Array.from({ length: Math.floor(last / every) }, (_, index) => 10 ** ((index + 1) * every));
  return [0, ...powers].map((number) => ({ x: Math.log10(number + 1), text: count(number) }));
}

/**
 * A line, of each column of pixels no more than its first, lowest, highest and last point.
 * @param {Stack} stack @param {Axis} axis @param {Point[]} points
 */
export function pathOf(stack, axis, points) {
  /** @type {string[]} */
  const places = [];
  let column = NaN;
  let [low, high, last] = [0, 0, 0];
  const flush = () => {
    if (Number.isNaN(column)) return;
    for (const y of new Set([low, high, last])) places.push(`${column} ${y.toFixed(1)}`);
  };
  for (const { x: value, y: height } of points) {
    const x = Math.round(acrossAt(stack, value) * 2) / 2;
    const y = upAt(axis, height);
    if (x !== column) {
      flush();
      [column, low, high, last] = [x, y, y, y];
      places.push(`${x} ${y.toFixed(1)}`);
    }
    [low, high, last] = [Math.min(low, y), Math.max(high, y), y];
  }
  flush();
  return places.length ? `M${places.join("L")}` : "";
}

/**
 * Labels behind the ends of lines, one below the other where the lines meet.
 * @param {Stack} stack @param {Axis} axis @param {{y: number, text: string, kind: string}[]} labels
 */
export function endMarks({ right, size }, { row }, labels) {
  const apart = 1.45 * size;
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  const wished = spreadOut(
    sorted.map(({ y }) => y),
    apart,
  );
  const over = Math.max(0, ...wished.map((y) => y - row.bottom + 0.2 * size));
  return sorted.map(({ text, kind }, index) =>
    words(right + 0.7 * size, wished[index] - over + 0.38 * size, text, `value ${kind}`),
  );
}

/**
 * Places in order, those that meet moved apart around their middle.
 * @param {number[]} places @param {number} apart
 */
function spreadOut(places, apart) {
  /** @type {{middle: number, count: number}[]} */
  const groups = [];
  for (const place of places) {
    let last = { middle: place, count: 1 };
    for (let before = groups.at(-1); before && isNear(before, last, apart); before = groups.at(-1)) {
      const count = before.count + last.count;
      last = { middle: (before.middle * before.count + last.middle * last.count) / count, count };
      groups.pop();
    }
    groups.push(last);
  }
  return groups.flatMap(({ middle, count }) =>
    Array.from({ length: count }, (_, index) => middle + (index - (count - 1) / 2) * apart),
  );
}

/** @typedef {{middle: number, count: number}} Group @param {Group} before @param {Group} next @param {number} apart */
const isNear = (before, next, apart) => next.middle - before.middle < (apart * (before.count + next.count)) / 2;

/** A line down through all rows at each change of η. @param {Stack} stack @param {{x: number}[]} changes */
export function changeLines(stack, changes) {
  const { rows, size } = stack;
  const [y1, y2] = [rows[0].top - 0.3 * size, rows[rows.length - 1].bottom];
  return changes.map(({ x }) =>
    svg("line", { class: "change", x1: acrossAt(stack, x), x2: acrossAt(stack, x), y1, y2 }),
  );
}

/**
 * What changed at each of the lines, where it has room.
 * @param {Stack} stack @param {{x: number, text: string}[]} changes
 */
export function changeNames(stack, changes) {
  const { rows, size, right } = stack;
  let free = right;
  /** @type {SVGElement[]} */
  const marks = [];
  for (const { x: value, text } of changes.toReversed()) {
    const x = acrossAt(stack, value);
    const width = widthOf(text, size * 1.08);
    const isLeft = x + width + 8 > free;
    if (isLeft && free < right) continue;
    marks.push(words(isLeft ? x - 6 : x + 6, rows[0].top + 0.75 * size, text, "name", isLeft ? "end" : "start"));
    free = isLeft ? x - 6 - width : x;
  }
  return marks;
}
