import { count, short } from "../format.js";

/** @typedef {import("./banners.js").Banner} Banner */
/**
 * What one can do from a banner.
 * @typedef {{begin: () => void, copy: () => void, goBack: (to: number, rate: number) => void}} Ways
 */

/**
 * The messages that the state of a run calls for.
 * @param {import("../run_state.js").RunState} state @param {boolean} shared @param {Ways} ways
 * @returns {Banner[]}
 */
export function runBanners(state, shared, ways) {
  /** @type {Banner[]} */
  const banners = [];
  const { run, problem } = state;
  if (state.connection === "lost") banners.push({ key: "lost", text: "The server does not answer; trying again…" });
  if (state.connection === "gone") banners.push({ key: "gone", bad: true, text: "This run is not there any more: it was deleted, or the address is not complete.", actions: [{ name: "New run", act: ways.begin }] });
  if (shared && run) banners.push({ key: "shared", text: "A shared run: you watch it, its owner trains it.", actions: [{ name: "Make my own", act: ways.copy }] });
  if (run && run.dataset !== "mnist") banners.push({ key: "other", text: "This run does not learn MNIST: its numbers are shown, but there are no digits to read.", actions: [{ name: "New MNIST run", act: ways.begin }] });
  if (run?.diverged && !shared) banners.push(divergence(run, ways));
  if (problem?.command || problem?.status === 503) banners.push({ key: "missing", text: problem.message.replace(problem.command ?? "", "").trim(), code: problem.command, actions: [{ name: "Try again", act: ways.begin }] });
  else if (problem && problem.status !== 404) banners.push({ key: "problem", bad: true, text: wording(problem) });
  return banners;
}

/** @param {any} run @param {Ways} ways @returns {Banner} */
function divergence(run, ways) {
  const before = Math.max(0, run.diverged_at - 1);
  const rate = run.optimizer.learning_rate;
  return {
    key: "diverged", bad: true,
    text: `Diverged: with η = ${short(rate)} each update overshot further than the last, until at step ${count(run.diverged_at)} the numbers left what a float can hold. All before is still there.`,
    actions: [
      { name: `Rewind to step ${count(before)}, η ÷ 10`, act: () => ways.goBack(before, rate / 10) },
      { name: "From the start, η ÷ 10", act: () => ways.goBack(0, rate / 10) },
    ],
  };
}

/** @param {any} problem */
function wording(problem) {
  const fields = (problem.errors ?? []).map((/** @type {any} */ error) => `${error.location}: ${error.message}`).join(" ");
  return fields || problem.message;
}
