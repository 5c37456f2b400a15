/** @typedef {import("../../station/stages.js").Stage} Stage */

/** The stages of one layer: forward, backward, update. */
export const STAGES = /** @type {Stage[]} */ ([
  { key: "graph", name: "Graph", slides: "17–18", pass: "forward" },
  { key: "forward", name: "Forward", slides: "19–20", pass: "forward" },
  { key: "loss", name: "dL/dŷ", isFormula: true, slides: "21", pass: "backward" },
  { key: "act", name: "dŷ/dz", isFormula: true, slides: "22–23", pass: "backward" },
  { key: "weights", name: "dz/dW", isFormula: true, slides: "24–25", pass: "backward" },
  { key: "recap", name: "dL/dWᵢ", isFormula: true, slides: "26–27", pass: "backward" },
  { key: "delta", name: "δ", isFormula: true, slides: "28–29", pass: "backward" },
  { key: "product", name: "Product", slides: "30–31", pass: "backward" },
  { key: "bias", name: "Bias", slides: "32–33", pass: "backward" },
  { key: "update", name: "Update", slides: "34, 39–42", pass: "update" },
]);

/** What follows, as the button says it. */
export const SPOKEN = /** @type {Record<string, string>} */ ({
  graph: "graph",
  forward: "forward pass",
  loss: "dL/dŷ",
  act: "dŷ/dz",
  weights: "dz/dW",
  recap: "dL/dWᵢ",
  delta: "δ",
  product: "product",
  bias: "bias",
  update: "update",
});
