import { shown } from "../../base/format.js";
import { pixel, svg } from "../../drawing/svg.js";
import { stepOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./scale.js").Scale} Scale */
/** @typedef {import("./scale.js").Label} Label */
/** @typedef {{below: SVGElement[], above: SVGElement[], labels: Label[], dots: number[][]}} Marks `below` and `above`
 *   the curves */

const SAME = 5e-4; // of a loss: the truth and the parabola cannot be told apart

/**
 * What stands at the curves: the limit, the lowest point, where units switch, and the step that is chosen.
 * @param {State} state @param {Scale} scale @param {boolean} hidden
 * @returns {Marks}
 */
export function marksOf(state, scale, hidden) {
  const end = hidden ? scale.bottom : scale.strip.top + scale.strip.height;
  const all = [
    limitOf(state, scale, end),
    startOf(state, scale),
    lowestOf(state, scale),
    ...(hidden ? [] : [breakEvenOf(state, scale)]),
    ...(hidden ? [] : state.line.kinks.map((/** @type {any} */ kink) => kinkOf(kink, state, scale))),
    chosenOf(state, scale, hidden, end),
  ];
  /** @param {keyof Marks} name @returns {any[]} */
  const gather = (name) => all.flatMap((one) => one[name] ?? []);
  return { below: gather("below"), above: gather("above"), labels: gather("labels"), dots: gather("dots") };
}

/** @param {string} style @param {number[]} at @param {number} [r] */
const dot = (style, [cx, cy], r = 5) => svg("circle", { class: `dot ${style}`, cx, cy, r });

/** @param {State} state @param {Scale} scale @returns {Partial<Marks>} */
function startOf({ line }, { left, right, y }) {
  const { start } = stepOf(line);
  const at = [left, pixel(y(start))];
  return {
    below: [svg("path", { class: "now", d: `M${left} ${at[1]}H${right}` })],
    above: [dot("now", at)],
    labels: [{ words: `now ${shown(start)}`, style: "soft", x: left + 10, y: at[1] - 7, free: true }],
    dots: [at],
  };
}

/** @param {State} state @param {Scale} scale @param {number} end of its line @returns {Partial<Marks>} */
function limitOf({ line }, { x, right, top, bottom, letter }, end) {
  const limit = line.curvature.speed_limit;
  if (limit === null || x(limit) >= right) return {};
  const at = pixel(x(limit));
  const words = svg("text", { class: "sign-words", x: at, y: top + letter * 1.34, "text-anchor": "middle" });
  words.textContent = "2/λ";
  return {
    below: [svg("rect", { class: "zone", x: at, y: top - 6, width: right - at, height: bottom - top + 6 })],
    above: [
      svg("path", { class: "limit-line", d: `M${at} ${top}V${end}` }),
      svg("circle", { class: "sign", cx: at, cy: top + letter, r: letter * 1.25 }),
      words,
    ],
    labels: [
      {
        ...{ words: `limit ${shown(limit)}`, style: "bad", anchor: /** @type {const} */ ("end"), free: true },
        ...{ x: at - letter * 1.7, y: top + letter * 1.4 },
      },
      {
        ...{ words: "over the limit", style: "bad small", anchor: /** @type {const} */ ("end"), free: true },
        ...{ x: right - 8, y: bottom - 8 },
      },
    ],
    dots: [[at, top + letter]],
  };
}

/** The lowest point of the parabola. @param {State} state @param {Scale} scale @returns {Partial<Marks>} */
function lowestOf({ line }, { x, y, right }) {
  const best = line.best_learning_rate;
  if (best === null || x(best) >= right) return {};
  const at = [pixel(x(best)), pixel(y(stepOf(line).start - (line.gradient_norm ** 2 * best) / 2))];
  const label = { words: `lowest: η* = ${shown(best)}`, style: "grad", x: at[0], y: at[1] - 14, free: true };
  return { above: [dot("best", at)], labels: [{ ...label, anchor: "middle" }], dots: [at] };
}

/** From where on this step ends above its start. @param {State} state @param {Scale} scale @returns {Partial<Marks>} */
function breakEvenOf({ made, strip, line }, { x, y, right }) {
  const even = made.length ? null : strip?.limits.step_breaks_even;
  if (!even || x(even) >= right) return {};
  const at = [pixel(x(even)), pixel(y(stepOf(line).start))];
  const label = { words: `breaks even ${shown(even)}`, style: "L small", x: at[0] + 10, y: at[1] + 18, free: true };
  return { above: [dot("even", at, 4.5)], labels: [label], dots: [at] };
}

/**
 * Where a unit switches, on the curve.
 * @param {any} kink @param {State} state @param {Scale} scale
 * @returns {Partial<Marks>}
 */
function kinkOf({ learning_rate: eta, unit }, { line: { learning_rates: rates, loss } }, { x, y, right, highest }) {
  const k = Math.max(
    1,
    rates.findIndex((/** @type {number} */ one) => one >= eta),
  );
  const share = (eta - rates[k - 1]) / (rates[k] - rates[k - 1] || 1);
  const height = (loss[k - 1] ?? Infinity) * (1 - share) + (loss[k] ?? Infinity) * share;
  if (x(eta) >= right || height > highest) return {};
  const at = [pixel(x(eta)), pixel(y(height))];
  const label = { words: `unit ${unit + 1} switches`, style: "h small", x: at[0], y: at[1] - 14, free: true };
  return {
    above: [svg("path", { class: "kink", d: `M${at[0]} ${at[1] - 7}l7 7l-7 7l-7 -7Z` })],
    labels: [{ ...label, anchor: "middle" }],
    dots: [at],
  };
}

/** The step that is chosen. @param {State} state @param {Scale} scale @param {boolean} hidden @param {number} end */
function chosenOf({ line, eta }, scale, hidden, end) {
  const { x, y, top, letter, highest } = scale;
  const { loss, parabola, start } = stepOf(line);
  const now = pixel(x(eta));
  const put = (/** @type {number|null} */ value, /** @type {string} */ style, /** @type {string} */ words) => {
    const isHigh = value === null || value > highest;
    const at = [now, pixel(isHigh ? top + 4 : y(value))];
    const text = `${words} ${shown(value)}${isHigh ? " ↑" : ""}`;
    return { at, node: dot(style, at, style === "truth" ? 9 : 7), text, style };
  };
  const truth = put(loss, "truth", "true loss");
  const says = put(parabola, "parabola", "parabola says");
  const isSame = loss !== null && parabola !== null && Math.abs(loss - parabola) <= SAME * Math.max(loss, 1e-12);
  const points = hidden ? [says] : isSame ? [truth] : [says, truth];
  const labels = points.map(({ text, style, at }) => ({ words: text, style, x: now + 16, y: at[1] + 5, free: true }));
  const below = y(parabola ?? start) + letter * 1.6;
  const asked = { words: "true loss ?", style: "truth", x: now + 16, y: below, free: true };
  return {
    above: [
      svg("path", { class: "chosen", d: `M${now} ${top}V${end}` }),
      ...points.map(({ node }) => node),
      ...pillOf(eta, now, scale),
    ],
    labels: hidden ? [...labels, asked] : labels,
    dots: points.map(({ at }) => at),
  };
}

/** The chosen learning rate on the axis. @param {number} eta @param {number} x @param {Scale} scale */
function pillOf(eta, x, { bottom, letter }) {
  const words = svg("text", { class: "pill-words", x, y: bottom + letter * 1.3, "text-anchor": "middle" });
  words.textContent = shown(eta);
  const half = letter * (0.42 * (words.textContent?.length ?? 4) + 0.7);
  return [
    svg("rect", { class: "pill", x: x - half, y: bottom + letter * 0.2, width: 2 * half, height: letter * 1.6, rx: 6 }),
    words,
  ];
}
