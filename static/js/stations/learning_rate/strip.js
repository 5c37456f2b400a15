import { svg } from "../../drawing/svg.js";
import { stretchesOf } from "./outcomes.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./scale.js").Scale} Scale */

const DECADES = { below: 4, above: 1.5 }; // of the loss against its start: where the color is deepest

/**
 * Twenty steps at every learning rate, one column each: blue below the start, orange above it, hatched where fewer
 * units live than at the start.
 * @param {HTMLCanvasElement} canvas @param {State} state @param {Scale} scale @param {boolean} hidden
 */
export function stripMarks(canvas, { strip, line }, { left, right, strip: band, letter, x }, hidden) {
  Object.assign(canvas.style, { left: `${left}px`, top: `${band.top}px` });
  Object.assign(canvas.style, { width: `${right - left}px`, height: `${band.height}px` });
  canvas.hidden = hidden || !strip;
  const steps = [0, 10, 20].map((step) => ({
    ...{ words: step ? String(step) : "step 0", style: "tick", x: left - 8, anchor: /** @type {const} */ ("end") },
    y: band.top + (band.height * (step + 0.5)) / 21 + letter * 0.35,
  }));
  if (hidden || !strip) {
    const words = hidden ? "Twenty steps at every η: guess the next one first" : "Twenty steps at every η…";
    const box = { x: left, y: band.top, width: right - left, height: band.height, rx: 6 };
    const middle = { x: (left + right) / 2, y: band.top + band.height / 2 + letter * 0.3 };
    return {
      nodes: [svg("rect", { class: "closed", ...box })],
      labels: [...steps, { words, style: "soft", anchor: /** @type {const} */ ("middle"), ...middle }],
    };
  }
  paint(canvas, strip.walks);
  const half = (line.learning_rates[1] - line.learning_rates[0]) / 2;
  const foot = band.top + band.height;
  const stretches = stretchesOf(strip.walks).map(({ name, from, to }) => ({
    ...{ name, start: Math.max(left, x(strip.walks[from].learning_rate - half)) },
    end: Math.min(right, x(strip.walks[to].learning_rate + half)),
  }));
  return {
    nodes: stretches.map(({ start, end }) =>
      svg("path", { class: "bracket", d: `M${start + 1} ${foot + 3}v5H${end - 1}v-5` }),
    ),
    labels: [
      ...steps,
      ...stretches
        .filter(({ name, start, end }) => end - start > name.length * letter * 0.56)
        .map(({ name, start, end }) => ({
          ...{ words: name, style: "name", x: (start + end) / 2, y: foot + letter * 1.8 },
          anchor: /** @type {const} */ ("middle"),
        })),
    ],
  };
}

/**
 * What was painted last, and in which theme.
 * @type {WeakMap<HTMLCanvasElement, [walks: any, theme: string|undefined]>}
 */
const painted = new WeakMap();

/** @param {HTMLCanvasElement} canvas @param {import("./outcomes.js").Walk[]} walks */
function paint(canvas, walks) {
  const { theme } = document.documentElement.dataset;
  const [lastWalks, lastTheme] = painted.get(canvas) ?? [];
  if (walks === lastWalks && theme === lastTheme) return;
  painted.set(canvas, [walks, theme]);
  const style = getComputedStyle(document.documentElement);
  const parts = (/** @type {string} */ name) => style.getPropertyValue(name).trim().split(/\s+/).map(Number);
  const [plus, minus] = [parts("--pos"), parts("--neg")];
  const rows = walks[0].losses.length;
  [canvas.width, canvas.height] = [walks.length * 4, rows * 4];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  for (const [column, { losses, living }] of walks.entries()) {
    for (const [row, loss] of losses.entries()) {
      const ratio = Math.log10(Math.max((loss ?? Infinity) / (losses[0] || 1), 1e-30));
      const depth = ratio > 0 ? Math.min(1, ratio / DECADES.above) : Math.min(1, -ratio / DECADES.below);
      pen.fillStyle = `rgb(${(ratio > 0 ? minus : plus).join(" ")} / ${depth ** 0.6})`;
      pen.fillRect(column * 4, row * 4, 4, 4);
      if (living[row] === living[0]) continue;
      pen.fillStyle = style.getPropertyValue("--ink-soft");
      for (let k = 0; k < 4; k += 1) if ((column + row) % 2) pen.fillRect(column * 4 + k, row * 4 + 3 - k, 1, 1);
    }
  }
}
