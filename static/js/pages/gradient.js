import { keepAddress } from "../effects/address.js";
import { createRateKnob, horizon, placesOf, wireDescent } from "../effects/descent_actions.js";
import { keepAnswered } from "../effects/function_answers.js";
import { wirePlace } from "../effects/place_knob.js";
import { readExamples, startPage, wireStation } from "../effects/station.js";
import { wireFormula } from "../effects/typed_formula.js";
import { functionSurface } from "../figures/function_surface.js";
import { gradientField } from "../figures/gradient_field.js";
import { descentHere, gradientHere } from "../figures/gradient_here.js";
import { gradientSentence, slicesSentence } from "../figures/gradient_sentence.js";
import { levelLines } from "../figures/level_lines.js";
import { fitRange } from "../figures/plane_axes.js";
import { sliceFigure, sliceThrough } from "../figures/slice_curve.js";
import { gradientMarks, sliceMarks } from "../figures/surface_marks.js";
import { moved, snap } from "../scales.js";
import { digitsOf, FIRST_STATE, SHARED_FIELDS, sharedFields } from "../station_state.js";
import { createStore } from "../store.js";
import { palette } from "../theme.js";
import { readFields } from "../url.js";
import { showSteps } from "../views/descent_steps.js";
import { showGradient, showGradientStep, showPartial } from "../views/gradient_formula.js";
import { part, write } from "../views/parts.js";
import { createPlane } from "../views/plane.js";
import { createScene } from "../views/scene.js";
import { createViewSwitch } from "../views/view_switch.js";

/** @typedef {import("../figures/viewpoint.js").Box} Box */
/** @typedef {import("../figures/gradient_here.js").Here} Here */
/** @typedef {import("../figures/hill.js").Place} Place */
/** @typedef {import("../figures/plane_axes.js").Range} Range */
/** @typedef {{turn: number, tilt: number, expression: string, x: number, y: number, rate: number, xlow: number, xhigh: number, ylow: number, yhigh: number, count: number, view: string}} Settings */
/** @typedef {import("../station_state.js").StationState & Settings & {shape: any, answer: any, descent: any}} State */

const FIELDS = /** @type {const} */ ({
  expression: "text", x: "number", y: "number", rate: "number", xlow: "number", xhigh: "number", ylow: "number", yhigh: "number", count: "count", view: "text", turn: "number", tilt: "number", ...SHARED_FIELDS,
});
const SAMPLES = 51; // to each side of the surface
const FROM = { turn: -58, tilt: 30 }; // where one stands before the surface at first
const ZOOMS = [1, 2, 4, 8]; // times the domain: so far the picture follows a ball that runs away

/** @typedef {import("../effects/station.js").Example} Example */

/**
 * An example's point and domain; its learning rate is that of the descent of the same name, where there is one.
 * @param {Example} example @param {Example[]} descents
 */
function settingsOf({ name, request: { expression, at, domain } }, descents) {
  const descent = descents.find((each) => each.name === name) ?? descents[0];
  return {
    example: name, expression, x: at.x, y: at.y, xlow: domain.x[0], xhigh: domain.x[1], ylow: domain.y[0], yhigh: domain.y[1], count: 0, problem: null,
    rate: descent.request.optimizer.learning_rate,
  };
}

/** The domain of each variable, widened so far that the ball stays in the picture. @param {State} state @returns {{x: Range, y: Range}} */
function domainOf(state) {
  const points = [[state.x, state.y], ...(state.view === "gradient" && state.descent ? placesOf(state.descent, state.count).path.map((place) => place.point) : [])];
  const sides = [[state.xlow, state.xhigh], [state.ylow, state.yhigh]].map(([low, high]) => ({ middle: (low + high) / 2, half: (high - low) / 2 }));
  const reached = points.map((point) => Math.max(...sides.map(({ middle, half }, axis) => Math.abs(point[axis] - middle) / half))).filter((far) => far <= ZOOMS[ZOOMS.length - 1]);
  const zoom = ZOOMS.find((each) => each >= Math.max(...reached, 0)) ?? 1;
  const [x, y] = sides.map(({ middle, half }) => /** @type {Range} */ ([middle - zoom * half, middle + zoom * half]));
  return { x, y };
}

/** @param {State} state */
const gradientOfPoint = (state) => ({ expression: state.expression, at: { x: state.x, y: state.y }, domain: { x: [state.xlow, state.xhigh], y: [state.ylow, state.yhigh] } });

/** The surface does not depend on the point: it is asked for only when the function or its domain changes. @param {State} state */
function shapeOf(state) {
  const domain = domainOf(state);
  const middle = (/** @type {Range} */ [low, high]) => (low + high) / 2;
  return { expression: state.expression, at: { x: middle(domain.x), y: middle(domain.y) }, domain, samples: SAMPLES };
}

/** @param {State} state @param {number} [steps] */
const descentOf = ({ expression, x, y, rate, count }, steps = horizon(count)) => ({ expression, start: { x, y }, optimizer: { method: "gradient_descent", learning_rate: rate }, steps });

/** The places shown so far, and the one after. @param {State} state @returns {{path: Place[], next: Place|null}} */
function shown({ view, answer, descent, count, x, y, rate }) {
  if (view !== "gradient") return { path: [], next: null };
  const start = descent?.trajectory[0].point;
  if (start && (count || (start[0] === x && start[1] === y && descent.optimizer.learning_rate === rate))) return placesOf(descent, count);
  // a point under the pointer is ahead of the server's answer: its first step is computed from the compiled formulas
  const ball = { step: 0, ...gradientHere(answer, [x, y]) };
  const to = ball.point.map((value, axis) => value - rate * (ball.gradient[axis] ?? NaN));
  return { path: [ball], next: ball.norm === null ? null : { step: 1, ...gradientHere(answer, to) } };
}

/** Where one is: the point, or the ball after some steps. @param {State} state @returns {Here} */
function hereOf(state) {
  const { path } = shown(state);
  return path.length > 1 ? descentHere(path[path.length - 1]) : gradientHere(state.answer, [state.x, state.y]);
}

/** @type {WeakMap<object, Box>} */
const boxes = new WeakMap();

/** The box that holds a surface, found once for each. @param {any} surface @returns {Box} */
function boxOf(surface) {
  const { x, y, z } = surface;
  const box = boxes.get(surface) ?? { x: [x[0], x[x.length - 1]], y: [y[0], y[y.length - 1]], z: fitRange(z.flat(), [], 0.08) };
  boxes.set(surface, box);
  return box;
}

/** The domain of a variable as it was chosen, without what a ball that runs away has added. @param {State} state @param {"x"|"y"} name */
const limitsOf = ({ xlow, xhigh, ylow, yhigh }, name) => (name === "x" ? { low: xlow, high: xhigh } : { low: ylow, high: yhigh });

/** @param {ReturnType<typeof createStore<State>>} store */
function wireControls(store) {
  const formula = wireFormula(store, "expression", { count: 0 });
  const places = /** @type {const} */ (["x", "y"]).map((name) => wirePlace(store, name, { valueOf: (state) => state[name], domainOf: (state) => limitsOf(state, name), onInput: (value) => store.set({ [name]: value, count: 0 }) }));
  const rate = createRateKnob((value) => store.set({ rate: value }));
  return (/** @type {State} */ state) => {
    for (const show of places) show(state);
    rate.show(state.rate);
    formula(state);
  };
}

/** @param {ReturnType<typeof createStore<State>>} store */
function wireFigures(store) {
  const snapped = (/** @type {"x"|"y"} */ name, /** @type {number} */ value) => snap(value, limitsOf(store.get(), name));
  const stepped = (/** @type {"x"|"y"} */ name, /** @type {number} */ steps) => moved(store.get()[name], steps, limitsOf(store.get(), name));
  const contour = createPlane(part("contour-plane", HTMLElement), {
    onMove: (_, x, y) => store.set({ x: snapped("x", x), y: snapped("y", y), count: 0 }),
    onKey: (_, dx, dy) => store.set({ x: stepped("x", dx), y: stepped("y", dy), count: 0 }),
  });
  const slices = /** @type {const} */ (["x", "y"]).map((name) => createPlane(part(`${name}-slice`, HTMLElement), {
    onMove: (_, position) => store.set({ [name]: snapped(name, position), count: 0 }),
    onKey: (_, by) => store.set({ [name]: stepped(name, by), count: 0 }),
  }));
  const scene = createScene(part("surface", HTMLElement), (camera) => store.set(camera));
  return (/** @type {State} */ state) => {
    const { shape, answer, turn, tilt } = state;
    if (!shape || !answer) return;
    const [here, box, colors, digits] = [hereOf(state), boxOf(shape.surface), palette(), digitsOf(state)];
    const seen = (/** @type {number} */ distance) => ({ here, surface: shape.surface, box, camera: { turn, tilt, distance }, colors });
    const version = [shape.expression, box];
    if (state.view === "gradient") {
      const level = here.value === null ? [] : levelLines(shape.surface, here.value);
      const places = shown(state);
      contour.show(gradientField({ ...shape, ...places, heights: box.z, here, level, digits, colors }), version);
      return scene.show((distance) => functionSurface({ ...seen(distance), marks: gradientMarks({ ...seen(distance), level, path: places.path }) }), version);
    }
    const cuts = /** @type {const} */ ([0, 1]).map((along) => sliceThrough(answer.programs.value, here.point, along, along ? box.y : box.x));
    for (const along of /** @type {const} */ ([0, 1])) slices[along].show(sliceFigure({ here, along, pieces: cuts[along], range: along ? box.y : box.x, heights: box.z, digits, colors }), box);
    return scene.show((distance) => functionSurface({ ...seen(distance), marks: sliceMarks({ ...seen(distance), slices: cuts }) }), version);
  };
}

/** @param {ReturnType<typeof createStore<State>>} store */
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

/** @param {State} state @returns {import("../views/station_bar.js").Question} */
function questionOf(state) {
  if (state.view === "gradient" && state.count) return { call: "descent", request: descentOf(state, state.count), shown: ["trajectory", "diverged_at"] };
  return { call: "gradient", request: gradientOfPoint(state), shown: ["value", "partials", "gradient", "norm", "differentiable"] };
}

/** @param {State} state */
function fieldsOf(state) {
  const { view, expression, x, y, rate, xlow, xhigh, ylow, yhigh, turn, tilt, count } = state;
  return { ...sharedFields(state), view, expression, x, y, rate, xlow, xhigh, ylow, yhigh, turn, tilt, count: count || null };
}

async function start() {
  const all = await readExamples("gradient");
  const [examples, descents] = ["gradient", "descent"].map((call) => all.filter((example) => example.call === call));
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples[0];
  /** @type {State} */
  const initial = { ...settingsOf(first, descents), view: "slices", ...FROM, ...FIRST_STATE, shape: null, answer: null, descent: null, ...asked };
  if (initial.view !== "gradient") initial.view = "slices";
  if (asked.expression !== undefined && asked.expression !== first.request.expression) initial.example = null;
  const store = createStore(initial);
  const descentKeys = wireDescent(store);
  const inGradient = Object.fromEntries(Object.entries(descentKeys).map(([key, act]) => [key, () => store.get().view === "gradient" && act()]));
  wireStation(store, {
    views: [wirePanel(store), wireControls(store), wireFigures(store)], examples, choose: (example) => store.set(settingsOf(example, descents)), question: () => questionOf(store.get()),
    keys: { ...inGradient, v: () => store.set({ view: store.get().view === "gradient" ? "slices" : "gradient" }) },
  });
  keepAddress(store, fieldsOf);
  const instead = settingsOf(first, descents);
  keepAnswered(store, { call: "gradient", key: "shape", requestOf: shapeOf, instead });
  keepAnswered(store, { call: "gradient", key: "answer", requestOf: (state) => ({ ...gradientOfPoint(state), samples: 2 }), instead });
  keepAnswered(store, { call: "descent", key: "descent", requestOf: (state) => (state.view === "gradient" ? descentOf(state) : null), instead });
}

startPage(start);
