import { askFunction, readCatalog } from "../../base/api.js";
import { exact } from "../../base/format.js";
import { createStore } from "../../base/store.js";
import { readNumber } from "../../base/typed_number.js";
import { readFields } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { keepAddress } from "../../station/address.js";
import { keepAnswers } from "../../station/answers.js";
import { startPage, untilAnswered, wireStation } from "../../station/station.js";
import * as state from "./functions_state.js";
import { sentenceOf } from "./functions_words.js";
import { typeset } from "../../typesetting/mathml.js";
import { createPlayer, createRows, wireRaceBar } from "./race_controls.js";
import { createRaceFigures } from "./race_figures.js";
import { momentOf, momentsOf } from "./race_state.js";
import { unfoldedOf } from "./race_words.js";

/** @typedef {import("./functions_state.js").State} State */
/** @typedef {import("./functions_state.js").Store} Store */

const KIND = {
  axes: [
    { text: "x", symbol: "x" },
    { text: "y", symbol: "y" },
  ],
  height: "f",
  rows: [
    { names: ["f, log", "f"], isLog: true, key: "loss" },
    { names: ["to the nearest minimum, log", "to a minimum"], isLog: true, key: "distance" },
  ],
  isFree: () => true,
  known: (/** @type {State} */ { surface }) => surface.minima.map(({ point }) => Object.values(point)),
};

/** A function that goes down without end has no logarithm, and no distance to a minimum. */
const ENDLESS = { ...KIND, rows: [{ names: ["f"], isLog: false, key: "loss", isOnSheet: true }] };

/** The functions as buttons. @param {Store} store @param {state.Surface[]} surfaces */
function createSurfaces(store, surfaces) {
  const buttons = surfaces.map((surface) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.surface = surface.name;
    button.textContent = surface.title;
    button.addEventListener("click", () =>
      store.set({ ...state.startOf(surface), height: surface.minimum === null ? "linear" : "log" }),
    );
    return { surface, button };
  });
  part("surfaces", HTMLElement).replaceChildren(...buttons.map(({ button }) => button));
  return (/** @type {State} */ now) => {
    for (const { surface, button } of buttons) button.setAttribute("aria-pressed", String(surface === now.surface));
    write(part("note", HTMLElement), now.surface.note);
  };
}

/** Where all begin, typed. @param {Store} store */
function createStart(store) {
  const fields = /** @type {HTMLInputElement[]} */ (["start-x", "start-y"].map((id) => part(id, HTMLInputElement)));
  fields.forEach((field, axis) => {
    field.addEventListener("change", () => {
      const typed = readNumber(field.value);
      field.setAttribute("aria-invalid", String(typed === null));
      field.title = typed === null ? "Give a number, as 1.5." : "";
      if (typed === null) return;
      const start = state.placed(store.get(), store.get().start.with(axis, typed));
      field.value = exact(start[axis]);
      store.set({ start });
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") field.blur();
    });
  });
  return (/** @type {State} */ { start }) =>
    fields.forEach((field, axis) => {
      if (document.activeElement !== field) field.value = exact(start[axis]);
    });
}

/** @param {{name: string, label: string}[]} optimizers */
function createWords(optimizers) {
  let written = "";
  return (/** @type {State} */ now) => {
    if (!now.answer) return;
    const { mathml } = now.answer.race.expression;
    if (mathml !== written)
      part("formula", HTMLElement).replaceChildren(typeset((written = mathml), { x: "x", y: "y" }));
    const moments = momentsOf(now.answer);
    write(part("at-step", HTMLElement), `step ${moments[momentOf(now)].step} of ${moments.at(-1).step}`);
    const sentence = now.unfolded ? unfoldedOf(now, optimizers) : sentenceOf(now, optimizers);
    write(part("says", HTMLElement), sentence);
  };
}

/** The sheet of a function is asked for once. */
function createAsking() {
  /** @type {Map<string, Promise<any>>} */
  const sheets = new Map();
  return async (/** @type {{sheet: any, race: any}} */ { sheet, race }) => {
    const key = JSON.stringify(sheet);
    const known = sheets.get(key) ?? askFunction("gradient", sheet);
    sheets.set(key, known);
    known.catch(() => sheets.delete(key));
    const [{ surface }, found] = await Promise.all([known, askFunction("race", race)]);
    return state.pictureOf(surface, found);
  };
}

async function start() {
  const asked = readFields(state.FIELDS);
  const { surfaces, optimizers } = await untilAnswered(readCatalog);
  // a sheet needs two variables
  const drawn = surfaces.filter((/** @type {state.Surface} */ { domain }) => Object.keys(domain).length === 2);
  const methods = optimizers.map((/** @type {any} */ { name }) => name);
  const store = /** @type {Store} */ (createStore(state.firstState(asked, drawn, methods)));
  const player = createPlayer(store);
  const bar = wireRaceBar(store, player);
  const onStart = (/** @type {number[]} */ place) => store.set({ start: state.placed(store.get(), place) });
  const figures = createRaceFigures(
    store,
    optimizers,
    () => (store.get().surface.minima.length ? KIND : ENDLESS),
    onStart,
  );
  wireStation(store, {
    views: [
      createSurfaces(store, drawn),
      createStart(store),
      createWords(optimizers),
      player.show,
      bar.show,
      createRows(store, optimizers, (racers) => store.set({ racers })),
      figures,
      ({ surface }) => {
        // what goes below 0 has no logarithm
        for (const button of document.querySelectorAll("[data-height=log]"))
          /** @type {HTMLButtonElement} */ (button).disabled = surface.minimum === null;
      },
    ],
    examples: [],
    choose: () => {},
    question: () => ({ call: "race", request: state.raceOf(store.get()), shown: ["racers"] }),
    keys: { ...bar.keys, l: () => store.get().surface.minimum !== null && bar.keys.l() },
  });
  keepAddress(store, state.addressOf);
  keepAnswers(store, { ask: createAsking(), key: "answer", requestOf: state.requestOf });
}

startPage(start);
