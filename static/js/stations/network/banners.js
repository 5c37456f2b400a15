import { divergenceBanner } from "../../runs/divergence.js";

/** @typedef {import("../../controls/banners.js").Banner} Banner */
/** @typedef {import("./state.js").State} State */

/**
 * The messages that the state of the run calls for.
 * @param {State} state @param {boolean} isShared
 * @param {{restart: () => void, copy: () => void, goBack: (to: number, rate: number) => void}} ways
 * @returns {Banner[]}
 */
export function bannersOf({ connection, problem, run }, isShared, { restart, copy, goBack }) {
  /** @type {Banner[]} */
  const banners = [];
  if (connection === "lost")
    banners.push({ key: "lost", text: "The server does not answer; trying again… What is shown was computed before." });
  if (connection === "gone" || problem?.status === 404) {
    const text = "This run is not there any more: it was deleted, or the address is not complete.";
    banners.push({ key: "gone", bad: true, text, actions: [{ name: "New run", act: restart }] });
  } else if (problem) {
    const fields = problem.errors
      .map((/** @type {any} */ { location, message }) => `${location}: ${message}`)
      .join(" ");
    banners.push({ key: "problem", bad: true, text: fields || problem.message });
  }
  const diverged = divergenceBanner(run, isShared ? null : goBack);
  if (diverged) banners.push(diverged);
  if (isShared && connection !== "gone") {
    const text = "A shared run: it can be looked at; stepping is its owner's.";
    banners.push({ key: "shared", text, actions: [{ name: "Make my own", act: copy }] });
  }
  return banners;
}
