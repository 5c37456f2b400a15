import { Problem, tellRun } from "../base/api.js";
import { takeEvaluations, viewAfter } from "./views.js";

/**
 * `storeFirst` makes the run that is not stored yet, and answers whether there is one.
 * @typedef {{store: import("./state.js").RunStore, follower: ReturnType<typeof
 *   import("./follow.js").createFollower>, address: () => string, storeFirst: () => Promise<boolean>, tell: (news:
 *   import("./state.js").News) => boolean|void}} Parts
 */

/**
 * Steps of a run, each done once, although an answer may be lost or bring a part of them.
 * @param {Pick<Parts, "store"|"follower"|"address"|"tell"> & {training: (act: () =>
 *   Promise<void>) => void, settle: (view: any, sent: {learning_rate?: number|null}) => void, pauseFirst: () =>
 *   Promise<void>, rateToSend: () => {learning_rate?: number|null}}} parts
 *   `training` queues; `settle` takes a view of the run; `rateToSend` is the learning rate the server does not know yet
 */
export function createStepping({ store, follower, address, tell, training, settle, pauseFirst, rateToSend }) {
  const run = () => store.get().run;
  /**
   * Where the run stands elsewhere, the steps were done and only the answer was lost.
   * @param {unknown} fault
   * @returns {Promise<any>}
   */
  const readIfMoved = async (fault) => {
    if (!(fault instanceof Problem && fault.status === 409)) throw fault;
    const before = run().step;
    await follower.read();
    if (run().step === before) throw fault;
    tell({ kind: "moved" });
  };
  /** @param {(run: any) => number} count how many updates, from where the run then stands */
  return (count) => {
    let start = -1;
    let goal = -1;
    let asked = false;
    store.set({ wanted: "paused" });
    training(async () => {
      await pauseFirst();
      if (run().diverged) return void tell({ kind: "stuck" });
      if (start < 0) [start, goal] = [run().step, run().step + count(run())];
      // The server answers in time, if need be with a part of the steps.
      for (let answer = null; run().step < goal && !answer?.diverged;) {
        const sent = rateToSend();
        // A repeated request must not step twice: it names the step it starts from.
        const guard = asked ? { expected_step: run().step } : {};
        asked = true;
        answer = await tellRun(address(), "step", { count: goal - run().step, ...sent, ...guard }).catch(readIfMoved);
        if (!answer) continue;
        settle(viewAfter(run(), answer), sent);
        takeEvaluations(store, answer.evaluations);
        follower.fill(answer.records);
        tell({ kind: "stepped", answer, start });
      }
    });
  };
}
