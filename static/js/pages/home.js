import { askFunction } from "../base/api.js";
import { patiently } from "../base/patience.js";
import { createStore } from "../base/store.js";
import { onThemeChange } from "../base/theme.js";
import { wireFrame } from "../controls/frame.js";
import { speakAtRest } from "../controls/spoken.js";
import { part, write } from "../controls/parts.js";
import { createLimitedRate } from "../controls/rate_knob.js";
import { wirePicture } from "../station/picture.js";
import { createHomeHill } from "./home_hill.js";
import { createHomeNumbers } from "./home_numbers.js";
import { hereOf } from "./home_state.js";
import { hillSays } from "./home_words.js";

/** @typedef {import("./home_state.js").State} State */
/** @typedef {import("./home_state.js").Hill} Hill */

const LIMITS = { low: 1e-3, high: 10 };
const KEY = 0.05; // an arrow key moves the ball so far
const PACE = 300; // milliseconds for a step
const STEPS = 200;
const STILL = 1e-4; // a step that is shorter is rest

/** @returns {Hill} */
function readHill() {
  const { expression = "", domain = "", start, rate, lowest } = part("hill", HTMLElement).dataset;
  const [low, high] = domain.split(",").map(Number);
  return { expression, domain: [low, high], start: Number(start), rate: Number(rate), lowest: Number(lowest) };
}

/** @param {ReturnType<typeof createStore<State>>} store @param {Hill} hill */
function createActions(store, hill) {
  let timer = 0;
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    if (store.get().rolls) store.set({ rolls: false });
  };
  const step = () => {
    const { shape, second, x, path } = store.get();
    if (!shape || !second) return false;
    const { next } = hereOf(store.get());
    if (!Number.isFinite(next) || Math.abs(next) > 1e6) return false;
    store.set({ x: next, path: [...path, x] });
    return Math.abs(next - x) > STILL && path.length < STEPS;
  };
  const roll = () => {
    // where motion is not wanted the ball is at its end at once
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) while (step());
    if (!step()) return stop();
    timer = setTimeout(roll, PACE);
    return undefined;
  };
  return {
    step: () => {
      stop();
      step();
    },
    go: () => {
      if (store.get().rolls) return stop();
      store.set({ rolls: true });
      return roll();
    },
    reset: () => {
      stop();
      store.set({ x: hill.start, eta: hill.rate, path: [] });
    },
    /** @param {number} x */
    put: (x) => {
      stop();
      store.set({ x: Math.round(Math.min(hill.domain[1], Math.max(hill.domain[0], x)) * 1000) / 1000, path: [] });
    },
    /** @param {number} eta */
    rate: (eta) => store.set({ eta, path: store.get().rolls ? store.get().path : [] }),
  };
}

/** Ask for the function and its derivative; the picture waits until both are there. */
async function ask(/** @type {Hill} */ { expression, domain, start }) {
  const shape = await askFunction("derivative", { expression, at: start, domain, samples: 401 });
  const second = await askFunction("derivative", { expression: shape.derivative.text, at: start, domain, samples: 2 });
  return { shape, second };
}

async function start() {
  const hill = readHill();
  const store = createStore(
    /** @type {State} */ ({ x: hill.start, eta: hill.rate, path: [], rolls: false, shape: null, second: null }),
  );
  const actions = createActions(store, hill);
  const buttons = { go: actions.go, step: actions.step, reset: actions.reset };
  for (const [id, act] of Object.entries(buttons)) part(id, HTMLButtonElement).addEventListener("click", act);
  const move = (/** @type {number} */ by) => () => actions.put(store.get().x + by);
  wireFrame({
    ...{ " ": actions.go, s: actions.step, r: actions.reset },
    ...{ ArrowLeft: move(-KEY), ArrowRight: move(KEY) },
  });
  const knob = createLimitedRate(part("rate", HTMLElement), part("limit", HTMLElement), {
    ...{ ...LIMITS, from: 0.01, to: 1, name: "2/f″" },
    onRate: actions.rate,
  });
  const drawing = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.getElementById("slope")));
  const show = createHomeHill(drawing, hill, actions.put);
  const numbers = createHomeNumbers();
  const says = part("hill-says", HTMLElement);
  speakAtRest(says, part("spoken", HTMLElement));
  const showAll = () => {
    const state = store.get();
    write(part("go-name", HTMLElement), state.rolls ? "Hold it" : "Let it go");
    if (!state.shape || !state.second) return knob(state.eta, null);
    const here = hereOf(state);
    knob(state.eta, here.bend > 0 ? 2 / here.bend : null);
    numbers(state, here);
    show(state, here);
    return write(says, hillSays(state, here, hill));
  };
  store.subscribe(showAll);
  onThemeChange(showAll);
  new ResizeObserver(showAll).observe(/** @type {HTMLElement} */ (drawing.parentElement));
  showAll();
  store.set(
    await patiently(
      () => ask(hill),
      () => write(says, "The server does not answer; trying again…"),
    ),
  );
}

wirePicture();
start().catch((fault) => write(part("hill-says", HTMLElement), fault instanceof Error ? fault.message : String(fault)));
