import { keepAddress } from "../effects/address.js";
import { keepAnswered } from "../effects/function_answers.js";
import { wirePlace } from "../effects/place_knob.js";
import { createShrinking } from "../effects/shrinking.js";
import { readExamples, startPage, wireStation } from "../effects/station.js";
import { wireFormula } from "../effects/typed_formula.js";
import { differenceError } from "../figures/difference_error.js";
import { derivativeFigure, secantFigure, secantSlope, slopeAt, valueAt } from "../figures/secant.js";
import { secantSentence } from "../figures/secant_sentence.js";
import { lowered, saidOf } from "../format.js";
import { moved, snap, stepOf, tidy, twoSidedScale, within } from "../scales.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../station_state.js";
import { createStore } from "../store.js";
import { palette } from "../theme.js";
import { readFields } from "../url.js";
import { createFormulaLines } from "../views/formula_lines.js";
import { createKnob } from "../views/knob.js";
import { createLimitTable } from "../views/limit_table.js";
import { part, write } from "../views/parts.js";
import { createPlane } from "../views/plane.js";
import { createPlot } from "../views/plot.js";
import { showSecantFormula } from "../views/secant_formula.js";
import { createTabs } from "../views/tabs.js";
import { createVariableNames } from "../views/variable_names.js";

/** @typedef {import("../station_state.js").StationState & {expression: string, at: number, delta: number, low: number, high: number, shifted: boolean, tab: string, answer: any, plusOne: any, plusTwo: any}} State */

const FIELDS = /** @type {const} */ ({ expression: "text", at: "number", delta: "number", low: "number", high: "number", shifted: "flag", tab: "text", ...SHARED_FIELDS });
const TABS = { table: "limit-table", error: "limit-error", algebra: "limit-algebra" };
const SMALLEST = 1e-15;
const NAMED = ".aside h2, .knob label span, .formula .math"; // texts that name the variable

/** The variable, x until a formula has been read. @param {State} state */
const variableOf = ({ answer }) => answer?.variable ?? "x";
const CLAIMS = {
  limit: ["The secant becomes the tangent", "Pull the orange point towards x₀: the slope settles at one number."],
  shifted: ["Moved up, the slope stays", "Adding a constant lifts the graph; the tangents stay parallel."],
};

/** @param {State} state @param {string} [expression] */
const requestOf = ({ at, delta, low, high, ...state }, expression = state.expression) => ({ expression, at, delta, domain: [low, high] });

/** The function moved up, once it has been read: what is wrong with it is said of itself alone. @param {State} state @param {number} by */
const shiftedRequest = (state, by) => (state.shifted && state.answer ? requestOf(state, `${state.answer.expression.text} + ${by}`) : null);

/** @param {import("../effects/station.js").Example} example */
const settingsOf = ({ name, request, settings }) => ({ example: name, expression: request.expression, at: request.at, delta: request.delta, low: request.domain[0], high: request.domain[1], shifted: false, ...settings, problem: null });

/** @param {ReturnType<typeof createStore<State>>} store */
function wireControls(store) {
  const formula = wireFormula(store, "expression");
  const at = wirePlace(store, "at", { valueOf: (state) => state.at, domainOf: (state) => state, limitsOf: (state) => state, onInput: (value) => store.set({ at: value }) });
  const notZero = (/** @type {number} */ value) => (value === 0 ? "Δx may come as near to 0 as you like, from both sides, but not be 0." : null);
  const delta = createKnob(part("delta", HTMLElement), { scale: twoSidedScale(SMALLEST, 2), allows: notZero, onInput: (value) => store.set({ delta: value }) });
  const shifted = part("shifted", HTMLInputElement);
  shifted.addEventListener("change", () => store.set({ shifted: shifted.checked }));
  return (/** @type {State} */ state) => {
    at(state);
    delta.show(state.delta);
    shifted.checked = state.shifted;
    formula(state);
  };
}

/** @param {ReturnType<typeof createStore<State>>} store */
function wirePlanes(store) {
  const onMove = (/** @type {string} */ id, /** @type {number} */ x) => {
    const state = store.get();
    if (id === "at") return store.set({ at: snap(x, state) });
    const delta = tidy(snap(x, state) - state.at);
    return store.set({ delta: delta === 0 ? Math.sign(state.delta) * stepOf(state) : delta });
  };
  const onKey = (/** @type {string} */ id, /** @type {number} */ dx) => {
    const state = store.get();
    if (id === "at") return store.set({ at: within(moved(state.at, dx, state), state) });
    const delta = moved(state.delta, dx, state);
    return store.set({ delta: delta === 0 ? dx * stepOf(state) : delta });
  };
  const upper = createPlane(part("function-plane", HTMLElement), { onMove, onKey });
  const lower = createPlane(part("derivative-plane", HTMLElement), { onMove: (_, x) => onMove("at", x) });
  return (/** @type {State} */ state) => {
    if (!state.answer) return;
    const input = { ...state, digits: digitsOf(state), colors: palette(), others: [state.plusOne, state.plusTwo].filter(Boolean) };
    upper.show(secantFigure(input), [state.answer.expression, state.answer.curve, input.others.map((other) => other.expression)]);
    lower.show(derivativeFigure(input), [state.answer.expression, state.answer.curve]);
  };
}

/** @param {ReturnType<typeof createStore<State>>} store */
function wirePanel(store) {
  const showTab = createTabs(/** @type {HTMLElement} */ (document.querySelector("[role=tablist]")), (panel) => store.set({ tab: Object.entries(TABS).find(([, id]) => id === panel)?.[0] ?? "table" }));
  const table = createLimitTable(part("limit-table", HTMLElement));
  const algebra = createFormulaLines(part("limit-algebra", HTMLElement));
  const names = createVariableNames([...document.querySelectorAll(NAMED)]);
  const errors = createPlot(part("error-plot", HTMLElement));
  const formula = part("secant-formula", HTMLElement);
  const panel = /** @type {HTMLElement} */ (formula.closest(".panel"));
  return (/** @type {State} */ state) => {
    panel.dataset.tab = state.tab;
    const variable = variableOf(state);
    for (const [index, id] of ["claim", "invitation"].entries()) write(part(id, HTMLElement), saidOf(CLAIMS[state.shifted ? "shifted" : "limit"][index], variable));
    names(variable);
    showTab(TABS[/** @type {keyof typeof TABS} */ (state.tab)] ?? TABS.table);
    const { answer, at, delta } = state;
    if (!answer) return;
    const places = digitsOf(state);
    const [slope, secant] = [slopeAt(answer, at), secantSlope(answer, at, delta)];
    const [here, there] = [at, at + delta].map((each) => valueAt(answer, each));
    showSecantFormula(formula, { variable, at, delta, here, there, slope: secant, places, filled: state.numbers });
    const step = `Δ${lowered(variable)}`;
    table(answer.table, delta, places, step);
    algebra(answer.limit, { [variable]: "x", f: "f", Δ: "dx" });
    if (state.tab === "error") errors.show(() => differenceError({ table: answer.table, delta, error: slope === null || secant === null ? null : secant - slope, step, colors: palette() }));
    write(part("says", HTMLElement), saidOf(secantSentence({ answer, at, delta, slope, secant, shifted: [state.plusOne, state.plusTwo].filter(Boolean).map((other) => slopeAt(other, at)), digits: places }), variable));
  };
}

async function start() {
  const examples = (await readExamples("derivative")).filter((example) => example.call === "derivative");
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples.find((example) => example.name === "square") ?? examples[0];
  /** @type {State} */
  const initial = { ...settingsOf(first), ...FIRST_STATE, tab: "table", answer: null, plusOne: null, plusTwo: null, ...asked };
  if (asked.expression !== undefined && asked.expression !== first.request.expression) initial.example = null;
  const store = createStore(initial);
  const shrinking = createShrinking(store, { key: "delta", symbolOf: (state) => saidOf("Δx", variableOf(state)), smallest: SMALLEST, largest: 1 });
  wireStation(store, {
    views: [wireControls(store), wirePlanes(store), wirePanel(store), shrinking.show], examples, choose: (example) => store.set(settingsOf(example)),
    question: () => ({ call: "derivative", request: requestOf(store.get()), shown: ["value", "derivative", "secant", "one_sided", "differentiable"] }),
    keys: { " ": shrinking.toggle, s: () => store.set({ delta: -store.get().delta }) },
  });
  part("shrink", HTMLButtonElement).addEventListener("click", shrinking.toggle);
  keepAddress(store, (state) => {
    const { expression, at, delta, low, high, shifted, tab } = state;
    return { ...sharedFields(state), expression, at, delta, low, high, shifted, tab: tab === "table" ? null : tab };
  });
  keepAnswered(store, { call: "derivative", key: "answer", requestOf, instead: settingsOf(first) });
  for (const [key, shift] of /** @type {const} */ ([["plusOne", 1], ["plusTwo", 2]])) {
    keepAnswered(store, { call: "derivative", key, requestOf: (state) => shiftedRequest(state, shift) });
  }
}

startPage(start);
