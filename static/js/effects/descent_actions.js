import { part } from "../views/parts.js";
import { createRoll } from "./roll.js";

const HORIZONS = [60, 1000]; // steps asked for at once: few while the start is dragged, as many as the server makes once one goes on

/**
 * How many steps to ask for when so many are shown.
 * @param {number} count
 */
export const horizon = (count) => (count < HORIZONS[0] / 2 ? HORIZONS[0] : HORIZONS[1]);

/**
 * The buttons Step, Roll and Reset over the places of a descent; answers the keys that do the same.
 * @template {{count: number}} S
 * @param {{get: () => S, set: (change: any) => void}} store @param {keyof S} key where the descent's answer is
 */
export function wireDescent(store, key) {
  const lastStep = () => (/** @type {any} */ (store.get()[key])?.trajectory.length ?? 0) - 1;
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
