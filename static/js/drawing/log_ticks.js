import { number } from "../base/format.js";

const LADDERS = /** @type {[number, number[]][]} */ ([
  [1, [1, 1.5, 2, 3, 5, 7]],
  [3, [1, 2, 5]],
  [Infinity, [1]],
]);
const MOST = 6;

/**
 * Ticks for a logarithmic axis with their whole numbers written out, and the range (in powers of ten) around the
 * values.
 * @param {(number|null)[]} values
 */
export function logTicks(values) {
  const positive = /** @type {number[]} */ (values.filter((value) => value !== null && value > 0));
  if (!positive.length) return {};
  const [low, high] = [Math.log10(Math.min(...positive)), Math.log10(Math.max(...positive))];
  const pad = Math.max(0.04 * (high - low), 0.02);
  const range = [low - pad, high + pad];
  const ticks = high - low < 0.3 ? evenTicks(range) : ladderTicks(range);
  return { range, tickvals: ticks, ticktext: ticks.map(tickText) };
}

/** @param {number[]} range */
function ladderTicks([low, high]) {
  const mantissas = /** @type {[number, number[]]} */ (LADDERS.find(([decades]) => high - low <= decades))[1];
  const stride = mantissas.length === 1 ? Math.max(1, Math.ceil((high - low) / MOST)) : 1;
  const ticks = [];
  for (let power = Math.floor(low / stride) * stride; power <= high; power += stride)
    for (const mantissa of mantissas) ticks.push(mantissa * 10 ** power);
  return ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
}

/** Within a factor of two a logarithmic axis is nearly even. @param {number[]} range */
function evenTicks([low, high]) {
  const [from, to] = [10 ** low, 10 ** high];
  const rough = (to - from) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((one) => one >= rough) ?? size;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** @param {number} tick */
function tickText(tick) {
  const power = Math.round(Math.log10(tick));
  if ((tick >= 1e5 || tick < 1e-3) && Math.abs(tick / 10 ** power - 1) < 1e-9)
    return `10<sup>${String(power).replace("-", "−")}</sup>`;
  return tick >= 1e6 || tick < 1e-4 ? number(tick, 2) : String(Number(tick.toPrecision(6)));
}
