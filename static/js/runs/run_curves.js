import { createStackedCurves } from "./stacked_curves.js";
import { lossesOf, seriesOf } from "./sharpness_series.js";

/** @typedef {import("./sharpness.js").State} State */
/** @typedef {import("./sharpness_series.js").Seen} Seen */

/**
 * Loss, λ and 2/η along a run, drawn when something in them has changed; pressed or pulled, they choose the step looked
 * at, null for the newest.
 * @template {State} S
 * @param {HTMLElement} place
 * @param {{get: () => S, seenOf: (state: S) => Seen, onStep: (step: number|null) => void, hasSwing?: boolean,
 *   besideOf?: () => State|null}} parts `besideOf`: a second run, seen from its `since` on
 */
export function createRunCurves(place, { get, seenOf, onStep, hasSwing, besideOf = () => null }) {
  const onPull = (/** @type {number} */ value) => {
    const { at } = seriesOf(get(), seenOf(get()));
    onStep(nearestTo(get(), (step) => Math.abs(at(step) - value)));
  };
  const show = createStackedCurves(place, { onPull, hasSwing });
  let drawn = "";
  return (/** @type {S} */ state) => {
    const { run, configuration, records, evaluations, curvatures, rate, at = null } = state;
    const seen = seenOf(state);
    const other = besideOf();
    const key = JSON.stringify([
      [run?.share_id, run?.generation, run?.step, records.length, evaluations.length, rate, seen, at],
      [configuration, curvatures.length, curvatures.at(-1)?.step, document.documentElement.dataset.projector],
      other && [other.run?.share_id, other.since, other.rate, other.records.length, other.curvatures.length],
    ]);
    if (key === drawn) return;
    drawn = key;
    const beside = other && seriesOf(other, { ...seen, since: other.since });
    show(seriesOf(state, seen), { step: run?.step ?? 0, loss: run?.loss ?? null, moment: at }, beside);
  };
}

/**
 * The step with a loss of its own for which something is least; null where that is the newest.
 * @param {State} state @param {(step: number) => number} distance
 */
function nearestTo(state, distance) {
  const steps = lossesOf(state).map(({ step }) => step);
  if (!steps.length) return null;
  const step = steps.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  return step === steps[steps.length - 1] ? null : step;
}
