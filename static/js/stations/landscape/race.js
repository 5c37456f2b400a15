import { askBackpropagation, askFirstLandscape, askLandscape, readCatalog } from "../../base/api.js";
import { createStore } from "../../base/store.js";
import { readFields } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { createSession } from "../../runs/session.js";
import { keepAddress } from "../../station/address.js";
import { keepAnswers } from "../../station/answers.js";
import { startPage, untilAnswered, wireStation } from "../../station/station.js";
import { createPlayer, createRows, wireRaceBar } from "./race_controls.js";
import { createRaceFigures } from "./race_figures.js";
import * as state from "./race_state.js";
import { createViewLinks, placeOf } from "./view_links.js";
import { claimOf, heldOf, sentenceOf, unfoldedOf } from "./race_words.js";
import { sheetOf } from "../../runs/loss_sheet.js";
import { percentOf, shown } from "../../base/format.js";

/** @typedef {import("./race_state.js").State} State */
/** @typedef {import("./race_state.js").Store} Store */

const KIND = {
  axes: [
    { text: "1st", symbol: "soft" },
    { text: "2nd", symbol: "soft" },
  ],
  height: "L",
  rows: [
    { names: ["true loss, log", "loss, log"], isLog: true, key: "loss" },
    { names: ["off this plane"], isLog: false, key: "distance" },
  ],
  isFree: (/** @type {State} */ { plane }) => plane !== "race",
};

/** The planes as buttons, each with the share of the race it holds. @param {Store} store */
function createPlanes(store) {
  const buttons = state.PLANES.map(({ key, name, words }) => {
    const button = document.createElement("button");
    const [title, share] = [document.createElement("b"), document.createElement("small")];
    button.type = "button";
    button.dataset.plane = key;
    button.title = words;
    title.textContent = name;
    button.append(title, share);
    button.addEventListener("click", () => store.set({ plane: key, start: null, span: null }));
    return { key, button, share };
  });
  part("planes", HTMLElement).replaceChildren(...buttons.map(({ button }) => button));
  return (/** @type {State} */ now) => {
    for (const { key, button, share } of buttons) {
      button.setAttribute("aria-pressed", String(now.plane === key));
      write(share, key in now.seen ? `holds ${percentOf(now.seen[key])}` : "look");
    }
  };
}

/** @param {{name: string, label: string}[]} optimizers */
function createWords(optimizers) {
  const [claim, says, held, at] = ["claim", "says", "held", "at-step"].map((id) => part(id, HTMLElement));
  return (/** @type {State} */ now) => {
    write(claim, claimOf(now));
    if (now.run?.diverged) write(says, "This run diverged: nothing starts where numbers are not finite.");
    if (!now.answer) return;
    const sheet = sheetOf(now.answer, now.height === "log");
    const moments = state.momentsOf(now.answer);
    const limit = state.limitOf(now);
    write(part("speed-limit", HTMLElement), limit === null ? "" : `limit 2/λ = ${shown(limit, 3)} at the start`);
    write(held, heldOf(now, sheet));
    write(at, `step ${moments[state.momentOf(now)].step} of ${moments.at(-1).step}`);
    write(says, now.unfolded ? unfoldedOf(now, optimizers) : sentenceOf(now, sheet, optimizers));
  };
}

/** Remember how much of the race each plane holds. @param {Store} store */
function keepSeen(store) {
  store.subscribe(({ answer, seen }, before) => {
    if (answer && answer !== before.answer) store.set({ seen: { ...seen, [answer.directions]: answer.race.share } });
  });
}

async function start() {
  const asked = readFields(state.FIELDS);
  const { presets, optimizers } = await untilAnswered(readCatalog);
  const methods = optimizers.map((/** @type {any} */ { name }) => name);
  const store = /** @type {Store} */ (createStore(state.firstState(asked, methods)));
  const session = createSession(/** @type {any} */ (store), { name: "race" });
  const isRun = Boolean(asked.run ?? asked.shared);
  const player = createPlayer(store);
  const bar = wireRaceBar(store, player);
  /** The plane keeps its width while the start moves on it. @param {number[]} place */
  const onStart = (place) => {
    const { answer, span, plane } = store.get();
    if (plane === "race") return;
    store.set({ start: place, span: span ?? answer.x.at(-1) - answer.center[0] });
  };
  const prepare = (/** @type {string} */ preset) => session.prepare({ preset }, preset);
  wireStation(store, {
    views: [
      createPlanes(store),
      createWords(optimizers),
      createViewLinks(asked.shared ?? null),
      player.show,
      bar.show,
      createRows(store, optimizers, (racers) => store.set({ racers, seen: {} }), state.limitOf),
      createRaceFigures(store, optimizers, () => KIND, onStart),
    ],
    examples: Object.keys(state.STARTS).map((name) => presets.find((/** @type {any} */ one) => one.name === name)),
    choose: ({ name }) => {
      if (isRun) return location.assign(`/landscape?view=race&preset=${name}`);
      store.set({ ...{ preset: name, start: null, span: null, k: null, seen: {} }, ...state.STARTS[name] });
      return prepare(name);
    },
    chosen: ({ run, preset }) => (run ? null : preset),
    question: () => questionOf(store.get(), session.address()),
    keys: bar.keys,
  });
  keepSeen(store);
  keepAll(store, session);
  if (isRun) await session.open({ run: asked.run, shared: asked.shared });
  else prepare(store.get().preset);
  keepAddress(store, (now) => ({ ...state.addressOf(now, asked.shared ?? null), shared: asked.shared ?? null }));
}

/**
 * The race, and how the loss bends at its start, of a run or of a start that is not stored.
 * @param {Store} store @param {ReturnType<typeof createSession>} session
 */
function keepAll(store, session) {
  keepAnswers(store, {
    ask: ({ body }) =>
      store.get().run
        ? session.reading((signal) => askLandscape(session.address(), body, signal))
        : askFirstLandscape(body),
    key: "answer",
    requestOf: state.requestOf,
  });
  keepAnswers(store, {
    ask: async (request) =>
      store.get().run
        ? session.readAnew(`curvature?step=${request.step}`)
        : (await askBackpropagation(request)).curvature,
    key: "bend",
    requestOf: state.bendRequest,
  });
}

/** The call that gives these numbers. @param {State} now @param {string} address of the run */
function questionOf(now, address) {
  const request = state.requestOf(now)?.body ?? {};
  return { ...placeOf(now.run, address), request, shown: ["explained_variance", "race"] };
}

startPage(start);
