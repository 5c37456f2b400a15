import { keepAddress } from "../../station/address.js";
import { carry } from "../../station/carried.js";
import { createRateKnob, wireDescent } from "../../descent/actions.js";
import { keepAnswered } from "../../station/function_answers.js";
import { wirePlace } from "../../controls/place_knob.js";
import { readExamples, startPage, wireStation } from "../../station/station.js";
import { wireFormula } from "../../controls/typed_formula.js";
import { viewOf, wireFigures } from "./figures.js";
import { gradientSentence, slicesSentence } from "./gradient_sentence.js";
import { boxOf, descentOf, gradientOfPoint, hereOf, limitsOf, shapeOf, shown } from "./model.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../../station/state.js";
import { written } from "../../base/format.js";
import { createStore } from "../../base/store.js";
import { readFields } from "../../base/url.js";
import { showSteps } from "../../descent/steps.js";
import { showGradient, showGradientStep, showPartial } from "./gradient_formula.js";
import { part, write } from "../../controls/parts.js";
import { createViewSwitch } from "../../controls/view_switch.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {ReturnType<typeof createStore<State>>} Store */
/** @typedef {import("../../station/station.js").Example} Example */

const FIELDS = /** @type {const} */ ({
  expression: "text",
  x: "number",
  y: "number",
  rate: "number",
  xlow: "number",
  xhigh: "number",
  ylow: "number",
  yhigh: "number",
  count: "count",
  view: "text",
  turn: "number",
  tilt: "number",
  ...SHARED_FIELDS,
});
const FROM = { turn: -58, tilt: 30 }; // where one stands before the surface at first

/**
 * An example's point and domain; its learning rate is that of the descent of the same name, where there is one.
 * @param {Example} example @param {Example[]} descents
 */
function settingsOf({ name, request: { expression, at, domain } }, descents) {
  const descent = descents.find((each) => each.name === name) ?? descents[0];
  return {
    example: name,
    expression,
    x: at.x,
    y: at.y,
    xlow: domain.x[0],
    xhigh: domain.x[1],
    ylow: domain.y[0],
    yhigh: domain.y[1],
    home: { x: { low: domain.x[0], high: domain.x[1] }, y: { low: domain.y[0], high: domain.y[1] } },
    count: 0,
    problem: null,
    rate: descent.request.optimizer.learning_rate,
  };
}

/** @param {Store} store @param {import("./figures.js").View} view */
function wireControls(store, view) {
  const formula = wireFormula(store, "expression", { count: 0 }, (state) => state.answer?.expression);
  const places = /** @type {const} */ (["x", "y"]).map((name) =>
    wirePlace(store, name, {
      valueOf: (state) => state[name],
      domainOf: (state) => limitsOf(state, name),
      onInput: (value) => {
        const [x, y] = [name === "x" ? value : store.get().x, name === "y" ? value : store.get().y];
        store.set({ x, y, count: 0, ...view.widened([x, y]) });
      },
    }),
  );
  const rate = createRateKnob((value) => store.set({ rate: value }));
  return (/** @type {State} */ state) => {
    for (const show of places) show(state);
    rate.show(state.rate);
    formula(state);
  };
}

/** @param {Store} store */
function wirePanel(store) {
  const showView = createViewSwitch(part("views", HTMLElement), (view) => store.set({ view }));
  const at = (/** @type {string} */ id) => part(id, HTMLElement);
  return (/** @type {State} */ state) => {
    showView(state.view);
    at("landscape").dataset.shown = state.view;
    const { answer, shape, descent, rate } = state;
    if (!answer || !shape) return;
    const [here, places, filled] = [hereOf(state), digitsOf(state), state.numbers];
    if (state.view !== "gradient") {
      showPartial(at("partial-x"), { answer, here, along: 0, places, filled });
      showPartial(at("partial-y"), { answer, here, along: 1, places, filled });
      return write(at("says"), slicesSentence({ here, digits: places }));
    }
    const { path, next } = shown(state);
    const box = boxOf(shape.surface);
    const outside = [box.x, box.y].some(([low, high], axis) => here.point[axis] < low || here.point[axis] > high);
    showGradient(at("gradient-formula"), { answer, here, places, filled });
    showGradientStep(at("step-formula"), { here, next, rate, places, filled });
    showSteps(at("steps"), path, places, ["x", "y"]);
    return write(at("says"), gradientSentence({ here, descent, path, next, rate, outside, digits: places }));
  };
}

/** @param {State} state @returns {import("../../station/bar.js").Question} */
function questionOf(state) {
  if (state.view === "gradient" && state.count)
    return { call: "descent", request: descentOf(state, state.count), shown: ["trajectory", "diverged_at"] };
  return {
    call: "gradient",
    request: gradientOfPoint(state),
    shown: ["value", "partials", "gradient", "norm", "differentiable"],
  };
}

/** @param {State} state */
function fieldsOf(state) {
  const { view, expression, x, y, rate, xlow, xhigh, ylow, yhigh, turn, tilt, count } = state;
  return {
    ...sharedFields(state),
    view,
    expression,
    x,
    y,
    rate,
    xlow,
    xhigh,
    ylow,
    yhigh,
    turn,
    tilt,
    count: count || null,
  };
}

/**
 * @param {Example[]} examples @param {Example[]} descents
 * @returns {{initial: State, first: Example}}
 */
function firstState(examples, descents) {
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples[0];
  /** @type {State} */
  const initial = {
    ...settingsOf(first, descents),
    view: "slices",
    ...FROM,
    ...FIRST_STATE,
    shape: null,
    answer: null,
    descent: null,
    ...asked,
  };
  if (initial.view !== "gradient") initial.view = "slices";
  if (asked.expression !== undefined && asked.expression !== first.request.expression) initial.example = null;
  return { initial, first };
}

async function start() {
  const all = await readExamples("gradient");
  const [examples, descents] = ["gradient", "descent"].map((call) => all.filter((example) => example.call === call));
  const { initial, first } = firstState(examples, descents);
  const store = createStore(initial);
  const view = viewOf(store);
  store.set(view.widened([initial.x, initial.y]));
  const descentKeys = wireDescent(store);
  const inGradient = Object.fromEntries(
    Object.entries(descentKeys).map(([key, act]) => [key, () => store.get().view === "gradient" && act()]),
  );
  wireStation(store, {
    views: [wirePanel(store), wireControls(store, view), wireFigures(store, view)],
    examples,
    choose: (example) => store.set(settingsOf(example, descents)),
    question: () => questionOf(store.get()),
    drawn: ({ answer }) => answer && written(answer.expression.text),
    keys: {
      ...inGradient,
      ...view.keys,
      v: () => store.set({ view: store.get().view === "gradient" ? "slices" : "gradient" }),
    },
  });
  keepAddress(store, fieldsOf);
  carry(".thread", () => {
    const { example, expression, x, y, xlow, xhigh, ylow, yhigh } = store.get();
    if (example !== null) return null;
    const at = `${x},${y}`;
    return { expressions: expression, variables: "x,y", at, low: `${xlow},${ylow}`, high: `${xhigh},${yhigh}` };
  });
  keepAnswers(store, settingsOf(first, descents));
}

/** @param {Store} store @param {Partial<State>} instead what is shown where the address asks for what cannot be */
function keepAnswers(store, instead) {
  keepAnswered(store, { call: "gradient", key: "shape", requestOf: shapeOf, instead });
  keepAnswered(store, {
    call: "gradient",
    key: "answer",
    requestOf: (state) => ({ ...gradientOfPoint(state), samples: 2 }),
    instead,
  });
  keepAnswered(store, {
    call: "descent",
    key: "descent",
    requestOf: (state) => (state.view === "gradient" ? descentOf(state) : null),
    instead,
  });
}

startPage(start);
