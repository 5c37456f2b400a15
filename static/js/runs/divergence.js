import { count, short, shown } from "../base/format.js";
import { newestWins } from "../base/newest_wins.js";
import { smallerRate } from "./failure.js";

/** @typedef {import("../controls/banners.js").Banner} Banner */
/** @typedef {{[step: number]: number|null}} Limits 2/λ at the steps that one may go back to, where it is known */

/**
 * What is said of a run that diverged, and the ways back, with an η that is below 2/λ where the run goes on from.
 * @param {{get: () => any, set: (change: {}) => void, subscribe: (listener: () => void) => void}} store
 * @param {Pick<ReturnType<typeof import("./session.js").createSession>, "read">} session
 * @param {((to: number, rate: number) => void)|null} goBack rewinds and goes on with another η; null where one watches
 * @returns {(run: any) => Banner|null}
 */
export function createDivergence(store, session, goBack) {
  let known = { key: "", limits: /** @type {Limits} */ ({}) };
  const ask = newestWins(async () => {
    const { run } = store.get();
    const key = keyOf(run);
    if (!key || key === known.key) return;
    const steps = stepsBack(run);
    const limitAt = (/** @type {number} */ step) =>
      session.read(`curvature?step=${step}`).then(
        ({ speed_limit: limit }) => limit,
        () => null, // a network too large to be asked has none
      );
    const limits = await Promise.all(steps.map(limitAt));
    known = { key, limits: Object.fromEntries(steps.map((step, index) => [step, limits[index]])) };
    store.set({});
  }, 0);
  store.subscribe(() => {
    const key = goBack && keyOf(store.get().run);
    if (key && key !== known.key) ask();
  });
  return (run) => {
    if (!run?.diverged || !run.divergence) return null;
    const key = keyOf(run);
    // the ways are not offered before it is known how far they go
    const ways = goBack && (!key || key === known.key) ? waysBack(run, key ? known.limits : {}, goBack) : [];
    return { key: "diverged", bad: true, text: wordsOf(run), actions: ways };
  };
}

/** The step to which the loss last fell, and the start. @param {any} run */
const stepsBack = ({ divergence: { last_fall: fall } }) => (fall ? [fall, 0] : [0]);

/**
 * Of which run, and which past of it, 2/λ says what η would do: it does of gradient descent on all samples, with an η
 * that stays.
 * @param {any} run
 */
function keyOf(run) {
  if (!run?.diverged || !run.divergence || run.steps_per_epoch > 1) return "";
  const { method, schedule } = run.optimizer;
  return method === "gradient_descent" && !schedule ? `${run.share_id} ${run.generation}` : "";
}

/** Which η made a run diverge. @param {any} run */
function wordsOf({ divergence, diverged_at: at }) {
  const { last_fall: fall, learning_rate: rate } = divergence;
  const since = fall ? `the loss last fell at step ${count(fall)}` : "the loss never fell";
  return (
    `Diverged with η = ${short(rate)}: ${since}, and at step ${count(at)} the numbers left what a ` + "float can hold."
  );
}

/** @param {any} run @param {Limits} limits @param {(to: number, rate: number) => void} goBack */
function waysBack(run, limits, goBack) {
  const used = run.divergence.learning_rate;
  return stepsBack(run).map((step) => {
    const limit = limits[step] ?? null;
    const isOver = limit !== null && limit < used;
    const rate = isOver ? smallerRate(limit, used) : used / 10;
    const words = isOver ? `η = ${short(rate)}, below 2/λ = ${shown(limit, 3)}` : "η ÷ 10";
    const where = step ? `Rewind to step ${count(step)}` : "From the start";
    return { name: `${where}, ${words}`, act: () => goBack(step, rate) };
  });
}
