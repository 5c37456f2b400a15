import { keepAddress } from "../effects/address.js";
import { keepAnswered } from "../effects/function_answers.js";
import { createShrinking } from "../effects/shrinking.js";
import { readExamples, startPage, wireStation } from "../effects/station.js";
import { MOST_OUTPUTS, wireOutputs } from "../effects/typed_outputs.js";
import { closeUp, gridImage } from "../figures/grid_image.js";
import { gridImageScene } from "../figures/grid_image_scene.js";
import { inputGrid } from "../figures/input_grid.js";
import { jacobianSentence } from "../figures/jacobian_sentence.js";
import { localMap } from "../figures/local_map.js";
import { valueLine } from "../figures/value_line.js";
import { exact, written } from "../format.js";
import { linearScale, logarithmicScale, snap, stepOf } from "../scales.js";
import { digitsOf, SHARED_FIELDS, sharedFields } from "../station_state.js";
import { createStore } from "../store.js";
import { onThemeChange, palette } from "../theme.js";
import { readFields } from "../url.js";
import { showAreaFactor } from "../views/area_factor.js";
import { createJacobianMatrix } from "../views/jacobian_matrix.js";
import { createKnob } from "../views/knob.js";
import { showLinearStep } from "../views/linear_step.js";
import { part, write } from "../views/parts.js";
import { createPlane } from "../views/plane.js";
import { createScene } from "../views/scene.js";
import { createTabs } from "../views/tabs.js";
import { createViewSwitch } from "../views/view_switch.js";

/** @typedef {{expressions: string[], variables: string[], at: number[], low: number[], high: number[], side: number, view: string, tab: string, turn: number, tilt: number}} Settings */
/** @typedef {import("../station_state.js").StationState & Settings & {asked: import("../figures/input_grid.js").Asked|null, answer: any}} State */
/** @typedef {ReturnType<typeof createStore<State>>} Store */

const FIELDS = /** @type {const} */ ({
  expressions: "texts", variables: "text", at: "numbers", low: "numbers", high: "numbers", side: "number", view: "text", tab: "text", turn: "number", tilt: "number", ...SHARED_FIELDS,
});
const TABS = { step: "linear-step", area: "area-factor" };
const SIDES = { smallest: 1e-4, largest: 2 };
const FROM = { turn: -58, tilt: 24 }; // where one stands before the picture in space at first
const INPUTS = [0, 1];

/** @param {import("../effects/station.js").Example} example */
function settingsOf({ name, request }) {
  const variables = Object.keys(request.at);
  const end = (/** @type {0|1} */ which) => variables.map((variable) => request.domain[variable][which]);
  return { example: name, expressions: request.expressions, variables, at: variables.map((variable) => request.at[variable]), low: end(0), high: end(1), side: request.side, asked: null, problem: null };
}

/** @param {State} state */
function requestOf({ expressions, variables, at, low, high, side }) {
  const named = (/** @type {(axis: number) => any} */ value) => Object.fromEntries(variables.map((variable, axis) => [variable, value(axis)]));
  return { expressions, at: named((axis) => at[axis]), domain: named((axis) => [low[axis], high[axis]]), side };
}

/** @param {State} state @param {number} axis */
const domainOf = ({ low, high }, axis) => ({ low: low[axis], high: high[axis] });

/** A value kept within the domain of an input. @param {State} state @param {number} axis @param {number} value */
const inDomain = ({ low, high }, axis, value) => Math.min(high[axis], Math.max(low[axis], Number(value.toPrecision(10))));

/** @param {number} side */
const inSides = (side) => Math.min(SIDES.largest, Math.max(SIDES.smallest, Number(side.toPrecision(3))));

/** @param {Store} store @param {import("../effects/station.js").Example[]} examples */
function wireControls(store, examples) {
  const another = () => {
    const { variables, expressions } = store.get();
    const given = examples.filter((example) => Object.keys(example.request.at).join() === variables.join()).map((example) => example.request.expressions[expressions.length]);
    return given.find(Boolean) ?? variables.join(" + ");
  };
  const outputs = wireOutputs(store, another);
  const scaleOf = (/** @type {number} */ axis) => linearScale(domainOf(store.get(), axis));
  const allows = (/** @type {number} */ axis) => (/** @type {number} */ value) => (inDomain(store.get(), axis, value) === Number(value.toPrecision(10)) ? null : `Type a number from ${exact(store.get().low[axis])} to ${exact(store.get().high[axis])}.`);
  const knobs = INPUTS.map((axis) => createKnob(part(`input-${axis}`, HTMLElement), { scale: scaleOf(axis), allows: allows(axis), onInput: (value) => store.set({ at: store.get().at.with(axis, value) }) }));
  const positive = (/** @type {number} */ value) => (value > 0 ? null : "The side may come as near to 0 as you like, but not be 0.");
  const side = createKnob(part("side", HTMLElement), { scale: logarithmicScale(SIDES.smallest, SIDES.largest), allows: positive, onInput: (value) => store.set({ side: value }) });
  return (/** @type {State} */ state, /** @type {State} */ before) => {
    outputs(state);
    for (const [axis, knob] of knobs.entries()) {
      if (state.low[axis] !== before.low[axis] || state.high[axis] !== before.high[axis]) knob.setScale(scaleOf(axis));
      knob.show(state.at[axis]);
      nameInput(part(`input-${axis}`, HTMLElement), written(state.variables[axis]));
      part(`input-${axis}`, HTMLElement).classList.toggle("lit", state.asked?.column === axis);
    }
    for (let row = 0; row < MOST_OUTPUTS; row++) part(`expressions-${row}`, HTMLElement).closest(".formula")?.classList.toggle("lit", state.asked?.row === row);
    side.show(state.side);
    write(part("space", HTMLElement), state.expressions.length === 1 ? "ℝ" : `ℝ${"²³"[state.expressions.length - 2]}`);
  };
}

/** @param {HTMLElement} knob @param {string} name */
function nameInput(knob, name) {
  const [shown, unseen] = /** @type {HTMLElement[]} */ ([...knob.querySelectorAll("label span")]);
  write(shown, name);
  write(unseen, `Input ${name}`);
  knob.querySelector("input[type=text]")?.setAttribute("aria-label", `Input ${name}, typed`);
}

/** What is asked about, where the answer still has it. @param {State} state */
const askedOf = ({ asked, answer }) => (asked && (asked.row ?? 0) < answer.expressions.length ? asked : null);

/** The map near the state's point, worked out once for all views of a frame. */
const mapOf = (() => {
  /** @type {{key: unknown[], map: import("../figures/local_map.js").LocalMap}|null} */
  let last = null;
  return (/** @type {State} */ { answer, at, side }) => {
    const key = [answer, at, side];
    if (!last || key.some((each, index) => each !== last?.key[index])) last = { key, map: localMap(answer, at, side) };
    return last.map;
  };
})();

/** @param {Store} store */
function wireFigures(store) {
  const moveTo = (/** @type {number[]} */ point) => store.set({ at: point.map((value, axis) => inDomain(store.get(), axis, value)) });
  const left = createPlane(part("input-plane", HTMLElement), {
    onMove: (id, x, y) => {
      const state = store.get();
      if (id === "at") return moveTo([snap(x, domainOf(state, 0)), snap(y, domainOf(state, 1))]);
      return store.set({ side: inSides(Math.max(x - state.at[0], y - state.at[1])) });
    },
    onKey: (id, dx, dy) => {
      const state = store.get();
      if (id === "at") return moveTo([state.at[0] + dx * stepOf(domainOf(state, 0)), state.at[1] + dy * stepOf(domainOf(state, 1))]);
      return store.set({ side: inSides(state.side * 10 ** ((dx + dy) / 20)) });
    },
  });
  const right = createPlane(part("image-plane", HTMLElement));
  const scene = createScene(part("image-scene", HTMLElement), (camera) => store.set(camera));
  return (/** @type {State} */ state) => {
    const { answer, low, high, view, turn, tilt } = state;
    if (!answer) return;
    const [close, map] = [view === "close", mapOf(state)];
    const input = { answer, map, asked: askedOf(state), digits: digitsOf(state), colors: palette() };
    const lines = (answer.grid ?? []).map((/** @type {any} */ line) => line.fixed);
    const outputs = answer.expressions.length;
    const version = [answer.expressions.map((/** @type {any} */ each) => each.text), answer.variables, lines, close];
    left.show(inputGrid({ ...input, domain: INPUTS.map((axis) => [low[axis], high[axis]]) }), [answer.variables, lines]);
    part("image-scene", HTMLElement).hidden = outputs < 3;
    part("image-plane", HTMLElement).hidden = outputs >= 3;
    if (outputs >= 3) scene.show((distance) => gridImageScene({ ...input, close, camera: { turn, tilt, distance } }), version);
    else right.show(outputs === 1 ? valueLine({ ...input, close }) : close ? closeUp(input) : gridImage(input), version);
  };
}

/** @param {State} state */
function invitationOf({ expressions, view }) {
  if (expressions.length === 1) return "Drag x: with one output, J is one row, the gradient.";
  return view === "close" ? "In units of s, the arrows are the columns of J." : "Drag x: J makes a parallelogram of its square.";
}

/** @param {Store} store */
function wirePanel(store) {
  const showTab = createTabs(/** @type {HTMLElement} */ (document.querySelector("[role=tablist]")), (panel) => store.set({ tab: panel === TABS.area ? "area" : "step" }));
  const showView = createViewSwitch(part("views", HTMLElement), (view) => store.set({ view }));
  const matrix = createJacobianMatrix(part("matrix", HTMLElement), (asked) => JSON.stringify(asked) !== JSON.stringify(store.get().asked) && store.set({ asked }));
  return (/** @type {State} */ state) => {
    showTab(TABS[/** @type {keyof typeof TABS} */ (state.tab)] ?? TABS.step);
    showView(state.view);
    write(part("invitation", HTMLElement), invitationOf(state));
    const { answer, numbers: filled } = state;
    write(part("point", HTMLElement), `(${state.at.map(exact).join(", ")})`);
    if (!answer) return state.problem ? write(part("says", HTMLElement), state.problem.message) : undefined;
    const [map, places, asked] = [mapOf(state), digitsOf(state), askedOf(state)];
    matrix({ answer, map, asked, places, filled });
    if (state.tab === "area") showAreaFactor(part("area-factor", HTMLElement), { map, places, filled });
    else showLinearStep(part("linear-step", HTMLElement), { answer, map, places, filled, row: asked?.row ?? null });
    return write(part("says", HTMLElement), jacobianSentence({ answer, map, asked, digits: places }));
  };
}

/** @param {import("../effects/station.js").Example[]} examples @returns {State} */
function firstState(examples) {
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples[0];
  const settings = settingsOf(first);
  const variables = asked.variables?.split(",") ?? settings.variables;
  const pair = (/** @type {number[]|undefined} */ given, /** @type {number[]} */ usual) => (given?.length === 2 ? given : usual);
  const [low, high] = [pair(asked.low, settings.low), pair(asked.high, settings.high)];
  const state = {
    ...settings, tab: "step", view: "grid", ...FROM, numbers: false, precise: false, connection: /** @type {const} */ ("live"), answer: null, ...asked,
    expressions: (asked.expressions ?? settings.expressions).slice(0, MOST_OUTPUTS), variables: variables.length === 2 ? variables : settings.variables, low, high,
    at: pair(asked.at, settings.at).map((value, axis) => Math.min(high[axis], Math.max(low[axis], value))), side: inSides(asked.side ?? settings.side),
  };
  return { ...state, example: JSON.stringify(state.expressions) === JSON.stringify(settings.expressions) ? first.name : null };
}

async function start() {
  const examples = (await readExamples("jacobian")).filter((example) => example.call === "jacobian");
  const store = createStore(firstState(examples));
  const views = [wireControls(store, examples), wireFigures(store), wirePanel(store)];
  const show = (/** @type {State} */ state, /** @type {State} */ before) => views.forEach((view) => view(state, before));
  store.subscribe(show);
  onThemeChange(() => show(store.get(), store.get()));
  const shrinking = createShrinking(store, { key: "side", symbolOf: () => "s", ...SIDES, largest: 1 });
  const shrink = () => {
    // seen from afar the square only vanishes; in units of s it stays, and becomes the parallelogram
    store.set({ view: "close" });
    shrinking.toggle();
  };
  part("shrink", HTMLButtonElement).addEventListener("click", shrink);
  wireStation(store, {
    examples, choose: (example) => store.set(settingsOf(example)),
    question: () => ({ call: "jacobian", request: requestOf(store.get()), shown: ["values", "matrix", "determinant", "differentiable"] }),
    keys: { " ": shrink, c: () => store.set({ view: store.get().view === "close" ? "grid" : "close" }) },
  });
  keepAddress(store, (state) => ({
    ...sharedFields(state), expressions: state.expressions, variables: state.variables.join(), at: state.at.join(), low: state.low.join(), high: state.high.join(), side: String(state.side),
    view: state.view === "close" ? "close" : null, tab: state.tab === "area" ? "area" : null, turn: state.turn === FROM.turn ? null : String(state.turn), tilt: state.tilt === FROM.tilt ? null : String(state.tilt),
  }));
  keepAnswered(store, { call: "jacobian", key: "answer", requestOf, instead: settingsOf(examples[0]) });
}

startPage(start);
