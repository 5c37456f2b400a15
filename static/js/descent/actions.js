import { logarithmicScale } from "../base/scales.js";
import { createKnob } from "../controls/knob.js";
import { part } from "../controls/parts.js";
import { createRoll } from "./roll.js";

/** @typedef {import("./hill.js").Place} Place */

// steps asked for at once: few while the start is dragged, as many as the server makes once one goes on
const HORIZONS = [60, 1000];
const RATES = { low: 1e-3, high: 10 };

/**
 * How many steps to ask for when so many are shown.
 * @param {number} count
 */
export const horizon = (count) => (count < HORIZONS[0] / 2 ? HORIZONS[0] : HORIZONS[1]);

/**
 * The places of a descent shown after so many steps, and the one after.
 * @param {any} descent the server's answer @param {number} count
 * @returns {{path: Place[], next: Place|null}}
 */
export function placesOf(descent, count) {
  const path = descent.trajectory.slice(0, count + 1);
  return { path, next: descent.trajectory[path.length] ?? null };
}

/**
 * The knob of the learning rate.
 * @param {(rate: number) => void} onInput
 */
export function createRateKnob(onInput) {
  const allows = (/** @type {number} */ value) => (value > 0 ? null : "A learning rate is above 0.");
  return createKnob(part("rate", HTMLElement), { scale: logarithmicScale(RATES.low, RATES.high), allows, onInput });
}

/**
 * The buttons Step, Roll and Reset over the places of a descent; answers the keys that do the same.
 * @template {{count: number, descent: any}} S
 * @param {{get: () => S, set: (change: any) => void}} store
 */
export function wireDescent(store) {
  // before the server's first answer any step may be there: one asked for then is taken when it comes
  const lastStep = () => (store.get().descent?.trajectory.length ?? Infinity) - 1;
  const step = () => {
    const { count } = store.get();
    if (count < lastStep()) store.set({ count: count + 1 });
    return count + 1 < lastStep();
  };
  const roll = createRoll(step, part("roll-name", HTMLElement));
  const reset = () => store.set({ count: 0 });
  part("step", HTMLButtonElement).addEventListener("click", step);
  part("roll", HTMLButtonElement).addEventListener("click", roll.toggle);
  part("reset", HTMLButtonElement).addEventListener("click", reset);
  return { " ": roll.toggle, s: step, r: reset };
}
