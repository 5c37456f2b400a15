import { raised } from "../../base/number_names.js";
import * as at from "./addresses.js";

/**
 * One calculation of an update: what it makes (`kind`, of layer `layer` from 0), how it is written, and its pass.
 * @typedef {"z"|"h"|"loss"|"delta"|"weights"|"biases"|"arriving"|"new_weights"|"new_biases"} Kind
 * @typedef {{kind: Kind, layer: number, name: string, pass: "forward"|"backward"|"update"}} Stop
 */

/**
 * What a layer's outputs are called: h, with the layer's number where there are several, and ŷ at the end.
 * @param {number} layer
 * @param {number} count
 */
export const outputName = (layer, count) => (layer === count - 1 ? "ŷ" : count > 2 ? `h${raised(layer)}` : "h");

/**
 * The calculations of one update in their order: forward, backward, update.
 * @param {number} count of layers @param {boolean} hasBias
 * @returns {Stop[]}
 */
export function stopsOf(count, hasBias) {
  const layers = Array.from({ length: count }, (_, layer) => layer);
  /** @type {Stop[]} */
  const forward = layers.flatMap((layer) => [
    { kind: "z", layer, name: `z${raised(layer)}`, pass: "forward" },
    { kind: "h", layer, name: outputName(layer, count), pass: "forward" },
  ]);
  /** @param {number} layer @returns {Stop[]} */
  const backwardOf = (layer) => [
    { kind: "delta", layer, name: `δ${raised(layer)}`, pass: "backward" },
    { kind: "weights", layer, name: `∂W${raised(layer)}`, pass: "backward" },
    ...biasOf("biases", layer, `∂b${raised(layer)}`, "backward"),
    ...(layer ? [arrivingAt(layer - 1)] : []),
  ];
  /** @param {number} layer @returns {Stop} */
  const arrivingAt = (layer) => ({ kind: "arriving", layer, name: `∂${outputName(layer, count)}`, pass: "backward" });
  /** @param {Kind} kind @param {number} layer @param {string} name @param {Stop["pass"]} pass @returns {Stop[]} */
  const biasOf = (kind, layer, name, pass) => (hasBias ? [{ kind, layer, name, pass }] : []);
  const down = [...layers].reverse();
  return [
    ...forward,
    { kind: "loss", layer: count - 1, name: "L", pass: "forward" },
    ...down.flatMap(backwardOf),
    ...down.flatMap((layer) => [
      /** @type {Stop} */ ({ kind: "new_weights", layer, name: `W${raised(layer)}`, pass: "update" }),
      ...biasOf("new_biases", layer, `b${raised(layer)}`, "update"),
    ]),
  ];
}

/** Which kind of calculation makes a field of a layer. */
const MADE_BY = /** @type {Record<string, Kind>} */ ({
  pre_activations: "z",
  activations: "h",
  activation_derivatives: "h",
  deltas: "delta",
  weight_gradients: "weights",
  bias_gradients: "biases",
  activation_gradients: "arriving",
});

/**
 * After which calculation a number is known: −1 for what is given.
 * @param {string} number @param {Stop[]} stops
 */
export function knownAt(number, stops) {
  const find = (/** @type {Kind} */ kind, /** @type {number} */ layer) =>
    stops.findIndex((stop) => stop.kind === kind && stop.layer === layer);
  const last = Math.max(...stops.map(({ layer }) => layer));
  if (number === at.LOSS || number.startsWith("losses")) return find("loss", last);
  if (number.startsWith("loss_gradient")) return find("delta", last);
  const place = at.placeOf(number);
  if (!place) return -1;
  if (number.startsWith("updated")) return find(place.field === "biases" ? "new_biases" : "new_weights", place.layer);
  const kind = MADE_BY[place.field];
  if (kind === "arriving" && place.layer === last) return find("delta", last);
  return kind ? find(kind, place.layer) : -1;
}

/**
 * The number that a calculation is best seen at: the largest one of those that it makes.
 * @param {Stop} stop @param {any} answer @param {number} row
 */
export function tellingNumber({ kind, layer }, answer, row) {
  const { layers } = answer;
  const units = layers[layer].weights.map((/** @type {any} */ _, /** @type {number} */ i) => i);
  const inputs = layers[layer].weights[0].map((/** @type {any} */ _, /** @type {number} */ j) => j);
  const places = units.flatMap((/** @type {number} */ i) => inputs.map((/** @type {number} */ j) => [i, j]));
  const size = (/** @type {number|null} */ value) => Math.abs(value ?? Infinity);
  /** @param {any[]} all @param {(one: any) => number|null} valueOf */
  const largest = (all, valueOf) => all.reduce((best, one) => (size(valueOf(one)) > size(valueOf(best)) ? one : best));
  const unit = (/** @type {(number|null)[]} */ values) => largest(units, (i) => values[i]);
  const { deltas, weight_gradients: dW, bias_gradients: db, activation_gradients: dh } = layers[layer];
  switch (kind) {
    case "z":
      return at.preActivation(layer, row, unit(layers[layer].pre_activations[row]));
    case "h":
      return at.activation(layer, row, unit(layers[layer].activations[row]));
    case "loss":
      return at.lossOf(answer, row);
    case "delta":
      return at.delta(layer, row, unit(deltas[row]));
    case "arriving":
      return at.arriving(layer, row, unit(dh[row]));
    case "biases":
      return at.biasGradient(layer, unit(db));
    case "new_biases":
      return at.newBias(layer, unit(db));
    default: {
      const [i, j] = largest(places, ([a, b]) => dW[a][b]);
      return kind === "weights" ? at.gradient(layer, i, j) : at.newWeight(layer, i, j);
    }
  }
}
