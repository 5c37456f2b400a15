import { exact, number } from "../format.js";

/** @typedef {import("./nudge.js").Nudge} Nudge */

const CLOSE = 0.01; // so near, relatively, truth and foretelling are called the same
const ABOUT = 0.25; // so near, "about"

/**
 * How far the nudge has come, or what became of it, or why there is no slope to multiply.
 * @param {{answer: any, nudge: Nudge, progress: number, digits: number}} input
 */
export function chainSentence({ answer, nudge, progress, digits }) {
  const { x, u, y, dx, du, dy, dyLinear, inner, outer, product } = nudge;
  // the whole may have a slope although one of the two has none
  if (answer.at === x && answer.reason) return answer.differentiable ? answer.reason : `No derivative at x = ${exact(x)}: ${answer.reason}`;
  if (u === null) return `g has no value at x = ${exact(x)}.`;
  if (y === null) return `f has no value at u = ${number(u, digits)}.`;
  if (du === null || dy === null) return `The nudge dx = ${exact(dx)} leads where there is no value; make it smaller.`;
  const [small, changed, arrived] = [exact(dx), number(du, digits), number(dy, digits)];
  if (progress < 1) return `Nudge x by dx = ${small}: through g it becomes du = ${changed}${about(du, inner, dx, digits)}.`;
  if (progress < 2) return `du = ${changed} goes into f and becomes dy = ${arrived}${about(dy, outer, du, digits)}.`;
  const way = `dx = ${small} becomes du = ${changed}, and that dy = ${arrived}.`;
  if (product === null || dyLinear === null) return way;
  const rule = `${number(outer, digits)} · ${bracketed(number(inner, digits))} · ${bracketed(small)} = ${number(dyLinear, digits)}`;
  return `${way} The slopes foretell ${rule}: ${Math.abs(dy - dyLinear) <= CLOSE * Math.abs(dyLinear) ? "all but the same" : "closer, the smaller dx"}.`;
}

/** How many times as much, where the slope foretells it roughly. @param {number} change @param {number|null} slope @param {number} step @param {number} digits */
const about = (change, slope, step, digits) => (slope !== null && change !== 0 && Math.abs(slope * step - change) <= ABOUT * Math.abs(change) ? `, about ${number(slope, digits)} times as much` : "");

/** @param {string} text */
const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);
