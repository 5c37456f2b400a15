import { count, short } from "../base/format.js";

/**
 * Which η made a run diverge, and the ways back from there; null where it did not, or while that is being read.
 * @param {any} run
 * @param {((to: number, rate: number) => void)|null} goBack rewinds and goes on with another η; null where one watches
 * @returns {import("../controls/banners.js").Banner|null}
 */
export function divergenceBanner(run, goBack) {
  if (!run?.diverged || !run.divergence) return null;
  const { last_fall: fall, learning_rate: rate } = run.divergence;
  const since = fall ? `the loss last fell at step ${count(fall)}` : "the loss never fell";
  const text =
    `Diverged with η = ${short(rate)}: ${since}, and at step ${count(run.diverged_at)} the numbers left what a ` +
    "float can hold.";
  const start = { name: "From the start, η ÷ 10", act: () => goBack?.(0, rate / 10) };
  const back = { name: `Rewind to step ${count(fall)}, η ÷ 10`, act: () => goBack?.(fall, rate / 10) };
  const ways = fall ? [back, start] : [start];
  return { key: "diverged", bad: true, text, actions: goBack ? ways : [] };
}
