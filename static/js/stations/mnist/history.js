import { short } from "../../base/format.js";
import { palette } from "../../base/theme.js";
import { part, write } from "../../controls/parts.js";
import { createHistorySlider } from "../../runs/history_slider.js";
import { asOf, followPast, pastStep } from "../../runs/moment.js";
import { createSecondRun } from "../../runs/second_run.js";
import { pastSentence, whenOf } from "./sentences.js";

/** @typedef {import("./state.js").MnistStore} MnistStore */
/** @typedef {ReturnType<typeof import("../../runs/session.js").createSession>} Session */

const AHEAD = 3; // epochs that a branch is shown for, at least

/**
 * Time travel: the loss curve as the slider of the run's history, and a second run from any step of it.
 * @param {{store: MnistStore, session: Session, say: (sentence: string) => void, own: boolean}} parts
 */
export function createHistory({ store, session, say, own }) {
  const second = createSecondRun({ name: "mnist-branch", onChange: () => store.set({}), say });
  const rate = part("branch-rate", HTMLInputElement);
  const now = () => store.set({ at: null });
  const back = () => {
    if (pastStep(store.get()) === null) return;
    now();
    say(`Back to now: ${whenOf(store.get().run)}.`);
  };
  const show = createHistorySlider({
    plot: part("loss-plot", HTMLElement),
    slider: part("history-slider", HTMLInputElement),
    onMove(step) {
      const { run, evaluations } = store.get();
      if (!run) return;
      store.set({ at: step === evaluations.at(-1)?.step && step === run.step ? null : step });
      if (pastStep(store.get()) === null) say(`Back to now: ${whenOf(run)}.`);
      else say(pastSentence(asOf(store.get()), run));
    },
  });
  const branch = async () => {
    const { run } = store.get();
    const from = pastStep(store.get()) ?? run?.step;
    const eta = Number(rate.value);
    if (!run || !(eta > 0) || !rate.checkValidity()) return say("A branch needs an η above 0.");
    const until = Math.max(run.step, from + AHEAD * run.steps_per_epoch);
    second.leave();
    if (!(await second.start(session, from, eta, until))) return;
    store.set({ branch: { from, rate: eta } });
    say(`A second run from step ${from}, with η = ${short(eta)}.`);
  };
  followPast(store, session.readStep);
  part("now", HTMLButtonElement).addEventListener("click", back);
  part("branch", HTMLButtonElement).addEventListener("click", () => void branch());
  part("rewind", HTMLButtonElement).addEventListener("click", () => {
    const to = pastStep(store.get());
    if (to !== null) session.rewind(to);
    now();
  });
  rate.max = part("settings", HTMLFormElement).querySelector("[name=rate]")?.getAttribute("max") ?? "";
  store.subscribe((state, before) => {
    const step = pastStep(state);
    document.body.classList.toggle("past", step !== null);
    // what belongs to another step yet is dimmed until it has followed
    part("digit-grid", HTMLElement).classList.toggle("behind", step !== null && state.answered !== step);
    part("drawing-bars", HTMLElement).classList.toggle("behind", step !== null && (state.predicted ?? step) !== step);
    if (step !== null && pastStep(before) === null) rate.value = short(state.run.optimizer.learning_rate);
    if (state.branch && state.run?.share_id !== before.run?.share_id) leave();
    write(part("now-name", HTMLElement), state.run ? `Back to ${whenOf(state.run)}` : "");
    showTimeline(state);
  });
  document.body.classList.toggle("shared", !own);

  /** @param {import("./state.js").MnistState} state */
  function showTimeline(state) {
    const { run, evaluations } = state;
    const was = asOf(state);
    show({
      marks: run ? evaluations.map((evaluation) => evaluation.step) : [],
      shown: Math.min(pastStep(state) ?? run?.step ?? 0, evaluations.at(-1)?.step ?? 0),
      perEpoch: run?.steps_per_epoch ?? 1,
      last: Math.max(evaluations.at(-1)?.epoch ?? 0, beside(state).at(-1)?.epoch ?? 0),
      words: run ? pastSentence(was, run) : "",
      size: palette().size,
    });
  }

  /** What the second run came to, from where it leaves the first. @param {import("./state.js").MnistState} state */
  function beside({ branch: made }) {
    return made ? second.get().evaluations.filter((evaluation) => evaluation.step >= made.from) : [];
  }

  function leave() {
    second.leave();
    store.set({ branch: null });
  }

  return { now, back, beside, leave, second: () => second.get().run };
}
