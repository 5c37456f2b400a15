import { Problem } from "../../base/api.js";
import { count } from "../../base/format.js";
import { part, write } from "../../controls/parts.js";
import { keepPlanes } from "../../runs/kept_planes.js";
import { lossesOf } from "../../runs/sharpness_series.js";
import { newestWhole, planeOf, planeRequest, unitOf } from "./landscape_state.js";

/** @typedef {import("./landscape_state.js").LandscapeState} LandscapeState */
/** @typedef {import("./landscape_state.js").LandscapeStore} LandscapeStore */
/** @typedef {{generation: number|null, body: Record<string, any>}} Request */

const MOST_FRAMES = 41;
const KEPT = 60; // planes in the browser
const TICK = 100; // milliseconds between two looks whether the next plane is there
const LEAST = 400; // milliseconds that a plane is seen for
const AHEAD = 4; // planes asked for before they are looked at

/**
 * The film of a run's planes: the same directions, axes and colors at every step, from its start to the newest one.
 * @param {LandscapeStore} store
 * @param {(request: Request) => Promise<any>} ask
 */
export function createFilm(store, ask) {
  const planes = keepPlanes(ask, {
    most: KEPT,
    keyOf: ({ generation, body }) => JSON.stringify([store.get().run?.share_id, generation, body]),
  });
  let making = new AbortController();
  const requestAt = (/** @type {number} */ at) => /** @type {Request} */ (planeRequest({ ...store.get(), at }));
  const end = () => {
    making.abort();
    store.set({ film: null, filming: false });
  };
  /**
   * Its first and its last plane say how wide and how high all of them are.
   * @param {number} anchor @param {number} at
   */
  const make = async (anchor, at) => {
    making.abort();
    making = new AbortController();
    const { signal } = making;
    const { samples } = store.get();
    const film = { anchor, samples, directions: planeOf(store.get()), span: null, scale: null };
    store.set({ film });
    const last = await planes.get(requestAt(anchor));
    signal.throwIfAborted();
    const span = (last.x[last.x.length - 1] - last.x[0]) / 2;
    const [start] = framesOf(store.get());
    const first = await planes.get(
      /** @type {Request} */ (planeRequest({ ...store.get(), film: { ...film, span }, at: start })),
    );
    signal.throwIfAborted();
    store.set({ film: { ...film, span, scale: scaleOf([first, last], store.get()) }, at });
  };
  /** @param {number} anchor @param {number} at @param {boolean} filming */
  const begin = (anchor, at, filming) =>
    make(anchor, at).then(
      () => store.set({ filming }),
      (fault) => {
        if (fault instanceof DOMException && fault.name === "AbortError") return;
        end();
        if (fault instanceof Problem) store.set({ problem: fault });
      },
    );
  followFilm(store, { planes, requestAt, end });
  return {
    ask: planes.get,
    begin,
    /** Make it, go on with it, or let it rest. */
    toggle() {
      const { run, film, filming, at } = store.get();
      if (!run?.step || run.diverged) return;
      if (!film) return void begin(newestWhole(run), 0, true);
      if (!film.scale) return end();
      const isOver = (at ?? 0) >= film.anchor;
      store.set({ filming: !filming, ...(isOver && !filming ? { at: framesOf(store.get())[0] } : {}) });
    },
  };
}

/**
 * Show the next frame once it is there, ask ahead, and end with what the film was made of.
 * @param {LandscapeStore} store
 * @param {{planes: ReturnType<typeof keepPlanes<Request>>, requestAt: (at: number) => Request, end: () => void}} parts
 */
function followFilm(store, { planes, requestAt, end }) {
  let since = 0;
  let timer = 0;
  const tick = () => {
    const state = store.get();
    const frames = framesOf(state);
    const now = frameAt(state, frames);
    planes.askAhead(frames.slice(now + 1, now + 1 + AHEAD).map(requestAt));
    if (now >= frames.length - 1) return store.set({ filming: false });
    const isSeen = state.around?.step === state.at;
    if (!isSeen || performance.now() - since < LEAST || !planes.find(requestAt(frames[now + 1]))) return;
    store.set({ at: frames[now + 1] });
    since = performance.now();
  };
  store.subscribe((state, before) => {
    const { film, filming, run } = state;
    const isOther = run?.share_id !== before.run?.share_id || run?.generation !== before.run?.generation;
    const isEnded = film?.scale && before.film?.scale && state.at === null;
    const isChanged = film && (planeOf(state) !== film.directions || state.samples !== film.samples);
    const isHeld = state.wanted === "paused" && !film?.scale;
    if (film && ((isOther && before.run) || isEnded || isChanged || isHeld)) return end();
    if (filming && !timer) timer = window.setInterval(tick, TICK);
    if (!filming && timer) {
      clearInterval(timer);
      timer = 0;
    }
  });
}

/**
 * The steps that the film shows: evenly spread, from the first one to the one of its directions.
 * @param {LandscapeState} state
 */
export function framesOf(state) {
  const { film } = state;
  if (!film) return [];
  const steps = lossesOf(state).map(({ step }) => step);
  const known = [...new Set([...steps.filter((step) => step < film.anchor), film.anchor])];
  const last = known.length - 1;
  const most = Math.min(last, MOST_FRAMES - 1);
  return most < 1 ? known : Array.from({ length: most + 1 }, (_, index) => known[Math.round((index * last) / most)]);
}

/** Which frame is looked at. @param {LandscapeState} state @param {number[]} frames */
export const frameAt = ({ at }, frames) =>
  Math.max(
    0,
    frames.findLastIndex((step) => step <= (at ?? Infinity)),
  );

/**
 * The heights of the whole film: from the lowest loss on its outer planes to the highest; `walk` is the run's highest.
 * @param {any[]} answers @param {LandscapeState} state
 */
function scaleOf(answers, state) {
  const losses = answers.flatMap(({ loss, center_loss: center }) => [...loss.flat(), center]);
  const known = losses.filter((one) => one !== null);
  const { anchor = 0 } = state.film ?? {};
  const walked = lossesOf(state).filter(({ step, loss }) => step <= anchor && loss !== null);
  return {
    low: Math.min(...known, ...walked.map(({ loss }) => Number(loss))),
    high: Math.max(...known, ...walked.map(({ loss }) => Number(loss))),
    walk: Math.max(...walked.map(({ loss }) => Number(loss)), answers[0].center_loss ?? 0),
  };
}

/**
 * The film's button, its slider, and what is the same in all of its pictures.
 * @param {LandscapeStore} store @param {ReturnType<typeof createFilm>} film
 */
export function wireFilm(store, film) {
  const [button, slider] = [part("film", HTMLButtonElement), part("film-time", HTMLInputElement)];
  button.addEventListener("click", film.toggle);
  slider.addEventListener("input", () =>
    store.set({ filming: false, at: framesOf(store.get())[Number(slider.value)] ?? null }),
  );
  return (/** @type {LandscapeState} */ state) => {
    const { run, filming } = state;
    button.disabled = !run?.step || run.diverged;
    write(part("film-icon", HTMLElement), filming ? "❚❚" : "▶");
    button.setAttribute("aria-pressed", String(filming));
    slider.hidden = !state.film?.scale;
    write(part("film-says", HTMLElement), filmWords(state));
    if (!state.film?.scale) return;
    const frames = framesOf(state);
    slider.max = String(frames.length - 1);
    slider.value = String(frameAt(state, frames));
    slider.setAttribute("aria-valuetext", named(state, state.at ?? state.film.anchor));
  };
}

/** @param {LandscapeState} state @param {number} step */
const named = (state, step) =>
  `${unitOf(state)} ${count(unitOf(state) === "epoch" ? step / state.run.steps_per_epoch : step)}`;

/** @param {LandscapeState} state */
function filmWords(state) {
  const { film } = state;
  if (!film) return "";
  if (!film.scale) return "; the film is being made ready";
  return `; along the directions of ${named(state, film.anchor)} in every picture, with the same axes and colors`;
}
