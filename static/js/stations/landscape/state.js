import { tidy } from "../../base/scales.js";
import { emptyRunState } from "../../runs/state.js";
import { FIRST_STATE } from "../../station/state.js";

/** @typedef {"trajectory"|"sharpest"|"weights"|"random"} Directions */
/**
 * `k`: which point of the walk the ball shows, null for the newest; `answer`: the plane that is shown, as the server
 * told it; `seen`: what each plane of this step holds of the walk, once it was looked at; `span`: half the width of a
 * zoomed plane, null for as wide as is useful.
 * @typedef {import("../../runs/state.js").RunState & import("../../station/state.js").StationState & {preset: string,
 *   plane: Directions, height: "linear"|"log", k: number|null, span: number|null, turn: number, tilt: number,
 *   eta: number, answer: any, seen: Record<string, {held: number|null, gradient: number|null}>}} State
 */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void,
 *   subscribe: (listener: (state: State, before: State) => void) => void}} Store */

export const FIELDS = /** @type {const} */ ({
  run: "text",
  shared: "text",
  preset: "text",
  plane: "text",
  height: "text",
  k: "count",
  span: "number",
  turn: "number",
  tilt: "number",
  eta: "number",
  precise: "flag",
});

/** The four planes: their names, and what each is made of. */
export const PLANES = /** @type {{key: Directions, name: string, words: string}[]} */ ([
  { key: "trajectory", name: "Where it walked", words: "the two directions that hold most of the walk" },
  { key: "sharpest", name: "Gradient, sharpest", words: "down the gradient, and where L bends most" },
  { key: "weights", name: "Two weights", words: "all others stay as they are" },
  { key: "random", name: "Random", words: "two drawn directions, normalized row by row" },
]);
/** Where a run of one's own starts, and with which learning rate. */
export const STARTS = /** @type {Record<string, number>} */ ({
  "lab-two-layer": 0.06,
  "lab-one-layer": 0.02,
  "lab-batch": 0.01,
});
export const COUNT = 20; // steps of the big button
const RESOLUTION = 41;
const [NARROWEST, WIDEST] = [1e-6, 1e4]; // half the width of a plane, in lengths of its axes
const FROM = { turn: -58, tilt: 34 }; // where one stands before the surface at first

/** @param {Record<string, any>} asked by the address @returns {State} */
export function firstState(asked) {
  const preset = asked.preset in STARTS ? asked.preset : Object.keys(STARTS)[0];
  const plane = PLANES.find(({ key }) => key === asked.plane)?.key ?? "trajectory";
  return {
    ...emptyRunState(),
    ...FIRST_STATE,
    connection: "live",
    example: null,
    preset,
    plane,
    height: asked.height === "log" ? "log" : "linear",
    k: asked.k ?? null,
    span: asked.span >= NARROWEST && asked.span <= WIDEST ? asked.span : null,
    turn: asked.turn ?? FROM.turn,
    tilt: asked.tilt ?? FROM.tilt,
    eta: asked.eta > 0 ? asked.eta : STARTS[preset],
    precise: asked.precise ?? false,
    answer: null,
    seen: {},
  };
}

/** A run that is not stored yet. @param {Pick<State, "preset"|"eta">} state */
export const configurationOf = ({ preset, eta }) => ({
  preset,
  optimizer: { method: "gradient_descent", learning_rate: eta },
});

/** What the address keeps. @param {State} state @param {string|null} shared */
export const addressOf = ({ run, preset, plane, height, k, span, turn, tilt, precise }, shared) => ({
  run: shared ? null : (run?.id ?? null),
  preset: run ? null : preset,
  plane: plane === "trajectory" ? null : plane,
  height: height === "linear" ? null : height,
  k,
  span,
  turn: turn === FROM.turn ? null : Math.round(turn),
  tilt: tilt === FROM.tilt ? null : Math.round(tilt),
  precise: precise || null,
});

/** The plane that can be had: before the first step there is no walk. @param {State} state @returns {Directions} */
export const planeOf = ({ plane, run }) => (plane === "trajectory" && !run?.step ? "sharpest" : plane);

/**
 * What is asked: of a run at its newest step, or of a start that is not stored.
 * @param {State} state
 */
export function requestOf(state) {
  const { run, configuration, span } = state;
  const look = { directions: planeOf(state), resolution: RESOLUTION, ...(span ? { span } : {}) };
  if (run) return run.diverged ? null : { generation: run.generation, body: { ...look, step: run.step } };
  return configuration ? { generation: null, body: { ...configurationOf(state), ...look } } : null;
}

/**
 * The sheet about the step where the run stands, so many times as wide; null for the whole view.
 * @param {State} state @param {import("../../base/view_domain.js").ViewChange|null} change
 */
export function spanAfter({ span, answer }, change) {
  if (!change || !answer) return null;
  const now = span ?? (answer.x[answer.x.length - 1] - answer.x[0]) / 2;
  return tidy(Math.min(WIDEST, Math.max(NARROWEST, now * change.factor)), 3);
}

/** The point of the walk that the ball shows. @param {State} state */
export function pointOf({ answer, k }) {
  const { trajectory } = answer;
  return trajectory[Math.min(k ?? Infinity, trajectory.length - 1)];
}
