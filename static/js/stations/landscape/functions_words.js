import { shown } from "../../base/format.js";
import { nameOf } from "./race_looks.js";
import { chosenOf, momentOf, pointAt, rulesOf } from "./race_state.js";

/** @typedef {import("./functions_state.js").State} State */
/** @typedef {{name: string, label: string}[]} Optimizers */

const ARRIVED = 0.05; // so near to a minimum a ball is there, for the eye

/**
 * What is seen of the racer that is spoken of, and how the others stand.
 * @param {State} state @param {Optimizers} optimizers
 */
export function sentenceOf(state, optimizers) {
  const { answer } = state;
  const racers = rulesOf(answer);
  const index = chosenOf(state);
  const k = momentOf(state);
  const racer = answer.race.racers[index];
  const point = pointAt(racer, k);
  const name = capital(nameOf(racers, index, optimizers));
  const isOver = k >= racer.points.length - 1;
  if (isOver && racer.diverged_at !== null) return `${name}, η = ${racers[index].learning_rate}: ${racer.reason}`;
  const away = point.distance === null ? "" : `, ${shown(point.distance, 3)} from the nearest minimum`;
  const rose = racer.overshot_at.filter((/** @type {number} */ step) => step <= point.step).length;
  const times = rose ? ` It rose ${rose === 1 ? "once" : `${rose} times`} on the way.` : "";
  return `${name}, step ${point.step}: f = ${shown(point.loss)}${away}.${times} ${othersOf(state, optimizers)}`;
}

/** Who has arrived, or who is lowest. @param {State} state @param {Optimizers} optimizers */
function othersOf(state, optimizers) {
  const k = momentOf(state);
  if (!k) return "All stand at the start.";
  const points = state.answer.race.racers.map((/** @type {any} */ racer) => pointAt(racer, k));
  const there = [...points.keys()].filter(
    (index) => points[index].distance !== null && points[index].distance < ARRIVED,
  );
  const names = there.map((index) => nameOf(rulesOf(state.answer), index, optimizers));
  if (names.length === points.length && names.length > 1) return "All have arrived.";
  if (names.length) return `Arrived: ${names.join(", ")}.`;
  const values = points.map((/** @type {any} */ { loss }) => loss ?? Infinity);
  const first = values.indexOf(Math.min(...values));
  return `Lowest now: ${nameOf(rulesOf(state.answer), first, optimizers)}.`;
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);
