import { readCatalog } from "../base/api.js";
import { patiently } from "../base/patience.js";
import { leadBack } from "../base/places.js";
import { lettersAreHere, onThemeChange } from "../base/theme.js";
import { createBanners } from "../controls/banners.js";
import { keepEarlyTyping } from "../controls/early_typing.js";
import { wireFrame } from "../controls/frame.js";
import { part, write } from "../controls/parts.js";
import { listenToClicker } from "../controls/slides.js";
import { createExampleButtons, wireCodeButtons } from "./bar.js";
import { wirePicture } from "./picture.js";
import { createQuestions } from "./questions.js";

/** @typedef {import("./state.js").StationState} StationState */
/**
 * @typedef {{name: string, title: string, station: string, slides: string|null, call: string, request: Record<string,
 *   any>, settings: Record<string, any>, marks?: Record<string, number>[]}} Example what the server is asked, how its
 *   page shows it, and points to compare
 */

/**
 * The lecture's functions for one station, in the catalog's order; asked for until the server answers.
 * @param {string} station
 * @returns {Promise<Example[]>}
 */
export async function readExamples(station) {
  const catalog = await untilAnswered(readCatalog);
  return catalog.examples.filter((/** @type {Example} */ example) => example.station === station);
}

/**
 * Ask for what a page cannot begin without, until the server answers.
 * @param {() => Promise<any>} ask
 */
export function untilAnswered(ask) {
  const says = part("says", HTMLElement);
  return patiently(ask, () => write(says, "The server does not answer; trying again…"));
}

/**
 * Start a page; what keeps it from starting stands where its sentence would.
 * @param {() => Promise<void>} start
 */
export function startPage(start) {
  listenToClicker();
  const giveEarlyTyping = keepEarlyTyping();
  wirePicture();
  leadBack(); // before the page has all it asks for
  const ask = createQuestions();
  lettersAreHere()
    .then(start)
    .then(giveEarlyTyping)
    .then(ask)
    .catch((fault) => {
      write(part("says", HTMLElement), fault instanceof Error ? fault.message : String(fault));
      reportError(fault);
    });
}

/**
 * What every station has: views that show its state, the bar of actions, keys, banners.
 * @template {StationState} S
 * @template {{name: string, title: string, slides?: string|null}} E
 * @param {{get: () => S, set: (change: any) => void, subscribe: (listener: (state: S, before: S) => void) => void}}
 *   store
 * @param {{views?: ((state: S) => void)[], examples: E[], choose: (example: E) => void, chosen?: (state: S)
 *   => string|null, question: () => import("./bar.js").Question, keys?: Record<string, () => void>, drawn?: (state: S)
 *   => string|null}} parts
 *   `views` are told of each state and each theme, in this order; `chosen` names the example whose button is marked,
 *   `drawn` the function in the figure, where another can be typed
 */
export function wireStation(
  store,
  { views = [], examples, choose, chosen = (state) => state.example, question, keys = {}, drawn = () => null },
) {
  const mark = createExampleButtons(part("examples", HTMLElement), examples, choose);
  wireCodeButtons(question);
  const toggles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-toggle]")]);
  const flip = (/** @type {"numbers"|"precise"} */ name) => store.set({ [name]: !store.get()[name] });
  for (const button of toggles)
    button.addEventListener("click", () => flip(/** @type {any} */ (button.dataset.toggle)));
  const showBanners = createBanners(part("banners", HTMLElement));
  const show = (/** @type {S} */ state) => {
    mark(chosen(state));
    for (const button of toggles)
      button.setAttribute("aria-pressed", String(Boolean(state[/** @type {keyof S} */ (button.dataset.toggle)])));
    showBanners(bannersOf(state));
    showWhose(isRefused(state) ? drawn(state) : null);
  };
  const showAll = () => [...views, show].forEach((view) => view(store.get()));
  store.subscribe(showAll);
  onThemeChange(showAll);
  showAll();
  wireFrame({ n: () => flip("numbers"), d: () => flip("precise"), ...keys });
}

/** Whether a typed formula is refused, so that the figure shows an earlier one. @param {StationState} state */
const isRefused = ({ problem }) => problem?.errors.some((error) => hasField(error.location)) ?? false;

/** Dim the figure of an earlier function, and say whose it is. @param {string|null} name */
function showWhose(name) {
  const figure = /** @type {HTMLElement|null} */ (document.querySelector(".stage > .card"));
  if (name && figure) figure.dataset.still = `still ${name}`;
  else delete figure?.dataset.still;
}

/** @param {StationState} state @returns {import("../controls/banners.js").Banner[]} */
function bannersOf({ connection, problem }) {
  if (connection === "lost")
    return [{ key: "lost", text: "The server does not answer; trying again… What is shown was computed before." }];
  if (!problem) return [];
  // a formula that cannot be read is answered at its field
  const elsewhere = problem.errors.filter((error) => !hasField(error.location));
  if (problem.errors.length && !elsewhere.length) return [];
  return [
    {
      key: "problem",
      bad: true,
      text: elsewhere.map((error) => `${error.location}: ${error.message}`).join(" ") || problem.message,
    },
  ];
}

/** Whether a formula of this page has the place in the request, as `expressions.1`. @param {string} location */
const hasField = (location) => document.getElementById(`${location.replace(".", "-")}-message`) !== null;
