import { count, trimmed } from "../../base/format.js";
import { part, write } from "../../controls/parts.js";
import { createLimitedRate } from "../../controls/rate_knob.js";
import { createRunCurves } from "../../runs/run_curves.js";
import { lossesOf } from "../../runs/sharpness_series.js";
import { isPlaying } from "../../runs/state.js";
import { frameAt, framesOf } from "./landscape_film.js";
import { curvatureNow, isMnist, SAMPLES, unitOf, windowOf } from "./landscape_state.js";
import { claimOf, lossAt, recipeOf, sceneWords } from "./landscape_words.js";

/** @typedef {import("./landscape_state.js").LandscapeState} LandscapeState */
/** @typedef {import("./landscape_state.js").LandscapeStore} LandscapeStore */

const RATES = { low: 1e-6, high: 1e6, from: 1e-3, to: 1 }; // what may be typed, and how far the slider goes

/** The three curves of the run; pressed or pulled, they choose the step looked at. @param {LandscapeStore} store */
export const wireCurves = ({ get, set }) =>
  createRunCurves(part("curves", HTMLElement), {
    get,
    seenOf: (state) => ({ axis: state.axis, range: state.range, window: windowOf(state) }),
    onStep: (at) => set({ at }),
  });

/**
 * So many steps with a loss on or back from the one that is looked at; in a film so many pictures.
 * @param {LandscapeState} state @param {number} by
 */
export function stepFrom(state, by) {
  if (state.film?.scale) {
    const frames = framesOf(state);
    return frames[Math.min(frames.length - 1, Math.max(0, frameAt(state, frames) + by))];
  }
  const steps = lossesOf(state).map(({ step }) => step);
  const now = state.at === null ? steps.length - 1 : steps.findLastIndex((step) => step <= Number(state.at));
  const next = Math.min(steps.length - 1, Math.max(0, now + by));
  return next >= steps.length - 1 ? null : steps[next];
}

/** λ, the threshold and the loss as numbers. @param {LandscapeState} state */
export function showNumbers(state) {
  const found = curvatureNow(state);
  const step = state.at ?? state.run?.step ?? 0;
  write(part("lambda", HTMLElement), trimmed(found?.largest_eigenvalue));
  write(part("threshold", HTMLElement), trimmed(found?.stability_threshold));
  write(part("loss", HTMLElement), trimmed(lossAt(state, step)));
  write(part("title", HTMLElement), claimOf(state));
  write(part("recipe", HTMLElement), recipeOf(state));
}

/**
 * The learning rate, with the mark 2/λ on its slider.
 * @param {(rate: number) => void} onRate
 */
export function wireRate(onRate) {
  const show = createLimitedRate(part("rate", HTMLElement), part("limit", HTMLElement), { ...RATES, onRate });
  return (/** @type {LandscapeState} */ state) => {
    const lambda = curvatureNow(state)?.largest_eigenvalue ?? null;
    show(state.rate ?? state.eta, lambda !== null && lambda > 0 ? 2 / lambda : null);
  };
}

/**
 * Which run, on how many samples λ is taken, and how the axis counts.
 * @param {LandscapeStore} store @param {import("./landscape_state.js").Preset[]} presets
 * @param {ReturnType<typeof import("./landscape_actions.js").createLandscapeActions>} actions
 */
export function wireSettings(store, presets, actions) {
  const preset = part("preset", HTMLSelectElement);
  const samples = part("samples", HTMLSelectElement);
  preset.replaceChildren(...presets.map(({ name, title }) => new Option(title, name)));
  preset.addEventListener("change", () => actions.choose(presets.find(({ name }) => name === preset.value)));
  samples.addEventListener("change", () => store.set({ samples: Number(samples.value) }));
  for (const button of choices())
    button.addEventListener("click", () => {
      const { name, value } = /** @type {{name: "axis"|"range", value: any}} */ (button.dataset);
      store.set(/** @type {any} */ ({ [name]: value }));
    });
  return (/** @type {LandscapeState} */ state) => {
    preset.value = state.preset.name;
    const known = new Set([...SAMPLES, state.samples ?? 0]);
    if (samples.options.length !== known.size)
      samples.replaceChildren(...[...known].sort((a, b) => a - b).map((m) => new Option(count(m), String(m))));
    samples.value = String(state.samples);
    part("samples-field", HTMLElement).hidden = (state.run?.samples ?? Infinity) <= SAMPLES[0];
    for (const button of choices()) {
      const { name, value } = /** @type {{name: "axis"|"range", value: string}} */ (button.dataset);
      button.setAttribute("aria-pressed", String(state[name] === value));
      write(button, wordsOf(value, state));
    }
  };
}

const choices = () => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-name][data-value]"));

/** @param {string|undefined} value @param {LandscapeState} state */
function wordsOf(value, state) {
  const unit = unitOf(state);
  if (value === "last") return `last ${count(windowOf(state))} ${unit}s`;
  if (value === "step") return unit;
  return value === "time" ? "η·step" : "whole run";
}

/** What the buttons say, and which can be pressed. @param {LandscapeState} state */
export function showButtons(state) {
  const playing = isPlaying(state);
  write(part("train-name", HTMLElement), playing ? "Pause" : "Train");
  write(part("train-icon", HTMLElement), playing ? "❚❚" : "▶");
  write(part("step", HTMLElement), isMnist(state.run ?? state.preset) ? "+1 epoch" : "+100 steps");
  part("reset", HTMLButtonElement).disabled = !state.run?.step;
  part("newest", HTMLButtonElement).hidden = state.at === null;
  const words = sceneWords(state);
  const scene = part("next-scene", HTMLButtonElement);
  scene.hidden = words === null;
  write(scene, words ?? "");
  part("views", HTMLElement).hidden = !isMnist(state.run ?? state.preset);
}
