import { FIRST_STATE } from "../../station/state.js";

/**
 * What the page remembers: whose start it is, the next learning rate, those of the updates made, and the guesses.
 * `mode` hides what the step would do until it is guessed; `told` is the guess at the next step, judged when the answer
 * about that step is here; `first` is what the first update makes of one weight.
 * @typedef {"falls"|"rises"} Guess
 * @typedef {{preset: string, eta: number, made: number[], mode: "see"|"predict", told: Guess|null, isJudged: boolean,
 *   guesses: boolean[], line: any, strip: any, kept: any, first: any} &
 *   import("../../station/state.js").StationState} State
 */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void,
 *   subscribe: (listener: (state: State, before: State) => void) => void}} Store */

export const FIELDS = /** @type {const} */ ({
  preset: "text",
  eta: "number",
  made: "numbers",
  mode: "text",
  numbers: "flag",
  precise: "flag",
});

/** Where each start is looked at first: a learning rate, how far the axis goes, and the five that are compared. */
const VIEWS = /** @type {Record<string, {eta: number, top: number, kept: number[]}>} */ ({
  "lab-two-layer": { eta: 0.06, top: 0.12, kept: [0.002, 0.02, 0.06, 0.074, 0.1] },
  "lab-one-layer": { eta: 0.3, top: 0.65, kept: [0.01, 0.1, 0.2, 0.3, 0.45] },
  "one-weight": { eta: 0.3, top: 1.2, kept: [0.1, 0.5, 0.9, 1, 1.1] },
});
export const PRESETS = Object.keys(VIEWS);
export const STEPS = 20;
export const LIMITS = { low: 1e-4, high: 10 };
const POINTS = 120; // learning rates along the axis

/** @param {string} preset @returns {Partial<State>} */
export const startOf = (preset) => ({ preset, eta: VIEWS[preset].eta, made: [], told: null, line: null });

/** @param {Record<string, any>} asked by the address @returns {State} */
export function firstState(asked) {
  const preset = PRESETS.includes(asked.preset) ? asked.preset : PRESETS[0];
  const isRate = (/** @type {number} */ eta) => eta >= LIMITS.low && eta <= LIMITS.high;
  const made = (asked.made ?? []).filter(isRate).slice(0, STEPS);
  return {
    ...FIRST_STATE,
    example: null,
    preset,
    eta: isRate(asked.eta) ? asked.eta : VIEWS[preset].eta,
    made,
    mode: asked.mode === "predict" ? "predict" : "see",
    told: null,
    isJudged: false,
    guesses: [],
    line: null,
    strip: null,
    kept: null,
    first: null,
    ...(asked.numbers === undefined ? {} : { numbers: asked.numbers }),
    ...(asked.precise === undefined ? {} : { precise: asked.precise }),
  };
}

/** What the address keeps. @param {State} state */
export const addressOf = ({ preset, eta, made, mode, numbers, precise }) => ({
  preset: preset === PRESETS[0] ? null : preset,
  eta: eta === VIEWS[preset].eta ? null : eta,
  made: made.length ? made.join(",") : null,
  mode: mode === "see" ? null : mode,
  numbers: numbers || null,
  precise: precise || null,
});

/** How far the axis goes: as far as the learning rate needs. @param {State} state */
export function topOf({ preset, eta }) {
  let { top } = VIEWS[preset];
  while (eta > 0.96 * top) top *= 2;
  return top;
}

/** Learning rates along the axis. @param {number} top @param {number} first */
const along = (top, first) => Array.from({ length: POINTS + 1 - first }, (_, k) => (top * (k + first)) / POINTS);

/** What is asked of the next step; the last learning rate is the one chosen. @param {State} state */
export const lineRequest = (state) => ({
  preset: state.preset,
  made: state.made,
  learning_rates: [...along(topOf(state), 0), state.eta],
});

/**
 * Ask, and keep beside the answer after which updates it holds.
 * @param {(request: any) => Promise<any>} ask @returns {(request: any) => Promise<any>}
 */
export const askWith = (ask) => async (request) => ({ ...(await ask(request)), made: request.made });

/** Whether the answer is about the step that would be made now. @param {State} state */
export const isAnswered = ({ line, made, eta }) => line?.made === made && line.learning_rates.at(-1) === eta;

/** What twenty steps do at each learning rate of the axis. @param {State} state */
export const stripRequest = (state) => ({
  preset: state.preset,
  learning_rates: along(topOf(state), 1),
  steps: STEPS,
});

/** The learning rates that are compared: those of the start, and the chosen one. @param {State} state */
export function keptRequest({ preset, eta }) {
  const rates = VIEWS[preset].kept;
  const nearest = rates.reduce((best, one) =>
    Math.abs(Math.log(one / eta)) < Math.abs(Math.log(best / eta)) ? one : best,
  );
  return {
    preset,
    learning_rates: rates.map((one) => (one === nearest ? eta : one)),
    steps: STEPS,
    include: ["curvature"],
  };
}

/** The true loss and the parabola's at the chosen learning rate. @param {any} line */
export const stepOf = ({ loss, parabola }) => ({ loss: loss.at(-1), parabola: parabola.at(-1), start: loss[0] });

/** Whether the next step is hidden until it is guessed, and the guess judged. @param {State} state */
export const isHidden = ({ mode, told, isJudged }) => mode === "predict" && (told === null || !isJudged);
