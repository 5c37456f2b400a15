import { keepAddress } from "../effects/address.js";
import { createRateKnob, horizon, placesOf, wireDescent } from "../effects/descent_actions.js";
import { keepAnswered } from "../effects/function_answers.js";
import { wirePlace } from "../effects/place_knob.js";
import { readExamples, startPage, wireStation } from "../effects/station.js";
import { wireFormula } from "../effects/typed_formula.js";
import { hillFigure, slopeSignFigure } from "../figures/hill.js";
import { hillSentence } from "../figures/hill_sentence.js";
import { evaluate } from "../program.js";
import { moved, snap } from "../scales.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../station_state.js";
import { createStore } from "../store.js";
import { palette } from "../theme.js";
import { readFields } from "../url.js";
import { showStepFormula, showSteps } from "../views/descent_steps.js";
import { part, write } from "../views/parts.js";
import { createPlane } from "../views/plane.js";

/** @typedef {import("../figures/hill.js").Place} Place */
/** @typedef {import("../station_state.js").StationState & {expression: string, start: number, rate: number, low: number, high: number, count: number, shape: any, descent: any}} State */

const FIELDS = /** @type {const} */ ({ expression: "text", start: "number", rate: "number", low: "number", high: "number", count: "count", ...SHARED_FIELDS });
const WIDEST = 40; // times the domain: so far the picture follows a ball that runs away

/** @param {import("../effects/station.js").Example} example */
const settingsOf = ({ name, request, settings }) => ({ example: name, expression: request.expression, start: request.start, rate: request.optimizer.learning_rate, low: settings.domain[0], high: settings.domain[1], count: 0, problem: null });

/** @param {State} state */
const descentOf = ({ expression, start, rate, count }) => ({ expression, start, optimizer: { method: "gradient_descent", learning_rate: rate }, steps: horizon(count) });

/**
 * The places shown so far, and the one after; a ball under the pointer is ahead of the server's answer, so its place is computed from the compiled formula.
 * @param {State} state @returns {{path: Place[], next: Place|null}}
 */
function shown({ descent, shape, count, start, rate }) {
  if (count || (descent.trajectory[0].point[0] === start && descent.optimizer.learning_rate === rate)) return placesOf(descent, count);
  const place = (/** @type {number} */ x, /** @type {number} */ step) => ({ step, point: [x], value: evaluate(shape.programs.value, [x]), gradient: [evaluate(shape.programs.derivative, [x])] });
  const ball = place(start, 0);
  const [slope] = ball.gradient;
  return { path: [ball], next: slope === null ? null : place(start - rate * slope, 1) };
}

/** The domain, widened so far that the ball stays in the picture. @param {State} state */
function domainOf(state) {
  const { low, high, start } = state;
  const places = state.descent && state.shape ? shown(state) : { path: [], next: null };
  const reached = [start, ...[...places.path, ...(places.next ? [places.next] : [])].map((place) => place.point[0])].filter((x) => Number.isFinite(x) && Math.abs(x) <= WIDEST * (high - low));
  const [left, right] = [Math.min(low, ...reached), Math.max(high, ...reached)];
  const air = right - left > high - low ? 0.05 * (right - left) : 0;
  return [Number((left - (left < low ? air : 0)).toPrecision(3)), Number((right + (right > high ? air : 0)).toPrecision(3))];
}

/** @param {State} state */
const shapeOf = (state) => ({ expression: state.expression, at: state.low, domain: domainOf(state) });

/** @param {ReturnType<typeof createStore<State>>} store */
function wireControls(store) {
  const formula = wireFormula(store, "expression", { count: 0 });
  const start = wirePlace(store, "start", { valueOf: (state) => state.start, domainOf: (state) => state, onInput: (value) => store.set({ start: value, count: 0 }) });
  const rate = createRateKnob((value) => store.set({ rate: value, example: null }));
  return (/** @type {State} */ state) => {
    start(state);
    rate.show(state.rate);
    formula(state);
  };
}

/** @param {ReturnType<typeof createStore<State>>} store */
function wireFigure(store) {
  const onMove = (/** @type {string} */ _, /** @type {number} */ x) => store.set({ start: snap(x, store.get()), count: 0 });
  const onKey = (/** @type {string} */ _, /** @type {number} */ dx) => store.set({ start: moved(store.get().start, dx, store.get()), count: 0 });
  const hill = createPlane(part("hill-plane", HTMLElement), { onMove, onKey });
  const slopes = createPlane(part("slope-plane", HTMLElement), { onMove });
  const [formula, steps] = [part("step-formula", HTMLElement), part("steps", HTMLElement)];
  return (/** @type {State} */ state) => {
    const { shape, descent, rate } = state;
    if (!shape || !descent) return;
    const digits = digitsOf(state);
    const places = shown(state);
    const input = { shape, ...places, rate, digits, colors: palette() };
    hill.show(hillFigure(input), [shape.expression, shape.curve]);
    slopes.show(slopeSignFigure(input), [shape.expression, shape.curve]);
    showStepFormula(formula, { ball: places.path[places.path.length - 1], next: places.next, rate, places: digits, filled: state.numbers });
    showSteps(steps, places.path, digits);
    write(part("says", HTMLElement), hillSentence({ descent, ...places, rate, digits }));
  };
}

async function start() {
  const examples = (await readExamples("derivative")).filter((example) => example.call === "descent");
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples[0];
  /** @type {State} */
  const initial = { ...settingsOf(first), ...FIRST_STATE, numbers: true, shape: null, descent: null, ...asked };
  if (asked.expression !== undefined && asked.expression !== first.request.expression) initial.example = null;
  const store = createStore(initial);
  wireStation(store, {
    views: [wireControls(store), wireFigure(store)], examples, choose: (example) => store.set(settingsOf(example)),
    question: () => ({ call: "descent", request: { ...descentOf(store.get()), steps: Math.max(1, store.get().count) }, shown: ["trajectory", "diverged_at"] }),
    keys: wireDescent(store),
  });
  keepAddress(store, (state) => {
    const { expression, start, rate, low, high, count, numbers } = state;
    return { ...sharedFields(state), numbers, expression, start, rate, low, high, count: count || null };
  });
  keepAnswered(store, { call: "descent", key: "descent", requestOf: descentOf, instead: settingsOf(first) });
  keepAnswered(store, { call: "derivative", key: "shape", requestOf: shapeOf, instead: settingsOf(first) });
}

startPage(start);
