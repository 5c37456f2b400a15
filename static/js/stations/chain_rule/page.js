import { keepAddress } from "../../station/address.js";
import { keepAnswered } from "../../station/function_answers.js";
import { wirePlace } from "../../controls/place_knob.js";
import { createSending } from "../../controls/sending.js";
import { createShrinking } from "../../station/shrinking.js";
import { readExamples, startPage, wireStation } from "../../station/station.js";
import { wireFormula } from "../../controls/typed_formula.js";
import { chainSentence } from "./chain_sentence.js";
import { followNudge } from "./nudge.js";
import { moved, snap, twoSidedScale } from "../../base/scales.js";
import { widened } from "../../base/view_domain.js";
import { createView } from "../../station/view.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../../station/state.js";
import { written } from "../../base/format.js";
import { createStore } from "../../base/store.js";
import { palette } from "../../base/theme.js";
import { readFields } from "../../base/url.js";
import { createChainTitles, showChainFormula } from "./chain_formula.js";
import { createChainedPlanes } from "./chained_planes.js";
import { createKnob } from "../../controls/knob.js";
import { showNudgeTable } from "./nudge_table.js";
import { part, write } from "../../controls/parts.js";

/** @typedef {import("./nudge_planes.js").Input} Input */
/** @typedef {ReturnType<typeof createStore<State>>} Store */
/**
 * `sent` says how far a nudge on its way has come through the three planes, null when it has arrived; `arrived` is the
 * dx at which the limit dx → 0 rests.
 * @typedef {import("../../station/state.js").StationState & {outer: string, inner: string, at: number, nudge: number,
 *   low: number, high: number, home: import("../../base/scales.js").Domain, sent: number|null, arrived: number|null,
 *   answer: any}} State
 */

const FIELDS = /** @type {const} */ ({
  outer: "text",
  inner: "text",
  at: "number",
  nudge: "number",
  low: "number",
  high: "number",
  ...SHARED_FIELDS,
});
const NUDGES = { smallest: 1e-6, largest: 2 };

/** @param {State} state */
const requestOf = ({ outer, inner, at, nudge, low, high }) => ({ outer, inner, at, nudge, domain: [low, high] });

/** @param {import("../../station/station.js").Example} example */
const settingsOf = ({ name, request, settings }) => ({
  example: name,
  outer: request.outer,
  inner: request.inner,
  at: request.at,
  nudge: request.nudge,
  low: request.domain[0],
  high: request.domain[1],
  home: { low: request.domain[0], high: request.domain[1] },
  ...settings,
  problem: null,
});

/** @param {Store} store @param {View} view */
function wireControls(store, view) {
  const formulas = /** @type {const} */ (["outer", "inner"]).map((name) =>
    wireFormula(store, name, {}, (state) => state.answer?.[name]),
  );
  const at = wirePlace(store, "at", {
    valueOf: (state) => state.at,
    domainOf: (state) => state,
    onInput: (value) => store.set({ at: value, ...view.widened([value]) }),
  });
  const notZero = (/** @type {number} */ value) =>
    value === 0 ? "A nudge may be as small as you like, to either side, but not 0." : null;
  const nudge = createKnob(part("nudge", HTMLElement), {
    scale: twoSidedScale(NUDGES.smallest, NUDGES.largest),
    allows: notZero,
    onInput: (value) => store.set({ nudge: value }),
  });
  return (/** @type {State} */ state) => {
    at(state);
    nudge.show(state.nudge);
    for (const show of formulas) show(state);
  };
}

/** What of x is seen. @param {Store} store */
const viewOf = (store) =>
  createView(store, {
    chosenOf: ({ low, high }) => [{ low, high }],
    homeOf: ({ home }) => [home],
    pointOf: ({ at }) => [at],
    fieldsOf: ([x]) => x,
    moved: ["at"],
  });

/** @typedef {ReturnType<typeof viewOf>} View */

/** @param {Store} store @param {View} view */
function wirePlanes(store, view) {
  const onMove = (/** @type {string} */ _, /** @type {number} */ x) => store.set({ at: snap(x, store.get()) });
  const onKey = (/** @type {string} */ _, /** @type {number} */ dx) => {
    const state = store.get();
    const at = moved(state.at, dx, state);
    store.set({ at, ...view.holding([at]) });
  };
  return createChainedPlanes(
    part("chain", HTMLElement),
    ["inner-plane", "outer-plane", "composite-plane"].map((id) => part(id, HTMLElement)),
    { onMove, onKey, onView: view.onView(), onImage: view.onImage, remember: view.remember },
  );
}

function wirePanel() {
  const titles = createChainTitles((id) => part(id, HTMLElement));
  const [formula, table, says] = ["product-formula", "nudge-table", "says"].map((id) => part(id, HTMLElement));
  return (/** @type {State} */ state, /** @type {Input} */ input) => {
    const { answer, nudge, digits } = input;
    const atLimit = state.arrived === state.nudge;
    titles(answer, nudge, digits);
    showChainFormula(formula, { answer, nudge, places: digits, filled: state.numbers });
    showNudgeTable(table, nudge, digits);
    write(says, chainSentence({ ...input, atLimit }));
  };
}

/** @param {import("../../station/station.js").Example[]} examples */
function firstState(examples) {
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples[0];
  /** @type {State} */
  const initial = { ...settingsOf(first), ...FIRST_STATE, sent: null, arrived: null, answer: null, ...asked };
  if ((asked.outer ?? initial.outer) !== first.request.outer || (asked.inner ?? initial.inner) !== first.request.inner)
    initial.example = null;
  return { initial: { ...initial, ...widened(initial, initial.at) }, first };
}

async function start() {
  const examples = await readExamples("chain-rule");
  const { initial, first } = firstState(examples);
  const store = createStore(initial);
  const view = viewOf(store);
  const [planes, panel] = [wirePlanes(store, view), wirePanel()];
  const showNudge = (/** @type {State} */ state) => {
    if (!state.answer) return;
    const input = {
      answer: state.answer,
      nudge: followNudge(state.answer, state.at, state.nudge),
      progress: state.sent ?? 3,
      digits: digitsOf(state),
      colors: palette(),
    };
    planes(input, view.isPart(state));
    panel(state, input);
  };
  const sending = createSending(store);
  part("send", HTMLButtonElement).addEventListener("click", sending.toggle);
  const shrinking = createShrinking(store, {
    key: "nudge",
    symbolOf: () => "dx",
    smallest: NUDGES.smallest,
    largest: 1,
    onRest: () => store.set({ arrived: store.get().nudge }),
  });
  part("shrink", HTMLButtonElement).addEventListener("click", shrinking.toggle);
  wireStation(store, {
    views: [wireControls(store, view), showNudge],
    examples,
    choose: (example) => store.set(settingsOf(example)),
    question: () => ({
      call: "chain",
      request: requestOf(store.get()),
      shown: ["inner", "outer", "product", "composite", "nudge"],
    }),
    drawn: ({ answer }) => answer && `${written(answer.outer.text)} of ${written(answer.inner.text)}`,
    keys: {
      ...view.keys,
      " ": sending.toggle,
      l: shrinking.toggle,
      s: () => store.set({ nudge: -store.get().nudge }),
    },
  });
  keepAddress(store, (state) => {
    const { outer, inner, at, nudge, low, high } = state;
    return { ...sharedFields(state), outer, inner, at, nudge, low, high };
  });
  keepAnswered(store, { call: "chain", key: "answer", requestOf, instead: settingsOf(first) });
}

startPage(start);
