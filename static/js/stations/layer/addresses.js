/** Where each number of a layer of two inputs and three outputs stands in the API's answer. */

export const INPUTS = [0, 1];
export const OUTPUTS = [0, 1, 2];

export const LOSS = "loss_before";
export const NEW_LOSS = "loss_after";
export const RATE = "learning_rate";

export const input = (/** @type {number} */ j) => `inputs[0][${j}]`;
export const target = (/** @type {number} */ i) => `targets[0][${i}]`;
export const weight = (/** @type {number} */ i, /** @type {number} */ j) => `layers[0].weights[${i}][${j}]`;
export const bias = (/** @type {number} */ i) => `layers[0].biases[${i}]`;
export const preActivation = (/** @type {number} */ i) => `layers[0].pre_activations[0][${i}]`;
export const prediction = (/** @type {number} */ i) => `layers[0].activations[0][${i}]`;
export const error = (/** @type {number} */ i) => `loss_gradient[0][${i}]`;
export const slope = (/** @type {number} */ i) => `layers[0].activation_derivatives[0][${i}]`;
export const delta = (/** @type {number} */ i) => `layers[0].deltas[0][${i}]`;
export const gradient = (/** @type {number} */ i, /** @type {number} */ j) => `layers[0].weight_gradients[${i}][${j}]`;
export const biasGradient = (/** @type {number} */ i) => `layers[0].bias_gradients[${i}]`;
export const newWeight = (/** @type {number} */ i, /** @type {number} */ j) => `updated[0].weights[${i}][${j}]`;
export const newBias = (/** @type {number} */ i) => `updated[0].biases[${i}]`;
export const newPreActivation = (/** @type {number} */ i) => `updated[0].pre_activations[0][${i}]`;
export const newPrediction = (/** @type {number} */ i) => `updated[0].activations[0][${i}]`;

/** ∂ŷᵢ/∂zⱼ. @param {number} i @param {number} j */
export const activationJacobian = (i, j) => `layers[0].activation_jacobian[0][${i}][${j}]`;
/** ∂zᵢ/∂w of the weight in a row and a column of W. @param {number} i @param {number} row @param {number} column */
export const weightJacobian = (i, row, column) => `layers[0].weight_jacobian[0][${i}][${row * INPUTS.length + column}]`;
/** ∂zᵢ/∂bⱼ. @param {number} i @param {number} j */
export const biasJacobian = (i, j) => `layers[0].bias_jacobian[0][${i}][${j}]`;

/**
 * What an operand stands as elsewhere on the page: x as an element of dz/dW, f′(z) on the diagonal of dŷ/dz.
 * @param {string} operand @param {string} asked @returns {string[]}
 */
export function standsAlsoAs(operand, asked) {
  const indices = (/** @type {string} */ number) =>
    [...number.matchAll(/\[(\d+)\]/g)].map(([, index]) => Number(index));
  const last = indices(operand).at(-1) ?? 0;
  if (operand.includes(".activation_gradients")) return [error(last)];
  if (operand.includes(".activation_derivatives")) return [activationJacobian(last, last)];
  if (operand.startsWith("inputs") && asked.includes(".weight_gradients")) {
    const [, row, column] = indices(asked);
    return [weightJacobian(row, row, column)];
  }
  return operand.includes(".deltas") && asked.includes(".bias_gradients") ? [biasJacobian(last, last)] : [];
}
