import { exact, number } from "../format.js";

/** How far the error is allowed to rise before it is called round-off. */
const NOISE = 1e-8;

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
  if (Math.abs(delta) < NOISE && Math.abs(error) > Math.abs(delta)) return `At Δx = ${exact(delta)} the error is ${number(error, 2)}: it grows again, because the computer runs out of digits in f(x₀ + Δx) − f(x₀).`;
  if (Math.abs(error) <= 1e-12 * Math.max(1, Math.abs(slope))) return `Secant and tangent have the same slope ${number(slope, digits)}, however large Δx = ${exact(delta)} is; ${way}.`;
  return `The secant over Δx = ${exact(delta)} has slope ${number(secant, digits)}, the tangent ${number(slope, digits)}: still ${number(Math.abs(error), 2)} apart; ${way}.`;
}
