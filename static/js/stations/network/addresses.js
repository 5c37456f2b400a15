/**
 * Where the numbers of a network stand in the API's answer about one update: layer l, sample s, unit i, input j,
 *   from 0.
 */

export const input = (/** @type {number} */ s, /** @type {number} */ j) => `inputs[${s}][${j}]`;
export const target = (/** @type {number} */ s, /** @type {number} */ i) => `targets[${s}][${i}]`;
export const weight = (/** @type {number} */ l, /** @type {number} */ i, /** @type {number} */ j) =>
  `layers[${l}].weights[${i}][${j}]`;
export const bias = (/** @type {number} */ l, /** @type {number} */ i) => `layers[${l}].biases[${i}]`;
export const preActivation = (/** @type {number} */ l, /** @type {number} */ s, /** @type {number} */ i) =>
  `layers[${l}].pre_activations[${s}][${i}]`;
export const activation = (/** @type {number} */ l, /** @type {number} */ s, /** @type {number} */ i) =>
  `layers[${l}].activations[${s}][${i}]`;
export const slope = (/** @type {number} */ l, /** @type {number} */ s, /** @type {number} */ i) =>
  `layers[${l}].activation_derivatives[${s}][${i}]`;
export const arriving = (/** @type {number} */ l, /** @type {number} */ s, /** @type {number} */ i) =>
  `layers[${l}].activation_gradients[${s}][${i}]`;
export const delta = (/** @type {number} */ l, /** @type {number} */ s, /** @type {number} */ i) =>
  `layers[${l}].deltas[${s}][${i}]`;
export const gradient = (/** @type {number} */ l, /** @type {number} */ i, /** @type {number} */ j) =>
  `layers[${l}].weight_gradients[${i}][${j}]`;
export const biasGradient = (/** @type {number} */ l, /** @type {number} */ i) => `layers[${l}].bias_gradients[${i}]`;
export const newWeight = (/** @type {number} */ l, /** @type {number} */ i, /** @type {number} */ j) =>
  `updated[${l}].weights[${i}][${j}]`;
export const newBias = (/** @type {number} */ l, /** @type {number} */ i) => `updated[${l}].biases[${i}]`;
export const lossGradient = (/** @type {number} */ s, /** @type {number} */ i) => `loss_gradient[${s}][${i}]`;
export const LOSS = "loss_before";
/**
 * The loss of the row that is looked at: the loss itself where there is one row.
 * @param {any} answer
 * @param {number} s
 */
export const lossOf = (answer, s) => (answer.batch_size > 1 ? `losses[${s}]` : LOSS);

const LAYER = /^(?:layers|updated)\[(\d+)\]\.(\w+)(?:\[(\d+)\])?(?:\[(\d+)\])?/;
const OF_ROWS = /^(?:pre_activations|activations|activation_derivatives|activation_gradients|deltas)$/;

/**
 * Which layer and which unit a number belongs to; null for one that belongs to none.
 * @param {string} number
 */
export function placeOf(number) {
  const [, layer, field, first, second] = LAYER.exec(number) ?? [];
  if (layer === undefined) return null;
  return { layer: Number(layer), field, unit: Number((OF_ROWS.test(field) ? second : first) ?? 0) };
}

/** A number's name for another row of the batch, where it belongs to a row. @param {string} number @param {number} s */
export function inRow(number, s) {
  const place = placeOf(number);
  if (place && !OF_ROWS.test(place.field)) return number;
  if (!place && !/^(?:inputs|targets|losses|loss_gradient)\[/.test(number)) return number;
  return number.replace(/\[\d+\]/g, (index, at) => (at === rowAt(number) ? `[${s}]` : index));
}

/** Where the index of the row stands. @param {string} number */
const rowAt = (number) => number.indexOf("[", number.startsWith("layers") ? number.indexOf(".") : 0);
