import { count, short } from "../../base/format.js";
import { leaveRun, writeRun } from "../../base/url.js";
import { isPlaying } from "../../runs/state.js";
import { STUCK } from "../../runs/stuck.js";
import { standing, stepSentence } from "./sentences.js";

const AFRESH = "“New run” starts afresh with these settings.";

/**
 * What the buttons, keys and settings of the page do to its run, and what is said of it.
 * @param {{store: import("./state.js").MnistStore, session: ReturnType<typeof
 *   import("../../runs/session.js").createSession>,
 *   form: ReturnType<typeof import("./run_form.js").createRunForm>, say: (sentence: string) => void}} parts
 */
export function createMnistActions({ store, session, form, say }) {
  let asked = "";
  const run = () => store.get().run;
  /** Nothing is stored before the first step. @param {string} sentence */
  const prepare = (sentence) => {
    session.prepare(form.configuration(), form.preset());
    store.set({ answers: [], changed: false });
    asked = form.settings();
    say(sentence);
  };
  const startOver = () => {
    const isLeft = run() !== null;
    if (run()?.status === "playing") session.pause(); // nobody watches it any more
    session.wait(async () => {
      session.forget(form.preset());
      leaveRun(form.preset(), !isLeft);
      prepare("A new run with these settings, at step 0: its first step stores it.");
    });
  };

  return {
    prepare,
    startOver,
    toggle() {
      const on = !isPlaying(store.get());
      say(on ? "Training." : "Pausing.");
      session.toggle();
    },
    step: () => session.step(1),
    epoch: () => session.epoch(),
    reset() {
      const fault = store.get().changed ? form.fault() : null;
      if (fault) return say(fault);
      if (!run()) return say("Nothing is trained yet: there is nothing to go back from.");
      if (store.get().changed) return startOver();
      return session.rewind(0);
    },
    /** @param {number} to @param {number} rate */
    goBack(to, rate) {
      form.showRate(rate);
      session.rewind(to, rate);
    },
    settingsChanged() {
      if (!run()) return prepare("The first step starts a run with these settings.");
      const changed = !form.areOfRun();
      store.set({ changed });
      return changed ? say(AFRESH) : undefined;
    },
    /** @param {number} rate */
    rateChanged(rate) {
      session.setLearningRate(rate);
      say(
        isPlaying(store.get())
          ? `η is ${short(rate)} from the next update on.`
          : `The next step uses η = ${short(rate)}.`,
      );
    },
    /** Say what happened. @param {import("../../runs/state.js").News} news */
    hear(news) {
      if (news.kind === "stored") return showStored(news.run);
      if (news.kind === "stepped") return say(stepSentence(run(), news.answer, news.start));
      if (news.kind === "played") return say("Training.");
      if (news.kind === "paused") return say(`Paused at step ${run().step}, epoch ${run().epoch}.`);
      if (news.kind === "rewound") return say(wentBack(store.get()));
      if (news.kind === "returned") return say(`The server answers again. ${standing(run())}`);
      if (news.kind === "moved") return say(`Now at step ${run().step}, epoch ${run().epoch}.`);
      if (news.kind === "stuck") return say(STUCK);
      return news.kind === "refused" ? refused(news.fault) : undefined;
    },
  };

  /** @param {any} made */
  function showStored(made) {
    form.refuse([]);
    form.showRun(made, asked);
    store.set({ changed: !form.areOfRun() });
    writeRun(made.id, true);
  }

  /** @param {unknown} fault */
  function refused(fault) {
    if (fault instanceof Error) say(fault.message);
    return /** @type {any} */ (fault).errors ? form.refuse(/** @type {any} */ (fault).errors) : false;
  }
}

/** @param {import("./state.js").MnistState} state */
const wentBack = ({ run, rate }) =>
  rate === null && run.step === 0
    ? "Back at step 0, with the same first weights."
    : `Back at step ${count(run.step)}${rate === null ? "." : `; the next step uses η = ${short(rate)}.`}`;
