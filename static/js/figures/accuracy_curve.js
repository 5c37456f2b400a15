import { percent } from "../format.js";
import { decimate, endLabels, epochLayout, lineTrace } from "./epoch_axes.js";

/**
 * The share of right answers over epochs, train and test.
 * @param {{evaluations: import("./loss_curve.js").Evaluation[], colors: import("../theme.js").Palette}} input
 */
export function accuracyCurve({ evaluations, colors }) {
  const points = decimate(evaluations);
  const x = points.map((point) => point.epoch);
  /** @param {"train_accuracy"|"test_accuracy"} key @param {string} name */
  const line = (key, name) => ({ x, y: points.map((point) => point[key]), name, text: points.map((point) => percent(point[key])) });
  const lines = [
    { ...line("train_accuracy", "train"), color: colors.train },
    { ...line("test_accuracy", "test"), color: colors.test, dash: "6px,4px" },
  ];
  const yaxis = { range: [0, 1.02], tickformat: ".0%", tickvals: [0, 0.25, 0.5, 0.75, 1] };
  return { data: lines.map(lineTrace), layout: epochLayout("Accuracy", points.at(-1)?.epoch ?? 0, colors, yaxis, endLabels(lines, colors, false)) };
}
