import { lowered } from "./format.js";

/**
 * A number's address is its path in the answer about one update, as `layers[0].weights[1][0]`.
 * @typedef {{text: string, symbol: string}} NumberName what a number is called, as w₂₁, and the class of its color
 */

const STEPS = /[^.[\]]+/g;

/**
 * The number at a path of an answer; undefined where the answer has none.
 * @param {any} answer @param {string} path
 * @returns {number|null|undefined}
 */
export function readAt(answer, path) {
  let place = answer;
  for (const step of path.match(STEPS) ?? []) place = place?.[step];
  return place;
}

/** What each field is called, the class of its color, and how many indices in front say which sample it is. */
const FIELDS = /** @type {Record<string, [name: string, symbol: string, rows: number]>} */ ({
  inputs: ["x#", "x", 1],
  targets: ["y#", "y", 1],
  weights: ["w#", "W", 0],
  biases: ["b#", "b", 0],
  pre_activations: ["z#", "z", 1],
  activations: ["h#", "h", 1],
  loss_before: ["L", "L", 0],
  losses: ["ℓ", "L", 1],
  loss_gradient: ["∂L/∂ŷ#", "L", 1],
  activation_derivatives: ["f′(z#)", "h", 1],
  activation_gradients: ["∂L/∂h#", "L", 1],
  deltas: ["δ#", "delta", 1],
  weight_gradients: ["∂L/∂w#", "grad", 0],
  bias_gradients: ["∂L/∂b#", "grad", 0],
  new_losses: ["new ℓ", "L", 1],
  loss_after: ["new L", "L", 0],
  learning_rate: ["η", "soft", 0],
  batch_size: ["m", "soft", 0],
});

/** The same of `row_gradients`: a sample's own, and the sums of the first ones. */
const OF_ROWS = /** @type {typeof FIELDS} */ ({
  weights: ["∂ℓ/∂w#", "grad", 0],
  biases: ["∂ℓ/∂b#", "grad", 0],
  weight_sums: ["∂Σℓ/∂w#", "grad", 0],
  bias_sums: ["∂Σℓ/∂b#", "grad", 0],
});

/** Elements of Jacobians: what is differentiated by what. */
const JACOBIANS = /** @type {Record<string, [of: string, by: string, symbol: string]>} */ ({
  activation_jacobian: ["h", "z", "h"],
  weight_jacobian: ["z", "w", "x"],
  bias_jacobian: ["z", "b", "b"],
});

/**
 * What a number is called. The last layer's h is ŷ; where there are more layers than one, the name says which.
 * @param {string} path
 * @param {{layers?: number, inputs?: number}} [network] how many layers there are, and how many inputs the layer has
 * @returns {NumberName}
 */
export function nameOf(path, { layers = 1, inputs = 1 } = {}) {
  const [, where = "", at = "0", field = path, ending = ""] =
    /^(?:(layers|updated|row_gradients)\[(\d+)\]\.)?(\w+)((?:\[\d+\])*)$/.exec(path) ?? [];
  const indices = [...ending.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const layer = where && layers > 1 ? ` of layer ${Number(at) + 1}` : "";
  const output = Number(at) === layers - 1;
  const jacobian = JACOBIANS[field];
  if (jacobian) {
    const [of, by, symbol] = jacobian;
    const [, row, column] = indices;
    const place = by === "w" ? `${Math.floor(column / inputs) + 1}${(column % inputs) + 1}` : String(column + 1);
    return { text: lowered(`∂${output && of === "h" ? "ŷ" : of}${row + 1}/∂${by}${place}`) + layer, symbol };
  }
  const [name, symbol, rows] = (where === "row_gradients" ? OF_ROWS : FIELDS)[field] ?? [path, "soft", 0];
  const own = indices.slice(where === "row_gradients" ? 1 : rows).map((index) => index + 1);
  const letter = output && where && /^(activations|activation_gradients)$/.test(field) ? name.replace("h", "ŷ") : name;
  const text = lowered(letter.replace("#", own.some((index) => index > 9) ? own.join(",") : own.join("")));
  return { text: (where === "updated" ? `new ${text}` : text) + layer, symbol };
}

const RAISED = ["", "⁽¹⁾", "⁽²⁾", "⁽³⁾", "⁽⁴⁾", "⁽⁵⁾", "⁽⁶⁾", "⁽⁷⁾", "⁽⁸⁾", "⁽⁹⁾"];

/** A layer's number, raised as the lecture's board has it. @param {number} layer from 0 */
export const raised = (layer) => RAISED[layer + 1] ?? `⁽${layer + 1}⁾`;
