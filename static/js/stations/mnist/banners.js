import { count, number, percent, short } from "../../base/format.js";
import { connectionBanners, problemBanner } from "../../runs/banners.js";
import { whenOf } from "./sentences.js";

/** @typedef {import("../../controls/banners.js").Banner} Banner */
/**
 * What one can do from a banner.
 * @typedef {{begin: () => void, copy: () => void, adopt: () => void, drop: () => void}} Ways
 */

/**
 * The messages that the state of a run calls for.
 * @param {import("./state.js").MnistState} state @param {boolean} shared @param {Ways} ways
 * @param {{run: any, evaluations: import("../../runs/loss_curve.js").Evaluation[]}|null} beside the second run
 * @param {Banner|null} diverged
 * @returns {Banner[]}
 */
export function runBanners(state, shared, ways, beside, diverged) {
  const banners = connectionBanners(state, ways.begin);
  const { run, problem } = state;
  if (shared && run)
    banners.push({
      key: "shared",
      text: "A shared run: you watch it, its owner trains it.",
      actions: [{ name: "Make my own", act: ways.copy }],
    });
  if (run && run.dataset !== "mnist")
    banners.push({
      key: "other",
      text: "This run does not learn MNIST: its numbers are shown, but there are no digits to read.",
      actions: [{ name: "New MNIST run", act: ways.begin }],
    });
  if (diverged) banners.push(diverged);
  if (state.branch && beside) banners.push(comparison(state, beside, ways));
  if (problem?.command || problem?.status === 503)
    banners.push({
      key: "missing",
      text: problem.message.replace(problem.command ?? "", "").trim(),
      code: problem.command,
      actions: [{ name: "Try again", act: ways.begin }],
    });
  else if (problem && problem.status !== 404) banners.push(problemBanner(problem));
  return banners;
}

/**
 * The second run beside the first, where it has come to.
 * @param {import("./state.js").MnistState} state
 * @param {{run: any, evaluations: import("../../runs/loss_curve.js").Evaluation[]}} beside @param {Ways} ways
 * @returns {Banner}
 */
function comparison({ branch, evaluations, run }, beside, ways) {
  const at = beside.evaluations.at(-1);
  const same = evaluations.find((evaluation) => evaluation.step === at?.step);
  const first = same ? `the first run there: ${standing(same)}` : "the first run has not come so far";
  const news = beside.run.diverged
    ? `it diverged at step ${count(beside.run.diverged_at)}`
    : `at epoch ${count(at?.epoch)}: ${standing(at)}; ${first}`;
  const from = whenOf({
    step: branch?.from ?? 0,
    epoch: Math.floor((branch?.from ?? 0) / run.steps_per_epoch),
    steps_per_epoch: run.steps_per_epoch,
  });
  return {
    key: "branch",
    text: `Branch from ${from} with η = ${short(branch?.rate ?? 0)}, ${news}.`,
    actions: [
      { name: "Go on with it", act: ways.adopt },
      { name: "Drop it", act: ways.drop },
    ],
  };
}

/** @param {import("../../runs/loss_curve.js").Evaluation|undefined} at */
const standing = (at) => `train loss ${number(at?.train_loss)}, ${percent(at?.test_accuracy)} right`;
