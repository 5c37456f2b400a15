/**
 * What a station asks before it shows. A strip above the figure asks one question after the other, the API judges, and
 * the answer is shown by moving the figure. It comes by itself where a visit begins at the station's beginning, not on
 * a projector or a phone, nor where an address brings a picture of its own; closed, it comes back by its button only.
 */
import { isProjected } from "../base/theme.js";
import { createStrip } from "./question_strip.js";
import { recallQuestions, wasAsking } from "./questions_memory.js";

const LOOKS = ["theme", "projector", "view", "slide"]; // of an address that brings no picture of its own

/**
 * To be called at the page's start, whose address still says how one came.
 * @returns {() => void} asks, where this page has something to ask
 */
export function createQuestions() {
  const form = document.getElementById("question");
  const opener = document.getElementById("ask");
  if (!(form instanceof HTMLFormElement) || !opener) return () => {};
  const place = [document.body.dataset.page, form.dataset.view].filter(Boolean).join("/");
  const strip = createStrip(form, place, opener);
  let isInvited = comesByItself(place);
  opener.addEventListener("click", () => {
    isInvited = false;
    if (form.hidden) void strip.open(true);
    else strip.close();
  });
  // a clicker goes on; the page turns its slide first
  document.addEventListener("keydown", ({ key }) => {
    if ((key === "PageDown" || key === "PageUp") && !form.hidden) setTimeout(strip.stepAside);
  });
  return () => void (isInvited && strip.open(false));
}

/** @param {string} place */
function comesByItself(place) {
  const query = new URLSearchParams(location.search);
  const first = String(JSON.parse(document.body.dataset.states ?? "[]")[0]?.[0]);
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (visit?.type === "reload" && wasAsking(place)) return true;
  const isBeginning = query.has("slide")
    ? query.get("slide") === first
    : [...query.keys()].every((name) => LOOKS.includes(name));
  const hasRoom = !matchMedia("(max-width: 820px)").matches; // there the figure would be pushed off the first screen
  return isBeginning && hasRoom && !isProjected() && !recallQuestions().closed.includes(place);
}
