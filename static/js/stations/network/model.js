import { shown } from "../../base/format.js";
import { nameOf, readAt } from "../../base/number_names.js";
import { deadAt } from "../../runs/failure.js";
import { knownAt, stopsOf, tellingNumber } from "./stops.js";

/** @typedef {import("./state.js").State} State */

const LONGEST = 5; // characters of a number in the figure
const DIGITS = 4; // of a number in the figure and in the table: more stand in the panel

/**
 * A number short enough for a figure: four significant digits, fewer where it would be long.
 * @param {number|null} value
 */
export function compact(value) {
  const texts = [DIGITS, 3, 2].map((digits) => shown(value, digits));
  return texts.find((text) => text.replace("−", "").length <= LONGEST) ?? texts[2];
}

/**
 * The update that is looked at, as the figures read it: nothing is computed here.
 * @param {State} state whose `seen` is there
 */
export function modelOf(state) {
  const seen = /** @type {import("./state.js").Seen} */ (state.seen);
  const { answer, step } = seen;
  const { layers } = answer;
  const count = layers.length;
  const hasBias = layers[0].biases !== null;
  const stops = stopsOf(count, hasBias);
  const stop = Math.min(state.stop, stops.length - 1);
  const row = Math.min(state.row, answer.batch_size) - 1;
  const sizes = [answer.inputs[0].length, ...layers.map((/** @type {any} */ layer) => layer.weights.length)];
  const value = (/** @type {string} */ number) => readAt(answer, number) ?? null;
  // before it is stored, what is wrong with the run already stands in the answer
  const deaths = deadAt(state.run ?? { diagnostics: answer.diagnostics, network: { layer_sizes: sizes } }, step);
  const dead = layers.map((/** @type {any} */ layer) => deadUnits(layer, row));
  return {
    answer,
    step,
    layers,
    count,
    hasBias,
    sizes,
    stops,
    stop,
    row,
    now: stops[stop],
    focus: state.why ?? tellingNumber(stops[stop], answer, row),
    value,
    loss: seen.standalone.loss ?? "squared_error",
    text: (/** @type {string} */ number) => compact(value(number)),
    name: (/** @type {string} */ number) => nameOf(number, { layers: count, inputs: sizes[0] }),
    isKnown: (/** @type {string} */ number) => knownAt(number, stops) <= stop,
    /** Whether an activation leaves nothing through for this row. @param {number} layer @param {number} unit */
    isShut: (layer, unit) => dead[layer].includes(unit),
    dead,
    deaths,
    /** The update since which a unit is dead for every row, as the run says; null where it is not. */
    deadSince: sinceOf(deaths),
  };
}

/** @typedef {ReturnType<typeof modelOf>} Model */

/** The units whose slope is 0 for a row. @param {any} layer @param {number} row @returns {number[]} */
function deadUnits({ activation_derivatives: slopes }, row) {
  if (!slopes) return [];
  return slopes[row].flatMap((/** @type {number} */ slope, /** @type {number} */ unit) => (slope === 0 ? [unit] : []));
}

/** @param {import("../../runs/failure.js").Dead[]} all */
const sinceOf = (all) => (/** @type {number} */ layer, /** @type {number} */ unit) => {
  const found = all.find((one) => one.layer === layer);
  return found?.since[found.units.indexOf(unit)] ?? null;
};
