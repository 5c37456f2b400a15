import { createRun, deleteRun, Problem, runAddress, tellRun } from "../api.js";
import { number, plural, short } from "../format.js";
import { isPlaying } from "../run_state.js";
import { writeRun } from "../url.js";
import { createActionQueue } from "./action_queue.js";
import { takeEvaluations } from "./run_session.js";

const STUCK = "A diverged run takes no more steps: go back, or reset.";

/**
 * Everything one can do to the run, queued: train, pause, step, an epoch, reset, a new learning rate.
 * @param {{store: import("./run_session.js").RunStore, session: ReturnType<typeof import("./run_session.js").createSession>,
 *   form: ReturnType<typeof import("../views/run_form.js").createRunForm>, say: (sentence: string) => void}} parts
 */
export function createRunActions({ store, session, form, say }) {
  /** @type {string|null} a run made by this page and never touched: it is deleted when its settings change */
  let untouched = null;
  const address = () => runAddress({ run: store.get().run.id });
  const queue = createActionQueue({
    onFault: (fault) => {
      store.set({ problem: fault, wanted: null });
      if (fault instanceof Problem && fault.status === 404) store.set({ connection: "gone" });
      if (fault instanceof Problem) form.refuse(fault.errors);
      if (fault instanceof Error) say(fault.message);
      if (fault instanceof Problem && fault.status === 409) void session.read().catch(() => {});
    },
    onWaiting: (waiting) => store.set({ connection: waiting ? "lost" : "live" }),
    onIdle: () => store.set({ wanted: null }),
  });
  /** The learning rate to send along, once. */
  const takeRate = () => {
    const rate = store.get().rate;
    return rate === null ? {} : { learning_rate: rate };
  };
  /** @param {any} view */
  const settle = (view) => {
    untouched = null;
    store.set({ run: { ...store.get().run, ...view }, rate: null, problem: null });
  };

  const create = async (/** @type {boolean} */ replace) => {
    const abandoned = untouched;
    untouched = null;
    const run = await createRun(form.configuration());
    form.refuse([]);
    store.set({ run, evaluations: run.evaluation ? [run.evaluation] : [], answers: [], rate: null, changed: false, problem: null, speed: null });
    form.showRun(run);
    writeRun(run.id, replace || abandoned !== null);
    await session.open(runAddress({ run: run.id }));
    untouched = run.id;
    if (abandoned) await deleteRun(runAddress({ run: abandoned })).catch(() => {});
  };
  const play = async () => settle(await tellRun(address(), "play", takeRate()));
  const pause = async () => settle(await tellRun(address(), "pause"));
  const pauseFirst = () => (store.get().run.status === "playing" ? pause() : Promise.resolve());
  /** @param {number} count @param {number} attempt @param {number} from */
  const step = async (count, attempt, from) => {
    // A repeated request must not step twice: it names the step it starts from.
    const guard = attempt ? { expected_step: from } : {};
    const answer = await tellRun(address(), "step", { count, ...takeRate(), ...guard });
    const { step: at, epoch, diverged, diverged_at: divergedAt, diagnostics } = answer;
    const last = answer.records.at(-1);
    const status = diverged ? "diverged" : "paused";
    settle({ step: at, epoch, diverged, diverged_at: divergedAt, diagnostics, status, ...(last?.loss_after === undefined ? {} : { loss: last.loss_after }) });
    takeEvaluations(store, answer.evaluations);
    const first = answer.records[0];
    if (diverged) say(`Step ${divergedAt}: the weights blew up.`);
    else if (count === 1 && last) say(`Step ${at}: the loss on ${last.batch_size === store.get().run.samples ? "all digits" : "this batch"} ${last.loss_after === null ? `was ${number(last.loss_before)}` : `went from ${number(last.loss_before)} to ${number(last.loss_after)}`}.`);
    else if (first && last) say(`${plural(answer.records.length, "step")} done: now at step ${at}, epoch ${epoch}.`);
  };
  /** @param {(run: any) => number} count how many updates, from where the run then stands */
  const stepping = (count) => {
    let from = 0;
    let updates = 0;
    store.set({ wanted: "paused" });
    queue.add(async (attempt) => {
      await pauseFirst();
      if (store.get().run.diverged) return say(STUCK);
      if (attempt === 0) {
        from = store.get().run.step;
        updates = count(store.get().run);
      }
      await step(updates, attempt, from);
    });
  };
  const rewind = async (/** @type {number} */ to) => {
    await pauseFirst();
    const rate = store.get().rate;
    const view = await tellRun(address(), "rewind", { step: to });
    settle(view);
    store.set({ rate, evaluations: store.get().evaluations.filter((evaluation) => evaluation.step <= to), speed: null });
  };

  return {
    begin: () => queue.add(() => create(true).then(() => say("Ready at step 0: nothing learned yet."))),
    toggle() {
      const on = !isPlaying(store.get());
      store.set({ wanted: on ? "playing" : "paused" });
      say(on ? "Training." : "Pausing.");
      queue.add(async () => {
        if (on) {
          if (store.get().run.diverged) return say(STUCK);
          await play();
          return say("Training.");
        }
        await pause();
        say(`Paused at step ${store.get().run.step}, epoch ${store.get().run.epoch}.`);
      });
    },
    step: () => stepping(() => 1),
    epoch: () => stepping((run) => run.steps_per_epoch - (run.step % run.steps_per_epoch)),
    reset() {
      if (!store.get().run || store.get().changed) return queue.add(() => create(false).then(() => say("A new run with these settings, at step 0.")));
      store.set({ wanted: "paused" });
      queue.add(() => rewind(0).then(() => say("Back at step 0, with the same first weights.")));
    },
    /** @param {number} to @param {number} rate */
    goBack(to, rate) {
      queue.add(async () => {
        await rewind(to);
        form.showRate(rate);
        store.set({ rate });
        say(`Back at step ${to}; the next step uses η = ${short(rate)}.`);
      });
    },
    settingsChanged() {
      const run = store.get().run;
      if (run && run.step > 0) {
        store.set({ changed: true });
        return say("Reset starts a new run with these settings.");
      }
      queue.add(() => create(run === null).then(() => say("A new run with these settings, at step 0.")), "settings");
    },
    /** @param {number} rate */
    rateChanged(rate) {
      store.set({ rate });
      const playing = isPlaying(store.get());
      say(playing ? `η is now ${short(rate)}.` : `The next step uses η = ${short(rate)}.`);
      if (playing) queue.add(async () => (isPlaying(store.get()) ? play() : undefined), "rate");
    },
    keep() {
      untouched = null;
    },
  };
}
