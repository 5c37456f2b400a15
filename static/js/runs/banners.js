import { createBanners } from "../controls/banners.js";
import { part } from "../controls/parts.js";
import { divergenceBanner } from "./divergence.js";

/** @typedef {import("../controls/banners.js").Banner} Banner */

/**
 * What stands in the way, or has happened to a run, with what one can do about it.
 * @param {(() => void)|null} restart begins another run where this one is gone
 * @param {((to: number, rate: number) => void)|null} goBack as for a divergence; null where one watches
 */
export function wireRunBanners(restart, goBack) {
  const show = createBanners(part("banners", HTMLElement));
  return (/** @type {{connection: string, problem: any, run: any}} */ { connection, problem, run }) => {
    /** @type {Banner[]} */
    const banners = [];
    if (connection === "lost")
      banners.push({
        key: "lost",
        text: "The server does not answer; trying again… What is shown was computed before.",
      });
    if (connection === "gone")
      banners.push({
        key: "gone",
        bad: true,
        text: "This run is not there any more: it was deleted, or the address is not complete.",
        actions: restart ? [{ name: "New run", act: restart }] : [],
      });
    if (problem) {
      const words = problem.errors?.map((/** @type {any} */ one) => `${one.location}: ${one.message}`).join(" ");
      banners.push({ key: "problem", bad: true, text: words || problem.message });
    }
    const diverged = divergenceBanner(run, goBack);
    if (diverged) banners.push(diverged);
    show(banners);
  };
}
