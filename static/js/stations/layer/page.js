import { askBackpropagation, readCatalog, readCosts } from "../../base/api.js";
import { createStore } from "../../base/store.js";
import { readFields } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { keepAddress } from "../../station/address.js";
import { keepAnswers } from "../../station/answers.js";
import { wireNotebookButton } from "../../station/notebook.js";
import { createSlides, createStages, stageBeside } from "../../station/stages.js";
import { digitsOf } from "../../station/state.js";
import { startPage, untilAnswered, wireStation } from "../../station/station.js";
import { createWhy } from "../../station/why.js";
import * as at from "./addresses.js";
import { claimOf } from "./claims.js";
import { showCosts } from "./cost_panel.js";
import { createFigure } from "./figure.js";
import { layerModel } from "./model.js";
import { createMotion, playOf } from "./motion.js";
import { wireNumbers } from "./numbers_card.js";
import { askAll, questionOf, requestOf } from "./questions.js";
import { wireScrubbers } from "./scrubbers.js";
import { sentenceOf } from "./sentences.js";
import { widthsAt } from "./size_figure.js";
import { SPOKEN, STAGES } from "./stage_list.js";
import {
  addressOf,
  askedOutput,
  biasOf,
  FIELDS,
  firstState,
  isCrossEntropy,
  nudgedWeight,
  numbersOf,
  presetOf,
} from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Preset} Preset */
/** @typedef {ReturnType<typeof createStore<State>>} Store */

const WEIGHT = /^layers\[0\]\.weight(?:s|_gradients)\[(\d)\]\[(\d)\]$/;

/** The number that a stage asks about by itself. @param {State} state @param {import("./model.js").Model|null} model */
function firstQuestion(state, model) {
  const [row, column] = nudgedWeight(state);
  const stopped = isCrossEntropy(state) ? askedOutput(state) : (model?.shut[0] ?? 0);
  const numbers = /** @type {Record<string, string>} */ ({
    graph: at.gradient(row, column),
    forward: at.preActivation(0),
    loss: at.error(isCrossEntropy(state) ? stopped : 0),
    act: at.activationJacobian(
      ...(state.f === "softmax" ? /** @type {const} */ ([0, 1]) : /** @type {const} */ ([stopped, stopped])),
    ),
    weights: at.weightJacobian(1, 1, 1),
    recap: at.gradient(stopped, 1),
    delta: state.outer ? at.gradient(1, 0) : at.delta(stopped),
    product: at.gradient(0, 1),
    bias: biasOf(state) === "none" ? at.gradient(0, 1) : at.biasGradient(0),
    update: at.newWeight(0, 1),
  });
  return numbers[state.stage];
}

/** @param {Store} store @param {import("./motion.js").Motion} motion */
function createWhyPanel(store, motion) {
  const show = createWhy(part("why", HTMLElement), {
    network: { inputs: at.INPUTS.length },
    also: at.standsAlsoAs,
    ask: async (number) => {
      const state = store.get();
      const digits = digitsOf(state);
      return (await askBackpropagation({ ...requestOf(state), include: [], why: number, digits })).why;
    },
    onChoose(number) {
      const [, row, column] = (store.get().stage === "graph" && WEIGHT.exec(number ?? "")) || [];
      if (!row) return store.set({ why: number });
      store.set({ weight: (Number(row) + 1) * 10 + Number(column) + 1, why: null });
      return motion.play("run", 0, 1, 3800);
    },
  });
  return (/** @type {State} */ state, /** @type {import("./model.js").Model|null} */ model) => {
    const digits = digitsOf(state);
    const key = JSON.stringify([requestOf(state), digits]);
    show({ number: state.why ?? firstQuestion(state, model), key, digits });
  };
}

/** @param {Store} store @param {import("./motion.js").Motion} motion */
function createPicture(store, motion) {
  const figure = createFigure(
    /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.getElementById("figure"))),
  );
  const why = createWhyPanel(store, motion);
  const [claim, below, says, costs, whyCard] = ["claim", "below", "says", "costs", "why"].map((id) =>
    part(id, HTMLElement),
  );
  return (/** @type {State} */ state) => {
    const model = state.seen && layerModel(state.seen, digitsOf(state));
    const [title, line] = claimOf(state);
    write(claim, title);
    write(below, line);
    const isSize = state.stage === "product" && state.view === "size";
    [costs.hidden, whyCard.hidden] = [!isSize, isSize];
    if (isSize && state.costs) showCosts(costs, state.costs);
    if (model) {
      figure(state, model, title);
      write(says, sentenceOf(state, model));
    }
    why(state, model);
  };
}

/**
 * The stages, the button to the next one, and the one that sets the stage in motion.
 * @param {Store} store
 * @param {import("./motion.js").Motion} motion
 */
function wireStages(store, motion) {
  const slides = createSlides((slide, query) => {
    motion.stop();
    store.set({ outer: false, .../** @type {Partial<State>} */ (readFields(FIELDS, query)), slide, why: null, run: 1 });
  });
  const goTo = (/** @type {string} */ stage) => {
    motion.stop();
    store.set({ stage, slide: slides.firstOf(stage), why: null, run: 1, view: "product", outer: false });
  };
  const walk = (/** @type {number} */ by) => {
    const stage = stageBeside(STAGES, store.get().stage, by);
    if (stage) goTo(stage.key);
    else if (by > 0) slides.leave();
  };
  const play = () => {
    if (motion.isRunning()) motion.stop();
    else {
      const found = playOf(store.get());
      if (!found) return walk(1);
      if ("set" in found) store.set(found.set);
      else motion.play(...found.move);
    }
    return store.set({}); // the button says what comes next
  };
  const [back, next, playing] = ["back", "next", "play"].map((id) => part(id, HTMLButtonElement));
  back.addEventListener("click", () => walk(-1));
  next.addEventListener("click", () => walk(1));
  playing.addEventListener("click", play);
  const showStage = createStages(part("stages", HTMLElement), STAGES, goTo);
  return {
    keys: { ...slides.keys, ArrowRight: () => walk(1), ArrowLeft: () => walk(-1), " ": play },
    show(/** @type {State} */ state) {
      const following = stageBeside(STAGES, state.stage, 1);
      const motionHere = playOf(state);
      showStage(state.stage);
      slides.show(state.slide);
      back.disabled = !stageBeside(STAGES, state.stage, -1);
      write(part("next-name", HTMLElement), following ? `Next: ${SPOKEN[following.key]}` : "Next: the learning rate");
      playing.hidden = !motionHere;
      write(part("play-name", HTMLElement), motion.isRunning() ? "❚❚ Pause" : (motionHere?.name ?? ""));
    },
  };
}

/** The button that hands out the numbers as a notebook. @param {Store} store */
function wireNotebook(store) {
  wireNotebookButton(part("notebook", HTMLButtonElement), {
    request: () => ({ ...requestOf(store.get()), include: [] }),
    name: "one-layer",
    say: (sentence) => write(part("says", HTMLElement), sentence),
  });
}

/** Ask for what the stage shows, as often as it changes. @param {Store} store */
function keepNumbers(store) {
  keepAnswers(store, { ask: askAll, key: "seen", requestOf: questionOf });
  keepAnswers(store, {
    ask: ({ widths }) => readCosts(widths),
    key: "costs",
    requestOf: ({ stage, view, size }) => (stage === "product" && view === "size" ? { widths: widthsAt(size) } : null),
  });
}

async function start() {
  const catalog = await untilAnswered(readCatalog);
  /** @type {Preset[]} */
  const presets = catalog.presets.filter((/** @type {Preset} */ preset) => preset.name.startsWith("lab-one-layer"));
  const { activations, limits } = catalog;
  // the others apply softmax by themselves
  const losses = catalog.losses.filter((/** @type {{outputs: string}} */ loss) => loss.outputs !== "logits");
  const namesOf = (/** @type {{name: string}[]} */ entries) => entries.map(({ name }) => name);
  const asked = readFields(FIELDS);
  const store = createStore(
    firstState(
      asked,
      presets,
      STAGES.map(({ key }) => key),
      { activations: namesOf(activations), losses: namesOf(losses) },
    ),
  );
  const motion = createMotion(store);
  const stages = wireStages(store, motion);
  const question = () => ({
    call: "backpropagation",
    room: "",
    request: requestOf(store.get()),
    shown: ["loss_before", "loss_after", "layers", "updated"],
  });
  wireStation(store, {
    views: [
      wireNumbers(store, { activations, losses, largestRate: limits.learning_rate }),
      wireScrubbers(store, motion),
      stages.show,
      createPicture(store, motion),
    ],
    // the first preset is the lecture's own
    examples: presets.map((preset, index) => (index ? preset : { ...preset, title: "The lecture’s numbers" })),
    choose: (preset) => store.set({ ...numbersOf(preset), why: null }),
    chosen: (state) => presetOf(state, presets),
    question,
    keys: stages.keys,
  });
  wireNotebook(store);
  keepAddress(store, (state) => addressOf(state, presets));
  keepNumbers(store);
}

startPage(start);
