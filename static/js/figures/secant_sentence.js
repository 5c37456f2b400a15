import { exact, number } from "../format.js";

/** Below this Δx, an error that grows again is round-off. */
const NOISE = 1e-7;

/**
 * What is seen: the two slopes and how far they are apart, or why there is no derivative.
 * @param {{answer: any, at: number, delta: number, slope: number|null, secant: number|null, shifted: (number|null)[], digits: number}} input `shifted`: the slopes of f + 1 and f + 2, where they are shown
 */
export function secantSentence({ answer, at, delta, slope, secant, shifted, digits }) {
  if (answer.at === at && !answer.differentiable) return `No derivative at x₀ = ${exact(at)}: ${answer.reason}`;
  if (secant === null) return `f has no value at x₀ + Δx = ${exact(at + delta)}; move the orange point.`;
  if (slope === null) return `The secant from x₀ = ${exact(at)} over Δx = ${exact(delta)} has slope ${number(secant, digits)}.`;
  if (shifted.length && shifted.every((each) => each === slope)) return `f, f + 1 and f + 2 all have slope ${number(slope, digits)} at x₀ = ${exact(at)}: adding a constant moves the graph up and leaves every slope as it was.`;
  const error = secant - slope;
  const way = slope > 0 ? "f is increasing here" : slope < 0 ? "f is decreasing here" : "f is level here";
  if (Math.abs(delta) < NOISE && growsAgain(answer, at, delta, error)) return `At Δx = ${exact(delta)} the error is ${number(error, 2)}: it grows again, because the computer runs out of digits in f(x₀ + Δx) − f(x₀).`;
  if (Math.abs(error) <= 1e-12 * Math.max(1, Math.abs(slope))) return `Secant and tangent have the same slope ${number(slope, digits)}${isStraight(answer) ? `, whatever Δx is` : ` over Δx = ${exact(delta)}`}; ${way}.`;
  return `The secant over Δx = ${exact(delta)} has slope ${number(secant, digits)}, the tangent ${number(slope, digits)}: still ${number(Math.abs(error), 2)} apart; ${way}.`;
}

/** Whether the graph is one straight line: a derivative without a variable, and no jump. @param {{programs: {value: string[][], derivative: string[][]}}} answer */
const isStraight = ({ programs }) => programs.derivative.every(([op]) => op !== "variable") && programs.value.every(([op]) => op !== "sign" && op !== "step");

/** Whether a larger Δx of the table came nearer. @param {any} answer @param {number} at @param {number} delta @param {number} error */
const growsAgain = (answer, at, delta, error) => answer.at === at && answer.table.some((/** @type {{delta: number, error: number|null}} */ row) => Math.abs(row.delta) > Math.abs(delta) && row.error !== null && Math.abs(row.error) < Math.abs(error));
