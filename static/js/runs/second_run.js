import { createStore } from "../base/store.js";
import { createSession } from "./session.js";
import { emptyRunState, isPlaying } from "./state.js";

/**
 * A second run from a step of the first, with a learning rate of its own, followed like any other run.
 * @param {{name: string, history?: boolean, onChange: () => void, say: (sentence: string) => void}} parts
 */
export function createSecondRun({ name, history = false, onChange, say }) {
  const store = createStore(
    /** @type {import("./sharpness.js").State} */ ({
      ...emptyRunState(),
      ...{ curvatures: [], samples: null, refusal: null },
    }),
  );
  const session = createSession(store, { name, history });
  let wish = 0; // what was asked for last holds
  store.subscribe(onChange);
  return {
    session,
    store,
    /** What is known of it. */
    get: () => store.get(),
    /**
     * Open the one that an address names.
     * @param {string} run
     * @returns {Promise<boolean>} whether it is there
     */
    async open(run) {
      const own = (wish += 1);
      try {
        await session.open({ run });
        return true;
      } catch {
        if (own === wish) say("The branch of this address is not there.");
        return own !== wish;
      }
    },
    /**
     * Branch off and train up to a step.
     * @param {ReturnType<typeof createSession>} first @param {number} from the step @param {number} rate
     * @param {number} until
     * @returns {Promise<any>} its view, or null where it could not be made
     */
    async start(first, from, rate, until) {
      wish += 1;
      try {
        const view = await first.branch(from);
        await session.open({ run: view.id });
        session.setLearningRate(rate);
        session.play(null, until);
        return view;
      } catch (fault) {
        say(`No branch: ${fault instanceof Error ? fault.message : fault}`);
        return null;
      }
    },
    /** Nobody watches it any more. */
    leave() {
      const own = (wish += 1);
      if (isPlaying(store.get())) session.pause();
      session.wait(async () => {
        if (own === wish) session.prepare(null);
      });
    },
  };
}
