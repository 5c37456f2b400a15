import { count } from "../../base/format.js";
import { logarithmicScale } from "../../base/scales.js";
import { createKnob } from "../../controls/knob.js";
import { part, write } from "../../controls/parts.js";
import { widthsAt } from "./size_figure.js";
import { biasOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void}} Store */

const NEAR = 0.02; // so near to a stop, a dragged slider rests on it
const NUDGES = { smallest: 0.001, largest: 1 };
const WAY = ["explicit", "sparse", "collapsed"];

/**
 * What is under the figure: the nudge, the way from explicit to collapsed, the width; and the switches above it.
 * @param {Store} store @param {import("./motion.js").Motion} motion
 */
export function wireScrubbers(store, motion) {
  for (const bar of document.querySelectorAll(".scrub"))
    bar.addEventListener("keydown", (event) => {
      // on a slider the arrow keys are the slider's
      if (event.target instanceof HTMLInputElement && /^Arrow/.test(/** @type {KeyboardEvent} */ (event).key))
        event.stopPropagation();
    });
  const eps = createKnob(part("eps", HTMLElement), {
    scale: logarithmicScale(NUDGES.smallest, NUDGES.largest),
    allows: (value) => (value > 0 && value <= NUDGES.largest ? null : `A nudge is above 0, up to ${NUDGES.largest}.`),
    onInput: (value) => store.set({ eps: value }),
  });
  const sliders = {
    s: createSlider("way", "s", (value) => WAY[Math.round(value)]),
    size: createSlider("width", "size", (value) => widthsAt(value).map(count).join(" → ")),
  };
  const showSwitches = createSwitches();

  /** @param {string} id @param {"s"|"size"} key @param {(value: number) => string} wordsOf */
  function createSlider(id, key, wordsOf) {
    const slider = part(id, HTMLInputElement);
    const stops = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`[data-stop="${key}"]`)]);
    slider.addEventListener("input", () => {
      motion.stop();
      const value = Number(slider.value);
      const stop = Math.round(value);
      store.set({ [key]: Math.abs(value - stop) < NEAR ? stop : value });
    });
    for (const stop of stops)
      stop.addEventListener("click", () => {
        const [from, to] = [store.get()[key], Number(stop.dataset.value)];
        motion.play(key, from, to, 700 + 700 * Math.abs(to - from));
      });
    return (/** @type {number} */ value) => {
      slider.value = String(value);
      slider.setAttribute("aria-valuetext", wordsOf(value));
      for (const stop of stops)
        stop.setAttribute("aria-pressed", String(Math.abs(Number(stop.dataset.value) - value) < 0.12));
    };
  }
  function createSwitches() {
    const buttons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-set]")]);
    for (const button of buttons) {
      const { set = "", value } = button.dataset;
      button.addEventListener("click", () => store.set({ [set]: value, why: null }));
    }
    return (/** @type {State} */ state) => {
      const now = /** @type {Record<string, string>} */ ({ order: state.order, view: state.view, bias: biasOf(state) });
      for (const button of buttons)
        button.setAttribute("aria-pressed", String(now[button.dataset.set ?? ""] === button.dataset.value));
    };
  }
  return (/** @type {State} */ state) => {
    const { stage, view } = state;
    const shown = stage === "product" ? view : stage;
    for (const node of document.querySelectorAll("[data-for]"))
      /** @type {HTMLElement} */ (node).hidden = !(
        /** @type {HTMLElement} */ (node).dataset.for?.split(" ").includes(shown)
      );
    eps.show(state.eps);
    sliders.s(state.s);
    sliders.size(state.size);
    write(part("widths", HTMLElement), widthsAt(state.size).map(count).join(" → "));
    showSwitches(state);
  };
}
