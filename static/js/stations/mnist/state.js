import { spansDecades } from "../../runs/loss_curve.js";
import { emptyRunState } from "../../runs/state.js";

/**
 * What the MNIST page knows beside its run.
 * @typedef {object} Digits
 * @property {any[]} answers the network's answers for the digits on show
 * @property {number} tested how many test digits there are
 * @property {"all"|"wrong"} chosen from which the answers are
 * @property {number} choice how many of them can be turned to: all, or the wrong ones
 * @property {number|null} answered of which step they are
 * @property {number|null} predicted of which step the outputs for the drawing are
 * @property {boolean} changed whether settings wait for a new run
 * @property {boolean|null} logarithmic what was chosen for the loss axis; null leaves it to the losses
 * @property {number} first the first test digit on show
 * @property {boolean} wrong whether only wrong ones are shown
 * @property {number|null} at the step of the past that is looked at, null for the newest
 * @property {{step: number, diagnostics: any[]}|null} past what is known of it
 * @property {string|null} why the number that is to stay asked
 * @property {number} drawing how often what is on the pad has changed
 * @property {{from: number, rate: number}|null} branch where the second run leaves the first, and its η
 */

/** @typedef {import("../../runs/state.js").RunState & Digits} MnistState */
/** @typedef {ReturnType<typeof import("../../base/store.js").createStore<MnistState>>} MnistStore */

/**
 * The state before anything was read.
 * @returns {MnistState}
 */
export const emptyState = () => ({
  ...emptyRunState(),
  answers: [],
  tested: 0,
  chosen: "all",
  choice: 0,
  changed: false,
  logarithmic: null,
  first: 0,
  wrong: false,
  at: null,
  answered: null,
  predicted: null,
  past: null,
  why: null,
  drawing: 0,
  branch: null,
});

/**
 * Whether the loss axis is logarithmic: as chosen, else where the losses need it.
 * @param {MnistState} state
 */
export const isLogarithmic = (state) => state.logarithmic ?? spansDecades(state.evaluations);
