import { logarithmicScale } from "../base/scales.js";
import { shown } from "../base/format.js";
import { createKnob } from "./knob.js";

const THUMB = 16; // pixels of the slider's thumb, half of which the scale is short of at each end

/**
 * What is wrong with a typed learning rate.
 * @param {number} value @param {{low: number, high: number}} limits
 */
export const wrongRate = (value, { low, high }) =>
  value >= low && value <= high ? null : `Give a number from ${low} to ${high}, as 0.04.`;

/**
 * A learning rate with the mark 2/λ on its slider: above it gradient descent overshoots where the loss is a parabola.
 * @param {HTMLElement} root @param {HTMLElement} mark
 * @param {{low: number, high: number, onRate: (rate: number) => void, from?: number, to?: number,
 *   name?: string}} parts what may be
 *   typed, from where to where the slider goes, and what the mark is called
 * @returns {(rate: number, limit: number|null) => void}
 */
export function createLimitedRate(root, mark, { low, high, onRate, from = 1e-3, to = high, name = "2/λ" }) {
  const scale = logarithmicScale(from, to);
  const knob = createKnob(root, { scale, allows: (value) => wrongRate(value, { low, high }), onInput: onRate });
  return (rate, limit) => {
    knob.show(rate);
    mark.hidden = limit === null;
    if (limit === null) return;
    const [first, last] = scale.positions;
    const share = Math.min(1, Math.max(0, (scale.toPosition(limit) - first) / (last - first)));
    const text = `${name} = ${shown(limit, 3)}${limit > to ? " →" : ""}`;
    mark.classList.toggle("late", share < 0.5);
    mark.style.left = `calc(${(share * 100).toFixed(2)}% + ${((0.5 - share) * THUMB).toFixed(1)}px)`;
    mark.classList.toggle("over", rate > limit);
    if (mark.textContent !== text) mark.textContent = text;
    mark.dataset.limit = String(limit);
  };
}
