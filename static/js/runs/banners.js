import { createBanners } from "../controls/banners.js";
import { part } from "../controls/parts.js";

/** @typedef {import("../controls/banners.js").Banner} Banner */

/**
 * What stands in the way of a run: the server that does not answer, or that does not have it any more.
 * @param {{connection: string}} state @param {(() => void)|null} restart begins another run where this one is gone
 * @returns {Banner[]}
 */
export function connectionBanners({ connection }, restart) {
  if (connection === "lost")
    return [{ key: "lost", text: "The server does not answer; trying again… What is shown was computed before." }];
  if (connection !== "gone") return [];
  const text = "This run is not there any more: it was deleted, or the address is not complete.";
  return [{ key: "gone", bad: true, text, actions: restart ? [{ name: "New run", act: restart }] : [] }];
}

/**
 * What the server refused.
 * @param {any} problem
 * @returns {Banner}
 */
export function problemBanner(problem) {
  const words = problem.errors?.map((/** @type {any} */ one) => `${one.location}: ${one.message}`).join(" ");
  return { key: "problem", bad: true, text: words || problem.message };
}

/**
 * What stands in the way, or has happened to a run, with what one can do about it.
 * @param {(() => void)|null} restart begins another run where this one is gone
 * @param {ReturnType<typeof import("./divergence.js").createDivergence>} divergence
 */
export function wireRunBanners(restart, divergence) {
  const show = createBanners(part("banners", HTMLElement));
  return (/** @type {{connection: string, problem: any, run: any}} */ state) => {
    const diverged = divergence(state.run);
    show([
      ...connectionBanners(state, restart),
      ...(state.problem ? [problemBanner(state.problem)] : []),
      ...(diverged ? [diverged] : []),
    ]);
  };
}
