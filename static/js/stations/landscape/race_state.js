import { emptyRunState } from "../../runs/state.js";
import { FIRST_STATE } from "../../station/state.js";

/** @typedef {"race"|"sharpest"|"weights"|"random"} Directions */
/** @typedef {{method: string, learning_rate: number}} Racer */
/**
 * What every race has: `k`: which moment the balls show, null for its end; `chosen`: the racer that is spoken of;
 * `answer`: the race that is shown.
 * @typedef {{height: "linear"|"log", racers: Racer[], steps: number, k: number|null, chosen: number,
 *   unfolded: boolean, turn: number, tilt: number, answer: any}} Racing
 * @typedef {{get: () => Racing, set: (change: Partial<Racing>) => void}} RacingStore
 */
/**
 * `start`: where on the plane all begin, null at the network itself, and `span` the half width that the plane keeps
 * meanwhile; `seen`: what each plane holds of the race; `bend`: the curvature at the network itself.
 * @typedef {import("../../runs/state.js").RunState & import("../../station/state.js").StationState & Racing &
 *   {preset: string, plane: Directions, start: number[]|null, span: number|null,
 *   seen: Record<string, number|null>, bend: any}} State
 */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void,
 *   subscribe: (listener: (state: State, before: State) => void) => void}} Store */

export const FIELDS = /** @type {const} */ ({
  run: "text",
  shared: "text",
  preset: "text",
  plane: "text",
  height: "text",
  racer: "texts",
  steps: "count",
  start: "numbers",
  span: "number",
  k: "count",
  chosen: "count",
  unfolded: "flag",
  turn: "number",
  tilt: "number",
  precise: "flag",
});

/** The planes: their names, and what each is made of. */
export const PLANES = /** @type {{key: Directions, name: string, words: string}[]} */ ([
  { key: "race", name: "Where they walked", words: "the two directions that hold most of the race" },
  { key: "sharpest", name: "Gradient, sharpest", words: "down the gradient, and where L bends most" },
  { key: "weights", name: "Two weights", words: "all others stay as they are" },
  { key: "random", name: "Random", words: "two drawn directions, normalized row by row" },
]);

/** @param {string} method @param {number} rate @returns {Racer} */
const racer = (method, rate) => ({ method, learning_rate: rate });

/** The networks to race on, each with four racers that differ, and how many steps show it. */
export const STARTS = /** @type {Record<string, {racers: Racer[], steps: number}>} */ ({
  "lab-batch": {
    racers: [
      racer("gradient_descent", 0.005),
      racer("gradient_descent", 0.05),
      racer("momentum", 0.003),
      racer("adam", 0.1),
    ],
    steps: 200,
  },
  "lab-two-layer": {
    racers: [
      racer("gradient_descent", 0.02),
      racer("gradient_descent", 0.06),
      racer("momentum", 0.005),
      racer("adam", 0.05),
    ],
    steps: 60,
  },
  "edge-of-stability": {
    racers: [
      racer("gradient_descent", 0.2),
      racer("gradient_descent", 0.5),
      racer("momentum", 0.02),
      racer("adam", 0.01),
    ],
    steps: 200,
  },
});
export const MOST = 6; // racers
export const LIMITS = { low: 1e-6, high: 1e4 }; // of a learning rate
export const LONGEST = 500; // steps
const QUICK = 1e6; // parameters times samples: the curvature is there before one has looked
const RESOLUTION = 41;
const FROM = { turn: -58, tilt: 34 }; // where one stands before the surface at first

/** @param {Record<string, any>} asked by the address @param {string[]} methods that there are @returns {State} */
export function firstState(asked, methods) {
  const preset = asked.preset in STARTS ? asked.preset : Object.keys(STARTS)[0];
  const racers = (asked.racer ?? []).flatMap((/** @type {string} */ text) => racerOf(text, methods)).slice(0, MOST);
  const isPoint = asked.start?.length === 2 && asked.span > 0;
  return {
    ...emptyRunState(),
    ...FIRST_STATE,
    connection: "live",
    example: null,
    preset,
    plane: PLANES.find(({ key }) => key === asked.plane)?.key ?? "race",
    height: asked.height === "linear" ? "linear" : "log",
    racers: racers.length ? racers : STARTS[preset].racers,
    steps: asked.steps >= 1 && asked.steps <= LONGEST ? asked.steps : STARTS[preset].steps,
    start: isPoint ? asked.start : null,
    span: isPoint ? asked.span : null,
    k: asked.k ?? null,
    chosen: asked.chosen ?? 0,
    unfolded: asked.unfolded ?? false,
    turn: asked.turn ?? FROM.turn,
    tilt: asked.tilt ?? FROM.tilt,
    precise: asked.precise ?? false,
    answer: null,
    bend: null,
    seen: {},
  };
}

/** `adam@0.1` as a racer; nothing where it is none. @param {string} text @param {string[]} methods */
export function racerOf(text, methods) {
  const [method, rate] = text.split("@");
  const eta = Number(rate);
  return methods.includes(method) && eta >= LIMITS.low && eta <= LIMITS.high ? [racer(method, eta)] : [];
}

/** A racer as the address has it. @param {Racer} racer */
export const textOf = ({ method, learning_rate: rate }) => `${method}@${rate}`;

/** What the address keeps. @param {State} state @param {string|null} shared */
export const addressOf = (state, shared) => ({
  run: shared ? null : (state.run?.id ?? null),
  preset: state.run ? null : state.preset,
  plane: state.plane === "race" ? null : state.plane,
  height: state.height === "log" ? null : state.height,
  racer: state.racers.map(textOf),
  steps: state.steps,
  start: state.start && state.start.join(),
  span: state.start && state.span,
  k: state.k,
  chosen: state.chosen || null,
  unfolded: state.unfolded || null,
  turn: state.turn === FROM.turn ? null : Math.round(state.turn),
  tilt: state.tilt === FROM.tilt ? null : Math.round(state.tilt),
  precise: state.precise || null,
});

/** What is asked of the plane and the race. @param {State} state */
const bodyOf = ({ plane, racers, steps, start, span }) => ({
  directions: plane,
  resolution: RESOLUTION,
  ...(span && plane !== "race" ? { span } : {}),
  race: { racers, steps, include: ["updates"], ...(start && plane !== "race" ? { start } : {}) },
});

/**
 * The question, of a run at its newest step or of a start that is not stored; `generation` tells a rewound run from
 * the one before.
 * @param {State} state
 */
export function requestOf(state) {
  const { run, preset } = state;
  if (run?.diverged) return null;
  if (run) return { generation: run.generation, body: { ...bodyOf(state), step: run.step } };
  return state.configuration ? { generation: null, body: { preset, ...bodyOf(state) } } : null;
}

/** What is asked of the curvature at the start. @param {State} state */
export function bendRequest({ run, preset, configuration }) {
  const isLong = run && run.parameters * run.samples > QUICK;
  if (run) return run.diverged || isLong ? null : { generation: run.generation, step: run.step };
  return configuration ? { preset, include: ["curvature"] } : null;
}

/** 2/λ at the start, as long as that is the network itself. @param {State} state */
export const limitOf = ({ bend, start }) => (start ? null : (bend?.speed_limit ?? null));

/** How many moments a race has: as many as the racer that came furthest. @param {any} answer */
export const momentsOf = ({ race }) =>
  race.racers.reduce((/** @type {any[]} */ most, /** @type {any} */ { points }) => {
    return points.length > most.length ? points : most;
  }, []);

/** Which moment is shown. @param {Racing} state */
export const momentOf = ({ answer, k }) => Math.min(k ?? Infinity, momentsOf(answer).length - 1);

/** Where a racer is at a moment; where it ended, if that was before. @param {any} racer @param {number} k */
export const pointAt = ({ points }, k) => points[Math.min(k, points.length - 1)];

/**
 * The rules that ran in a race, which may be others than those asked for since.
 * @param {any} answer @returns {Racer[]}
 */
export const rulesOf = ({ race }) => race.racers.map((/** @type {any} */ { optimizer }) => optimizer);

/** The racer that is spoken of. @param {Racing} state */
export const chosenOf = ({ chosen, racers, answer }) =>
  Math.min(chosen, (answer ? rulesOf(answer) : racers).length - 1);
