import { count, exact, number, plural, trimmed } from "../../base/format.js";
import { goesToAndFro, toAndFro } from "../../descent/hill_sentence.js";

/** @typedef {import("./gradient_here.js").Here} Here */
/** @typedef {import("../../descent/hill.js").Place} Place */

const LEVEL = 1e-6; // below this slope the ground is called level
const SIDEWAYS = 0.1; // of the gradient: a smaller part that turns round is not called a zigzag
const NAMES = ["x", "y"];

/**
 * What the two slices say: one slope each, the other variable held constant.
 * @param {{here: Here, digits: number}} input
 */
export function slicesSentence({ here, digits }) {
  const { point, value, gradient, reason } = here;
  if (value === null) return noValue(here);
  const said = gradient.flatMap((slope, axis) => {
    const held = `Hold ${NAMES[1 - axis]} at ${exact(point[1 - axis])}: along ${NAMES[axis]}`;
    if (slope !== null) return [`${held} the slope is ${trimmed(slope, digits)}.`];
    return reason ? [] : [`${held} f has no slope.`]; // the reason says where
  });
  return [...said, ...(reason ? [reason] : [])].join(" ");
}

/**
 * What the gradient says at the point, or what the steps have done so far.
 * @param {{here: Here, descent: any, path: Place[], next: Place|null, rate: number, outside: boolean, digits: number}}
 *   input
 */
export function gradientSentence({ here, descent, path, next, rate, outside, digits }) {
  if (path.length > 1) return stepsSentence({ descent, path, next, rate, outside, digits, here });
  const { point, value, gradient, norm, reason } = here;
  if (value === null) return noValue(here);
  if (norm === null) return `No gradient at ${pair(point, exact)}. ${reason ?? ""}`.trim();
  if (norm < LEVEL)
    return `At ${pair(point, exact)} the gradient is 0: f is level here in every direction, and a step goes nowhere.`;
  const [one, two] = [0, 1].map((axis) => changeAlong(axis, gradient[axis] ?? 0, digits));
  return (
    `At ${pair(point, exact)} f ${one.way} ${one.much} and ` +
    `${one.way === two.way ? "" : `${two.way} `}${two.much}; it grows fastest along ` +
    `${pair(gradient, (each) => trimmed(each, digits))}, with slope ${trimmed(norm, digits)}, perpendicular ` +
    `to the contour line.`
  );
}

/** @param {number} axis @param {number} slope @param {number} digits */
function changeAlong(axis, slope, digits) {
  if (slope === 0) return { way: "stays the same", much: `along ${NAMES[axis]}` };
  return {
    way: slope < 0 ? "falls" : "grows",
    much: `by ${trimmed(Math.abs(slope), digits)} per unit of ${NAMES[axis]}`,
  };
}

/** @param {Here} here */
const noValue = ({ point, reason }) => `f has no value at ${pair(point, exact)}. ${reason ?? "Move the point."}`;

/**
 * @param {{here: Here, descent: any, path: Place[], next: Place|null, rate: number, outside: boolean, digits: number}}
 *   input
 */
function stepsSentence({ here, descent, path, next, rate, outside, digits }) {
  const [ball, before] = [path[path.length - 1], path[path.length - 2]];
  const steps = path.length - 1;
  const eta = `η = ${exact(rate)}`;
  if (!next && descent.diverged_at !== null) return `${descent.reason} It diverged with ${eta}.`;
  if (!next && descent.reason) return descent.reason;
  if (here.value === null || before.value === null) return `Step ${count(steps)} left the domain of f.`;
  if (goesToAndFro(path)) return toAndFro(steps, rate);
  const values = `from ${trimmed(before.value, digits)} to ${trimmed(here.value, digits)}`;
  const fell = here.value < before.value ? `f fell ${values}` : `f stayed at ${trimmed(here.value, digits)}`;
  const gone = outside ? " The ball has left the picture." : "";
  if (here.value > before.value)
    return (
      `Step ${count(steps)} overshot: f rose ${values}. ${eta} is too large here: the ball is thrown ` +
      `across the valley.${gone}`
    );
  if (here.norm !== null && here.norm < LEVEL)
    return (
      `After ${plural(steps, "step")} the gradient is ${number(here.norm, 2)}: level ground, so the steps ` +
      `are as small.`
    );
  if (turnsBack(ball, before))
    return (
      `Step ${count(steps)}: ${fell}, but the slope across the valley turned round: with ${eta} the ball ` +
      `zigzags.${gone}`
    );
  return `Step ${count(steps)} went along −∇f, the way down: ${fell}.${gone}`;
}

/**
 * Whether a step crossed the valley: along x or y the slope turned round, and it is no small part of the gradient.
 * @param {Place} ball
 * @param {Place} before
 */
function turnsBack({ gradient }, before) {
  const norm = Math.hypot(...gradient.map((each) => each ?? 0));
  return gradient.some(
    (each, axis) => each !== null && each * (before.gradient[axis] ?? 0) < 0 && Math.abs(each) > SIDEWAYS * norm,
  );
}

/** @template T @param {T[]} values @param {(value: T) => string} write */
const pair = (values, write) => `(${values.map(write).join(", ")})`;
