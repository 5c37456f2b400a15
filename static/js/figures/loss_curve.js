import { number } from "../format.js";
import { decimate, endLabels, epochLayout, lineTrace } from "./epoch_axes.js";
import { logTicks } from "./log_ticks.js";

/** @typedef {{step: number, epoch: number, train_loss: number|null, train_accuracy: number|null, test_loss: number|null, test_accuracy: number|null}} Evaluation */

/**
 * The loss over epochs, train and test, on a linear or a logarithmic axis.
 * @param {{evaluations: Evaluation[], logarithmic: boolean, colors: import("../theme.js").Palette}} input
 */
export function lossCurve({ evaluations, logarithmic, colors }) {
  const points = decimate(evaluations);
  const x = points.map((point) => point.epoch);
  /** @param {"train_loss"|"test_loss"} key @param {string} name */
  const line = (key, name) => ({ x, y: points.map((point) => point[key]), name, text: points.map((point) => number(point[key])) });
  const lines = [
    { ...line("train_loss", "train"), color: colors.train },
    { ...line("test_loss", "test"), color: colors.test, dash: "6px,4px" },
  ];
  const losses = lines.flatMap((one) => one.y);
  const yaxis = logarithmic ? { type: "log", ...logTicks(losses) } : { type: "linear", rangemode: "tozero", exponentformat: "power" };
  return { data: lines.map(lineTrace), layout: epochLayout("Loss", points.at(-1)?.epoch ?? 0, colors, yaxis, endLabels(lines, colors, logarithmic)) };
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
