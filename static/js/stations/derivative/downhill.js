import { keepAddress } from "../../station/address.js";
import { carry } from "../../station/carried.js";
import { createRateKnob, horizon, placesOf, wireDescent } from "../../descent/actions.js";
import { keepAnswered } from "../../station/function_answers.js";
import { wirePlace } from "../../controls/place_knob.js";
import { readExamples, startPage, wireStation } from "../../station/station.js";
import { wireFormula } from "../../controls/typed_formula.js";
import { hillFigure, slopeSignFigure } from "../../descent/hill.js";
import { hillSentence } from "../../descent/hill_sentence.js";
import { written } from "../../base/format.js";
import { evaluate } from "../../base/program.js";
import { moved, snap } from "../../base/scales.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../../station/state.js";
import { createStore } from "../../base/store.js";
import { palette } from "../../base/theme.js";
import { readFields } from "../../base/url.js";
import { holding, isSame, widened } from "../../base/view_domain.js";
import { showStepFormula, showSteps } from "../../descent/steps.js";
import { part, write } from "../../controls/parts.js";
import { createPlane } from "../../drawing/plane.js";
import { aligned } from "../../drawing/plane_axes.js";
import { createView } from "../../station/view.js";

/** @typedef {import("../../descent/hill.js").Place} Place */
/**
 * @typedef {import("../../station/state.js").StationState & {expression: string, start: number, rate: number, low:
 *   number, high: number, home: import("../../base/scales.js").Domain, count: number, shape: any, descent: any}} State
 */

/** @typedef {ReturnType<typeof createStore<State>>} Store */

const FIELDS = /** @type {const} */ ({
  expression: "text",
  start: "number",
  rate: "number",
  low: "number",
  high: "number",
  count: "count",
  ...SHARED_FIELDS,
});
const WIDEST = 40; // times the domain: so far the picture follows a ball that runs away

/** @param {import("../../station/station.js").Example} example */
const settingsOf = ({ name, request, settings }) => ({
  example: name,
  expression: request.expression,
  start: request.start,
  rate: request.optimizer.learning_rate,
  low: settings.domain[0],
  high: settings.domain[1],
  home: { low: settings.domain[0], high: settings.domain[1] },
  count: 0,
  problem: null,
});

/** @param {State} state */
const descentOf = ({ expression, start, rate, count }) => ({
  expression,
  start,
  optimizer: { method: "gradient_descent", learning_rate: rate },
  steps: horizon(count),
});

/**
 * The places shown so far, and the one after; a ball under the pointer is ahead of the server's answer, so its place is
 * computed from the compiled formula.
 * @param {State} state @returns {{path: Place[], next: Place|null}}
 */
function shown({ descent, shape, count, start, rate }) {
  if (count || (descent.trajectory[0].point[0] === start && descent.optimizer.learning_rate === rate))
    return placesOf(descent, count);
  const place = (/** @type {number} */ x, /** @type {number} */ step) => ({
    step,
    point: [x],
    value: evaluate(shape.programs.value, [x]),
    gradient: [evaluate(shape.programs.derivative, [x])],
  });
  const ball = place(start, 0);
  const to = evaluate(shape.programs.step, [start, rate]);
  return { path: [ball], next: to === null ? null : place(to, 1) };
}

/** Where the ball is. @param {State} state */
const ballOf = (state) =>
  state.descent && state.shape ? shown(state).path[shown(state).path.length - 1].point[0] : state.start;

/** Whether the hill is seen as at first, with the start. @param {State} state */
const isWhole = (state) => isSame(state, widened(state.home, state.start));

/**
 * What is seen: a part that was chosen goes along with the ball; the whole is widened so far that all of the ball's way
 * is in the picture, unless it runs away.
 * @param {State} state
 */
function seenOf(state) {
  const { low, high } = state;
  if (!isWhole(state)) return holding({ low, high }, ballOf(state));
  const { path, next } = state.descent && state.shape ? shown(state) : { path: [], next: null };
  const places = [...path, ...(next ? [next] : [])].map((place) => place.point[0]);
  const middle = (low + high) / 2;
  return places
    .filter((x) => Math.abs(x - middle) <= WIDEST * (high - low))
    .reduce((domain, x) => widened(domain, x), { low, high });
}

/** @param {State} state */
const shapeOf = (state) => {
  const { low, high } = seenOf(state);
  return { expression: state.expression, at: low, domain: [low, high] };
};

/** @param {Store} store */
const viewOf = (store) =>
  createView(store, {
    chosenOf: ({ low, high }) => [{ low, high }],
    homeOf: ({ home }) => [home],
    pointOf: ({ start }) => [start],
    ballOf: (state) => [ballOf(state)],
    seenOf: (state) => [seenOf(state)],
    fieldsOf: ([x]) => x,
    moved: ["start", "count"],
  });

/** @typedef {ReturnType<typeof viewOf>} View */

/** @param {Store} store @param {View} view */
function wireControls(store, view) {
  const formula = wireFormula(store, "expression", { count: 0 }, (state) => state.shape?.expression);
  const start = wirePlace(store, "start", {
    valueOf: (state) => state.start,
    domainOf: (state) => state,
    onInput: (value) => store.set({ start: value, count: 0, ...view.widened([value]) }),
  });
  const rate = createRateKnob((value) => store.set({ rate: value, example: null }));
  return (/** @type {State} */ state) => {
    start(state);
    rate.show(state.rate);
    formula(state);
  };
}

/** @param {Store} store @param {View} view */
function wireFigure(store, view) {
  const onMove = (/** @type {string} */ _, /** @type {number} */ x) =>
    store.set({ start: snap(x, store.get()), count: 0 });
  const onKey = (/** @type {string} */ _, /** @type {number} */ dx) => {
    const start = moved(store.get().start, dx, store.get());
    store.set({ start, count: 0, ...view.holding([start]) });
  };
  const [onView, { remember, isPart }] = [view.onView(), view];
  const hill = createPlane(part("hill-plane", HTMLElement), { onMove, onKey, onView, remember });
  const slopes = createPlane(part("slope-plane", HTMLElement), { onMove, onView, remember });
  const [formula, steps] = [part("step-formula", HTMLElement), part("steps", HTMLElement)];
  return (/** @type {State} */ state) => {
    const { shape, descent, rate } = state;
    if (!shape || !descent) return;
    const digits = digitsOf(state);
    const places = shown(state);
    const input = { shape, ...places, rate, digits, colors: palette() };
    const [above, below] = aligned(hillFigure(input), slopeSignFigure(input));
    hill.show({ ...above, isPart: isPart(state) }, [shape.expression, shape.curve]);
    slopes.show(below, [shape.expression, shape.curve]);
    showStepFormula(formula, {
      ball: places.path[places.path.length - 1],
      next: places.next,
      rate,
      places: digits,
      filled: state.numbers,
    });
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
  const store = createStore({ ...initial, ...widened(initial, initial.start) });
  const view = viewOf(store);
  wireStation(store, {
    views: [wireControls(store, view), wireFigure(store, view)],
    examples,
    choose: (example) => store.set(settingsOf(example)),
    question: () => ({
      call: "descent",
      request: { ...descentOf(store.get()), steps: Math.max(1, store.get().count) },
      shown: ["trajectory", "diverged_at"],
    }),
    drawn: ({ shape }) => shape && written(shape.expression.text),
    keys: { ...wireDescent(store), ...view.keys },
  });
  keepAddress(store, (state) => {
    const { expression, start, rate, low, high, count, numbers } = state;
    return { ...sharedFields(state), numbers, expression, start, rate, low, high, count: count || null };
  });
  carry(".views a", () => {
    const { example, expression, start: at, low, high } = store.get();
    return example === null ? { expression, at, low, high } : null;
  });
  keepAnswered(store, { call: "descent", key: "descent", requestOf: descentOf, instead: settingsOf(first) });
  keepAnswered(store, { call: "derivative", key: "shape", requestOf: shapeOf, instead: settingsOf(first) });
}

startPage(start);
