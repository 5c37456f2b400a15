import { percentOf, shown } from "../../base/format.js";
import { LOOKS, nameOf } from "./race_looks.js";
import { chosenOf, momentOf, pointAt, rulesOf } from "./race_state.js";

/** @typedef {import("./race_state.js").Racing} Racing */
/** @typedef {{name: string, label: string}[]} Optimizers */

const NEAR = 1e-3; // of the width of the plane: that is on it
const COUNTS = ["Two", "Three", "Four", "Five", "Six"];
const NONE = 1e-9; // of a move: so much is rounding

/** @param {Racing} state */
export const claimOf = ({ answer }) =>
  answer && answer.race.racers.length > 1
    ? `${COUNTS[answer.race.racers.length - 2]} walks from one start`
    : "A walk from one start";

/**
 * What is seen of the racer that is spoken of, and who leads.
 * @param {Racing} state @param {import("../../runs/loss_sheet.js").Sheet} sheet @param {Optimizers} optimizers
 */
export function sentenceOf(state, sheet, optimizers) {
  const { answer } = state;
  const racers = rulesOf(answer);
  const index = chosenOf(state);
  const k = momentOf(state);
  const racer = answer.race.racers[index];
  const point = pointAt(racer, k);
  const name = capital(nameOf(racers, index, optimizers));
  if (racer.diverged_at !== null && k >= racer.points.length - 1)
    return `${name}: update ${racer.diverged_at} left the finite range, η is too large. ${leaderOf(state, optimizers)}`;
  const far = point.distance > NEAR * (answer.x.at(-1) - answer.x[0]);
  const where = sheet.holds(point)
    ? far
      ? `, ${apartOf(point, sheet)} the sheet: it is ${shown(point.distance, 3)} off this plane`
      : ", on the sheet"
    : ", outside this picture";
  return `${name}, step ${point.step}: true loss ${shown(point.loss)}${where}. ${leaderOf(state, optimizers)}`;
}

/** @param {any} point @param {import("../../runs/loss_sheet.js").Sheet} sheet */
function apartOf({ x, y, loss }, sheet) {
  const below = sheet.at(x, y);
  return `${shown(Math.abs(loss - below), 3)} ${loss < below ? "under" : "above"}`;
}

/** Who is lowest now. @param {Racing} state @param {Optimizers} optimizers */
function leaderOf(state, optimizers) {
  const k = momentOf(state);
  if (!k) return "All stand at the start.";
  const losses = state.answer.race.racers.map((/** @type {any} */ racer) =>
    racer.diverged_at !== null && k >= racer.points.length ? Infinity : (pointAt(racer, k).loss ?? Infinity),
  );
  const first = losses.indexOf(Math.min(...losses));
  return `Lowest now: ${nameOf(rulesOf(state.answer), first, optimizers)}, ${shown(losses[first])}.`;
}

/** The next update in its parts. @param {Racing} state @param {Optimizers} optimizers */
export function unfoldedOf(state, optimizers) {
  const { answer } = state;
  const racers = rulesOf(answer);
  const index = chosenOf(state);
  const k = momentOf(state);
  const update = answer.race.racers[index].updates?.[k];
  const name = capital(nameOf(racers, index, optimizers));
  if (!update) return `${name} makes no further update here.`;
  const { downhill, correction, move } = update;
  const plain = `downhill, −η∇L, is ${shown(downhill.norm, 3)} long`;
  if (correction.norm <= NONE * move.norm) return `${name}, next update: ${plain}, and that is the whole move.`;
  const rest = racers[index].method === "momentum" ? "its memory −ηβv" : "what the rule adds";
  const parts = `${plain}, ${rest} ${shown(correction.norm, 3)}, the move ${shown(move.norm, 3)}`;
  return `${name}, next update: ${parts}. Hollow: where plain descent would land.`;
}

/**
 * What the plane shows and hides, in a line below the figure.
 * @param {Racing} state @param {import("../../runs/loss_sheet.js").Sheet} sheet
 */
export function heldOf({ answer }, sheet) {
  const cut = sheet.cut === null ? "" : `; sheet cut at ${shown(sheet.cut, 3)}, ${percentOf(sheet.above)} is higher`;
  return `holds ${percentOf(answer.race.share)} of the race${cut}`;
}

/** A number with three digits, or two where it is written with a power of ten. @param {number|null} value */
export const narrow = (value) => (shown(value, 3).includes("·") ? shown(value, 2) : shown(value, 3));

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The class of the racer that is spoken of. @param {Racing} state */
export const symbolOf = (state) => LOOKS[chosenOf(state)].symbol;
