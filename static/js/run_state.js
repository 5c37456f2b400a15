import { spansDecades } from "./figures/loss_curve.js";

/**
 * What the MNIST page knows.
 * @typedef {object} RunState
 * @property {any} run the newest view of the run, null before there is one
 * @property {import("./figures/loss_curve.js").Evaluation[]} evaluations
 * @property {any[]} answers the network's answers for the digits on show
 * @property {number} tested how many test digits there are
 * @property {"all"|"wrong"} chosen from which the answers are
 * @property {number} choice how many of them can be turned to: all, or the wrong ones
 * @property {"opening"|"live"|"lost"|"gone"} connection
 * @property {"playing"|"paused"|null} wanted what the last click asked for, until the server says it is so
 * @property {number|null} rate a learning rate that the next step will use
 * @property {boolean} changed whether settings wait for a new run
 * @property {boolean|null} logarithmic what was chosen for the loss axis; null leaves it to the losses
 * @property {number} first the first test digit on show
 * @property {boolean} wrong whether only wrong ones are shown
 * @property {number|null} speed epochs a second
 * @property {any} problem the last refusal, until the next success
 */

/**
 * The state before anything was read.
 * @returns {RunState}
 */
export const emptyState = () => ({
  run: null, evaluations: [], answers: [], tested: 0, chosen: "all", choice: 0, connection: "opening", wanted: null, rate: null, changed: false, logarithmic: null, first: 0, wrong: false, speed: null, problem: null,
});

/**
 * Whether training goes on, as far as the last click and the server say.
 * @param {RunState} state
 */
export const isPlaying = (state) => (state.wanted ?? state.run?.status) === "playing";

/**
 * Whether the loss axis is logarithmic: as chosen, else where the losses need it.
 * @param {RunState} state
 */
export const isLogarithmic = (state) => state.logarithmic ?? spansDecades(state.evaluations);
