import { percent } from "../base/format.js";
import { decimate, endLabels, epochLayout, lineTrace, momentMarks } from "../drawing/epoch_axes.js";
import { withMoment } from "./loss_curve.js";

const TOP = 1.02; // where the axis ends

/** @typedef {import("./loss_curve.js").Evaluation} Evaluation */

/**
 * The share of right answers over epochs, train and test; a second run's beside, and the epoch looked at.
 * @param {{evaluations: Evaluation[], colors: import("../base/theme.js").Palette, beside?: Evaluation[],
 *   moment?: number|null}} input
 */
export function accuracyCurve({ evaluations, colors, beside = [], moment = null }) {
  const [points, others] = [withMoment(decimate(evaluations), evaluations, moment), decimate(beside)];
  /** @param {Evaluation[]} those @param {"train_accuracy"|"test_accuracy"} key @param {string} name */
  const line = (those, key, name) => ({
    x: those.map((point) => point.epoch),
    y: those.map((point) => point[key]),
    name,
    text: those.map((point) => percent(point[key])),
  });
  const own = [
    { ...line(points, "train_accuracy", "train"), color: colors.train },
    { ...line(points, "test_accuracy", "test"), color: colors.test, dash: "6px,4px" },
  ];
  const second = { ...line(others, "test_accuracy", "branch"), color: colors.branch, dash: "6px,4px" };
  const lines = [...own, ...(others.length ? [second] : [])];
  const { shapes, points: marked } = momentMarks(moment, own, colors);
  const last = Math.max(points.at(-1)?.epoch ?? 0, others.at(-1)?.epoch ?? 0);
  const yaxis = { range: [0, TOP], tickformat: ".0%", tickvals: [0, 0.25, 0.5, 0.75, 1] };
  const layout = epochLayout("Accuracy", last, colors, yaxis, endLabels(lines, colors, { top: TOP }));
  return { data: [...lines.map(lineTrace), ...marked], layout: { ...layout, shapes } };
}
