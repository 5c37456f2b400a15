import { count, trimmed } from "../base/format.js";
import { lossesAlong } from "./losses.js";
import { lineOf } from "./sharpness.js";

/** @typedef {import("./sharpness.js").State} State */
/** @typedef {import("./sharpness.js").Curvature} Curvature */
/**
 * The lines of a run over one axis; `at` is where each step stands on it.
 * @typedef {{x: number, y: number}} Point
 * @typedef {{unit: "epoch"|"step"|"update"|"η·step", at: (step: number) => number, first: number, last: number,
 *   named: (step: number) => string, isLog: boolean, losses: Point[], sharpness: Point[], thresholds: Point[],
 *   swings: Point[], changes: {x: number, from: number, to: number}[], crossings: Point[]}} Series `named`: how the
 *   axis names a step; `isLog`: x is the power of ten of the epoch + 1; `crossings`: where λ comes over the threshold,
 *   the first one of each learning rate
 */
/**
 * Which stretch of the run is seen, and over what.
 * @typedef {{range: "last"|"all", axis: "step"|"time", window: number, least?: number,
 *   step?: "step"|"update"|"epoch", start?: number|null, since?: number}} Seen `window`: so many epochs are the last
 *   ones; `least`: so many the axis has at least; `step`: what a step is called; `start`: the loss of a run that is
 *   not stored yet; `since`: the first step seen
 */

/**
 * Loss, λ, the threshold 2/η and the swing of a run, as far as they are known.
 * @param {State} state @param {Seen} seen
 * @returns {Series}
 */
export function seriesOf(state, seen) {
  const { range, axis, window, least = 10, step = "step", start = null, since = 0 } = seen;
  const { run, records } = state;
  const whole = run?.steps_per_epoch ?? 1;
  const times = axis === "time" ? timesOf(records) : null;
  const isLog = state.scale === "log" && !times;
  const at = (/** @type {number} */ step) => {
    if (times) return times[Math.min(step, times.length - 1)] ?? 0;
    return isLog ? Math.log10(step / whole + 1) : step / whole;
  };
  const end = Math.max(run?.step ?? 0, least * whole);
  const begin = Math.max(since, range === "last" ? end - window * whole : 0);
  const inSight = (/** @type {{step: number}} */ one) => one.step >= begin;
  const curvatures = state.curvatures.filter(inSight);
  /** @param {(one: Curvature) => number|null} value */
  const line = (value) => curvatures.flatMap((one) => pointOf(at(one.step), value(one)));
  return {
    unit: axis === "time" ? "η·step" : run?.dataset === "mnist" || whole > 1 ? "epoch" : step,
    at,
    named: (step) => (times ? trimmed(at(step), 3) : count(Math.floor(step / whole))),
    isLog,
    first: at(begin),
    last: Math.max(at(end), at(begin) + Number.EPSILON),
    losses: (run ? lossesOf(state) : [{ step: 0, loss: start }])
      .filter(inSight)
      .flatMap(({ step, loss }) => pointOf(at(step), loss)),
    sharpness: line((one) => one.largest_eigenvalue),
    thresholds: thresholdsOf(state, { begin, end }, at),
    swings: line((one) => one.swing || null),
    changes: changesOf(records)
      .filter(({ step }) => step > begin)
      .map(({ step, from, to }) => ({ x: at(step), from, to })),
    crossings: crossingsOf(state)
      .filter(inSight)
      .flatMap(({ step, largest_eigenvalue: y }) => pointOf(at(step), y)),
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
  return lossesAlong({ run, records }).map((loss, step) => ({ step, loss }));
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
 * The learning rate of the update from a step on: the one made, or the next one.
 * @param {State} state @param {number} step
 */
const rateFrom = ({ run, records, rate, curvatures }, step) =>
  records[step]?.learning_rate ?? rate ?? run?.optimizer.learning_rate ?? curvatures[0]?.learning_rate;

/**
 * The threshold that holds for the update from a step on, as the server said it of that learning rate; null where it
 * has not yet, or where the update rule has none.
 * @param {State} state @param {number} step
 */
export function thresholdFrom(state, step) {
  const rate = rateFrom(state, step);
  return state.curvatures.find((one) => one.learning_rate === rate)?.stability_threshold ?? null;
}

/**
 * The threshold as stairs: the server's value of each learning rate, from the step on where it held first.
 * @param {State} state @param {{begin: number, end: number}} range @param {(step: number) => number} at
 * @returns {Point[]}
 */
function thresholdsOf(state, { begin, end }, at) {
  const last = state.run?.step ?? 0;
  const made = changesOf(state.records).map(({ step }) => step);
  const steps = [0, ...made, ...(last && rateFrom(state, last) !== rateFrom(state, last - 1) ? [last] : [])];
  return steps.flatMap((step, index) => {
    const until = steps[index + 1] ?? end;
    const value = thresholdFrom(state, step);
    if (until < begin) return [];
    return [...pointOf(at(Math.max(step, begin)), value), ...pointOf(at(until), value)];
  });
}

/**
 * Where λ is over the threshold first, for each learning rate: only between neighbors of the line, as what lies between
 * may not be known yet.
 * @param {State} state
 */
function crossingsOf(state) {
  const line = lineOf(state);
  const follows = (/** @type {Curvature} */ one, /** @type {Curvature|null} */ before) =>
    (line.findLast((step) => step < one.step) ?? 0) <= (before?.step ?? -1);
  /** @type {number|undefined} */
  let marked;
  return state.curvatures.filter((one, index) => {
    const before = index ? state.curvatures[index - 1] : null;
    const rate = rateFrom(state, one.step);
    const comesOver = isOver(state, one) && rate !== marked && !(before && isOver(state, before));
    const isFirst = comesOver && (one.step === 0 || follows(one, before));
    if (isFirst) marked = rate;
    return isFirst;
  });
}

/** Whether λ is over the threshold of the update from its step on. @param {State} state @param {Curvature} one */
function isOver(state, { largest_eigenvalue: value, step }) {
  const limit = thresholdFrom(state, step);
  return value !== null && limit !== null && value > limit;
}
