import { askBackpropagation } from "../../base/api.js";
import { tidy } from "../../base/scales.js";
import { askLogarithm } from "./logarithm.js";
import { gradient, INPUTS, OUTPUTS } from "./addresses.js";
import { biasOf, isCrossEntropy, lossOf, nudgedWeight } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Seen} Seen */
/** @typedef {import("./state.js").Curve} Curve */

const POINTS = 80; // of a curve
const AIR = 0.12; // of its span, at each end

/** The update that the page is about, as `POST /backpropagation` takes it. @param {State} state */
export function requestOf(state) {
  const hasBias = biasOf(state) !== "none";
  const weights = [OUTPUTS.map((i) => INPUTS.map((j) => state.W[i * INPUTS.length + j]))];
  return {
    network: {
      layer_sizes: [INPUTS.length, OUTPUTS.length],
      activations: [state.f],
      bias: hasBias,
      initialization: hasBias ? { weights, biases: [state.b] } : { weights },
    },
    loss: lossOf(state),
    data: { inputs: [state.x], targets: [isCrossEntropy(state) ? state.p : state.y] },
    optimizer: { method: "gradient_descent", learning_rate: state.eta },
    include: ["jacobians"],
  };
}

/**
 * All that the present picture needs.
 * @param {State} state
 */
export function questionOf(state) {
  const isNudged = state.stage === "graph";
  return {
    request: requestOf(state),
    nudge: isNudged ? { weight: nudgedWeight(state), eps: state.eps } : null,
    isChecked: state.stage === "product" && state.order === "columns",
    curve: /** @type {Curve["kind"]|null} */ (
      state.stage === "loss"
        ? isCrossEntropy(state)
          ? "logarithm"
          : "loss"
        : state.stage === "act" && state.f !== "softmax"
          ? "activation"
          : null
    ),
  };
}

/** @typedef {ReturnType<typeof questionOf>} Question */

/**
 * Ask for the update, the nudged one beside it, and the curve that goes through its numbers.
 * @param {Question} question
 * @returns {Promise<Seen>}
 */
export async function askAll({ request, nudge, curve, isChecked }) {
  const [answer, nudged, checks] = await Promise.all([
    askBackpropagation(request),
    nudge && askBackpropagation(withNudge(request, nudge)),
    isChecked ? askChecks(request) : {},
  ]);
  const drawn =
    curve && !answer.diverged
      ? await (curve === "logarithm" ? askLogarithm(request, answer) : askCurve(curve, request, answer))
      : null;
  return { request, answer, nudged, checks, weight: nudge?.weight ?? [0, 0], eps: nudge?.eps ?? 0, curve: drawn };
}

/**
 * What nudging each weight says of the loss.
 * @param {Record<string, any>} request
 * @returns {Promise<Record<string, number>>}
 */
async function askChecks(request) {
  const numbers = OUTPUTS.flatMap((i) => INPUTS.map((j) => gradient(i, j)));
  const answers = await Promise.all(numbers.map((why) => askBackpropagation({ ...request, include: [], why })));
  return Object.fromEntries(answers.flatMap(({ why }) => (why.numerical ? [[why.number, why.numerical.value]] : [])));
}

/** @param {Record<string, any>} request @param {{weight: [number, number], eps: number}} nudge */
function withNudge(request, { weight: [row, column], eps }) {
  const { initialization, ...network } = request.network;
  const weights = structuredClone(initialization.weights);
  weights[0][row][column] = tidy(weights[0][row][column] + eps);
  return { ...request, network: { ...network, initialization: { ...initialization, weights } }, include: [] };
}

/**
 * Points of the activation, or of each output's share of the loss: a network of one unit with weight 1, asked at
 *   many inputs at once.
 * @param {Curve["kind"]} kind @param {Record<string, any>} request @param {any} answer @returns {Promise<Curve>}
 */
async function askCurve(kind, request, answer) {
  const layer = answer.layers[0];
  /** @type {number[]} */
  const own = kind === "loss" ? layer.activations[0] : layer.pre_activations[0];
  /** @type {number[]} */
  const targets = kind === "loss" ? [...new Set(/** @type {number[]} */ (answer.targets[0]))] : [0];
  const [low, high] = rangeOf([...own, ...targets, 0]);
  const places = Array.from({ length: POINTS + 1 }, (_, index) => low + ((high - low) * index) / POINTS);
  const grid = [...new Set([...places, 0, ...own, ...targets])].sort((a, b) => a - b);
  const asked = targets.flatMap((target) => grid.map((at) => ({ at, target })));
  const found = await askBackpropagation({
    network: {
      layer_sizes: [1, 1],
      activations: [kind === "loss" ? "linear" : request.network.activations[0]],
      bias: false,
      initialization: { weights: [[[1]]] },
    },
    loss: request.loss,
    data: { inputs: asked.map(({ at }) => [at]), targets: asked.map(({ target }) => [target]) },
    optimizer: request.optimizer,
  });
  /** @type {number[]} */
  const values = kind === "loss" ? found.losses : found.layers[0].activations.flat();
  return { kind, low, high, points: asked.map((point, index) => ({ ...point, value: values[index] })) };
}

/**
 * A range around some numbers, with ends that do not tremble while one is dragged.
 * @param {number[]} values
 * @returns {[number, number]}
 */
function rangeOf(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(most - least, 2);
  const step = 10 ** Math.floor(Math.log10(span)) / 2;
  return [Math.floor((least - span * AIR) / step) * step, Math.ceil((most + span * AIR) / step) * step];
}
