import { askFirstLandscape, askLandscape, readCatalog } from "../../base/api.js";
import { createStore } from "../../base/store.js";
import { readFields } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { viewKeys } from "../../drawing/plane_view.js";
import { createSession } from "../../runs/session.js";
import { keepAddress } from "../../station/address.js";
import { keepAnswers } from "../../station/answers.js";
import { startPage, untilAnswered, wireStation } from "../../station/station.js";
import { createFigures } from "./figures.js";
import { sheetOf } from "../../runs/loss_sheet.js";
import { wireStuck } from "../../runs/stuck.js";
import * as state from "./state.js";
import { createViewLinks, placeOf } from "./view_links.js";
import { percentOf } from "../../base/format.js";
import { claimOf, hiddenOf, sentenceOf } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Store} Store */

const MOST_DRAWN = 2000; // parameters of a network that is drawn number by number

/** The four planes as buttons, each with what it holds once it was seen. @param {Store} store */
function createPlanes(store) {
  const buttons = state.PLANES.map(({ key, name }) => {
    const button = document.createElement("button");
    const [title, words] = [document.createElement("b"), document.createElement("small")];
    button.type = "button";
    button.dataset.plane = key;
    title.textContent = name;
    button.append(title, words);
    button.addEventListener("click", () => store.set({ plane: key, span: null }));
    return { key, button, words };
  });
  part("planes", HTMLElement).replaceChildren(...buttons.map(({ button }) => button));
  return (/** @type {State} */ now) => {
    for (const { key, button, words } of buttons) {
      const seen = now.seen[key];
      button.setAttribute("aria-pressed", String(state.planeOf(now) === key));
      button.disabled = key === "trajectory" && !now.run?.step;
      write(words, seen ? `${percentOf(seen.held)} of the walk, ${percentOf(seen.gradient)} of ∇L` : "look");
    }
  };
}

/** The sentence, the claim, and what the plane hides. */
function createWords() {
  const [claim, says, list] = ["claim", "says", "hidden"].map((id) => part(id, HTMLElement));
  let listed = "";
  return (/** @type {State} */ now) => {
    write(claim, claimOf(now));
    const network = part("in-network", HTMLAnchorElement);
    network.hidden = !now.run || now.run.parameters > MOST_DRAWN;
    if (now.run) network.href = `/network?run=${now.run.id}`;
    if (now.run?.diverged)
      write(says, "This run diverged: there is nothing around numbers that are not finite. Go back to the start.");
    if (!now.answer || now.run?.diverged) return;
    const sheet = sheetOf(now.answer, now.height === "log");
    write(says, sentenceOf(now, sheet));
    const lines = hiddenOf(now, sheet);
    if (listed === JSON.stringify(lines)) return;
    listed = JSON.stringify(lines);
    list.replaceChildren(
      ...lines.flatMap(([name, words]) => {
        const [term, value] = [document.createElement("dt"), document.createElement("dd")];
        [term.textContent, value.textContent] = [name, words];
        return [term, value];
      }),
    );
  };
}

/** @param {Store} store @param {ReturnType<typeof createSession>} session @param {boolean} isOwn */
function wireBar(store, session, isOwn) {
  const walk = (/** @type {number} */ count) => {
    store.set({ k: null });
    session.step(count);
  };
  const actions = {
    step: () => walk(1),
    walk: () => walk(state.COUNT),
    reset: () => void (store.get().run && (store.set({ k: null }), session.rewind(0))),
    height: () => store.set({ height: store.get().height === "log" ? "linear" : "log" }),
  };
  for (const id of /** @type {const} */ (["step", "walk", "reset"]))
    part(id, HTMLButtonElement).addEventListener("click", actions[id]);
  const stick = wireStuck();
  const slider = part("at", HTMLInputElement);
  slider.addEventListener("input", () => store.set({ k: Number(slider.value) }));
  const heights = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-height]")]);
  for (const button of heights)
    button.addEventListener("click", () => store.set({ height: /** @type {any} */ (button.dataset.height) }));
  const show = (/** @type {State} */ now) => {
    stick(now);
    for (const id of ["step", "walk", "reset"]) part(id, HTMLButtonElement).disabled = !isOwn;
    for (const button of heights) button.setAttribute("aria-pressed", String(button.dataset.height === now.height));
    const points = now.answer?.trajectory ?? [];
    slider.max = String(Math.max(points.length - 1, 0));
    slider.disabled = points.length < 2;
    slider.value = String(Math.min(now.k ?? Infinity, points.length - 1));
    const point = now.answer && state.pointOf(now);
    slider.setAttribute("aria-valuetext", point ? `step ${point.step}` : "no step yet");
    write(part("at-step", HTMLElement), point ? `step ${point.step} of ${now.answer.step}` : "step 0");
  };
  /** @type {Record<string, () => void>} */
  const training = isOwn ? { s: actions.step, " ": actions.walk } : {};
  const zoom = (/** @type {import("../../base/view_domain.js").ViewChange|null} */ change) =>
    store.set({ span: state.spanAfter(store.get(), change) });
  return { show, zoom, keys: { ...training, l: actions.height, ...viewKeys(zoom, () => [0.5, 0.5]) } };
}

/** Keep the plane that is looked at. @param {Store} store @param {ReturnType<typeof createSession>} session */
function keepPlane(store, session) {
  keepAnswers(store, {
    ask: ({ body }) =>
      store.get().run
        ? session.reading((signal) => askLandscape(session.address(), body, signal))
        : askFirstLandscape(body),
    key: "answer",
    requestOf: state.requestOf,
  });
}

/** Remember what each plane holds, for this step. @param {Store} store */
function keepSeen(store) {
  store.subscribe(({ answer, seen }, before) => {
    if (!answer || answer === before.answer) return;
    const isSame = before.answer?.step === answer.step && before.answer?.generation === answer.generation;
    const held = { held: answer.trajectory_share, gradient: answer.gradient.share };
    store.set({ seen: { ...(isSame ? seen : {}), [answer.directions]: held } });
  });
}

async function start() {
  const asked = readFields(state.FIELDS);
  const catalog = await untilAnswered(readCatalog);
  const presets = Object.keys(state.STARTS).map((name) =>
    catalog.presets.find((/** @type {any} */ one) => one.name === name),
  );
  const store = /** @type {Store} */ (createStore(state.firstState(asked)));
  const session = createSession(/** @type {any} */ (store), { name: "landscape" });
  const isOwn = !asked.shared;
  const bar = wireBar(store, session, isOwn);
  const prepare = (
    /** @type {string} */ preset,
    eta = state.STARTS[preset],
    span = /** @type {number|null} */ (null),
  ) => {
    store.set({ preset, eta, span, answer: null, seen: {}, k: null });
    session.prepare(state.configurationOf({ preset, eta }), preset);
  };
  wireStation(store, {
    views: [
      ...[createPlanes(store), createWords(), bar.show, createViewLinks(asked.shared ?? null)],
      createFigures(store, bar.zoom),
    ],
    examples: presets,
    choose: ({ name }) => prepare(name),
    chosen: ({ run, preset }) => (run ? null : preset),
    question: () => ({
      ...placeOf(store.get().run, session.address()),
      shown: ["center", "axes", "trajectory"],
      request: state.requestOf(store.get())?.body ?? {},
    }),
    keys: bar.keys,
  });
  keepSeen(store);
  keepAddress(store, (now) => ({ ...state.addressOf(now, asked.shared ?? null), shared: asked.shared ?? null }));
  keepPlane(store, session);
  if (asked.run || asked.shared) {
    const { k, plane, span } = store.get();
    await session.open({ run: asked.run, shared: asked.shared });
    store.set({ k, plane, span });
  } else prepare(store.get().preset, store.get().eta, store.get().span);
}

startPage(start);
