import { part, write } from "../../controls/parts.js";
import { createRunCurves } from "../../runs/run_curves.js";
import { followSecondSharpness } from "../../runs/second_sharpness.js";
import { followSharpness } from "../../runs/sharpness.js";
import { sharpnessSentence } from "../../runs/sharpness_words.js";
import { isPlaying } from "../../runs/state.js";
import { lossAt, stepShown } from "./lab_state.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {import("../../runs/sharpness.js").State} State */

/**
 * λ against 2/η below the loss, on the history's axis, of the branch too; asked for as long as it is looked at.
 * @param {import("./lab_state.js").LabStore} store
 * @param {ReturnType<typeof import("../../runs/session.js").createSession>} session the first run's
 * @param {ReturnType<typeof import("./lab_branch.js").createLabBranch>} branch
 */
export function createLabSharpness(store, session, branch) {
  const isWanted = () => store.get().sharpness;
  const get = () => seenFrom(store.get());
  const hear = (/** @type {() => void} */ listener) => store.subscribe(listener);
  followSharpness(
    { get, set: /** @type {(change: any) => void} */ (store.set), subscribe: (tell) => hear(() => tell(get())) },
    session,
    isWanted,
  );
  const second = followSecondSharpness(store, branch.second, { isWanted, scale: "log" });
  const draw = createRunCurves(part("curves", HTMLElement), {
    get,
    seenOf: () => axisOf(store.get(), second()),
    onStep: (k) => store.set({ k }),
    hasSwing: false,
    besideOf: second,
  });
  return (/** @type {LabState} */ state) => {
    part("history", HTMLElement).classList.toggle("with-sharpness", state.sharpness);
    part("sharpness", HTMLElement).hidden = !state.sharpness;
    part("sharpness-view", HTMLButtonElement).setAttribute("aria-pressed", String(state.sharpness));
    if (!state.sharpness) return;
    write(part("sharpness-says", HTMLElement), sharpnessSentence(get(), stepTold(state), "epoch"));
    draw(get());
  };
}

/** The lab as the curves have it: `at` is the step that is looked at. @param {LabState} state @returns {State} */
const seenFrom = (state) => ({ ...state, at: state.k, samples: null, scale: "log" });

/** As long as the history's axis. @param {LabState} state @param {State|null} second */
function axisOf(state, second) {
  const least = Math.max(state.told.end, second?.run?.step ?? 0);
  const [range, axis] = /** @type {["all", "step"]} */ (["all", "step"]);
  return { range, axis, window: least, least, step: /** @type {"epoch"} */ ("epoch"), start: lossAt(state, 0) };
}

/** The step that is looked at; while it trains, the newest one whose λ is known. @param {LabState} state */
function stepTold(state) {
  const step = stepShown(state);
  if (!isPlaying(state) || state.k !== null) return step;
  return state.curvatures.findLast((one) => one.step <= step)?.step ?? step;
}
