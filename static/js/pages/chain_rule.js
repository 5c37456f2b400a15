import { keepAddress } from "../effects/address.js";
import { keepAnswered } from "../effects/function_answers.js";
import { wirePlace } from "../effects/place_knob.js";
import { createSending } from "../effects/sending.js";
import { createShrinking } from "../effects/shrinking.js";
import { readExamples, startPage, wireStation } from "../effects/station.js";
import { wireFormula } from "../effects/typed_formula.js";
import { chainSentence } from "../figures/chain_sentence.js";
import { followNudge } from "../figures/nudge.js";
import { moved, snap, twoSidedScale, within } from "../scales.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../station_state.js";
import { createStore } from "../store.js";
import { palette } from "../theme.js";
import { readFields } from "../url.js";
import { createChainTitles, showChainFormula } from "../views/chain_formula.js";
import { createChainedPlanes } from "../views/chained_planes.js";
import { createKnob } from "../views/knob.js";
import { showNudgeTable } from "../views/nudge_table.js";
import { part, write } from "../views/parts.js";

/** @typedef {import("../figures/nudge_planes.js").Input} Input */
/**
 * `sent` says how far a nudge on its way has come through the three planes, null when it has arrived.
 * @typedef {import("../station_state.js").StationState & {outer: string, inner: string, at: number, nudge: number, low: number, high: number, sent: number|null, answer: any}} State
 */

const FIELDS = /** @type {const} */ ({ outer: "text", inner: "text", at: "number", nudge: "number", low: "number", high: "number", ...SHARED_FIELDS });
const NUDGES = { smallest: 1e-6, largest: 2 };

/** @param {State} state */
const requestOf = ({ outer, inner, at, nudge, low, high }) => ({ outer, inner, at, nudge, domain: [low, high] });

/** @param {import("../effects/station.js").Example} example */
const settingsOf = ({ name, request, settings }) => ({ example: name, outer: request.outer, inner: request.inner, at: request.at, nudge: request.nudge, low: request.domain[0], high: request.domain[1], ...settings, problem: null });

/** @param {ReturnType<typeof createStore<State>>} store */
function wireControls(store) {
  const formulas = /** @type {const} */ (["outer", "inner"]).map((name) => wireFormula(store, name));
  const at = wirePlace(store, "at", { valueOf: (state) => state.at, domainOf: (state) => state, limitsOf: (state) => state, onInput: (value) => store.set({ at: value }) });
  const notZero = (/** @type {number} */ value) => (value === 0 ? "A nudge may be as small as you like, to either side, but not 0." : null);
  const nudge = createKnob(part("nudge", HTMLElement), { scale: twoSidedScale(NUDGES.smallest, NUDGES.largest), allows: notZero, onInput: (value) => store.set({ nudge: value }) });
  return (/** @type {State} */ state) => {
    at(state);
    nudge.show(state.nudge);
    for (const show of formulas) show(state);
  };
}

/** @param {ReturnType<typeof createStore<State>>} store */
function wirePlanes(store) {
  const onMove = (/** @type {string} */ _, /** @type {number} */ x) => store.set({ at: snap(x, store.get()) });
  const onKey = (/** @type {string} */ _, /** @type {number} */ dx) => {
    const state = store.get();
    store.set({ at: within(moved(state.at, dx, state), state) });
  };
  return createChainedPlanes(part("chain", HTMLElement), ["inner-plane", "outer-plane", "composite-plane"].map((id) => part(id, HTMLElement)), { onMove, onKey });
}

function wirePanel() {
  const titles = createChainTitles((id) => part(id, HTMLElement));
  const [formula, table, says] = ["product-formula", "nudge-table", "says"].map((id) => part(id, HTMLElement));
  return (/** @type {State} */ state, /** @type {Input} */ input) => {
    const { answer, nudge, digits } = input;
    titles(answer, nudge, digits);
    showChainFormula(formula, { answer, nudge, places: digits, filled: state.numbers });
    showNudgeTable(table, nudge, digits);
    write(says, chainSentence(input));
  };
}

async function start() {
  const examples = await readExamples("chain-rule");
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples[0];
  /** @type {State} */
  const initial = { ...settingsOf(first), ...FIRST_STATE, sent: null, answer: null, ...asked };
  if ((asked.outer ?? initial.outer) !== first.request.outer || (asked.inner ?? initial.inner) !== first.request.inner) initial.example = null;
  const store = createStore(initial);
  const [planes, panel] = [wirePlanes(store), wirePanel()];
  const showNudge = (/** @type {State} */ state) => {
    if (!state.answer) return;
    const input = { answer: state.answer, nudge: followNudge(state.answer, state.at, state.nudge), progress: state.sent ?? 3, digits: digitsOf(state), colors: palette() };
    planes(input);
    panel(state, input);
  };
  const sending = createSending(store);
  part("send", HTMLButtonElement).addEventListener("click", sending.toggle);
  const shrinking = createShrinking(store, { key: "nudge", symbolOf: () => "dx", smallest: NUDGES.smallest, largest: 1 });
  part("shrink", HTMLButtonElement).addEventListener("click", shrinking.toggle);
  wireStation(store, {
    views: [wireControls(store), showNudge], examples, choose: (example) => store.set(settingsOf(example)),
    question: () => ({ call: "chain", request: requestOf(store.get()), shown: ["inner", "outer", "product", "composite", "nudge"] }),
    keys: { " ": sending.toggle, 0: shrinking.toggle, s: () => store.set({ nudge: -store.get().nudge }) },
  });
  keepAddress(store, (state) => {
    const { outer, inner, at, nudge, low, high } = state;
    return { ...sharedFields(state), outer, inner, at, nudge, low, high };
  });
  keepAnswered(store, { call: "chain", key: "answer", requestOf, instead: settingsOf(first) });
}

startPage(start);
