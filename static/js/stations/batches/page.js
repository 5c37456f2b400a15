import { askBackpropagation, readCatalog } from "../../base/api.js";
import { patiently } from "../../base/patience.js";
import { createStore } from "../../base/store.js";
import { readFields } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { keepAddress } from "../../station/address.js";
import { carryToView } from "../../station/carried.js";
import { keepAnswers } from "../../station/answers.js";
import { wireNotebookButton } from "../../station/notebook.js";
import { digitsOf } from "../../station/state.js";
import { startPage, wireStation } from "../../station/station.js";
import { createWhy } from "../../station/why.js";
import { createBands } from "./bands.js";
import { createMeanNote } from "./mean_note.js";
import { createMeanTiles } from "./mean_tiles.js";
import { wireRowsForm } from "./rows_form.js";
import { askRows, requestOf } from "./rows_questions.js";
import { rowsSentence } from "./rows_sentence.js";
import { addressOf, askedNumber, backward, choiceOf, FIELDS, firstState, further } from "./rows_state.js";
import { showShapes } from "./shapes.js";

/** @typedef {import("./rows_state.js").State} State */
/** @typedef {import("./rows_state.js").Preset} Preset */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void}} Store */

const PRESET = "lab-batch";
const says = part("says", HTMLElement);

/** @param {Preset} preset */
function compose(preset) {
  const store = createStore(firstState(readFields(FIELDS), preset));
  wireStation(store, {
    views: createViews(store, preset),
    examples: [],
    choose: () => {},
    question: () => ({
      room: "",
      call: "backpropagation",
      request: requestOf(store.get(), preset),
      shown: ["losses", "loss_before", "loss_after"],
    }),
    keys: { ...wireActions(store), ...rowKeys(store) },
  });
  wireNotebookButton(part("notebook", HTMLButtonElement), {
    request: () => ({ ...requestOf(store.get(), preset), include: undefined, sample: store.get().row }),
    name: "batch",
    say: (sentence) => write(says, sentence),
  });
  keepAddress(store, (state) => addressOf(state, preset));
  carryToView("#views a", () => addressOf(store.get(), preset));
  keepAnswers(store, { ask: askRows, key: "seen", requestOf: (state) => requestOf(state, preset) });
}

/**
 * Everything that shows the state, in this order.
 * @param {Store} store @param {Preset} preset
 * @returns {((state: State) => void)[]}
 */
function createViews(store, preset) {
  const why = createWhy(part("why", HTMLElement), {
    ask: async (number) => {
      const { seen, precise } = store.get();
      return (await askBackpropagation({ ...seen?.request, include: [], why: number, digits: digitsOf({ precise }) }))
        .why;
    },
    onChoose: (number) => store.set(choiceOf(store.get(), number)),
    network: { layers: preset.configuration.network.layer_sizes.length - 1 },
  });
  return [
    createBands(part("bands", HTMLTableElement), { onRow: (row) => store.set({ row }) }),
    createMeanTiles(part("tiles", HTMLElement)),
    createMeanNote(part("mean-note", HTMLTableElement)),
    wireRowsForm(store, preset),
    showControls,
    (state) => state.seen && showShapes(part("formulas", HTMLElement), state.seen.answer),
    (state) => write(says, rowsSentence(state)),
    (state) =>
      state.seen &&
      why({ number: askedNumber(state), key: JSON.stringify(state.seen.request), digits: digitsOf(state) }),
  ];
}

/**
 * The buttons that build the gradient up, and the keys that press them.
 * @param {Store} store
 */
function wireActions(store) {
  const acts = {
    add: () => store.set(further(store.get())),
    back: () => store.set(backward(store.get())),
    forget: () => store.set({ forget: !store.get().forget, added: null }),
  };
  part("add", HTMLButtonElement).addEventListener("click", acts.add);
  part("back", HTMLButtonElement).addEventListener("click", acts.back);
  part("forget", HTMLButtonElement).addEventListener("click", acts.forget);
  const setLayer = (/** @type {number} */ layer) => store.set({ layer, cell: [2, 0], why: null });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-layer]")))
    button.addEventListener("click", () => setLayer(Number(button.dataset.layer)));
  return {
    ArrowRight: acts.add,
    ArrowLeft: acts.back,
    f: acts.forget,
    w: () => setLayer(1 - store.get().layer),
  };
}

/** The digits choose a row. @param {Store} store */
const rowKeys = (store) =>
  Object.fromEntries(
    Array.from({ length: 9 }, (_, row) => [String(row + 1), () => row < store.get().m && store.set({ row })]),
  );

/** What the buttons say and which are pressed. @param {State} state */
function showControls({ added, forget, layer, m, row }) {
  const name = added === null ? "Add the rows one by one" : added < m ? `Add row ${added + 1}` : `Divide by m = ${m}`;
  write(part("add-name", HTMLElement), name);
  part("back", HTMLButtonElement).disabled = added === 1;
  part("forget", HTMLButtonElement).setAttribute("aria-pressed", String(forget));
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-layer]")))
    button.setAttribute("aria-pressed", String(Number(button.dataset.layer) === layer));
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-of-layer]")))
    line.hidden = Number(line.dataset.ofLayer) !== layer;
  for (const place of document.querySelectorAll(".count-of-rows")) write(place, m === 1 ? "one" : String(m));
  const link = document.getElementById("open-row");
  if (link instanceof HTMLAnchorElement) link.href = `/network?preset=${PRESET}&row=${row + 1}`;
}

startPage(async () => {
  const catalog = await patiently(readCatalog, () => write(says, "The server does not answer; trying again…"));
  compose(catalog.presets.find((/** @type {any} */ preset) => preset.name === PRESET));
});
