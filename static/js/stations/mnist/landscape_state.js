import { emptyRunState } from "../../runs/state.js";

/**
 * What the landscape of a run remembers beside the run: `preset` is what it began with, `eta` the learning rate of the
 * next step, `at` the step that is looked at, null for the newest; `around` the plane around it, as far as it is known;
 * `film` what all planes of a film have in common, null where there is none: `span` and `scale` are null until it is
 * made; `filming` whether it plays.
 * @typedef {{anchor: number, directions: Directions, samples: number|null, span: number|null,
 *   scale: import("../../runs/loss_sheet.js").Scale|null}} Film `anchor`: the step of its directions, the last one
 * @typedef {import("../../runs/sharpness.js").SharpnessState} SharpnessState
 * @typedef {{until: number, learning_rate: number, end: number, pace: number|null}} Scene
 * @typedef {{name: string, title: string, configuration: Record<string, any>, told: Scene|null}} Preset
 * @typedef {import("../../runs/state.js").RunState & SharpnessState & {preset: Preset, eta: number,
 *   at: number|null, axis: "step"|"time", range: "last"|"all", plane: Directions, height: "linear"|"log",
 *   turn: number, tilt: number, around: any, film: Film|null, filming: boolean}} LandscapeState
 * @typedef {"random"|"sharpest"|"trajectory"} Directions
 * @typedef {{get: () => LandscapeState, set: (change: Partial<LandscapeState>) => void,
 *   subscribe: (listener: (state: LandscapeState, before: LandscapeState) => void) => void}} LandscapeStore
 */

export const FIELDS = /** @type {const} */ ({
  run: "text",
  shared: "text",
  preset: "text",
  samples: "count",
  axis: "text",
  range: "text",
  at: "count",
  plane: "text",
  height: "text",
  turn: "number",
  tilt: "number",
  film: "count",
});

export const PLANES = /** @type {{key: Directions, name: string}[]} */ ([
  { key: "random", name: "random" },
  { key: "sharpest", name: "sharpest" },
  { key: "trajectory", name: "its walk" },
]);
const SIDE = 25; // points to each side of the sheet: quick enough to be made again while it trains
const FROM = { turn: -58, tilt: 34 };

export const SAMPLES = [1000, 5000, 20_000];
const USUAL = 5000; // λ on so many digits is a few percent above λ on all
const LAST = { epoch: 40, step: 1000 }; // how many are the last ones

/** @param {Record<string, any>} asked what the address asks for @param {Preset} preset @returns {LandscapeState} */
export const firstState = (asked, preset) => ({
  ...emptyRunState(),
  preset,
  eta: preset.configuration.optimizer.learning_rate,
  curvatures: [],
  refusal: null,
  samples: asked.samples >= 1 ? asked.samples : USUAL,
  axis: asked.axis === "time" ? "time" : "step",
  range: asked.range === "last" ? "last" : "all",
  at: asked.at ?? null,
  plane: PLANES.find(({ key }) => key === asked.plane)?.key ?? "random",
  height: asked.height === "linear" ? "linear" : "log",
  turn: asked.turn ?? FROM.turn,
  tilt: asked.tilt ?? FROM.tilt,
  around: null,
  film: null,
  filming: false,
});

/** What the address keeps. @param {LandscapeState} state */
export const addressOf = ({ run, preset, samples, axis, range, at, plane, height, turn, tilt, film }) => ({
  run: run?.id ?? null,
  preset: run ? null : preset.name,
  samples: samples === USUAL ? null : samples,
  axis: axis === "time" ? axis : null,
  range: range === "last" ? range : null,
  at,
  plane: plane === "random" ? null : plane,
  height: height === "log" ? null : height,
  turn: turn === FROM.turn ? null : Math.round(turn),
  tilt: tilt === FROM.tilt ? null : Math.round(tilt),
  film: film?.anchor ?? null,
});

/** The newest step at the end of an epoch. @param {any} run */
export const newestWhole = ({ step, steps_per_epoch: whole }) => Math.floor(step / whole) * whole;

/** Whether a configuration, or a run, learns the digits. @param {any} of */
export const isMnist = (of) => (of?.configuration ?? of)?.data?.dataset === "mnist";

/** What one counts on the axis. @param {LandscapeState} state */
export const unitOf = ({ run, preset }) => (isMnist(run ?? preset) ? "epoch" : "step");

/** How many epochs are the last ones. @param {LandscapeState} state */
export const windowOf = (state) => LAST[unitOf(state)];

/**
 * λ at the step that is looked at: the last one known up to there.
 * @param {LandscapeState} state
 */
export function curvatureNow({ curvatures, at, run }) {
  const step = at ?? run?.step ?? 0;
  return curvatures.findLast((one) => one.step <= step) ?? null;
}

/** The plane that can be had: before the first step there is no walk. @param {LandscapeState} state */
export const planeOf = ({ plane, run }) => (plane === "trajectory" && !run?.step ? "random" : plane);

/**
 * The plane that is asked for: around the step that is looked at, else around the newest whole epoch; in a film with
 * the directions and the width of all its planes.
 * @param {LandscapeState} state
 */
export function planeRequest(state) {
  const { run, configuration, at, samples, film } = state;
  const look = { directions: planeOf(state), resolution: SIDE };
  const some = samples !== null && samples < (run?.samples ?? Infinity) ? { samples } : {};
  if (run?.diverged) return null;
  if (run) {
    const step = Math.min(at ?? newestWhole(run), run.step);
    const isOther = film && film.span !== null && step !== film.anchor;
    const common = isOther ? { directions_step: film.anchor, span: film.span } : {};
    return { generation: run.generation, body: { ...look, ...some, step, ...common } };
  }
  return configuration ? { generation: null, body: { ...configuration, ...look, ...some } } : null;
}
