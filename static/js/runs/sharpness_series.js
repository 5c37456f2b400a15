/**
 * The lines of a run over one axis; `at` is where each step stands on it.
 * @typedef {{x: number, y: number}} Point
 * @typedef {{unit: "epoch"|"step"|"η·step", at: (step: number) => number, first: number, last: number,
 *   losses: Point[], sharpness: Point[], thresholds: Point[], swings: Point[],
 *   changes: {x: number, from: number, to: number}[]}} Series
 */
/**
 * Which stretch of the run is seen, and over what.
 * @typedef {{range: "last"|"all", axis: "step"|"time", window: number}} Seen `window`: so many epochs are the last ones
 */

/**
 * Loss, λ, the threshold 2/η and the swing of a run, as far as they are known.
 * @param {import("./sharpness.js").State} state @param {Seen} seen
 * @returns {Series}
 */
export function seriesOf(state, { range, axis, window }) {
  const { run, records } = state;
  const whole = run?.steps_per_epoch ?? 1;
  const times = axis === "time" ? timesOf(records) : null;
  const at = (/** @type {number} */ step) => (times ? (times[Math.min(step, times.length - 1)] ?? 0) : step / whole);
  const end = Math.max(run?.step ?? 0, 10 * whole);
  const begin = range === "last" ? Math.max(0, end - window * whole) : 0;
  const inSight = (/** @type {{step: number}} */ one) => one.step >= begin;
  const curvatures = state.curvatures.filter(inSight);
  /** @param {(one: import("./sharpness.js").Curvature) => number|null} value */
  const line = (value) => curvatures.flatMap((one) => pointOf(at(one.step), value(one)));
  return {
    unit: axis === "time" ? "η·step" : run?.dataset === "mnist" || whole > 1 ? "epoch" : "step",
    at,
    first: at(begin),
    last: Math.max(at(end), at(begin) + Number.EPSILON),
    losses: lossesOf(state)
      .filter(inSight)
      .flatMap(({ step, loss }) => pointOf(at(step), loss)),
    sharpness: line((one) => one.largest_eigenvalue),
    thresholds: thresholdsOf(state, begin, at),
    swings: line((one) => one.swing || null),
    changes: changesOf(records)
      .filter(({ step }) => step > begin)
      .map(({ step, from, to }) => ({ x: at(step), from, to })),
  };
}

/** @param {number} x @param {number|null} y @returns {Point[]} */
const pointOf = (x, y) => (y === null ? [] : [{ x, y }]);

/** The sum of the learning rates up to each step: how far gradient flow would have come. @param {any[]} records */
function timesOf(records) {
  const times = [0];
  for (const { learning_rate: rate } of records) times.push(times[times.length - 1] + rate);
  return times;
}

/**
 * The loss on all samples at each step that has one.
 * @param {import("./state.js").RunState} state
 * @returns {{step: number, loss: number|null}[]}
 */
export function lossesOf({ run, records, evaluations }) {
  if (evaluations.length) return evaluations.map(({ step, train_loss: loss }) => ({ step, loss }));
  if (!records.length) return run ? [{ step: run.step, loss: run.loss }] : [];
  const after = records.map(({ step, loss_after: loss }) => ({ step, loss }));
  return [{ step: 0, loss: records[0].loss_before }, ...after];
}

/** Where the learning rate became another. @param {import("./state.js").Record[]} records */
function changesOf(records) {
  const found = [];
  for (let k = 1; k < records.length; k += 1) {
    const [from, to] = [records[k - 1].learning_rate, records[k].learning_rate];
    if (from !== to) found.push({ step: k, from, to });
  }
  return found;
}

/**
 * The threshold as stairs: the server's value of each learning rate, from the step on where it held first.
 * @param {import("./sharpness.js").State} state @param {number} begin @param {(step: number) => number} at
 * @returns {Point[]}
 */
function thresholdsOf({ run, records, curvatures }, begin, at) {
  const of = new Map(curvatures.map((one) => [one.learning_rate, one.stability_threshold]));
  const changes = changesOf(records);
  const stretches = [
    { step: 0, rate: records[0]?.learning_rate ?? run?.optimizer.learning_rate },
    ...changes.map(({ step, to }) => ({ step, rate: to })),
  ];
  const points = stretches.flatMap(({ step, rate }, index) => {
    const until = changes[index]?.step ?? run?.step ?? 0;
    const value = of.get(rate) ?? null;
    if (until < begin) return [];
    return [...pointOf(at(Math.max(step, begin)), value), ...pointOf(at(until), value)];
  });
  return points;
}
