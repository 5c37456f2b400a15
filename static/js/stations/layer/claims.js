import { biasOf, isCrossEntropy } from "./state.js";

/** @typedef {import("./state.js").State} State */

const WIDER = "The same picture, to scale, for a wider layer.";
const WIDER_POINTWISE = "To scale, for a wider layer whose dŷ/dz is diagonal, as with ReLU.";

/** The claims that softmax with cross-entropy changes. */
const CROSS_ENTROPY = /** @type {Record<string, [claim: string, below: string]>} */ ({
  forward: ["Forward: from numbers to shares", "Row by row: inputs times weights; then softmax, over all three rows."],
  loss: ["The smaller ŷ, the steeper", "Of L = −Σ y ln ŷ the slope is dL/dŷᵢ = −yᵢ/ŷᵢ."],
  recap: ["Error × input: no slope is left", "What row i of W gets: ŷᵢ − yᵢ, the whole effect of softmax, times x."],
  delta: ["Softmax and cross-entropy: δ = ŷ − y", "A steep slope times a full matrix is a plain difference."],
  product: ["Three Jacobians become (ŷ − y)ᵀx", "dŷ/dz is full, but dL/dŷ = −y/ŷ before it cancels its ŷ."],
});

/** The claim of a stage, and a line below it. @param {State} state @returns {[claim: string, below: string]} */
export function claimOf(state) {
  const isOther = (state.stage === "delta" && state.outer) || (state.stage === "product" && state.view === "size");
  if (isCrossEntropy(state) && !isOther && state.stage in CROSS_ENTROPY) return CROSS_ENTROPY[state.stage];
  const isCoupled = state.f === "softmax";
  const bias = biasOf(state);
  switch (state.stage) {
    case "graph":
      return ["A weight reaches the loss through z and ŷ", "The same three factors, read to the right or to the left."];
    case "forward":
      return ["Forward: every number is a short sum", "Row by row: inputs times weights, the activation, the error."];
    case "loss":
      return ["The loss hands back the error", "The 2 of the square and the ½ cancel: dL/dŷ = ŷ − y."];
    case "act":
      return isCoupled
        ? ["Softmax couples: no empty square", "Each z moves every ŷ, so the Jacobian is full."]
        : ["The activation’s Jacobian is diagonal", "ŷᵢ depends on zᵢ alone: six of nine squares stay empty."];
    case "weights":
      return [
        "Each neuron sees only its own weights",
        "One row a neuron, one column a weight: three times the same x.",
      ];
    case "recap":
      return ["Error × slope × input", "What row i of W gets: three factors, nothing from its neighbors."];
    case "delta":
      if (state.outer) return ["The gradient is δᵀx", "Row i of dL/dW is δᵢ times x: one product a weight."];
      return isCoupled
        ? ["With softmax, δ mixes the errors", "No neuron has a gate of its own."]
        : ["δ is the error that gets through", "Each neuron’s error meets its own gate."];
    case "product":
      if (state.view === "size") return ["Nobody builds the Jacobian", isCoupled ? WIDER_POINTWISE : WIDER];
      return isCoupled
        ? ["With softmax, dŷ/dz is full", "dz/dW still collapses; dŷ/dz has no diagonal to gather."]
        : ["Three Jacobians become δᵀx", "Two of them are diagonal: most squares are empty."];
    case "bias":
      if (bias === "inside")
        return ["The bias is a weight on a 1", "Glue a 1 to x and b to W: the formula keeps its form."];
      if (bias === "own") return ["The bias gets δ itself", "dzᵢ/dbᵢ = 1, so nothing is multiplied."];
      return ["Without a bias, z is only x Wᵀ", "The lecture’s labs of slides 35–42 leave it out."];
    default:
      return ["One step against the gradient", "Every weight moves by −η times its gradient."];
  }
}
