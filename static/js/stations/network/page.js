import { readCatalog } from "../../base/api.js";
import { patiently } from "../../base/patience.js";
import { createStore } from "../../base/store.js";
import { onThemeChange } from "../../base/theme.js";
import { landscapeOf, readFields, readPlace } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { createSession } from "../../runs/session.js";
import { followSecondSharpness } from "../../runs/second_sharpness.js";
import { followSharpness } from "../../runs/sharpness.js";
import { STUCK } from "../../runs/stuck.js";
import { keepAddress } from "../../station/address.js";
import { keepAnswers } from "../../station/answers.js";
import { digitsOf } from "../../station/state.js";
import { startPage } from "../../station/station.js";
import { createWhy } from "../../station/why.js";
import { createBranch } from "./branch.js";
import { wireCodes } from "./codes.js";
import { createControls } from "./page_controls.js";
import { askBeside, bendRequest, besideRequest, createQuestions, updateRequest } from "./questions.js";
import { createRows } from "./rows.js";
import * as state from "./state.js";
import { createViews, rateOf, remedyOf } from "./views.js";
import { createWalk } from "./walk.js";

/** @typedef {import("./state.js").State} State */

const { shared } = readPlace();

/** @param {any} catalog */
function compose(catalog) {
  const presets = state.presetsHere(catalog.presets);
  const activations = catalog.activations.map((/** @type {any} */ { name }) => name);
  const store = createStore(state.firstState(readFields(state.FIELDS), presets, activations));
  const said = createSaid(store);
  const { say } = said;
  const isShared = shared !== null;
  const session = createSession(store, {
    name: "network",
    history: true,
    tell: ({ kind }) => {
      if (kind === "stepped") walk.land();
      if (kind === "stuck") say(STUCK);
    },
  });
  const walk = createWalk(store, session, { isShared, say });
  const branch = createBranch(store, session, say);
  const questions = createQuestions(session, store.get);
  const limits = createLimits();
  const load = createLoader({ store, session, presets, branch, limits });
  const ways = {
    restart: () => load.anew(),
    copy: () => location.assign(`${location.pathname}?preset=${store.get().preset}`),
    goBack(/** @type {number} */ to, /** @type {number} */ rate) {
      store.set({ at: null, stop: 0, why: null });
      session.rewind(to, rate);
    },
  };
  const controls = createControls({ catalog, presets, store, session, walk, branch, load, ways, isShared });
  keepAll(store, { questions, branch, limits });
  followSharpness(store, session, () => store.get().table === "sharpness");
  keepAddress(store, (now) => ({ ...state.addressOf(now, presets), shared }));
  wireCodes(store.get, part("notebook", HTMLButtonElement), say);
  const show = createPictures(store, { walk, branch, limits, questions, said, controls });
  store.subscribe(show);
  store.subscribe(({ run }) => void (part("around", HTMLAnchorElement).href = landscapeOf(run, shared)));
  onThemeChange(show);
  const seen = new ResizeObserver(() => store.set({}));
  for (const id of ["drawing", "track"]) seen.observe(part(id, HTMLElement));
  void document.fonts?.ready.then(show);
  return load;
}

/** @typedef {ReturnType<typeof createStore<State>>} Store */
/** @typedef {ReturnType<typeof createBranch>} Branch */
/** @typedef {ReturnType<typeof createLimits>} Limits */
/** @typedef {ReturnType<typeof createQuestions>} Questions */

/**
 * What is said instead of the sentence of what is seen, as long as one stays where it was said.
 * @param {Store} store
 */
function createSaid({ get, set }) {
  let said = { sentence: "", where: "" };
  const whereNow = () => {
    const { run, at, stop } = get();
    return JSON.stringify([run?.id, run?.step, at, stop]);
  };
  return {
    say: (/** @type {string} */ sentence) => {
      said = { sentence, where: whereNow() };
      set({});
    },
    show() {
      if (said.where !== whereNow()) said.sentence = "";
      if (said.sentence) write(part("says", HTMLElement), said.sentence);
    },
  };
}

/**
 * Keep the answers about what is looked at.
 * @param {Store} store @param {{questions: Questions, branch: Branch, limits: Limits}} parts
 */
function keepAll(store, { questions, branch, limits }) {
  keepAnswers(store, {
    ask: questions.askUpdate,
    key: "seen",
    requestOf: (now) => requestOrLast(now, updateRequest(now)),
  });
  keepAnswers(store, { ask: questions.askBend, key: "bend", requestOf: bendRequest });
  keepAnswers(store, { ask: askBeside, key: "beside", requestOf: (now) => besideRequest(now, branch.state().run) });
  keepAnswers(store, {
    ask: questions.askBend,
    key: /** @type {any} */ ("cause"),
    requestOf: (now) => limits.toAsk(now, bendRequest(now)),
  });
}

/**
 * All that is drawn and written of a state.
 * @param {Store} store
 * @param {{walk: ReturnType<typeof createWalk>, branch: Branch, limits: Limits, questions: Questions, said:
 *   ReturnType<typeof createSaid>, controls: ReturnType<typeof createControls>}} parts
 */
function createPictures(store, { walk, branch, limits, questions, said, controls }) {
  const { get, set } = store;
  const why = createWhy(part("why", HTMLElement), {
    ask: questions.askWhy,
    onChoose: (number) => set({ why: number }),
    network: limits.network,
  });
  const show = createViews(get, {
    onStop: (stop) => walk.goTo(stop),
    onLayer: (layer) => set({ layer, piece: 0 }),
    onPiece: (piece) => set({ piece: piece === get().piece ? 0 : piece }),
    onStep: (step) => walk.travel(step),
    besideOf: followSecondSharpness(store, branch.second, { isWanted: () => get().table === "sharpness" }),
  });
  const rows = createRows(part("rows", HTMLElement), (row) => set({ row, why: null }));
  return () => {
    const now = get();
    limits.take(now);
    const model = show(now, branch.state(), limits.at((now.seen?.step ?? 0) - 1));
    said.show();
    rows(model);
    controls.show(now, model, remedyOf(now, limits.at));
    if (!model) return;
    Object.assign(limits.network, { layers: model.count, inputs: model.sizes[0] });
    why({ number: model.focus, key: `${now.seen?.key}${digitsOf(now)}`, digits: digitsOf(now) });
  };
}

/** While an update is waited for, the last one stays. @param {State} now @param {Record<string, any>|null} request */
const requestOrLast = (now, request) => /** @type {any} */ (request ?? (now.seen ? JSON.parse(now.seen.key) : null));

/** What 2/λ was at the steps that were looked at, for a sentence about the update that came of it. */
function createLimits() {
  /** @type {Map<number, number|null>} */
  const known = new Map();
  return {
    network: { layers: 1, inputs: 1 },
    clear: () => known.clear(),
    at: (/** @type {number} */ step) => known.get(step) ?? null,
    /** @param {any} now */
    take({ bend, cause }) {
      for (const one of [bend, cause]) if (one) known.set(one.step, one.curvature?.speed_limit ?? null);
    },
    /**
     * The step before the update that is looked at, or before the first one that went wrong, where it is not known.
     * @param {State} now
     * @param {{of: string}|null} request
     */
    toAsk(now, request) {
      const wanted = [state.stepShown(now) - 1, remedyOf(now, () => null)?.from ?? -1].find(
        (step) => step >= 0 && !known.has(step),
      );
      return request && now.run && wanted !== undefined ? { step: wanted, of: request.of } : null;
    },
  };
}

/**
 * Bring the run that the address or the settings ask for: one that is stored, or one that its first step will store.
 * @param {{store: any, session: ReturnType<typeof createSession>, presets: import("./state.js").Preset[], branch:
 *   ReturnType<typeof createBranch>, limits: ReturnType<typeof createLimits>}} parts
 */
function createLoader({ store, session, presets, branch, limits }) {
  const prepare = () => session.prepare(state.configurationOf(store.get(), presets), state.nameOfRun(store.get()));
  /** @param {{run?: string|null, shared?: string|null}} place */
  const open = (place) =>
    session.open(place).then(
      () => {
        store.set(state.settingsOfRun(store.get().run, presets));
        return true;
      },
      () => false,
    );
  return {
    /**
     * @param {{run: string|null, shared: string|null}} place
     * @param {boolean} hasRate whether the address asks for an η of its own
     */
    async first(place, hasRate) {
      const { at, branch: second } = store.get();
      if (second) void branch.open(second);
      if (place.run || place.shared) return open(place);
      const before = session.recall(state.nameOfRun(store.get()));
      const isFound = !hasRate && before !== null && (await open({ run: before }));
      if (isFound) store.set({ at });
      else prepare();
      return true;
    },
    /** Other settings: the run that was made from them before, or a new one. @param {Partial<State>} settings */
    async change(settings) {
      branch.leave();
      limits.clear();
      store.set({ ...settings, at: null, stop: 0, row: 1, why: null, layer: 1, piece: 0 });
      const before = session.recall(state.nameOfRun(store.get()));
      if (!(before && (await open({ run: before })))) prepare();
    },
    /** The same settings from the start, with the newest η, as a run of its own. */
    anew() {
      const eta = rateOf(store.get());
      session.forget(state.nameOfRun(store.get()));
      branch.leave();
      limits.clear();
      store.set({ eta, at: null, stop: 0, why: null });
      prepare();
    },
  };
}

startPage(async () => {
  const says = part("says", HTMLElement);
  const catalog = await patiently(readCatalog, () => write(says, "The server does not answer; trying again…"));
  const load = compose(catalog);
  const isThere = await load.first(readPlace(), new URLSearchParams(location.search).has("eta"));
  if (!isThere) write(says, "This run is not there.");
});
