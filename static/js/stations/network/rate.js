import { createLimitedRate, wrongRate as wrong } from "../../controls/rate_knob.js";
import { LIMITS } from "./state.js";

/** What is wrong with a typed learning rate. @param {number} value */
export const wrongRate = (value) => wrong(value, LIMITS.rate);

/**
 * The learning rate, with its limit where that is known.
 * @param {HTMLElement} root @param {HTMLElement} mark @param {(rate: number) => void} onRate
 * @returns {(rate: number, bend: import("./state.js").Bend|null, isFixed: boolean) => void}
 */
export function createRate(root, mark, onRate) {
  const knob = createLimitedRate(root, mark, { ...LIMITS.rate, to: 10, onRate });
  return (rate, bend, isFixed) => {
    knob(rate, bend?.curvature?.speed_limit ?? null);
    for (const input of root.querySelectorAll("input")) input.disabled = isFixed;
    root.title = bend && !bend.curvature ? bend.reason : "The mark is 2/λ: above it gradient descent overshoots";
  };
}
