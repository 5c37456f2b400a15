import { exact, goingOn, number, trimmed } from "../../base/format.js";
import { slopeAt } from "./values.js";

/** Below this Δx, an error that grows again is round-off. */
const NOISE = 1e-7;
const NEIGHBOR = 2 ** -50; // of x₀: a few floats away
const STRAIGHT = new Set(["variable", "number", "add", "subtract", "multiply", "divide", "negate"]);

/**
 * What is seen: the two slopes and how far they are apart, or why there is no derivative.
 * @param {{answer: any, at: number, delta: number, slope: number|null, secant: number|null, atLimit?: boolean, shifted:
 *   (number|null)[], digits: number}} input `shifted`: the slopes of f + 1 and f + 2, where they are shown
 */
export function secantSentence({ answer, at, delta, slope, secant, atLimit = false, shifted, digits }) {
  if (answer.at === at && !answer.differentiable)
    return `No derivative at x₀ = ${exact(at)}: ${goingOn(answer.reason)}`;
  if (secant === null) return `f has no value at x₀ + Δx = ${exact(at + delta)}; move the amber point.`;
  if (slope === null)
    return `The secant from x₀ = ${exact(at)} over Δx = ${exact(delta)} has slope ${number(secant, digits)}.`;
  if (shifted.length && shifted.every((each) => each === slope))
    return (
      `f, f + 1 and f + 2 all have slope ${number(slope, digits)} at x₀ = ${exact(at)}: adding a constant ` +
      `moves the graph up and leaves every slope as it was.`
    );
  if (atLimit)
    return (
      `As Δx → 0, the slope of the secant → ${trimmed(slope, digits)} = f′(${exact(at)}): the secant has ` +
      `become the tangent.`
    );
  const error = secant - slope;
  const way = wayOf(answer, at, slope);
  if (Math.abs(delta) < NOISE && growsAgain(answer, at, delta, error))
    return (
      `The computer’s limit, not the function’s: at Δx = ${exact(delta)} it runs out of digits in f(x₀ + ` +
      `Δx) − f(x₀), and the error grows again, to ${number(Math.abs(error), 2)}. The limit stays ` +
      `${trimmed(slope, digits)}.`
    );
  if (Math.abs(error) <= 1e-12 * Math.max(1, Math.abs(slope)))
    return (
      `Secant and tangent have the same slope ` +
      `${number(slope, digits)}${isStraight(answer) ? `, whatever Δx is` : ` over Δx = ${exact(delta)}`}; ${way}.`
    );
  return (
    `The secant over Δx = ${exact(delta)} has slope ${number(secant, digits)}, the tangent ` +
    `${number(slope, digits)}: still ${number(Math.abs(error), 2)} apart; ${way}.`
  );
}

/** @param {any} answer @param {number} at @param {number} slope */
function wayOf(answer, at, slope) {
  if (slope === 0) return "f is level here";
  const [before, after] = [-1, 1].map((way) => slopeAt(answer, at * (1 + way * NEIGHBOR)));
  // as at π/2, which no float is
  if (before !== null && after !== null && before * after < 0)
    return "f is level here: the slope is 0, but for the rounding of x₀";
  return slope > 0 ? "f is increasing here" : "f is decreasing here";
}

/**
 * Whether the graph is one straight line: a derivative without a variable, and nothing in f that could jump or bend.
 * @param {{programs: {value: string[][], derivative: string[][]}}} answer
 */
const isStraight = ({ programs }) =>
  programs.derivative.every(([op]) => op !== "variable") && programs.value.every(([op]) => STRAIGHT.has(op));

/**
 * Whether a larger Δx of the table came nearer.
 * @param {any} answer
 * @param {number} at
 * @param {number} delta
 * @param {number} error
 */
const growsAgain = (answer, at, delta, error) =>
  answer.at === at &&
  answer.table.some(
    (/** @type {{delta: number, error: number|null}} */ row) =>
      Math.abs(row.delta) > Math.abs(delta) && row.error !== null && Math.abs(row.error) < Math.abs(error),
  );
