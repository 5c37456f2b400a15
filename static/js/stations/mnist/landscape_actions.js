import { Problem } from "../../base/api.js";
import { count, short } from "../../base/format.js";
import { isPlaying } from "../../runs/state.js";
import { STUCK } from "../../runs/stuck.js";
import { isMnist, unitOf } from "./landscape_state.js";

/** @typedef {import("./landscape_state.js").LandscapeStore} LandscapeStore */
/** @typedef {ReturnType<typeof import("../../runs/session.js").createSession>} Session */

export const LAST = "last"; // the run of the digits that was open last, whatever its preset

/**
 * What the buttons, keys and settings do to the run.
 * @param {LandscapeStore} store @param {Session} session
 */
export function createLandscapeActions(store, session) {
  const follow = () => store.set({ at: null });
  const prepare = () => {
    const { preset } = store.get();
    const { told, name, title, configuration } = preset;
    store.set({ at: null, eta: configuration.optimizer.learning_rate });
    session.prepare({ ...configuration, preset: name }, name);
    return { told, title };
  };
  /** The run of this preset that this browser made before, or a new one, stored at its first step. */
  const begin = async () => {
    const before = session.recall(store.get().preset.name);
    if (!before) return void prepare();
    await session.open({ run: before }).catch((fault) => {
      if (!(fault instanceof Problem)) throw fault;
      prepare();
    });
  };
  const rateTo = (/** @type {number} */ eta) => {
    store.set({ eta });
    session.setLearningRate(eta);
  };
  return {
    begin,
    rateTo,
    toggle() {
      follow();
      session.toggle(store.get().preset.told?.pace ?? null);
    },
    step() {
      follow();
      if (isMnist(store.get().run ?? store.get().preset)) session.epoch();
      else session.step(100);
    },
    /** The scene for a class: to the step where η changes, then on with the other η. */
    scene() {
      const { run, preset } = store.get();
      const { told } = preset;
      if (!told) return;
      follow();
      const isThere = (run?.step ?? 0) >= told.until;
      if (isThere) rateTo(told.learning_rate);
      session.play(told.pace, isThere ? told.end : told.until);
    },
    reset() {
      follow();
      const { run, preset } = store.get();
      if (!run) return;
      const { learning_rate: eta } = (isOf(run, preset) ? preset : run).configuration.optimizer;
      store.set({ eta });
      session.rewind(0, eta);
    },
    /** @param {number} to @param {number} eta */
    goBack(to, eta) {
      follow();
      store.set({ eta });
      session.rewind(to, eta);
    },
    /** Another preset is another run; the one before goes on being found. @param {any} preset */
    choose(preset) {
      if (isPlaying(store.get())) session.pause();
      store.set({ preset, curvatures: [], refusal: null });
      session.wait(begin);
    },
    /** What a sentence says of the last thing that happened. @param {import("../../runs/state.js").News} news */
    wordsOf(news) {
      const state = store.get();
      if (news.kind === "stuck") return STUCK;
      if (news.kind === "refused" && news.fault instanceof Error) return news.fault.message;
      if (news.kind === "returned") return "The server answers again.";
      if (news.kind === "rewound")
        return `Back at ${unitOf(state)} ${count(state.run.step)}; η is ${short(state.eta)}.`;
      return null;
    },
  };
}

/** @param {any} run @param {import("./landscape_state.js").Preset} preset */
const isOf = (run, preset) => run.preset === preset.name;
