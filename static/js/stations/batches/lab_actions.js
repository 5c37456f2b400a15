import { Problem } from "../../base/api.js";
import { count, short } from "../../base/format.js";
import { isPlaying } from "../../runs/state.js";
import { STUCK } from "../../runs/stuck.js";
import { configurationOf, partOf } from "./lab_state.js";

/** @typedef {import("./lab_state.js").LabStore} LabStore */

/**
 * What buttons, keys and settings do to the run. Every action looks at the newest step again.
 * @param {LabStore} store @param {ReturnType<typeof import("../../runs/session.js").createSession>} session
 * @param {import("./lab_state.js").Preset} preset
 */
export function createLabActions(store, session, preset) {
  const follow = () => store.set({ k: null });
  const prepare = () => {
    store.set({ plane: null, through: null, k: null });
    session.prepare(configurationOf(store.get(), preset), partOf(store.get()));
  };
  /** The run of these settings that this browser made before, or a new one, stored at its first step. */
  const begin = async () => {
    const before = session.recall(partOf(store.get()));
    if (!before) return prepare();
    store.set({ plane: null, through: null });
    await session.open({ run: before }).catch((fault) => {
      if (!(fault instanceof Problem)) throw fault;
      prepare();
    });
  };
  return {
    begin,
    prepare,
    toggle() {
      follow();
      session.toggle();
    },
    step() {
      follow();
      session.step(1);
    },
    hundred() {
      follow();
      session.step(100);
    },
    toGoal() {
      follow();
      const { run, told } = store.get();
      if ((run?.step ?? 0) < told.end) session.play(null, told.end);
    },
    reset() {
      follow();
      if (store.get().run) session.rewind(0);
    },
    /** @param {number} to @param {number} eta */
    goBack(to, eta) {
      follow();
      store.set({ eta });
      session.rewind(to, eta);
    },
    /**
     * Another network or other samples are another run; what was trained before is found again.
     * @param {Partial<import("./lab_state.js").Settings>} change
     */
    change(change) {
      if (isPlaying(store.get())) session.pause();
      store.set(change);
      session.wait(() => {
        // the run that was under way has brought its own settings meanwhile
        store.set(change);
        return begin();
      });
    },
    /** @param {number} eta */
    changeRate(eta) {
      store.set({ eta });
      session.setLearningRate(eta);
    },
    /** What a sentence says of the last thing that happened. @param {import("../../runs/state.js").News} news */
    wordsOf(news) {
      if (news.kind === "stuck") return STUCK;
      if (news.kind === "refused" && news.fault instanceof Error) return news.fault.message;
      if (news.kind === "returned") return "The server answers again.";
      const { run, eta } = store.get();
      if (news.kind !== "rewound") return null;
      return `Back at ${run.step ? `step ${count(run.step)}` : "the start"}; η is ${short(eta)}.`;
    },
  };
}
