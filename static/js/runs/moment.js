/*
 * Looking at a run's past. `at` in a page's store is the step that is looked at, null where the run stands; what a page
 * draws of `asOf(state)` instead of the state itself is drawn as it was.
 */

import { LetGo } from "../base/api.js";
import { newestWins } from "../base/newest_wins.js";

/**
 * @typedef {{at: number|null, past: {step: number, diagnostics: any[]}|null}} Looking
 *   `past`: what is known of the step that is looked at
 */

/**
 * The step of the past that is looked at, or null where what is looked at is the newest.
 * @param {{at: number|null, run: any}} state
 */
export const pastStep = ({ at, run }) => (run && at !== null && at < run.step ? at : null);

/**
 * A run as it was at the step that is looked at, and what was known of it until then.
 * @template {import("./state.js").RunState & Looking} S
 * @param {S} state
 * @returns {S}
 */
export function asOf(state) {
  const step = pastStep(state);
  if (step === null) return state;
  const { run, past } = state;
  const known = past?.step === step ? past : null;
  const evaluations = state.evaluations.filter((evaluation) => evaluation.step <= step);
  const view = {
    step,
    epoch: Math.floor(step / run.steps_per_epoch),
    loss: evaluations.at(-1)?.train_loss ?? null,
    status: "paused",
    diverged: false,
    diagnostics: known?.diagnostics ?? null,
  };
  return { ...state, evaluations, rate: null, speed: null, run: { ...run, ...view } };
}

/**
 * Keep what is known of the step that is looked at.
 * @param {ReturnType<typeof import("../base/store.js").createStore<any>>} store
 * @param {(step: number) => Promise<any>} read
 */
export function followPast(store, read) {
  const follow = newestWins(async () => {
    const step = pastStep(store.get());
    if (step === null || store.get().past?.step === step) return;
    const past = await read(step).catch((fault) => {
      if (!(fault instanceof LetGo)) throw fault;
      follow(); // the step may still be there
    });
    if (past && pastStep(store.get()) === step) store.set({ past });
  }, 0);
  store.subscribe((state, before) => pastStep(state) !== pastStep(before) && follow());
}
