import { askPlane, LetGo, Problem } from "../../base/api.js";
import { newestWins } from "../../base/newest_wins.js";
import { isPassing } from "../../base/patience.js";
import { isPlaying } from "../../runs/state.js";
import { same, stepShown } from "./lab_state.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {ReturnType<typeof import("../../runs/session.js").createSession>} Session */

const SIDE = 41; // points of a map's side
const PAUSE = 140; // milliseconds between two answers while it trains
const AGAIN = 1500; // milliseconds until a question is asked again that could not be answered

/** Which run is meant, and which past of it; what was asked about another one is not shown. @param {LabState} state */
const runKey = ({ run, configuration }) => (run ? `${run.share_id} ${run.generation}` : JSON.stringify(configuration));

/**
 * Keep the maps of the step that is looked at, and the point through time, in the store: one question of each under
 * way, then the newest.
 * @param {import("./lab_state.js").LabStore} store @param {Session} session
 */
export function keepPlane(store, session) {
  let planeAsked = "";
  let pointAsked = "";
  /** @param {() => void} forget */
  const retry = (/** @type {unknown} */ fault, forget) => {
    if (fault instanceof Problem && !isPassing(fault)) return store.set({ problem: fault });
    forget();
    setTimeout(check, fault instanceof LetGo ? 0 : AGAIN);
  };
  const readMaps = newestWins(async () => {
    const state = store.get();
    try {
      const plane = await askMaps(state, session);
      if (runKey(state) === runKey(store.get())) store.set({ plane: withTargets(plane, store.get().plane) });
    } catch (fault) {
      retry(fault, () => (planeAsked = ""));
    }
  }, PAUSE);
  const readPoint = newestWins(async () => {
    const state = store.get();
    try {
      const through = await askPoint(state, session);
      if (through && runKey(state) === runKey(store.get())) store.set({ through });
    } catch (fault) {
      retry(fault, () => (pointAsked = ""));
    }
  }, 0);
  const check = () => {
    const state = store.get();
    if (!state.run && !state.configuration) return;
    const maps = `${runKey(state)} ${stepShown(state)}`;
    if (maps !== planeAsked) readMaps(!isPlaying(state));
    planeAsked = maps;
    const point = pointKey(state);
    if (point !== pointAsked) readPoint();
    pointAsked = point;
  };
  store.subscribe(check);
  check();
}

/**
 * Targets do not change while a run learns: the same maps need not be painted again.
 * @param {import("./lab_state.js").Plane} plane @param {import("./lab_state.js").Plane|null} before
 */
const withTargets = (plane, before) => {
  const isSame = before?.scale === plane.scale && same(before.x, plane.x) && same(before.y, plane.y);
  return isSame ? { ...plane, targets: before.targets } : plane;
};

/** @param {LabState} state @param {Session} session */
function askMaps(state, session) {
  const { configuration, at, k } = state;
  if (configuration) return askPlane({ ...configuration, resolution: SIDE, point: at });
  const query = `plane?resolution=${SIDE}&point=${at.join(",")}`;
  // while it trains, the newest state is the one that need not be computed again
  if (k === null && isPlaying(state)) return session.readAnew(query);
  return session.read(`${query}&step=${stepShown(state)}`);
}

/** The steps of the past that the table tells, and the one on the maps. @param {LabState} state */
function stepsAsked({ run, plane, at, told }) {
  const past = told.epochs.filter((step) => step <= (run?.step ?? 0));
  const isNew = plane && !past.includes(plane.step) && !(plane.at && same(plane.at.point, at));
  return isNew ? [...past, plane.step] : past;
}

/** @param {LabState} state */
const pointKey = (state) => `${runKey(state)} ${state.at} ${stepsAsked(state)}`;

/** @param {LabState} state @param {Session} session @returns {Promise<import("./lab_state.js").Through|null>} */
async function askPoint(state, session) {
  const { configuration, at, plane } = state;
  if (!configuration) return session.read(`plane/point?point=${at.join(",")}&steps=${stepsAsked(state).join(",")}`);
  if (plane?.at && same(plane.at.point, at)) return null;
  const { at: found } = await askPlane({ ...configuration, resolution: 2, point: at });
  return { point: found.point, targets: found.targets, answers: [{ step: 0, ...found }] };
}
