import { part, write } from "../../controls/parts.js";
import { createRaceRows } from "./race_rows.js";
import { chosenOf, LIMITS, momentOf, momentsOf, MOST, pointAt } from "./race_state.js";
import { narrow } from "./race_words.js";

/** @typedef {import("./race_state.js").Racing} Racing */
/** @typedef {import("./race_state.js").RacingStore} RacingStore */

const SECONDS = 6; // of a whole race

/** The ball's slider, the race as a film, one step more. @param {RacingStore} store */
export function createPlayer(store) {
  const slider = part("at", HTMLInputElement);
  let timer = 0;
  const stop = () => {
    cancelAnimationFrame(timer);
    timer = 0;
    store.set({});
  };
  const play = () => {
    if (timer) return stop();
    const { answer } = store.get();
    if (!answer) return undefined;
    const last = momentsOf(answer).length - 1;
    const from = momentOf(store.get()) < last ? momentOf(store.get()) : 0;
    const start = performance.now();
    const frame = (/** @type {number} */ now) => {
      const k = from + Math.floor(((now - start) / 1000 / SECONDS) * last);
      timer = k < last ? requestAnimationFrame(frame) : 0;
      store.set({ k: k < last ? Math.max(0, k) : null });
    };
    timer = requestAnimationFrame(frame);
    return undefined;
  };
  const step = () => {
    stop();
    const { answer } = store.get();
    if (!answer) return;
    const last = momentsOf(answer).length - 1;
    const k = momentOf(store.get());
    store.set({ k: k + 1 >= last ? (k >= last ? 0 : null) : k + 1 });
  };
  const back = () => {
    stop();
    store.set({ k: 0 });
  };
  slider.addEventListener("input", () => {
    cancelAnimationFrame(timer);
    timer = 0;
    const k = Number(slider.value);
    store.set({ k: k >= Number(slider.max) ? null : k });
  });
  const show = (/** @type {Racing} */ now) => {
    write(part("race-name", HTMLElement), timer ? "❚❚ Pause" : "▶ Race");
    slider.disabled = !now.answer;
    if (!now.answer) return;
    slider.max = String(momentsOf(now.answer).length - 1);
    slider.value = String(momentOf(now));
    slider.setAttribute("aria-valuetext", `step ${momentsOf(now.answer)[momentOf(now)].step}`);
  };
  return { show, play, step, back };
}

/** @param {RacingStore} store @param {ReturnType<typeof createPlayer>} player */
export function wireRaceBar(store, player) {
  const unfold = () => {
    const { unfolded, answer } = store.get();
    // at its end a race has no next update to look at
    const k = answer && momentOf(store.get());
    const isOver = answer && k >= momentsOf(answer).length - 1;
    store.set({ unfolded: !unfolded, ...(!unfolded && isOver ? { k: Math.min(3, k - 1) } : {}) });
  };
  const flip = () => store.set({ height: store.get().height === "log" ? "linear" : "log" });
  const choose = () => store.set({ chosen: (chosenOf(store.get()) + 1) % store.get().racers.length });
  const heights = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-height]")]);
  for (const button of heights)
    button.addEventListener("click", () => store.set({ height: /** @type {any} */ (button.dataset.height) }));
  const buttons = { race: player.play, step: player.step, reset: player.back, unfold };
  for (const [id, act] of Object.entries(buttons)) part(id, HTMLButtonElement).addEventListener("click", act);
  const show = (/** @type {Racing} */ now) => {
    for (const button of heights) button.setAttribute("aria-pressed", String(button.dataset.height === now.height));
    part("unfold", HTMLButtonElement).setAttribute("aria-pressed", String(now.unfolded));
  };
  const keys = { " ": player.play, s: player.step, r: player.back, u: unfold, l: flip, c: choose };
  return { show, keys };
}

/**
 * @param {RacingStore} store @param {{name: string, label: string}[]} optimizers
 * @param {(racers: import("./race_state.js").Racer[]) => void} onChange
 * @param {(state: any) => number|null} [limitOf] 2/λ of the start
 */
export function createRows(store, optimizers, onChange, limitOf = () => null) {
  const show = createRaceRows(part("rows", HTMLElement), {
    ...{ optimizers, limits: LIMITS, most: MOST },
    onChange,
    onChoose: (chosen) => store.set({ chosen }),
  });
  return (/** @type {Racing} */ now) => {
    const k = now.answer && momentOf(now);
    const reached = (now.answer?.race.racers ?? []).map((/** @type {any} */ racer) =>
      racer.diverged_at !== null && k >= racer.points.length - 1 ? "∞" : narrow(pointAt(racer, k).loss),
    );
    show(now.racers, chosenOf(now), reached, limitOf(now));
  };
}
