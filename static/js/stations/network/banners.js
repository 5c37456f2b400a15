import { connectionBanners, problemBanner } from "../../runs/banners.js";

/** @typedef {import("../../controls/banners.js").Banner} Banner */
/** @typedef {import("./state.js").State} State */

/**
 * The messages that the state of the run calls for.
 * @param {State} state @param {boolean} isShared
 * @param {{restart: () => void, copy: () => void}} ways
 * @param {Banner|null} diverged
 * @returns {Banner[]}
 */
export function bannersOf({ connection, problem }, isShared, { restart, copy }, diverged) {
  const isGone = connection === "gone" || problem?.status === 404;
  const banners = connectionBanners({ connection: isGone ? "gone" : connection }, restart);
  if (problem && !isGone) banners.push(problemBanner(problem));
  if (diverged) banners.push(diverged);
  if (isShared && connection !== "gone") {
    const text = "A shared run: it can be looked at; stepping is its owner's.";
    banners.push({ key: "shared", text, actions: [{ name: "Make my own", act: copy }] });
  }
  return banners;
}
