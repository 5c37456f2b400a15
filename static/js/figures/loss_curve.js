import { number } from "../format.js";
import { decimate, endLabels, epochLayout, lineTrace } from "./epoch_axes.js";

/** @typedef {{step: number, epoch: number, train_loss: number|null, train_accuracy: number|null, test_loss: number|null, test_accuracy: number|null}} Evaluation */

/**
 * The loss over epochs, train and test, on a linear or a logarithmic axis.
 * @param {{evaluations: Evaluation[], logarithmic: boolean, colors: import("../theme.js").Palette}} input
 */
export function lossCurve({ evaluations, logarithmic, colors }) {
  const points = decimate(evaluations);
  const x = points.map((point) => point.epoch);
  /** @param {"train_loss"|"test_loss"} key @param {string} name */
  const line = (key, name) => ({ x, y: points.map((point) => point[key]), name, text: points.map((point) => `${name} ${number(point[key])}`) });
  const lines = [
    { ...line("train_loss", "train"), color: colors.train },
    { ...line("test_loss", "test"), color: colors.test, dash: "6px,4px" },
  ];
  const yaxis = logarithmic ? { type: "log", exponentformat: "power", ...logTicks(points) } : { type: "linear", rangemode: "tozero", exponentformat: "power" };
  return { data: lines.map(lineTrace), layout: epochLayout(logarithmic ? "Loss, log axis" : "Loss", points.at(-1)?.epoch ?? 0, colors, yaxis, endLabels(lines, colors, logarithmic)) };
}

/**
 * Within a few powers of ten 1, 2 and 5 are labelled; over many Plotly chooses.
 * @param {Evaluation[]} points
 */
function logTicks(points) {
  const losses = points.flatMap((point) => [point.train_loss, point.test_loss]).filter((loss) => loss !== null && loss > 0);
  const decades = losses.length ? Math.log10(Math.max(.../** @type {number[]} */ (losses)) / Math.min(.../** @type {number[]} */ (losses))) : 0;
  return decades < 2.5 ? { dtick: "D2" } : {};
}
