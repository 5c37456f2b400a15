import { askBackpropagation, askLine, askWalks, readCatalog } from "../../base/api.js";
import { createStore } from "../../base/store.js";
import { readFields } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { keepAddress } from "../../station/address.js";
import { keepAnswers } from "../../station/answers.js";
import { wireNotebookButton } from "../../station/notebook.js";
import { startPage, untilAnswered, wireStation } from "../../station/station.js";
import { createFigure } from "./figure.js";
import { createPanel, createRows } from "./panel.js";
import { sentenceOf } from "./sentences.js";
import * as state from "./state.js";
import { createUpdateFormula, updateRequest } from "./update_formula.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Store} Store */

const SIGNIFICANT = 3; // digits of a learning rate that is dragged

/** @param {Store} store */
function createActions(store) {
  const step = (count = 1) => {
    if (state.isHidden(store.get())) return;
    const { made, eta } = store.get();
    const more = Math.min(count, state.STEPS - made.length);
    store.set({ made: [...made, ...Array.from({ length: more }, () => eta)], told: null });
  };
  /** @param {import("./state.js").Guess} told */
  const guess = (told) => {
    const { mode, told: before } = store.get();
    if (mode === "predict" && before === null) store.set({ told, isJudged: false });
  };
  return {
    step: () => step(),
    toEnd: () => (store.get().mode === "predict" ? step() : step(state.STEPS)),
    reset: () => store.set({ made: [], told: null }),
    guess,
    flip: () => store.set({ mode: store.get().mode === "see" ? "predict" : "see", told: null }),
    /** @param {number} eta */
    choose: (eta) => store.set({ eta: Number(eta.toPrecision(SIGNIFICANT)), told: null }),
  };
}

/** Judge a guess as soon as the answer about its own step is here. @param {Store} store */
function judgeGuesses(store) {
  store.subscribe((now) => {
    if (now.told === null || now.isJudged || !state.isAnswered(now)) return;
    const { loss, start } = state.stepOf(now.line);
    const isRight = (now.told === "falls") === (loss !== null && loss < start);
    store.set({ isJudged: true, guesses: [...now.guesses, isRight] });
  });
}

/**
 * Drag anywhere in the figure to choose the learning rate below the pointer.
 * @param {SVGSVGElement} sheet @param {() => import("./scale.js").Scale|null} scaleNow
 * @param {(eta: number) => void} choose
 */
function wireDrag(sheet, scaleNow, choose) {
  const at = (/** @type {PointerEvent} */ event) => {
    const scale = scaleNow();
    if (!scale) return;
    const x = Math.min(scale.right, event.clientX - sheet.getBoundingClientRect().left);
    choose(Math.max(state.LIMITS.low, scale.eta(x)));
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return at(event);
    sheet.setPointerCapture(event.pointerId);
    return at(event);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (sheet.hasPointerCapture(event.pointerId)) at(event);
  });
}

/** @param {Store} store @param {ReturnType<typeof createActions>} actions */
function wireBar(store, actions) {
  const on = (/** @type {string} */ id, /** @type {() => void} */ act) =>
    part(id, HTMLButtonElement).addEventListener("click", act);
  on("step", actions.step);
  on("to-end", actions.toEnd);
  on("reset", actions.reset);
  on("falls", () => actions.guess("falls"));
  on("rises", () => actions.guess("rises"));
  const modes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-mode]")]);
  for (const button of modes)
    button.addEventListener("click", () => store.set({ mode: /** @type {any} */ (button.dataset.mode), told: null }));
  return (/** @type {State} */ now) => {
    const isOver = now.made.length >= state.STEPS;
    const hidden = state.isHidden(now) && now.line !== null && !isOver;
    for (const button of modes) button.setAttribute("aria-pressed", String(button.dataset.mode === now.mode));
    part("guesses", HTMLElement).hidden = !hidden;
    for (const id of ["step", "to-end"]) part(id, HTMLButtonElement).disabled = isOver || hidden;
    part("reset", HTMLButtonElement).disabled = !now.made.length;
    write(part("count", HTMLElement), `step ${now.made.length} of ${state.STEPS}`);
  };
}

/** @param {Store} store @param {ReturnType<typeof createActions>} actions */
function createPicture(store, actions) {
  const sheet = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.getElementById("curve")));
  const figure = createFigure(sheet, part("strip", HTMLCanvasElement));
  const says = part("says", HTMLElement);
  /** @type {import("./scale.js").Scale|null} */
  let scale = null;
  const show = (/** @type {State} */ now) => {
    scale = figure(now);
    if (now.line) write(says, sentenceOf(now));
  };
  wireDrag(sheet, () => scale, actions.choose);
  new ResizeObserver(() => show(store.get())).observe(/** @type {HTMLElement} */ (sheet.parentElement));
  return show;
}

async function start() {
  const catalog = await untilAnswered(readCatalog);
  const presets = state.PRESETS.map((name) => catalog.presets.find((/** @type {any} */ one) => one.name === name));
  const store = createStore(state.firstState(readFields(state.FIELDS)));
  const actions = createActions(store);
  judgeGuesses(store);
  wireNotebookButton(part("notebook", HTMLButtonElement), {
    request: () => ({
      preset: store.get().preset,
      optimizer: { method: "gradient_descent", learning_rate: store.get().eta },
    }),
    name: "learning-rate",
    say: (sentence) => write(part("says", HTMLElement), sentence),
  });
  wireStation(store, {
    views: [
      ...[createPanel(store), createRows(actions.choose), wireBar(store, actions), createPicture(store, actions)],
      createUpdateFormula(part("update", HTMLElement)),
    ],
    examples: presets,
    choose: (preset) => store.set(state.startOf(preset.name)),
    chosen: ({ preset }) => preset,
    question: () => ({
      ...{ call: "line", room: "backpropagation", shown: ["loss", "parabola", "curvature", "kinks"] },
      request: { ...state.lineRequest(store.get()), learning_rates: [0, store.get().eta] },
    }),
    keys: {
      ...{ s: actions.step, " ": actions.toEnd, r: actions.reset, g: actions.flip },
      ...{ ArrowUp: () => actions.guess("rises"), ArrowDown: () => actions.guess("falls") },
    },
  });
  keepAddress(store, state.addressOf);
  keepAnswers(store, { ask: state.askWith(askLine), key: "line", requestOf: state.lineRequest });
  keepAnswers(store, { ask: askWalks, key: "strip", requestOf: state.stripRequest });
  keepAnswers(store, { ask: askWalks, key: "kept", requestOf: state.keptRequest });
  keepAnswers(store, { ask: askBackpropagation, key: "first", requestOf: updateRequest });
}

startPage(start);
