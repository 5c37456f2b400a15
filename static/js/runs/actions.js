import { Problem, tellRun, Unreachable } from "../base/api.js";
import { isAway } from "../base/patience.js";
import { createActionQueue } from "./queue.js";
import { isPlaying } from "./state.js";
import { createStepping } from "./stepping.js";

/** @typedef {import("./stepping.js").Parts} Parts */

/**
 * Everything one can do to a run, queued: step, an epoch, play, pause, go back, branch, a new learning rate.
 * @param {Parts & {reader: ReturnType<typeof import("./past.js").createReader>}} parts `reader` lets go what is asked
 *   about steps that a rewind takes away
 */
export function createActions({ store, follower, address, storeFirst, tell, reader }) {
  const run = () => store.get().run;
  const queue = createActionQueue(hearFaults({ store, follower, tell }));
  /**
   * @param {() => Promise<void>|void} act needs the run, and makes it where it is not stored yet @param {string} [key]
   */
  const training = (act, key) => queue.add(async () => ((await storeFirst()) ? act() : undefined), key);
  /** @param {() => Promise<void>|void} act is for a run that is there @param {string} [key] */
  const stored = (act, key) => queue.add(async () => (run() ? act() : undefined), key);
  /** The learning rate to send along, until the server has taken it. */
  const rateToSend = () => (store.get().rate === null ? {} : { learning_rate: store.get().rate });
  /** @param {any} view @param {{learning_rate?: number|null}} [sent] */
  const settle = (view, sent = {}) => {
    const taken = store.get().rate === sent.learning_rate;
    // what came of it may have been told before the answer is here
    const isOld = view.generation === run().generation && view.step < run().step;
    store.set({ run: isOld ? run() : { ...run(), ...view }, rate: taken ? null : store.get().rate, problem: null });
  };
  const pauseNow = async () => settle(await tellRun(address(), "pause"));
  const pauseFirst = () => (run().status === "playing" ? pauseNow() : Promise.resolve());
  /** @param {{rate?: number|null, until_step?: number}} how */
  const playNow = async (how) => {
    const sent = rateToSend();
    settle(await tellRun(address(), "play", { ...how, ...sent }), sent);
  };
  const stepping = createStepping({ store, follower, address, tell, training, settle, pauseFirst, rateToSend });

  return {
    /** @param {number} [count] */
    step: (count = 1) => stepping(() => count),
    epoch: () => stepping(({ step, steps_per_epoch: whole }) => whole - (step % whole)),
    /** @param {number|null} [rate] steps a second @param {number} [until] */
    play(rate = null, until) {
      store.set({ wanted: "playing" });
      training(async () => {
        if (run().diverged) return void tell({ kind: "stuck" });
        await playNow({ rate, ...(until === undefined ? {} : { until_step: until }) });
        tell({ kind: "played" });
      }, "play");
    },
    pause() {
      store.set({ wanted: "paused" });
      stored(async () => {
        await pauseNow();
        tell({ kind: "paused" });
      }, "play");
    },
    /** @param {number|null} [rate] */
    toggle(rate = null) {
      if (isPlaying(store.get())) this.pause();
      else this.play(rate);
    },
    /** @param {number} to @param {number} [rate] a learning rate from there on */
    rewind(to, rate) {
      store.set({ wanted: "paused" });
      stored(async () => {
        await pauseFirst();
        await reader.rewind(async () => {
          settle(await tellRun(address(), "rewind", { step: to }));
          const { evaluations, records } = /** @type {import("./state.js").RunState} */ (store.get());
          store.set({
            evaluations: evaluations.filter((evaluation) => evaluation.step <= to),
            records: records.filter((record) => record.step <= to),
            speed: null,
            ...(rate === undefined ? {} : { rate }),
          });
        });
        tell({ kind: "rewound" });
      });
    },
    /**
     * @param {number} from
     * @returns {Promise<any>} the view of the second run
     */
    branch: (from) =>
      new Promise((resolve, reject) =>
        training(async () => {
          const answer = tellRun(address(), "branch", { step: from });
          answer.then(resolve, (fault) => isAway(fault) || reject(fault));
          await answer;
        }),
      ),
    /** @param {number} rate */
    setLearningRate(rate) {
      const { configuration } = store.get();
      if (configuration)
        store.set({
          configuration: { ...configuration, optimizer: { ...configuration.optimizer, learning_rate: rate } },
        });
      else store.set({ rate });
      if (isPlaying(store.get()))
        stored(async () => {
          if (isPlaying(store.get()) && store.get().rate !== null) await playNow({});
        }, "rate");
    },
    /** Do something of the page's own in its turn. @param {() => Promise<void>} act */
    wait: (act) => queue.add(act),
  };
}

/**
 * What becomes of an action that fails, waits, or was the last.
 * @param {Pick<Parts, "store"|"follower"|"tell">} parts
 */
const hearFaults = ({ store, follower, tell }) => ({
  onFault: (/** @type {unknown} */ fault) => {
    store.set({ problem: null, wanted: null });
    if (tell({ kind: "refused", fault }) !== true) store.set({ problem: fault });
    if (fault instanceof Problem && fault.status === 404) store.set({ connection: "gone" });
    if (fault instanceof Problem && fault.status === 409) void follower.read().catch(() => {});
  },
  onWaiting: (/** @type {unknown} */ fault) => {
    if (fault instanceof Problem) store.set({ problem: fault });
    else store.set({ connection: fault instanceof Unreachable ? "lost" : "live", problem: null });
  },
  onIdle: () => store.set({ wanted: null }),
});
