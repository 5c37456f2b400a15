import { number } from "../base/format.js";
import { decimate, endLabels, epochLayout, lineTrace, momentMarks } from "../drawing/epoch_axes.js";
import { logTicks } from "../drawing/log_ticks.js";

/**
 * @typedef {{step: number, epoch: number, train_loss: number|null, train_accuracy: number|null, test_loss: number|null,
 *   test_accuracy: number|null}} Evaluation
 */

/**
 * The loss over epochs, train and test, on a linear or a logarithmic axis; a second run's, and the epoch looked at.
 * @param {{evaluations: Evaluation[], logarithmic: boolean, colors: import("../base/theme.js").Palette,
 *   beside?: Evaluation[], moment?: number|null}} input
 */
export function lossCurve({ evaluations, logarithmic, colors, beside = [], moment = null }) {
  const [points, others] = [withMoment(decimate(evaluations), evaluations, moment), decimate(beside)];
  /** @param {Evaluation[]} those @param {"train_loss"|"test_loss"} key @param {string} name */
  const line = (those, key, name) => ({
    x: those.map((point) => point.epoch),
    y: those.map((point) => point[key]),
    name,
    text: those.map((point) => number(point[key])),
  });
  const own = [
    { ...line(points, "train_loss", "train"), color: colors.train },
    { ...line(points, "test_loss", "test"), color: colors.test, dash: "6px,4px" },
  ];
  const lines = [...own, ...(others.length ? [{ ...line(others, "train_loss", "branch"), color: colors.branch }] : [])];
  const { shapes, points: marked } = momentMarks(moment, own, colors);
  const losses = lines.flatMap((one) => one.y);
  const yaxis = logarithmic
    ? { type: "log", ...logTicks(losses) }
    : { type: "linear", rangemode: "tozero", exponentformat: "power" };
  const last = Math.max(points.at(-1)?.epoch ?? 0, others.at(-1)?.epoch ?? 0);
  const labels = [...endLabels(lines, colors, { logarithmic }), ...infinities(points, colors)];
  const layout = epochLayout("Loss", last, colors, yaxis, labels);
  return { data: [...lines.map(lineTrace), ...marked], layout: { ...layout, shapes } };
}

/**
 * Above all of the curve, where the loss is more than a float holds.
 * @param {Evaluation[]} points @param {import("../base/theme.js").Palette} colors
 */
const infinities = (points, colors) =>
  points
    .filter(({ train_loss: loss }) => loss === null)
    .slice(0, 1)
    .map(({ epoch }) => ({
      ...{ x: epoch, xanchor: "right", yref: "paper", y: 1, yanchor: "top", showarrow: false, text: "<b>∞</b>" },
      font: { family: colors.font, size: 1.6 * colors.size, color: colors.train },
    }));

/**
 * The points that are drawn, with the one that is looked at.
 * @template {{epoch: number}} P
 * @param {P[]} points @param {P[]} all @param {number|null} moment
 */
export function withMoment(points, all, moment) {
  if (moment === null || points.some(({ epoch }) => epoch === moment)) return points;
  return [...points, ...all.filter(({ epoch }) => epoch === moment)].sort((a, b) => a.epoch - b.epoch);
}

/**
 * Whether the losses span so many powers of ten that a linear axis would show a single spike.
 * @param {Evaluation[]} evaluations
 */
export function spansDecades(evaluations) {
  let [low, high] = [Infinity, 0];
  for (const { train_loss: train, test_loss: test } of evaluations) {
    for (const loss of [train, test]) {
      if (loss === null || loss <= 0) continue;
      low = Math.min(low, loss);
      high = Math.max(high, loss);
    }
  }
  return high > 1000 * low;
}
