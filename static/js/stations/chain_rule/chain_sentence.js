import { exact, goingOn, number } from "../../base/format.js";

/** @typedef {import("./nudge.js").Nudge} Nudge */

const CLOSE = 0.01; // so near, relatively, truth and foretelling are called the same
const ABOUT = 0.25; // so near, "about"
const SMOOTH = 0.001; // so near a nudge has to be, relatively, for its limit to be what the slopes say

/**
 * How far the nudge has come, or what became of it, or why there is no slope to multiply.
 * @param {{answer: any, nudge: Nudge, progress: number, atLimit: boolean, digits: number}} input `atLimit`: dx was let
 *   go to 0 and rests there
 */
export function chainSentence({ answer, nudge, progress, atLimit, digits }) {
  const { x, u, y, dx, du, dy, inner, outer } = nudge;
  // the whole may have a slope although one of the two has none
  if (answer.at === x && answer.reason)
    return answer.differentiable ? answer.reason : `No derivative at x = ${exact(x)}: ${goingOn(answer.reason)}`;
  if (u === null) return `g has no value at x = ${exact(x)}.`;
  if (y === null) return `f has no value at u = ${number(u, digits)}.`;
  if (du === null || dy === null) return `The nudge dx = ${exact(dx)} leads where there is no value; make it smaller.`;
  const [small, changed, arrived] = [exact(dx), number(du, digits), number(dy, digits)];
  if (progress < 1)
    return `Nudge x by dx = ${small}: through g it becomes du = ${changed}${about(du, inner, dx, digits)}.`;
  if (progress < 2) return `du = ${changed} goes into f and becomes dy = ${arrived}${about(dy, outer, du, digits)}.`;
  const way = `dx = ${small} becomes du = ${changed}, and that dy = ${arrived}.`;
  return (atLimit && limitSentence(nudge, digits)) || foretold(way, nudge, digits);
}

/**
 * What each ratio of changes becomes; none where they do not come near it.
 * @param {Nudge} nudge @param {number} digits
 */
function limitSentence({ dy, dyLinear, inner, outer, product }, digits) {
  if (dy === null || dyLinear === null || Math.abs(dy - dyLinear) > SMOOTH * Math.abs(dyLinear)) return null;
  const [first, second] = [number(inner, digits), number(outer, digits)];
  return (
    `As dx → 0, du/dx → ${first} and dy/du → ${second}, so ` +
    `dy/dx → ${second} · ${bracketed(first)} = ${number(product, digits)}: the slopes multiply.`
  );
}

/**
 * What became of the nudge, and what the slopes said.
 * @param {string} way @param {Nudge} nudge @param {number} digits
 */
function foretold(way, { dx, dy, dyLinear, inner, outer }, digits) {
  if (dy === null || dyLinear === null) return way;
  const rule =
    `${number(outer, digits)} · ${bracketed(number(inner, digits))} · ${bracketed(exact(dx))} = ` +
    `${number(dyLinear, digits)}`;
  const near = Math.abs(dy - dyLinear) <= CLOSE * Math.abs(dyLinear);
  return `${way} The slopes foretell ${rule}: ${near ? "all but the same" : "closer, the smaller dx"}.`;
}

/**
 * How many times as much, where the slope foretells it roughly.
 * @param {number} change
 * @param {number|null} slope
 * @param {number} step
 * @param {number} digits
 */
const about = (change, slope, step, digits) =>
  slope !== null && change !== 0 && Math.abs(slope * step - change) <= ABOUT * Math.abs(change)
    ? `, about ${number(slope, digits)} times as much`
    : "";

/** @param {string} text */
const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);
