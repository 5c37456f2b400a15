import { askFirstSharpness, Problem, readRun } from "../base/api.js";
import { newestWins } from "../base/newest_wins.js";
import { isPlaying } from "./state.js";

/**
 * λ at one step of a run, as the server found it.
 * @typedef {{step: number, largest_eigenvalue: number|null, residual: number|null, iterations: number,
 *   learning_rate: number, stability_threshold: number|null, swing: number|null}} Curvature
 */
/**
 * What a page's store holds of the curvature along its run; `samples` null takes all, `refusal` says why there is none;
 * `at` is a step that is looked at, `since` the first one that is asked for; `scale` says how the steps with a λ lie
 * along the axis.
 * @typedef {{curvatures: Curvature[], samples: number|null, refusal: string|null, at?: number|null, since?: number,
 *   scale?: "even"|"log"}} SharpnessState
 * @typedef {import("./state.js").RunState & SharpnessState} State
 */

const MOST_POINTS = 500; // of a line
const OF_A_DECADE = 24; // points of a logarithmic line
const PATIENCE = 300; // milliseconds for one answer
const MOST_ASKED = 200;
const PAUSE = 30;

/**
 * Keep λ beside the loss, the newest steps first: while a run plays only what there is time for, then the gaps. Of a
 * run that is not stored yet, λ of its start.
 * @param {{get: () => State, set: (change: Partial<State>) => void,
 *   subscribe: (listener: (state: State) => void) => void}} store
 * @param {Pick<ReturnType<typeof import("./session.js").createSession>, "address"|"reading">} session of the run
 * @param {(state: State) => boolean} isWanted whether λ is looked at
 */
export function followSharpness(store, session, isWanted) {
  let shown = "";
  let most = 1;
  const follow = newestWins(async () => {
    const state = store.get();
    const key = keyOf(state);
    if (!key || state.refusal || !isWanted(state)) return;
    const steps = missing(state, most);
    if (!steps.length) return;
    const start = performance.now();
    try {
      const found = await session.reading((signal) => ask(state, session.address(), steps, signal));
      if (keyOf(store.get()) !== key || !found) return;
      const taken = (performance.now() - start) / found.length;
      most = Math.max(1, Math.min(MOST_ASKED, Math.round(PATIENCE / taken)));
      store.set({ curvatures: merged(store.get().curvatures, found) });
    } catch (fault) {
      if (fault instanceof Problem && fault.status === 413 && keyOf(store.get()) === key)
        store.set({ refusal: fault.errors[0]?.message ?? fault.message });
      else throw fault;
    }
  }, PAUSE);
  store.subscribe((state) => {
    const key = keyOf(state);
    if (key !== shown) {
      shown = key;
      most = 1;
      if (state.curvatures.length || state.refusal) store.set({ curvatures: [], refusal: null });
    }
    if (state.connection === "live") follow();
  });
}

/**
 * What the answers are of: a rewind makes another past, and another η another start.
 * @param {State} state
 */
const keyOf = ({ run, samples, configuration }) =>
  run ? [run.share_id, run.generation, samples].join() : configuration ? JSON.stringify([configuration, samples]) : "";

/**
 * λ at some of the steps; null where the run was rewound meanwhile.
 * @param {State} state @param {string} address @param {number[]} steps @param {AbortSignal} signal
 * @returns {Promise<Curvature[]|null>}
 */
async function ask(state, address, steps, signal) {
  const { run, configuration, samples } = state;
  if (!run) return [await askFirstSharpness({ ...configuration, samples }, signal)];
  const answer = await readRun(address, `curvatures?steps=${steps.join()}${queryOf(state)}`, signal);
  return answer.generation === run.generation ? answer.curvatures : null;
}

/** @param {State} state */
const queryOf = ({ run, samples }) => (samples !== null && samples < run.samples ? `&samples=${samples}` : "");

/**
 * The newest steps of a line that are not there yet; at rest also the step where the run stands.
 * @param {State} state @param {number} most
 */
function missing(state, most) {
  const { run, curvatures, at, since = 0 } = state;
  if (!run) return curvatures.length ? [] : [0];
  const known = new Set(curvatures.map(({ step }) => step));
  const last = run.diverged ? run.diverged_at - 1 : run.step;
  const line = lineOf(state);
  const steps = isPlaying(state) || known.has(last) ? [] : [last];
  // the step that is looked at comes first
  if (at !== undefined && at !== null && at <= last && at !== last && !known.has(at)) steps.unshift(at);
  for (const step of line.toReversed()) {
    if (steps.length >= most || step < since) break;
    if (step < last && !known.has(step) && step !== at) steps.push(step);
  }
  if (isPlaying(state) && !known.has(last) && line.includes(last)) steps.unshift(last);
  return steps.slice(0, most);
}

/** The steps that have a point of the line, from the first one to where the run stands. @param {State} state */
export function lineOf({ run, scale }) {
  if (!run) return [0];
  const { step: last, steps_per_epoch: whole } = run;
  if (scale !== "log") {
    const every = spacing(run);
    return Array.from({ length: Math.floor(last / every) + 1 }, (_, index) => index * every);
  }
  const count = Math.floor(OF_A_DECADE * Math.log10(last / whole + 1)) + 1;
  const epochs = Array.from({ length: count }, (_, index) => Math.round(10 ** (index / OF_A_DECADE) - 1));
  return [...new Set(epochs)].map((epoch) => epoch * whole).filter((step) => step <= last);
}

/** How many steps apart the points of the line are. @param {any} run */
function spacing({ step, steps_per_epoch: whole }) {
  const rough = step / whole / MOST_POINTS;
  const size = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  return whole * ([1, 2, 5, 10].map((factor) => factor * size).find((one) => one >= rough) ?? size);
}

/** @param {Curvature[]} known @param {Curvature[]} news */
function merged(known, news) {
  const steps = new Map([...known, ...news].map((one) => [one.step, one]));
  return [...steps.values()].sort((a, b) => a.step - b.step);
}
