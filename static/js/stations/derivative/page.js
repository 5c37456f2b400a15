import { keepAddress } from "../../station/address.js";
import { carry } from "../../station/carried.js";
import { keepAnswered } from "../../station/function_answers.js";
import { wirePlace } from "../../controls/place_knob.js";
import { createShrinking } from "../../station/shrinking.js";
import { readExamples, startPage, wireStation } from "../../station/station.js";
import { wireFormula } from "../../controls/typed_formula.js";
import { differenceError } from "./difference_error.js";
import { meetsRoundOff, restOf } from "./limit.js";
import { viewOf, wirePlanes } from "./planes.js";
import { numbersOf, requestOf, settingsOf, shiftedRequest, variableOf } from "./model.js";
import { slopeAt } from "./values.js";
import { secantSentence } from "./secant_sentence.js";
import { lowered, saidOf, written } from "../../base/format.js";
import { twoSidedScale } from "../../base/scales.js";
import { placeFault, widened } from "../../base/view_domain.js";
import { FIRST_STATE, SHARED_FIELDS, sharedFields } from "../../station/state.js";
import { createStore } from "../../base/store.js";
import { palette } from "../../base/theme.js";
import { readFields } from "../../base/url.js";
import { createFormulaLines } from "../../typesetting/formula_lines.js";
import { createKnob } from "../../controls/knob.js";
import { createLimitTable } from "./limit_table.js";
import { part, write } from "../../controls/parts.js";
import { createPlot } from "../../drawing/plot.js";
import { showSecantFormula } from "./secant_formula.js";
import { createTabs } from "../../controls/tabs.js";
import { createVariableNames } from "../../controls/variable_names.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {ReturnType<typeof createStore<State>>} Store */

const FIELDS = /** @type {const} */ ({
  expression: "text",
  at: "number",
  delta: "number",
  low: "number",
  high: "number",
  shifted: "flag",
  tab: "text",
  ...SHARED_FIELDS,
});
const TABS = { table: "limit-table", error: "limit-error", algebra: "limit-algebra" };
const SMALLEST = 1e-15;
const NAMED = ".aside h2, .knob label span, .formula .math"; // texts that name the variable

const CLAIMS = {
  limit: ["The secant becomes the tangent", "Pull the amber point to x₀. Δx is the h of slides 9–10."],
  shifted: ["Moved up, the slope stays", "Adding a constant lifts the graph; the tangents stay parallel."],
};

/** @param {Store} store @param {import("./planes.js").View} view */
function wireControls(store, view) {
  const formula = wireFormula(store, "expression", {}, (state) => state.answer?.expression);
  const at = wirePlace(store, "at", {
    valueOf: (state) => state.at,
    domainOf: (state) => state,
    onInput: (value) => store.set({ at: value, ...view.widened([value]) }),
  });
  const notZero = (/** @type {number} */ value) =>
    value === 0 ? "Δx may come as near to 0 as you like, from both sides, but not be 0." : placeFault(value);
  const delta = createKnob(part("delta", HTMLElement), {
    scale: twoSidedScale(SMALLEST, 2),
    allows: notZero,
    onInput: (value) => store.set({ delta: value }),
  });
  const shifted = part("shifted", HTMLInputElement);
  shifted.addEventListener("change", () => store.set({ shifted: shifted.checked }));
  return (/** @type {State} */ state) => {
    at(state);
    delta.show(state.delta);
    shifted.checked = state.shifted;
    formula(state);
  };
}

/** What stands in the panel's tabs. @param {Store} store */
function wireTabs(store) {
  const showTab = createTabs(/** @type {HTMLElement} */ (document.querySelector("[role=tablist]")), (panel) =>
    store.set({ tab: Object.entries(TABS).find(([, id]) => id === panel)?.[0] ?? "table" }),
  );
  const table = createLimitTable(part("limit-table", HTMLElement));
  const algebra = createFormulaLines(part("limit-algebra", HTMLElement));
  const errors = createPlot(part("error-plot", HTMLElement));
  return (/** @type {State} */ state) => {
    const { answer, delta, tab } = state;
    showTab(TABS[/** @type {keyof typeof TABS} */ (tab)] ?? TABS.table);
    if (!answer) return;
    const [variable, { slope, secant, digits }] = [variableOf(state), numbersOf(state)];
    const step = `Δ${lowered(variable)}`;
    table(answer.table, delta, digits, step);
    algebra(answer.limit, { [variable]: "x", f: "f", Δ: "dx" });
    const error = slope === null || secant === null ? null : secant - slope;
    if (tab === "error")
      errors.show(() => differenceError({ table: answer.table, delta, error, step, colors: palette() }));
  };
}

/** @param {Store} store */
function wirePanel(store) {
  const tabs = wireTabs(store);
  const names = createVariableNames([...document.querySelectorAll(NAMED)]);
  const formula = part("secant-formula", HTMLElement);
  const panel = /** @type {HTMLElement} */ (formula.closest(".panel"));
  return (/** @type {State} */ state) => {
    panel.dataset.tab = state.tab;
    const variable = variableOf(state);
    for (const [index, id] of ["claim", "invitation"].entries())
      write(part(id, HTMLElement), saidOf(CLAIMS[state.shifted ? "shifted" : "limit"][index], variable));
    names(variable);
    tabs(state);
    const { answer, at, delta } = state;
    if (!answer) return;
    const numbers = numbersOf(state);
    const limit = numbers.atLimit ? numbers.slope : null;
    const { secant: slope, digits: places } = numbers;
    showSecantFormula(formula, { variable, at, delta, ...numbers, slope, limit, places, filled: state.numbers });
    const shifted = [state.plusOne, state.plusTwo].filter(Boolean).map((other) => slopeAt(other, at));
    write(part("says", HTMLElement), saidOf(secantSentence({ answer, at, delta, ...numbers, shifted }), variable));
  };
}

/** @param {import("../../station/station.js").Example[]} examples */
function firstState(examples) {
  const asked = readFields(FIELDS);
  const first =
    examples.find((example) => example.name === asked.example) ??
    examples.find((example) => example.name === "square") ??
    examples[0];
  /** @type {State} */
  const initial = {
    ...settingsOf(first),
    ...FIRST_STATE,
    tab: "table",
    arrived: null,
    answer: null,
    plusOne: null,
    plusTwo: null,
    ...asked,
  };
  if (asked.expression !== undefined && asked.expression !== first.request.expression) initial.example = null;
  return { initial: { ...initial, ...widened(initial, initial.at) }, first };
}

/** The button that lets Δx go to 0. @param {Store} store */
function wireShrinking(store) {
  const shrinking = createShrinking(store, {
    key: "delta",
    symbolOf: (state) => saidOf("Δx", variableOf(state)),
    smallest: SMALLEST,
    largest: 1,
    endOf: restOf,
    goesOn: meetsRoundOff,
    onRest: () => store.set({ arrived: store.get().delta }),
  });
  part("shrink", HTMLButtonElement).addEventListener("click", shrinking.toggle);
  return shrinking;
}

/** Whether the formula is none of the lecture's. @param {State} state */
const isTyped = ({ example }) => example === null;

/**
 * The same function along both axes, for the station of two variables.
 * @param {State} state
 */
function inTwoVariables({ answer, at, low, high }) {
  if (!answer) return null;
  const along = (/** @type {string} */ variable) =>
    answer.expression.text.replace(new RegExp(`\\b${answer.variable}\\b`, "g"), variable);
  const domain = { xlow: low, xhigh: high, ylow: low, yhigh: high };
  return { view: "slices", expression: `${along("x")} + ${along("y")}`, x: at, y: at, ...domain };
}

async function start() {
  const examples = (await readExamples("derivative")).filter((example) => example.call === "derivative");
  const { initial, first } = firstState(examples);
  const store = createStore(initial);
  const view = viewOf(store);
  const shrinking = wireShrinking(store);
  wireStation(store, {
    views: [wireControls(store, view), wirePlanes(store, view), wirePanel(store), shrinking.show],
    examples,
    choose: (example) => store.set(settingsOf(example)),
    question: () => ({
      call: "derivative",
      request: requestOf(store.get()),
      shown: ["value", "derivative", "secant", "one_sided", "differentiable"],
    }),
    drawn: ({ answer }) => answer && written(answer.expression.text),
    keys: { " ": shrinking.toggle, s: () => store.set({ delta: -store.get().delta }), ...view.keys },
  });
  keepAddress(store, (state) => {
    const { expression, at, delta, low, high, shifted, tab } = state;
    return { ...sharedFields(state), expression, at, delta, low, high, shifted, tab: tab === "table" ? null : tab };
  });
  carry(".views a", () => {
    const { expression, at, low, high } = store.get();
    return isTyped(store.get()) ? { expression, start: at, low, high } : null;
  });
  carry(".thread", () => (isTyped(store.get()) ? inTwoVariables(store.get()) : null));
  keepAnswered(store, { call: "derivative", key: "answer", requestOf, instead: settingsOf(first) });
  for (const [key, shift] of /** @type {const} */ ([
    ["plusOne", 1],
    ["plusTwo", 2],
  ])) {
    keepAnswered(store, { call: "derivative", key, requestOf: (state) => shiftedRequest(state, shift) });
  }
}

startPage(start);
