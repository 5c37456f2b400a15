import { keepAddress } from "../../station/address.js";
import { keepAnswered } from "../../station/function_answers.js";
import { wirePlace } from "../../controls/place_knob.js";
import { readExamples, startPage, wireStation } from "../../station/station.js";
import { reachOf, squaredErrorFigure, viewOf } from "./squared_error.js";
import { squaredErrorSentence } from "./squared_error_sentence.js";
import { exact } from "../../base/format.js";
import { evaluate } from "../../base/program.js";
import { moved, snap, tidy, within } from "../../base/scales.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../../station/state.js";
import { createStore } from "../../base/store.js";
import { palette } from "../../base/theme.js";
import { readFields } from "../../base/url.js";
import { createGrowthTable } from "./growth_table.js";
import { part, write } from "../../controls/parts.js";
import { showPenaltyFormula } from "./penalty_formula.js";
import { createPlane } from "../../drawing/plane.js";

/** @typedef {import("../../station/station.js").Example} Example */
/**
 * `marks` are the lecture's predictions as differences from the target; `held` says that a point is being dragged.
 * @typedef {import("../../station/state.js").StationState & {prediction: number, target: number, low: number, high:
 *   number, absolute: boolean, expression: string, other: string,
 *   marks: number[], held: boolean, grown: {factor: number, from: number}|null, answer: any, compared: any}} State
 */

const FIELDS = /** @type {const} */ ({ yhat: "number", y: "number", absolute: "flag", ...SHARED_FIELDS });
const FARTHEST = 1000; // a typed prediction or target goes so far
const DRAGGED = 4; // digits of a number that was dragged
const LIMITS = { low: -FARTHEST, high: FARTHEST };
const ERRORS = [1, 2, 3, 4]; // whose penalties are listed

/** @param {State} state @param {string} expression */
function requestOf({ prediction, target }, expression) {
  const around = [target - ERRORS.length, target + ERRORS.length];
  return {
    expression,
    at: { ŷ: prediction, y: target },
    domain: { ŷ: around, y: around },
    samples: 2 * ERRORS.length + 1,
  };
}

/**
 * What a prediction costs: the server's word where it has spoken on that very one, else its compiled formula.
 * @param {any} answer
 * @param {number} prediction
 * @param {number} target
 * @returns {number}
 */
function costOf(answer, prediction, target) {
  if (answer.at.ŷ === prediction && answer.at.y === target) return answer.value;
  const values = { ŷ: prediction, y: target };
  return (
    evaluate(
      answer.programs.value,
      answer.variables.map((/** @type {"ŷ"|"y"} */ name) => values[name]),
    ) ?? 0
  );
}

/**
 * The penalty of an error as the server sent it, along the slice at the target.
 * @param {any} answer
 * @param {number} error
 * @returns {number|null}
 */
function listedCost(answer, error) {
  const at = answer?.slices.ŷ.x.findIndex(
    (/** @type {number} */ place) => Math.abs(place - answer.at.y - error) < 1e-6,
  );
  return answer && at >= 0 ? answer.slices.ŷ.z[at] : null;
}

/** @typedef {(fields: Partial<State>) => void} Change something was chosen: what was said about growth is over */

/** @param {ReturnType<typeof createStore<State>>} store @param {Change} change */
function wireControls(store, change) {
  const places = /** @type {const} */ (["prediction", "target"]).map((name) =>
    wirePlace(store, name, {
      valueOf: (state) => state[name],
      domainOf: (state) => state,
      limitsOf: () => LIMITS,
      onInput: (value) => change({ [name]: value }),
    }),
  );
  const absolute = part("absolute", HTMLInputElement);
  absolute.addEventListener("change", () => store.set({ absolute: absolute.checked }));
  return (/** @type {State} */ state) => {
    for (const show of places) show(state);
    absolute.checked = state.absolute;
  };
}

/** @param {ReturnType<typeof createStore<State>>} store @param {Change} change */
function wireFigure(store, change) {
  let view = viewOf({ middle: store.get().target, top: 0 }, store.get());
  const plane = createPlane(part("error-plane", HTMLElement), {
    onMove(id, x) {
      const { prediction, target, low, high } = store.get();
      const other = id === "prediction" ? target : prediction;
      const reach = reachOf(view);
      const at = snap(x, { low, high });
      change({ [id]: tidy(within(at, { low: other - reach, high: other + reach }), DRAGGED), held: true });
    },
    onEnd: () => store.set({ held: false }),
    onKey(id, dx, dy) {
      const state = store.get();
      const key = /** @type {"prediction"|"target"} */ (id);
      change({ [key]: within(moved(state[key], dx || dy, state), LIMITS) });
    },
    onPress: (id) => change({ prediction: Number(id) }),
  });
  return (/** @type {State} */ state) => {
    const { answer, compared, prediction, target } = state;
    if (!answer) return;
    // a picture that grew under the pointer would carry the point away
    if (!state.held) view = viewOf(view, state);
    const input = {
      prediction,
      target,
      view,
      penalty: costOf(answer, prediction, target),
      formula: answer.expression.text,
      penaltyOf: (/** @type {number} */ at) => costOf(answer, at, target),
      absoluteOf: compared && ((/** @type {number} */ at) => costOf(compared, at, target)),
      marks: state.marks.map((away) => tidy(target + away)),
      digits: digitsOf(state),
      colors: palette(),
    };
    plane.show((size) => squaredErrorFigure({ ...input, size }), null);
  };
}

function wirePanel() {
  const formula = part("penalty-formula", HTMLElement);
  const growth = createGrowthTable(part("growth", HTMLElement));
  return (/** @type {State} */ state) => {
    const { answer, compared, prediction, target, grown } = state;
    if (!answer) return;
    const digits = digitsOf(state);
    const costs = {
      penalty: costOf(answer, prediction, target),
      absolute: compared ? costOf(compared, prediction, target) : null,
    };
    showPenaltyFormula(formula, {
      prediction,
      target,
      ...costs,
      squared: answer.expression,
      compared: compared?.expression ?? null,
      places: digits,
      filled: state.numbers,
    });
    growth(
      ERRORS.map((error) => ({ error, squared: listedCost(answer, error), absolute: listedCost(compared, error) })),
      Math.abs(prediction - target),
      digits,
    );
    write(part("says", HTMLElement), squaredErrorSentence({ prediction, target, ...costs, grown, digits }));
  };
}

/** The lecture's predictions, each as an example of its own. @param {Example} example @returns {Example[]} */
const predictionsOf = (example) =>
  (example.marks ?? []).map((at) => ({
    ...example,
    name: String(at.ŷ),
    title: `ŷ = ${exact(at.ŷ)}`,
    request: { ...example.request, at },
  }));

/** @param {Example} first @param {Example|undefined} other @returns {State} */
function initialState(first, other) {
  const {
    request: { expression, at, domain },
    marks = [],
  } = first;
  const asked = readFields(FIELDS);
  return {
    example: first.name,
    prediction: asked.yhat ?? at.ŷ,
    target: asked.y ?? at.y,
    low: domain.ŷ[0],
    high: domain.ŷ[1],
    absolute: asked.absolute ?? false,
    expression,
    other: other?.request.expression ?? "",
    marks: marks.map((mark) => mark.ŷ - mark.y),
    held: false,
    grown: null,
    ...FIRST_STATE,
    numbers: asked.numbers ?? false,
    precise: asked.precise ?? false,
    answer: null,
    compared: null,
  };
}

async function start() {
  const examples = await readExamples("loss");
  const first = examples.find((example) => example.marks?.length) ?? examples[0];
  const other = examples.find((example) => example !== first);
  const store = createStore(initialState(first, other));
  const change = (/** @type {Partial<State>} */ fields) => store.set({ grown: null, ...fields });
  const grow = (/** @type {number} */ factor) => {
    const { prediction, target, answer } = store.get();
    const next = tidy(target + factor * (prediction - target));
    if (answer && Math.abs(next) <= FARTHEST)
      store.set({ prediction: next, grown: { factor, from: costOf(answer, prediction, target) } });
  };
  part("double", HTMLButtonElement).addEventListener("click", () => grow(2));
  part("halve", HTMLButtonElement).addEventListener("click", () => grow(0.5));
  wireStation(store, {
    views: [wireControls(store, change), wireFigure(store, change), wirePanel()],
    examples: predictionsOf(first),
    choose: ({ request }) => change({ prediction: request.at.ŷ, target: request.at.y }),
    chosen: ({ prediction, target }) => (target === first.request.at.y ? String(prediction) : null),
    question: () => ({
      call: "gradient",
      request: requestOf(store.get(), store.get().expression),
      shown: ["value", "gradient"],
    }),
    keys: { " ": () => grow(2), h: () => grow(0.5), a: () => store.set({ absolute: !store.get().absolute }) },
  });
  keepAddress(store, (state) => ({
    ...sharedFields(state),
    yhat: state.prediction,
    y: state.target,
    absolute: state.absolute || null,
  }));
  keepAnswered(store, { call: "gradient", key: "answer", requestOf: (state) => requestOf(state, state.expression) });
  keepAnswered(store, {
    call: "gradient",
    key: "compared",
    requestOf: (state) => (state.absolute && state.other ? requestOf(state, state.other) : null),
  });
}

startPage(start);
