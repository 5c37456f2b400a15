import { trimmed } from "../../base/format.js";
import { inkAlong, placeLabels } from "../../drawing/label_places.js";
import { pixel, set, svg } from "../../drawing/svg.js";
import { marksOf } from "./marks.js";
import { scaleOf, ticks } from "./scale.js";
import { isHidden, topOf } from "./state.js";
import { stripMarks } from "./strip.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./scale.js").Scale} Scale */
/** @typedef {import("./scale.js").Label} Label */

const LEADING = 1.15;
const AIR = 0.6; // between two labels, in letters

/**
 * One axis of learning rates: above what this step would do, below what twenty steps do.
 * @param {SVGSVGElement} sheet @param {HTMLCanvasElement} canvas
 * @returns {(state: State) => Scale|null} draws, and answers where things stand
 */
export function createFigure(sheet, canvas) {
  let drawn = "";
  /** @type {Scale|null} */
  let scale = null;
  return (state) => {
    const { width, height } = sheet.getBoundingClientRect();
    const size = { width, height };
    if (!state.line || !size.width) return scale;
    const letter = parseFloat(getComputedStyle(sheet).fontSize);
    const theme = document.documentElement.dataset.theme;
    const { line, strip, made, eta, precise } = state;
    const hidden = isHidden(state);
    const key = JSON.stringify([size, letter, theme, made, eta, hidden, precise, line.loss, strip?.limits]);
    if (key === drawn) return scale;
    drawn = key;
    scale = scaleOf({ ...size, letter }, { top: topOf(state), line });
    draw(sheet, canvas, state, scale);
    return scale;
  };
}

/** @param {SVGSVGElement} sheet @param {HTMLCanvasElement} canvas @param {State} state @param {Scale} scale */
function draw(sheet, canvas, state, scale) {
  const { line } = state;
  const hidden = isHidden(state);
  const rates = line.learning_rates.slice(0, -1);
  const curves = {
    parabola: pointsOf(rates, line.parabola, scale),
    ...(hidden ? {} : { truth: pointsOf(rates, line.loss, scale) }),
  };
  const marks = marksOf(state, scale, hidden);
  const strip = stripMarks(canvas, state, scale, hidden);
  const labels = [...axisLabels(state, scale), ...marks.labels, ...strip.labels];
  const texts = labels.map(textOf);
  set(sheet, { viewBox: `0 0 ${scale.width} ${scale.height}` });
  sheet.replaceChildren(
    clipOf(scale),
    ...marks.below,
    ...gridOf(scale),
    ...Object.entries(curves).map(([style, points]) =>
      svg("path", {
        class: style,
        d: `M${points.map((point) => point.join(" ")).join("L")}`,
        "clip-path": "url(#upper)",
      }),
    ),
    ...strip.nodes,
    ...marks.above,
    ...texts,
  );
  settle(labels, texts, { lines: Object.values(curves), dots: marks.dots }, scale);
}

/** @param {number[]} rates @param {(number|null)[]} losses @param {Scale} scale */
const pointsOf = (rates, losses, { x, y }) =>
  rates.flatMap((eta, k) => (losses[k] === null ? [] : [[pixel(x(eta)), pixel(y(Number(losses[k])))]]));

/** @param {Scale} scale */
function clipOf({ left, right, top, bottom }) {
  const clip = svg("clipPath", { id: "upper" });
  clip.append(svg("rect", { x: left, y: top - 6, width: right - left, height: bottom - top + 6 }));
  return clip;
}

/** @param {Scale} scale */
const gridOf = ({ left, right, y, highest }) =>
  ticks(highest, 5).map((loss) =>
    svg("path", { class: loss ? "grid" : "grid zero", d: `M${left} ${pixel(y(loss))}H${right}` }),
  );

/** @param {State} state @param {Scale} scale @returns {Label[]} */
function axisLabels(state, { x, y, highest, left, bottom, letter, top }) {
  const foot = bottom + letter * 1.25;
  const near = (/** @type {number} */ eta) => Math.abs(x(eta) - x(state.eta)) < letter * 3.4;
  return [
    ...ticks(highest, 5).map((loss) => ({
      ...{ words: trimmed(loss), style: "tick", x: left - 8, y: y(loss) + letter * 0.35 },
      anchor: /** @type {const} */ ("end"),
    })),
    ...ticks(topOf(state), 6)
      .filter((eta) => !near(eta))
      .map((eta) => ({
        ...{ words: trimmed(eta), style: "tick", x: x(eta), y: foot },
        anchor: /** @type {const} */ ("middle"),
      })),
    { words: "loss after this step", style: "tick", x: left + 4, y: top + letter * 0.3 },
  ];
}

/**
 * Put the labels where they cover neither a line nor one another.
 * @param {Label[]} labels @param {SVGTextElement[]} texts in the page
 * @param {{lines: number[][][], dots: number[][]}} drawn @param {Scale} scale
 */
function settle(labels, texts, { lines, dots }, { width, top, bottom, height, letter, left }) {
  const box = { left, top: 0, right: width, bottom: bottom - 2 };
  const wishes = labels.map(({ x, y, anchor = "start", free = false }, index) => {
    const length = texts[index].getComputedTextLength() + AIR * letter;
    return { x, y, anchor, free, width: length, height: LEADING * letter };
  });
  const all = { left: 0, top: Math.min(0, top), right: width, bottom: height };
  const places = placeLabels(wishes, { dots, ink: lines.flatMap((line) => inkAlong(line, box)) }, box, all);
  for (const [index, { x, y }] of places.entries())
    if (labels[index].free) set(texts[index], { x: pixel(x), y: pixel(y) });
}

/** @param {Label} label */
function textOf({ words, style, x, y, anchor = "start" }) {
  const node = svg("text", { class: style, x: pixel(x), y: pixel(y), "text-anchor": anchor });
  node.textContent = words;
  return node;
}
