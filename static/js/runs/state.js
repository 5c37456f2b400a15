/**
 * What a page's store holds of its run; the session keeps it, the page reads it and adds fields of its own.
 * @typedef {object} RunState
 * @property {any} configuration what the first step will store, null once it is stored
 * @property {any} run the newest view of the run, null before it is stored
 * @property {import("./loss_curve.js").Evaluation[]} evaluations
 * @property {Record[]} records every step so far, where the session was asked to keep them
 * @property {"opening"|"live"|"lost"|"gone"} connection
 * @property {"playing"|"paused"|null} wanted what the last click asked for, until the server says it is so
 * @property {number|null} rate a learning rate that the next step will use
 * @property {number|null} speed epochs a second, where the page measures it
 * @property {any} problem the last refusal, until the next success
 */

/**
 * @typedef {{step: number, epoch: number, batch_size: number, learning_rate: number, loss_before: number|null,
 *   loss_after: number|null}} Record one update
 */

/**
 * @typedef {{kind: "stored", run: any, asked: any}|{kind: "stepped", answer: any, start: number}|{kind: "refused",
 *   fault: unknown}|{kind: "played"|"paused"|"rewound"|"returned"|"stuck"|"moved"}} News what a page may say a sentence
 *   of
 */

/** @typedef {ReturnType<typeof import("../base/store.js").createStore<any>> & {get: () => RunState}} RunStore */

/**
 * The state before anything was read.
 * @returns {RunState}
 */
export const emptyRunState = () => ({
  configuration: null,
  run: null,
  evaluations: [],
  records: [],
  connection: "opening",
  wanted: null,
  rate: null,
  speed: null,
  problem: null,
});

/**
 * Whether another tab or client gave the run a learning rate, and none waits here for the next step.
 * @param {RunState} state @param {RunState} before
 */
export const isRateOfOthers = ({ run, rate }, before) =>
  rate === null &&
  before.rate === null &&
  run?.share_id === before.run?.share_id &&
  run?.optimizer.learning_rate !== before.run?.optimizer.learning_rate;

/**
 * Whether training goes on, as far as the last click and the server say.
 * @param {RunState} state
 */
export const isPlaying = (state) => (state.wanted ?? state.run?.status) === "playing";
