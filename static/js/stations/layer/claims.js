import { biasOf, isCrossEntropy } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {[claim: string, below: string]} Claim a sentence, and a line below it */

const STAGES = /** @type {Record<string, Claim>} */ ({
  graph: ["A weight reaches the loss through z and ŷ", "The same three factors, read to the right or to the left."],
  forward: ["Forward: every number is a short sum", "Row by row: inputs times weights, the activation, the error."],
  loss: ["The loss hands back the error", "The 2 of the square and the ½ cancel: dL/dŷ = ŷ − y."],
  act: ["The activation’s Jacobian is diagonal", "ŷᵢ depends on zᵢ alone: six of nine squares stay empty."],
  weights: ["Each neuron sees only its own weights", "One row a neuron, one column a weight: three times the same x."],
  recap: ["Error × slope × input", "What row i of W gets: three factors, nothing from its neighbors."],
  delta: ["δ is the error that gets through", "Each neuron’s error meets its own gate."],
  product: ["Three Jacobians become δᵀx", "Two of them are diagonal: most squares are empty."],
  update: ["One step against the gradient", "Every weight moves by −η times its gradient."],
});
/** Where softmax makes it another claim. */
const COUPLED = /** @type {Record<string, Claim>} */ ({
  act: ["Softmax couples: no empty square", "Each z moves every ŷ, so the Jacobian is full."],
  delta: ["With softmax, δ mixes the errors", "No neuron has a gate of its own."],
  product: ["With softmax, dŷ/dz is full", "dz/dW still collapses; dŷ/dz has no diagonal to gather."],
});
/** Where cross-entropy behind it makes it another one again. */
const CROSS_ENTROPY = /** @type {Record<string, Claim>} */ ({
  forward: ["Forward: from numbers to shares", "Row by row: inputs times weights; then softmax, over all three rows."],
  loss: ["The smaller ŷ, the steeper", "Of L = −Σ y ln ŷ the slope is dL/dŷᵢ = −yᵢ/ŷᵢ."],
  recap: ["Error × input: no slope is left", "What row i of W gets: ŷᵢ − yᵢ, the whole effect of softmax, times x."],
  delta: ["Softmax and cross-entropy: δ = ŷ − y", "A steep slope times a full matrix is a plain difference."],
  product: ["Three Jacobians become (ŷ − y)ᵀx", "dŷ/dz is full, but dL/dŷ = −y/ŷ before it cancels its ŷ."],
});
const BIASES = /** @type {Record<ReturnType<typeof biasOf>, Claim>} */ ({
  none: ["Without a bias, z is only x Wᵀ", "The lecture’s labs of slides 35–42 leave it out."],
  own: ["The bias gets δ itself", "dzᵢ/dbᵢ = 1, so nothing is multiplied."],
  inside: ["The bias is a weight on a 1", "Glue a 1 to x and b to W: the formula keeps its form."],
});
/** @type {Claim} */
const OUTER = ["The gradient is δᵀx", "Row i of dL/dW is δᵢ times x: one product a weight."];
/** @type {Record<"pointwise"|"coupled", Claim>} */
const SIZE = {
  pointwise: ["Nobody builds the Jacobian", "The same picture, to scale, for a wider layer."],
  coupled: ["Nobody builds the Jacobian", "To scale, for a wider layer whose dŷ/dz is diagonal, as with ReLU."],
};

/** The claim of a stage. @param {State} state @returns {Claim} */
export function claimOf(state) {
  const { stage, view, outer, f } = state;
  const isCoupled = f === "softmax";
  if (stage === "bias") return BIASES[biasOf(state)];
  if (stage === "delta" && outer) return OUTER;
  if (stage === "product" && view === "size") return isCoupled ? SIZE.coupled : SIZE.pointwise;
  return (isCrossEntropy(state) && CROSS_ENTROPY[stage]) || (isCoupled && COUPLED[stage]) || STAGES[stage];
}
