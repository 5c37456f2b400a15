/**
 * A band of the sheet: what is given, then fields with signs between them.
 * @typedef {{exercise: string, title?: string, given: string[], fields: string[], signs: string[]}} Band
 */

/** How the fields of each sheet stand on the page. @type {Record<string, Band[]>} */
export const LAYOUTS = {
  "one-layer": [
    { exercise: "lab-forward", given: ["x", "W", "y"], fields: ["z", "y_hat", "loss"], signs: ["→", "→"] },
    {
      exercise: "lab-gradients",
      given: [],
      fields: ["loss_gradient", "activation_jacobian", "delta", "weight_gradients"],
      signs: ["·", "=", "→"],
    },
    { exercise: "lab-update", given: ["eta"], fields: ["weights", "new_z", "new_loss"], signs: ["→", "→"] },
  ],
  "two-layers": [
    {
      exercise: "two-layers",
      title: "Forward",
      given: ["x", "W1", "b1", "z1", "h", "W2", "b2", "y_hat", "y", "eta"],
      fields: [],
      signs: [],
    },
    {
      exercise: "two-layers",
      title: "Second layer",
      given: [],
      fields: ["delta2", "weight_gradients2", "bias_gradients2"],
      signs: ["→", ""],
    },
    {
      exercise: "two-layers",
      title: "First layer",
      given: [],
      fields: ["delta1", "weight_gradients1", "bias_gradients1"],
      signs: ["→", ""],
    },
  ],
  batch: [
    { exercise: "batch", title: "Forward", given: ["x", "W", "b", "z", "y_hat", "y"], fields: [], signs: [] },
    { exercise: "batch", title: "Loss and errors", given: [], fields: ["loss", "delta"], signs: [""] },
    {
      exercise: "batch",
      title: "Gradients",
      given: [],
      fields: ["weight_gradients", "bias_gradients"],
      signs: [""],
    },
  ],
};

/** What the page says of each sheet: its claim. @type {Record<string, string>} */
export const CLAIMS = {
  "one-layer": "One step of learning, by hand",
  "two-layers": "Back through two layers, by hand",
  batch: "Two samples, one gradient",
};
