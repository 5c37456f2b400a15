import { Problem, readCatalog } from "../api.js";
import { onThemeChange } from "../theme.js";
import { createBanners } from "../views/banners.js";
import { wireFrame } from "../views/frame.js";
import { part, write } from "../views/parts.js";
import { createExampleButtons, wireCodeButtons } from "../views/station_bar.js";

/** @typedef {import("../station_state.js").StationState} StationState */
/** @typedef {{name: string, title: string, station: string, slides: string|null, call: string, request: Record<string, any>, settings: Record<string, any>, marks?: Record<string, number>[]}} Example what the server is asked, how its page shows it, and points to compare */

/**
 * The lecture's functions for one station, in the catalog's order; asked for until the server answers.
 * @param {string} station
 * @returns {Promise<Example[]>}
 */
export async function readExamples(station) {
  for (;;) {
    try {
      const catalog = await readCatalog();
      return catalog.examples.filter((/** @type {Example} */ example) => example.station === station);
    } catch (fault) {
      if (fault instanceof Problem && fault.status < 500) throw fault;
      write(part("says", HTMLElement), "The server does not answer; trying again…");
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

/**
 * Start a page; what keeps it from starting stands where its sentence would.
 * @param {() => Promise<void>} start
 */
export function startPage(start) {
  start().catch((fault) => {
    write(part("says", HTMLElement), fault instanceof Error ? fault.message : String(fault));
    reportError(fault);
  });
}

/**
 * What every station has: views that show its state, the bar of actions, keys, banners.
 * @template {StationState} S
 * @param {{get: () => S, set: (change: any) => void, subscribe: (listener: (state: S, before: S) => void) => void}} store
 * @param {{views?: ((state: S) => void)[], examples: Example[], choose: (example: Example) => void, chosen?: (state: S) => string|null, question: () => import("../views/station_bar.js").Question, keys?: Record<string, () => void>}} parts
 *   `views` are told of each state and each theme, in this order; `chosen` names the example whose button is marked
 */
export function wireStation(store, { views = [], examples, choose, chosen = (state) => state.example, question, keys = {} }) {
  const mark = createExampleButtons(part("examples", HTMLElement), examples, choose);
  wireCodeButtons(question);
  const toggles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-toggle]")]);
  const flip = (/** @type {"numbers"|"precise"} */ name) => store.set({ [name]: !store.get()[name] });
  for (const button of toggles) button.addEventListener("click", () => flip(/** @type {any} */ (button.dataset.toggle)));
  const showBanners = createBanners(part("banners", HTMLElement));
  const show = (/** @type {S} */ state) => {
    mark(chosen(state));
    for (const button of toggles) button.setAttribute("aria-pressed", String(Boolean(state[/** @type {keyof S} */ (button.dataset.toggle)])));
    showBanners(bannersOf(state));
  };
  const showAll = () => [...views, show].forEach((view) => view(store.get()));
  store.subscribe(showAll);
  onThemeChange(showAll);
  showAll();
  wireFrame({ n: () => flip("numbers"), d: () => flip("precise"), ...keys });
}

/** @param {StationState} state @returns {import("../views/banners.js").Banner[]} */
function bannersOf({ connection, problem }) {
  if (connection === "lost") return [{ key: "lost", text: "The server does not answer; trying again… What is shown was computed before." }];
  if (!problem) return [];
  // a formula that cannot be read is answered at its field
  const elsewhere = problem.errors.filter((error) => !hasField(error.location));
  if (problem.errors.length && !elsewhere.length) return [];
  return [{ key: "problem", bad: true, text: elsewhere.map((error) => `${error.location}: ${error.message}`).join(" ") || problem.message }];
}

/** Whether a formula of this page has the place in the request, as `expressions.1`. @param {string} location */
const hasField = (location) => document.getElementById(`${location.replace(".", "-")}-message`) !== null;
