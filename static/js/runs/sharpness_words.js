import { count, shown, trimmed } from "../base/format.js";
import { thresholdFrom } from "./sharpness_series.js";

/**
 * λ at a step against the threshold of the update from there on, and what that update did.
 * @param {import("./sharpness.js").State} state @param {number} step @param {"update"|"epoch"} unit
 */
export function sharpnessSentence(state, step, unit) {
  const { curvatures, refusal, run } = state;
  if (refusal) return refusal;
  const found = curvatures.find((one) => one.step === step);
  const where = step || run ? `At ${unit} ${count(step)}` : "At the start";
  if (run?.diverged && step >= run.diverged_at) return `${where} the numbers are not finite: there is no λ.`;
  if (!found) return `${where} λ is being computed.`;
  const value = found.largest_eigenvalue;
  if (value === null) return `${where} the numbers are not finite: there is no λ.`;
  const limit = thresholdFrom(state, step);
  const start = `${where} λ = ${trimmed(value)}`;
  if (limit === null)
    return found.stability_threshold === null
      ? `${start}. This update rule has no one threshold.`
      : `${start}. The next step tells its threshold 2/η.`;
  const against = `2/η = ${trimmed(limit)}`;
  if (value > limit) return `${start} is over ${against}${overshoot(state, step)}`;
  if (value < limit)
    return `${start} is below ${against}: the step is short enough, even along the sharpest direction.`;
  return `${start} is exactly ${against}: along the sharpest direction a step swings, and comes no closer.`;
}

/** What came of a step over the threshold. @param {import("./sharpness.js").State} state @param {number} step */
function overshoot({ records, run }, step) {
  const { loss_before: before = null, loss_after: after = null } = records[step] ?? {};
  // a batch has a loss of its own
  if (!records[step] || before === null || run.steps_per_epoch > 1)
    return ": along the sharpest direction a step overshoots, and the loss may rise.";
  const change = `${shown(before)} to ${shown(after)}`;
  return after === null || after > before
    ? `, and the next step makes the loss rise, from ${change}.`
    : `, yet the next step takes the loss down, from ${change}.`;
}
