import { short } from "../../base/format.js";
import { smallerRate } from "../../runs/failure.js";
import { createSecondRun } from "../../runs/second_run.js";
import { leavesAt } from "../../runs/second_sharpness.js";
import { stepShown } from "./lab_state.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/**
 * The second run as the picture has it: where it leaves the first, its η, its updates from the start.
 * @typedef {{from: number, rate: number, records: import("../../runs/state.js").Record[]}} Beside
 */

const AHEAD = 100; // epochs that a branch is shown for, at least

/** The η of a branch: the one typed, or half of the first run's. @param {LabState} state */
export const branchRateOf = ({ eta, branchRate }) => branchRate ?? smallerRate(null, eta);

/**
 * A second run from the epoch that is looked at, with its own η, as long as the first run stays the same.
 * @param {import("./lab_state.js").LabStore} store
 * @param {ReturnType<typeof import("../../runs/session.js").createSession>} session the first run's
 * @param {(sentence: string|null) => void} say
 */
export function createLabBranch(store, session, say) {
  const second = createSecondRun({ name: "batches-branch", history: true, onChange: () => store.set({}), say });
  const leave = () => {
    if (store.get().branch === null) return;
    second.leave();
    store.set({ branch: null });
  };
  const start = async () => {
    const { run } = store.get();
    const from = stepShown(store.get());
    const rate = branchRateOf(store.get());
    const until = Math.max(run?.step ?? 0, from + AHEAD);
    const view = await second.start(session, from, rate, until);
    if (!view) return;
    store.set({ branch: view.id });
    say(`A second run from epoch ${from}, with η = ${short(rate)}.`);
  };
  store.subscribe(({ run }, before) => {
    const isOther = run?.share_id !== before.run?.share_id || run?.generation !== before.run?.generation;
    if (before.run && isOther) leave();
  });
  return {
    leave,
    second,
    toggle: () => (store.get().branch === null ? void start() : leave()),
    /** The branch that the address names. @param {string} id */
    async open(id) {
      if (!(await second.open(id))) store.set({ branch: null });
    },
    /** @returns {Beside|null} */
    beside() {
      const { branch, records } = store.get();
      const { run, records: own } = second.get();
      if (branch === null || run?.id !== branch || !own.length) return null;
      return { from: leavesAt({ records }, { records: own }), rate: run.optimizer.learning_rate, records: own };
    },
  };
}
