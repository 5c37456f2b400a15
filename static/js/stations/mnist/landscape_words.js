import { count, number, short, trimmed } from "../../base/format.js";
import { lossesOf } from "../../runs/sharpness_series.js";
import { isPlaying } from "../../runs/state.js";
import { curvatureNow, unitOf } from "./landscape_state.js";

/** @typedef {import("./landscape_state.js").LandscapeState} LandscapeState */

const NEAR = 0.12; // of the threshold: as near λ stays about there
const RISE = 1.02; // times the loss before: less is not told as a rise

/** The claim of the picture. @param {LandscapeState} state */
export const claimOf = ({ preset }) =>
  preset.name === "mnist-edge"
    ? "Over the threshold, the run leaps to flatter ground"
    : "At the edge of stability, λ stays at 2/η";

/** What is trained on what, in a line. @param {LandscapeState} state */
export function recipeOf(state) {
  const { network, data } = (state.run ?? state.preset).configuration;
  const { batch_size: batch } = state.run ?? state.preset.configuration;
  const samples = state.run?.samples ?? data.inputs?.length ?? null;
  const rows = batch ? `batches of ${count(batch)}` : `all ${samples ? `${count(samples)} ` : ""}a step`;
  return `${network.layer_sizes.join(" → ")}, ${rows}. Change η while it trains, and watch λ.`;
}

/** What is seen. @param {LandscapeState} state */
export function landscapeSentence(state) {
  const { run, connection, refusal } = state;
  const unit = unitOf(state);
  if (connection === "gone") return "This run is not there any more.";
  if (!run) return "Nothing is trained yet: the first step starts the run, and λ appears below its loss.";
  if (run.diverged) return `Step ${count(run.diverged_at)}: the numbers left the finite range; η is too large.`;
  if (refusal) return refusal;
  const found = curvatureNow(state);
  const step = state.at ?? found?.step ?? run.step;
  const loss = lossAt(state, step);
  const start = `${capital(unit)} ${count(Math.floor(step / run.steps_per_epoch))}: the loss is ${number(loss)}`;
  if (found?.largest_eigenvalue == null || found.stability_threshold === null) return `${start}.`;
  return `${start}. ${againstThreshold(state, found, step)}`;
}

/**
 * λ against the threshold, and what follows.
 * @param {LandscapeState} state @param {import("../../runs/sharpness.js").Curvature} found @param {number} step
 */
function againstThreshold(state, found, step) {
  const [lambda, limit] = [Number(found.largest_eigenvalue), Number(found.stability_threshold)];
  const both = `λ is ${trimmed(lambda)}, and η = ${short(found.learning_rate)} is stable up to ${trimmed(limit)}`;
  if (Math.abs(lambda - limit) < NEAR * limit)
    return `${both}: at the edge of stability. The loss may rise from step to step, and falls all the same.`;
  if (lambda < limit) return `${both}: along the sharpest direction every step comes closer to the bottom.`;
  const before = lossAt(state, step - state.run.steps_per_epoch);
  const now = lossAt(state, step);
  const rises = before !== null && now !== null && now > RISE * before;
  return rises
    ? `${both}: it has swung so far that the loss rises. It will land where λ is smaller.`
    : `${both}: the loss may still fall, while the swing along the sharpest direction grows.`;
}

/** @param {LandscapeState} state @param {number} step */
export const lossAt = (state, step) => lossesOf(state).findLast((one) => one.step <= step)?.loss ?? null;

/** @param {string} word */
const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** What the scene's button does next; null where there is no scene, or it is over. @param {LandscapeState} state */
export function sceneWords(state) {
  const { run, preset, eta } = state;
  const { told } = preset;
  const step = run?.step ?? 0;
  if (!told || step >= told.end || (run && run.preset !== preset.name)) return null;
  if (isPlaying(state)) return null;
  const unit = unitOf(state);
  if (step < told.until) return `To ${unit} ${count(told.until)}`;
  return `${eta === told.learning_rate ? "On" : `η = ${short(told.learning_rate)}, on`} to ${unit} ${count(told.end)}`;
}
