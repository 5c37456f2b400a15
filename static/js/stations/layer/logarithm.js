import { askBackpropagation } from "../../base/api.js";
import { OUTPUTS } from "./addresses.js";

/** @typedef {import("./state.js").Curve} Curve */

const POINTS = 80; // of the curve
const REACH = 7; // how far apart the pre-activations get, so that ŷ comes near to 0 and to 1
const FAR = 12; // more points where an output is nearer to 0 than that

/**
 * −ln ŷ over ŷ, and each output on it as if it alone were asked for: a layer that hands its inputs to softmax
 * unchanged, asked at many of them at once.
 * @param {Record<string, any>} request @param {any} answer @returns {Promise<Curve>}
 */
export async function askLogarithm(request, answer) {
  const own = answer.layers[0].pre_activations[0];
  const only = (/** @type {number} */ place) => OUTPUTS.map((i) => Number(i === place));
  const beyond = Math.max(0, Math.max(...own) - Math.min(...own) - REACH);
  const swept = [
    ...Array.from({ length: beyond ? FAR : 0 }, (_, index) => -REACH - beyond * (1 - index / FAR)),
    ...Array.from({ length: POINTS + 1 }, (_, index) => REACH * ((2 * index) / POINTS - 1)),
  ];
  const found = await askBackpropagation({
    network: {
      layer_sizes: [OUTPUTS.length, OUTPUTS.length],
      activations: request.network.activations,
      bias: false,
      initialization: { weights: [OUTPUTS.map(only)] },
    },
    loss: request.loss,
    data: {
      inputs: [...OUTPUTS.map(() => own), ...swept.map((z) => [z, 0, 0])],
      targets: [...OUTPUTS.map(only), ...swept.map(() => only(0))],
    },
    optimizer: request.optimizer,
  });
  const { losses, loss_gradient: slopes } = found;
  const outputs = found.layers[0].activations;
  const point = (/** @type {number} */ row, /** @type {number} */ i) => ({ at: outputs[row][i], value: losses[row] });
  return {
    kind: "logarithm",
    low: 0,
    high: 1,
    // without those that no float holds
    points: swept
      .map((_, index) => ({ ...point(OUTPUTS.length + index, 0), target: 1 }))
      .filter(({ value }) => value !== null),
    own: OUTPUTS.map((i) => ({ ...point(i, i), slope: slopes[i][i] })),
  };
}
