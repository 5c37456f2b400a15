import { keepAddress } from "../effects/address.js";
import { keepAnswered } from "../effects/function_answers.js";
import { createSending } from "../effects/sending.js";
import { createShrinking } from "../effects/shrinking.js";
import { readExamples, wireStation } from "../effects/station.js";
import { wireFormula } from "../effects/typed_formula.js";
import { chainSentence } from "../figures/chain_sentence.js";
import { followNudge } from "../figures/nudge.js";
import { exact } from "../format.js";
import { linearScale, snap, stepOf, twoSidedScale } from "../scales.js";
import { digitsOf, SHARED_FIELDS, sharedFields } from "../station_state.js";
import { createStore } from "../store.js";
import { onThemeChange, palette } from "../theme.js";
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
  const inDomain = (/** @type {number} */ value) => (value < store.get().low || value > store.get().high ? `Type a number from ${exact(store.get().low)} to ${exact(store.get().high)}.` : null);
  const notZero = (/** @type {number} */ value) => (value === 0 ? "A nudge may be as small as you like, to either side, but not 0." : null);
  const { low, high } = store.get();
  const at = createKnob(part("at", HTMLElement), { scale: linearScale(low, high, stepOf(store.get())), show: exact, allows: inDomain, onInput: (value) => store.set({ at: value }) });
  const nudge = createKnob(part("nudge", HTMLElement), { scale: twoSidedScale(NUDGES.smallest, NUDGES.largest), show: exact, allows: notZero, onInput: (value) => store.set({ nudge: value }) });
  return (/** @type {State} */ state, /** @type {State} */ before) => {
    if (state.low !== before.low || state.high !== before.high) at.setScale(linearScale(state.low, state.high, stepOf(state)));
    at.show(state.at);
    nudge.show(state.nudge);
    for (const show of formulas) show(state);
  };
}

/** @param {ReturnType<typeof createStore<State>>} store */
function wirePlanes(store) {
  const onMove = (/** @type {string} */ _, /** @type {number} */ x) => store.set({ at: snap(x, store.get()) });
  const onKey = (/** @type {string} */ _, /** @type {number} */ dx) => {
    const state = store.get();
    store.set({ at: Math.min(state.high, Math.max(state.low, Number((state.at + dx * stepOf(state)).toPrecision(10)))) });
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
  const initial = { ...settingsOf(first), numbers: false, precise: false, problem: null, connection: "live", sent: null, answer: null, ...asked };
  if ((asked.outer ?? initial.outer) !== first.request.outer || (asked.inner ?? initial.inner) !== first.request.inner) initial.example = null;
  const store = createStore(initial);
  const [controls, planes, panel] = [wireControls(store), wirePlanes(store), wirePanel()];
  const show = (/** @type {State} */ state, /** @type {State} */ before) => {
    controls(state, before);
    if (!state.answer) return;
    const input = { answer: state.answer, nudge: followNudge(state.answer, state.at, state.nudge), progress: state.sent ?? 3, digits: digitsOf(state), colors: palette() };
    planes(input);
    panel(state, input);
  };
  store.subscribe(show);
  onThemeChange(() => show(store.get(), store.get()));
  const sending = createSending(store);
  part("send", HTMLButtonElement).addEventListener("click", sending.toggle);
  const shrinking = createShrinking(store, { key: "nudge", symbol: "dx", smallest: NUDGES.smallest, largest: 1 });
  part("shrink", HTMLButtonElement).addEventListener("click", shrinking.toggle);
  wireStation(store, {
    examples, choose: (example) => store.set(settingsOf(example)),
    question: () => ({ call: "chain", request: requestOf(store.get()), shown: ["inner", "outer", "product", "composite", "nudge"] }),
    keys: { " ": sending.toggle, 0: shrinking.toggle, s: () => store.set({ nudge: -store.get().nudge }) },
  });
  keepAddress(store, (state) => ({
    ...sharedFields(state), outer: state.outer, inner: state.inner, at: String(state.at), nudge: String(state.nudge), low: String(state.low), high: String(state.high),
  }));
  keepAnswered(store, { call: "chain", key: "answer", requestOf });
}

start().catch((fault) => write(part("says", HTMLElement), fault instanceof Error ? fault.message : String(fault)));
