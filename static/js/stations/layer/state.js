import { tidy } from "../../base/scales.js";
import { FIRST_STATE } from "../../station/state.js";
import { INPUTS, OUTPUTS } from "./addresses.js";

/**
 * What the server has answered, all about the same numbers: the update, the one with a nudged weight, and points of
 *   a curve.
 * `checks` holds central differences by the number that they check.
 * @typedef {{request: Record<string, any>, answer: any, nudged: any|null, weight: [number, number], eps: number,
 *   curve: Curve|null, checks: Record<string, number>}} Seen
 * @typedef {{kind: "activation"|"loss"|"logarithm", low: number, high: number, points: {at: number, value: number,
 *   target: number}[], own?: {at: number, value: number, slope: number}[]}} Curve `own` are the layer's outputs on it
 */

/**
 * What the page remembers: the numbers of the layer, the stage, and how it is looked at.
 * `W` stands row by row; `y` are the targets of squared error, `p` those of cross-entropy, which sum to 1;
 * `bias` is null where the stage decides; `s` goes from the explicit product over the sparse to the collapsed one,
 * `outer` shows what δ and x make of the gradient,
 * `size` from this layer over 2 → 1000 to 784 → 128; `run` is how far a nudge or a step has come.
 * @typedef {{x: number[], W: number[], b: number[], y: number[], p: number[], eta: number, f: string, loss:
 *   string}} Numbers
 * @typedef {Numbers & {stage: string, slide: number|null, bias: "none"|"own"|"inside"|null, s: number,
 *   outer: boolean, order: "rows"|"columns", view: "product"|"size", size: number,
 *   eps: number, weight: number, why: string|null, run: number, seen: Seen|null, costs:
 *   any} & import("../../station/state.js").StationState} State
 * @typedef {{name: string, title: string, slides: string, configuration: Record<string, any>}} Preset
 */

export const FIELDS = /** @type {const} */ ({
  stage: "text",
  slide: "count",
  preset: "text",
  x: "numbers",
  W: "numbers",
  b: "numbers",
  y: "numbers",
  p: "numbers",
  eta: "number",
  f: "text",
  loss: "text",
  bias: "text",
  s: "number",
  order: "text",
  outer: "flag",
  view: "text",
  size: "number",
  eps: "number",
  weight: "count",
  why: "text",
  precise: "flag",
});

const FIRST_VIEW = {
  stage: "graph",
  slide: null,
  bias: null,
  s: 0,
  outer: false,
  order: /** @type {const} */ ("rows"),
  view: /** @type {const} */ ("product"),
  size: 0,
  eps: 0.1,
  weight: 12,
  why: null,
};
const CHOICES = { order: ["rows", "columns"], view: ["product", "size"], bias: ["none", "own", "inside"] };
const LIMIT = 1e6; // of a number in the address, as in the cells
const CROSS_ENTROPY = "cross_entropy";
const FIRST_TARGET = [0, 1, 0]; // of cross-entropy
const HAIR = 1e-6; // what a distribution may miss 1 by, as for the API

/**
 * The numbers of a preset: all but the targets of the other loss.
 * @param {Preset} preset @returns {Omit<Numbers, "y"|"p"> & Partial<Numbers>}
 */
export function numbersOf({ configuration: { network, data, optimizer, loss } }) {
  const { weights, biases } = network.initialization;
  return {
    x: data.inputs[0],
    W: weights[0].flat(),
    b: biases?.[0] ?? OUTPUTS.map(() => 0),
    [loss === CROSS_ENTROPY ? "p" : "y"]: data.targets[0],
    eta: optimizer.learning_rate,
    f: network.activations[0],
    loss,
  };
}

/**
 * The loss that is used: cross-entropy takes the probabilities of softmax alone.
 * @param {{f: string, loss: string}} state
 */
export const lossOf = ({ f, loss }) => (f === "softmax" ? loss : "squared_error");

/** Whether softmax meets cross-entropy. @param {{f: string, loss: string}} state */
export const isCrossEntropy = (state) => lossOf(state) === CROSS_ENTROPY;

/** The output that is asked for, at least for the most part. @param {{p: number[]}} state */
export const askedOutput = ({ p }) => p.indexOf(Math.max(...p));

/**
 * A distribution in which one share is set: the others keep their proportions in what is left.
 * @param {number[]} shares @param {number} place @param {number} share
 */
export function withShare(shares, place, share) {
  const others = shares.reduce((sum, each, i) => sum + (i === place ? 0 : each), 0);
  const left = 1 - share;
  return shares.map((each, i) => {
    if (i === place) return share;
    return tidy(others > 0 ? (each / others) * left : left / (shares.length - 1));
  });
}

/** @param {number[]} shares */
const isDistribution = (shares) =>
  shares.every((share) => share >= 0) && Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < HAIR;

/**
 * What the page begins with: what the address asks for, as far as it can be used, over the preset that it names.
 * @param {Record<string, any>} asked
 * @param {Preset[]} presets
 * @param {string[]} stages
 * @param {{activations: string[], losses: string[]}} names
 * @returns {State}
 */
export function firstState(asked, presets, stages, { activations, losses }) {
  const { preset, ...rest } = asked;
  const named = presets.find(({ name }) => name === preset) ?? presets[0];
  const numbers = /** @type {Numbers} */ ({ p: FIRST_TARGET, ...numbersOf(presets[0]), ...numbersOf(named) });
  const lengths = /** @type {Record<string, number>} */ ({ x: 2, W: 6, b: 3, y: 3, p: 3 });
  const inside = (/** @type {number} */ value) => Math.abs(value) <= LIMIT;
  const usable = Object.entries(rest).filter(([name, value]) => {
    if (name === "p" && !isDistribution(value)) return false;
    if (name in lengths) return value.length === lengths[name] && value.every(inside);
    if (name === "eta" || name === "eps") return value > 0 && inside(value);
    if (name === "s" || name === "size") return value >= 0 && value <= 2;
    if (name === "f") return activations.includes(value);
    if (name === "loss") return losses.includes(value);
    if (name === "stage") return stages.includes(value);
    if (name === "weight") return isWeight(value);
    return name in CHOICES ? CHOICES[/** @type {keyof typeof CHOICES} */ (name)].includes(value) : true;
  });
  const first = { ...FIRST_STATE, ...FIRST_VIEW, ...numbers, example: null, run: 1, seen: null, costs: null };
  return { ...first, ...Object.fromEntries(usable) };
}

/** Whether two digits name a weight, as 12 does. @param {number} digits */
const isWeight = (digits) => OUTPUTS.includes(Math.floor(digits / 10) - 1) && INPUTS.includes((digits % 10) - 1);

/** The row and the column of the weight that is nudged. @param {State} state @returns {[number, number]} */
export const nudgedWeight = ({ weight }) => [Math.floor(weight / 10) - 1, (weight % 10) - 1];

/**
 * Whether the layer has a bias, and how it is seen: only the stage of the bias has one by itself.
 * @param {State} state
 */
export const biasOf = ({ bias, stage }) => bias ?? (stage === "bias" ? "own" : "none");

/** The preset whose numbers these are. @param {Numbers} state @param {Preset[]} presets */
export const presetOf = (state, presets) =>
  presets.find((preset) => {
    const now = { ...state, loss: lossOf(state) };
    const numbers = numbersOf(preset);
    return Object.entries(numbers).every(([name, value]) => same(value, now[/** @type {keyof Numbers} */ (name)]));
  })?.name ?? null;

/** @param {any} one @param {any} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What the address keeps: all that differs from what the page would show without it.
 * @param {State} state
 * @param {Preset[]} presets
 */
export function addressOf(state, presets) {
  const usual = /** @type {typeof FIRST_VIEW & Numbers} */ ({
    ...FIRST_VIEW,
    p: FIRST_TARGET,
    ...numbersOf(presets[0]),
  });
  const { stage, slide, precise, s, size } = state;
  /** @type {Record<string, any>} */
  const fields = { stage, slide, preset: null, precise: precise || null };
  for (const name of /** @type {const} */ (["x", "W", "b", "y", "p"]))
    fields[name] = same(state[name], usual[name]) ? null : state[name].join(",");
  for (const name of /** @type {const} */ (["eta", "f", "loss", "bias", "order", "view", "eps", "weight", "why"]))
    fields[name] = state[name] === usual[name] ? null : state[name];
  fields.outer = (stage === "delta" && state.outer) || null;
  fields.s = stage === "product" && s ? Number(s.toFixed(3)) : null;
  fields.size = state.view === "size" ? Number(size.toFixed(3)) : null;
  return fields;
}
