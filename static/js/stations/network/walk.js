import { isPlaying } from "../../runs/state.js";
import { isNewest, stepShown } from "./state.js";
import { stopsOf } from "./stops.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void}} Store */
/** @typedef {ReturnType<typeof import("../../runs/session.js").createSession>} Session */
/** @typedef {{isShared: boolean, say: (sentence: string) => void}} Parts */

const CALCULATION = 800; // milliseconds at 1×
const UPDATES_A_SECOND = 4;
const GOALS = [20, 100, 1000, 10_000, 100_000]; // updates at which play rests
const NOT_YOURS = "A shared run is its owner's: it can be looked at, not stepped.";

/**
 * The ways through an update and through the run: forward and back by a calculation, a pass, an update, an epoch.
 * Walking within an update or through the past stores nothing; only beyond the newest update is there a step.
 * @param {Store} store @param {Session} session @param {Parts} parts
 */
export function createWalk(store, session, parts) {
  const moves = createMoves(store, session, parts);
  return {
    ...moves,
    ...createPlayer(store, session, { ...parts, next: moves.next }),
    epoch() {
      if (parts.isShared) return parts.say(NOT_YOURS);
      store.set({ at: null });
      return session.epoch();
    },
    /** To a step of the past, or to where the run stands. @param {number} step */
    travel(step) {
      const last = store.get().run?.step ?? 0;
      if (step >= 0) store.set({ at: step >= last ? null : step });
    },
  };
}

/** The calculations of the update that is looked at. @param {State} state */
function stopsIn({ seen }) {
  const layers = seen?.answer.layers;
  return layers ? stopsOf(layers.length, layers[0].biases !== null) : [];
}

/** The last calculation of the pass after the present one; the end where there is none. @param {State} state */
function endOfPass(state) {
  const all = stopsIn(state);
  const next = all[state.stop + 1]?.pass ?? "";
  const last = all.findLastIndex(({ pass }) => pass === next);
  return state.stop < last ? last : all.length;
}

/**
 * From calculation to calculation, and over the end of an update to the next one.
 * @param {Store} store @param {Session} session @param {Parts} parts
 */
function createMoves({ get, set }, session, { isShared, say }) {
  /**
   * What the next step that is made here leads to: the calculation to show then, null to stay where one is.
   * @type {number|null}
   */
  let landing = null;
  /** @param {number|null} stop to show at the next update */
  const onward = (stop) => {
    const step = stepShown(get()) + 1;
    if (!isNewest(get())) return set({ at: step >= get().run.step ? null : step, ...(stop === null ? {} : { stop }) });
    if (isShared) return say(NOT_YOURS);
    landing = stop;
    return session.step(1);
  };
  /** @param {number} stop */
  const goTo = (stop) => {
    const count = stopsIn(get()).length;
    if (!count) return;
    if (stop >= count) return onward(0);
    if (stop >= 0) return set({ stop, why: null });
    const step = stepShown(get());
    if (step > 0) set({ at: step - 1, stop: count - 1, why: null });
  };
  return {
    goTo,
    next: () => goTo(get().stop + 1),
    back: () => goTo(get().stop - 1),
    pass: () => goTo(endOfPass(get())),
    update: () => onward(null),
    /** A step that was asked for here is made: show its first calculation, unless one stayed at a number. */
    land() {
      set({ at: null, ...(landing === null ? {} : { stop: landing, why: null }) });
      landing = null;
    },
  };
}

/**
 * Play: through the calculations by a clock of the page, through updates by the server's.
 * @param {Store} store @param {Session} session @param {Parts & {next: () => void}} parts
 */
function createPlayer({ get, set }, session, { isShared, say, next }) {
  let timer = 0;
  const rest = () => {
    clearInterval(timer);
    timer = 0;
    say("");
  };
  const walk = () => {
    // what is not answered yet is waited for
    timer = setInterval(() => get().wanted === null && next(), CALCULATION / Number(get().pace));
    set({ why: null });
  };
  /** @param {number|null} rate updates a second */
  const train = (rate) => {
    if (isShared) return say("A shared run is its owner's: it can be looked at, not played.");
    set({ at: null });
    const step = get().run?.step ?? 0;
    return session.play(rate, GOALS.find((one) => one > step) ?? step * 2);
  };
  return {
    isWalking: () => timer !== 0,
    toggle() {
      if (timer) return rest();
      if (isPlaying(get())) return session.pause();
      const { pace } = get();
      if (pace === "updates") return train(UPDATES_A_SECOND);
      return pace === "max" ? train(null) : walk();
    },
    rest: () => timer && rest(),
  };
}
