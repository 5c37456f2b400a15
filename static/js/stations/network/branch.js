import { createSecondRun } from "../../runs/second_run.js";

/** @typedef {import("./state.js").State} State */

const AHEAD = 20; // updates that a branch is shown for, at least

/**
 * The second run, drawn against the first.
 * @param {{get: () => State, set: (change: Partial<State>) => void}} store
 * @param {ReturnType<typeof import("../../runs/session.js").createSession>} session the first run's
 * @param {(sentence: string) => void} say
 */
export function createBranch({ get, set }, session, say) {
  const second = createSecondRun({ name: "network-branch", history: true, onChange: () => set({}), say });
  // without it there is no difference to stand at the edges
  const drop = () => set({ branch: null, edges: get().edges === "difference" ? "weights" : get().edges });
  return {
    second,
    state: second.get,
    /** Open the branch that the address names. @param {string} run */
    async open(run) {
      if (!(await second.open(run))) drop();
    },
    /** @param {number} from the step @param {number} rate */
    async start(from, rate) {
      const until = Math.max(get().run?.step ?? 0, from + AHEAD);
      const view = await second.start(session, from, rate, until);
      if (!view) return;
      set({ branch: view.id });
      say("");
    },
    leave() {
      second.leave();
      drop();
    },
  };
}
