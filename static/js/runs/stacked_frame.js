import { exact } from "../base/format.js";

/**
 * Rows, one below the other, over one axis; `size` is that of the text in pixels.
 * @typedef {{top: number, bottom: number}} Row
 * @typedef {{left: number, right: number, size: number, first: number, last: number, rows: Row[]}} Stack
 * @typedef {{row: Row, low: number, high: number, isLog: boolean}} Axis
 */

const MARGIN = { left: 3.9, right: 7.4, top: 2, bottom: 1.9, gap: 1.9 }; // in letters
/** How much of the height each row has: loss and λ, or loss, λ and swing. */
export const SHARES = { two: [0.5, 0.5], three: [0.42, 0.36, 0.22] };
const LETTER = 0.58; // of the text's size: the width of a letter
const LEAST = 24; // pixels of a row
const NICE = [1, 2, 2.5, 5, 10];
const DECADES = 20; // a ratio of values from which an axis is logarithmic

/** How wide a text is about. @param {string} text @param {number} size */
export const widthOf = (text, size) => text.length * LETTER * size;

/**
 * @param {{width: number, height: number, size: number}} place @param {{first: number, last: number}} range
 * @param {number[]} shares of the rows
 * @returns {Stack}
 */
export function stackOf({ width, height, size }, { first, last }, shares) {
  const room = height - (MARGIN.top + MARGIN.bottom + MARGIN.gap * (shares.length - 1)) * size;
  let top = MARGIN.top * size;
  const rows = shares.map((share) => {
    const row = { top, bottom: top + Math.max(LEAST, room * share) };
    top = row.bottom + MARGIN.gap * size;
    return row;
  });
  const left = MARGIN.left * size;
  return { left, right: Math.max(left + LEAST, width - MARGIN.right * size), size, first, last, rows };
}

/** @param {Stack} stack @param {number} x */
export const acrossAt = ({ left, right, first, last }, x) => left + ((x - first) / (last - first)) * (right - left);

/** What stands at a place across. @param {Stack} stack @param {number} pixels */
export const valueAt = ({ left, right, first, last }, pixels) =>
  first + (Math.min(1, Math.max(0, (pixels - left) / (right - left))) || 0) * (last - first);

/** @param {Axis} axis @param {number} value */
export function upAt({ row, low, high, isLog }, value) {
  const of = (/** @type {number} */ y) => (isLog ? Math.log10(y) : y);
  const share = (of(Math.max(value, isLog ? low : -Infinity)) - of(low)) / (of(high) - of(low) || 1);
  return row.bottom - Math.min(1.02, Math.max(0, share)) * (row.bottom - row.top);
}

/**
 * An axis around values: logarithmic where they span decades, or where it is said.
 * @param {Row} row @param {number[]} values @param {{isLog?: boolean, fromZero?: boolean}} [more]
 * @returns {Axis}
 */
export function axisOf(row, values, { isLog, fromZero = false } = {}) {
  const positive = values.filter((value) => value > 0);
  let [low, high] = positive.length ? [least(positive), most(positive)] : [0.1, 1];
  const logarithmic = isLog ?? high > DECADES * low;
  if (logarithmic) return { row, low: low / 1.12, high: high * 1.12, isLog: true };
  if (fromZero) low = 0;
  const air = (high - low || high) * 0.07;
  return { row, low: low ? Math.max(0, low - air) : 0, high: high + air, isLog: false };
}

/** @param {number[]} values */
const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
/** @param {number[]} values */
const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);

/**
 * Round numbers along an axis that stand clear of each other.
 * @param {{low: number, high: number, isLog?: boolean}} axis @param {number} room pixels @param {number} apart pixels
 */
export function ticksOf({ low, high, isLog = false }, room, apart) {
  const count = Math.max(1, Math.floor(room / apart));
  if (isLog) return decades(low, high, count);
  const rough = (high - low) / count;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = (NICE.find((one) => one * size >= rough * 0.999) ?? 10) * size;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, index) => (first + index) * step);
}

/** @param {number} low @param {number} high @param {number} count */
function decades(low, high, count) {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const fine = to - from < count / 3 ? [1, 2, 5] : to - from < count / 2 ? [1, 3] : [1];
  const stride = fine.length > 1 ? 1 : Math.max(1, Math.ceil((to - from) / count));
  const ticks = [];
  for (let power = Math.floor(from / stride) * stride; power <= to; power += stride)
    for (const one of fine) ticks.push(one * 10 ** power);
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** A round number as it stands at an axis. @param {number} value */
export const tickText = (value) => exact(Number(value.toPrecision(6)));
