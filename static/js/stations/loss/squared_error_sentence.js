import { exact, trimmed } from "../../base/format.js";

/**
 * What the prediction costs and why, or what doubling the error has done to the penalty.
 * `grown` is what the error was just multiplied by, and the penalty before.
 * @param {{prediction: number, target: number, penalty: number, absolute: number|null, grown: {factor: number, from:
 *   number}|null, digits: number}} input
 */
export function squaredErrorSentence({ prediction, target, penalty, absolute, grown, digits }) {
  const error = prediction - target;
  if (error === 0) return `ŷ = ${exact(prediction)} hits the target: no error, no penalty. Lower than 0 it never gets.`;
  const cost = trimmed(penalty, digits);
  if (grown && grown.from > 0) {
    const [times, share] =
      grown.factor > 1 ? ["Twice the error", "four times the penalty"] : ["Half the error", "a quarter of the penalty"];
    return `${times}, ${share}: ${trimmed(grown.from, digits)} became ${cost}.`;
  }
  const size = trimmed(Math.abs(error), digits);
  const miss = `ŷ = ${exact(prediction)} is ${size} ${error < 0 ? "below" : "above"} the target y = ${exact(target)}`;
  if (absolute === null)
    return `${miss}: it costs ${size}² = ${cost}, as much as being ${size} ${error < 0 ? "above" : "below"} it.`;
  return `${miss}. ${comparison(trimmed(absolute, digits), cost, penalty - absolute)}`;
}

/** @param {string} absolute @param {string} squared @param {number} more */
function comparison(absolute, squared, more) {
  if (Math.abs(more) < 1e-9)
    return `Squared and absolute error are both ${squared}; from here on outwards the square grows faster.`;
  if (more > 0)
    return `The absolute error is ${absolute}, the square ${squared}: squaring makes a large error weigh more.`;
  return `The absolute error is ${absolute}, the square only ${squared}: errors below 1 weigh less.`;
}
