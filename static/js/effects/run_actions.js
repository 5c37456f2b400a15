import { createRun, deleteRun, Problem, runAddress, tellRun, Unreachable } from "../api.js";
import { short } from "../format.js";
import { isPlaying } from "../run_state.js";
import { stepSentence, viewAfter } from "../run_steps.js";
import { writeRun } from "../url.js";
import { createActionQueue } from "./action_queue.js";
import { takeEvaluations } from "./run_session.js";

const STUCK = "A diverged run takes no more steps: go back, or reset.";
const NO_RUN = "There is no run here: start a new one.";

/**
 * Everything one can do to the run, queued: train, pause, step, an epoch, reset, a new learning rate.
 * @param {{store: import("./run_session.js").RunStore, session: ReturnType<typeof import("./run_session.js").createSession>,
 *   form: ReturnType<typeof import("../views/run_form.js").createRunForm>, say: (sentence: string) => void}} parts
 */
export function createRunActions({ store, session, form, say }) {
  /** @type {string|null} a run made by this page and never touched: it is deleted when its settings change */
  let untouched = null;
  const run = () => store.get().run;
  const address = () => runAddress({ run: run().id });
  const queue = createActionQueue({
    onFault: (fault) => {
      const placed = fault instanceof Problem && form.refuse(fault.errors);
      store.set({ problem: placed ? null : fault, wanted: null });
      if (fault instanceof Problem && fault.status === 404) store.set({ connection: "gone" });
      if (fault instanceof Error) say(fault.message);
      if (fault instanceof Problem && fault.status === 409) void session.read().catch(() => {});
    },
    onWaiting: (fault) => {
      if (fault instanceof Problem) store.set({ problem: fault });
      else store.set({ connection: fault instanceof Unreachable ? "lost" : "live", problem: null });
    },
    onIdle: () => store.set({ wanted: null }),
  });
  /** @param {(run: any) => Promise<void>|void} act @param {string|null} [key] */
  const withRun = (act, key = null) => queue.add(async () => (run() ? act(run()) : say(NO_RUN)), key);
  /** The learning rate to send along, until the server has taken it. */
  const rateToSend = () => (store.get().rate === null ? {} : { learning_rate: store.get().rate });
  /** @param {any} view @param {{learning_rate?: number|null}} [sent] */
  const settle = (view, sent = {}) => {
    untouched = null;
    const taken = store.get().rate === sent.learning_rate;
    store.set({ run: { ...run(), ...view }, rate: taken ? null : store.get().rate, problem: null });
  };

  const create = async (/** @type {boolean} */ replace) => {
    const abandoned = untouched;
    if (run()?.status === "playing") await pause().catch(() => {}); // nobody watches it any more
    untouched = null;
    const asked = form.settings();
    const made = await createRun(form.configuration());
    form.refuse([]);
    store.set({ run: made, evaluations: made.evaluation ? [made.evaluation] : [], answers: [], rate: null, changed: false, problem: null, speed: null });
    form.showRun(made, asked);
    writeRun(made.id, replace || abandoned !== null);
    await session.open(runAddress({ run: made.id }));
    untouched = made.id;
    if (abandoned) await deleteRun(runAddress({ run: abandoned })).catch(() => {});
  };
  const play = async () => {
    const sent = rateToSend();
    settle(await tellRun(address(), "play", sent), sent);
  };
  const pause = async () => settle(await tellRun(address(), "pause"));
  const pauseFirst = () => (run().status === "playing" ? pause() : Promise.resolve());
  /** Where the run stands elsewhere, the steps were done and only the answer was lost. @param {unknown} fault @returns {Promise<any>} */
  const readIfMoved = async (fault) => {
    if (!(fault instanceof Problem && fault.status === 409)) throw fault;
    const before = run().step;
    await session.read();
    if (run().step === before) throw fault;
    say(`Now at step ${run().step}, epoch ${run().epoch}.`);
  };
  /** @param {(run: any) => number} count how many updates, from where the run then stands */
  const stepping = (count) => {
    let start = -1;
    let goal = -1;
    let asked = false;
    store.set({ wanted: "paused" });
    withRun(async () => {
      await pauseFirst();
      if (run().diverged) return say(STUCK);
      if (start < 0) [start, goal] = [run().step, run().step + count(run())];
      // The server answers in time, if need be with a part of the steps.
      for (let answer = null; run().step < goal && !answer?.diverged; ) {
        const sent = rateToSend();
        // A repeated request must not step twice: it names the step it starts from.
        const guard = asked ? { expected_step: run().step } : {};
        asked = true;
        answer = await tellRun(address(), "step", { count: goal - run().step, ...sent, ...guard }).catch(readIfMoved);
        if (!answer) continue;
        settle(viewAfter(run(), answer), sent);
        takeEvaluations(store, answer.evaluations);
        say(stepSentence(run(), answer, start));
      }
    });
  };
  const rewind = async (/** @type {number} */ to) => {
    await pauseFirst();
    settle(await tellRun(address(), "rewind", { step: to }));
    store.set({ evaluations: store.get().evaluations.filter((evaluation) => evaluation.step <= to), speed: null });
  };

  return {
    begin: (sentence = "Ready at step 0: nothing learned yet.") => queue.add(() => create(true).then(() => say(sentence))),
    toggle() {
      const on = !isPlaying(store.get());
      store.set({ wanted: on ? "playing" : "paused" });
      say(on ? "Training." : "Pausing.");
      withRun(async () => {
        if (on) return run().diverged ? say(STUCK) : play().then(() => say("Training."));
        await pause();
        say(`Paused at step ${run().step}, epoch ${run().epoch}.`);
      }, "toggle");
    },
    step: () => stepping(() => 1),
    epoch: () => stepping(({ step, steps_per_epoch: whole }) => whole - (step % whole)),
    reset() {
      const fault = store.get().changed ? form.fault() : null;
      if (fault) return say(fault);
      if (!run() || store.get().changed) return queue.add(() => create(false).then(() => say("A new run with these settings, at step 0.")));
      store.set({ wanted: "paused" });
      withRun(() => rewind(0).then(() => say("Back at step 0, with the same first weights.")));
    },
    /** @param {number} to @param {number} rate */
    goBack(to, rate) {
      withRun(async () => {
        await rewind(to);
        form.showRate(rate);
        store.set({ rate });
        say(`Back at step ${to}; the next step uses η = ${short(rate)}.`);
      });
    },
    settingsChanged() {
      if (run() && form.areOfRun()) return store.set({ changed: false });
      if (run() && run().step > 0) {
        store.set({ changed: true });
        return say("“New run” starts afresh with these settings.");
      }
      queue.add(() => create(run() === null).then(() => say("A new run with these settings, at step 0.")), "settings");
    },
    /** @param {number} rate */
    rateChanged(rate) {
      store.set({ rate });
      const playing = isPlaying(store.get());
      say(playing ? `η is ${short(rate)} from the next update on.` : `The next step uses η = ${short(rate)}.`);
      if (playing) withRun(async () => (isPlaying(store.get()) && store.get().rate !== null ? play() : undefined), "rate");
    },
    keep() {
      untouched = null;
    },
  };
}
