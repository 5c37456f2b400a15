import { count, exact, number, plural } from "../base/format.js";

/** @typedef {import("./hill.js").Place} Place */

const SAME = 1e-12; // of a step: so near to the last place but one the ball is back there

/**
 * What the slope says, and what the steps have done so far.
 * @param {{descent: any, path: Place[], next: Place|null, rate: number, digits: number}} input
 */
export function hillSentence({ descent, path, next, rate, digits }) {
  const ball = path[path.length - 1];
  const before = path[path.length - 2];
  const [slope] = ball.gradient;
  const steps = path.length - 1;
  if (!next && descent.diverged_at !== null) return `${descent.reason} It diverged with η = ${exact(rate)}.`;
  if (!next && descent.reason) return descent.reason;
  if (goesToAndFro(path)) return toAndFro(steps, rate);
  if (slope === null || ball.value === null) return `f has no slope at x = ${exact(ball.point[0])}.`;
  if (before && before.value !== null && ball.value > before.value)
    return (
      `Step ${count(steps)} overshot: f rose from ${number(before.value, digits)} to ` +
      `${number(ball.value, digits)}, because η = ${exact(rate)} carried the ball across the valley.`
    );
  if (slope === 0) return `f′(${number(ball.point[0], digits)}) = 0: f is level here, so a step goes nowhere.`;
  if (Math.abs(slope) < 1e-6)
    return `The slope is ${number(slope, 2)} after ${plural(steps, "step")}: nearly level, so the steps are as small.`;
  const way =
    slope > 0
      ? "positive: f increases to the right, so downhill is to the left"
      : "negative: f decreases to the right, so downhill is to the right";
  return (
    `f′(${number(ball.point[0], digits)}) = ${number(slope, digits)} is ${way}. The next step moves by −η ` +
    `f′ = ${number(-rate * slope, digits)}.`
  );
}

/** Whether the ball stands where it stood two steps ago: it can only go on so. @param {Place[]} path */
export function goesToAndFro(path) {
  const [here, before, earlier] = path
    .slice(-3)
    .reverse()
    .map(({ point }) => point);
  if (!earlier) return false;
  const apart = (/** @type {number[]} */ other) => Math.hypot(...here.map((value, axis) => value - other[axis]));
  return apart(before) > 0 && apart(earlier) <= SAME * apart(before);
}

/** @param {number} steps @param {number} rate */
export const toAndFro = (steps, rate) =>
  `Step ${count(steps)} is back where step ${count(steps - 2)} was: with η = ${exact(rate)} the ball goes to ` +
  `and fro for ever. Try a smaller η.`;
