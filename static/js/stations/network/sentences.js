import { short, shown } from "../../base/format.js";
import * as at from "./addresses.js";
import { unitsInWords } from "../../runs/failure.js";
import { outputName } from "./stops.js";
import { raised } from "../../base/number_names.js";

/** @typedef {import("./model.js").Model} Model */

const CLAIMS = /** @type {Record<import("./stops.js").Kind, [claim: string, invitation: string]>} */ ({
  z: ["Forward, row by row of W", "Each unit adds up what comes in, each times its own weight."],
  h: ["A gate decides what goes on", "ReLU lets through what is above zero, and nothing else."],
  loss: ["One number says how wrong it is", "The loss compares the outputs with what they should be."],
  delta: ["The same gate lets the error back", "δ is the error that arrives, times the slope f′ of its unit."],
  weights: ["A gradient is δ times what came in", "One number from each end of the edge, and no more."],
  biases: ["A bias gradient is δ itself", "Nothing is multiplied: what arrives is the gradient."],
  arriving: [
    "The error goes back over the same W",
    "Numbers go right through W; then δ comes left through the same W.",
  ],
  new_weights: ["Every weight moves downhill", "How far is η times the gradient, for all weights at once."],
  new_biases: ["Every bias moves downhill", "How far is η times the gradient."],
});
const OUTPUT_DELTA = /** @type {[string, string]} */ ([
  "The error starts at the outputs",
  "What came out, minus what should have come out.",
]);
const CHAIN = /** @type {[string, string]} */ ([
  "One Jacobian for each arrow",
  "Sides that touch agree; the product is the gradient.",
]);

/** The claim of what is shown, and what it invites to. @param {Model} model @param {"network"|"chain"} view */
export function claimOf({ now, count }, view) {
  if (view === "chain") return CHAIN;
  return now.kind === "delta" && now.layer === count - 1 ? OUTPUT_DELTA : CLAIMS[now.kind];
}

/** One sentence of what is seen at a calculation. @param {Model} model @param {number|null} limit 2/λ */
export function sentenceOf(model, limit) {
  const { now, stop, stops } = model;
  if (now.pass === "update" && stop === stops.length - 1) return updated(model, limit);
  switch (now.kind) {
    case "z":
      return summed(model);
    case "h":
      return gated(model);
    case "loss":
      return compared(model);
    case "delta":
      return now.layer === model.count - 1 ? missed(model) : passed(model);
    case "weights":
      return blamed(model);
    case "biases":
      return `The input of a bias is always 1, so ∂L/∂b${raised(now.layer)} is δ itself${meanWords(model)}.`;
    case "arriving":
      return arrived(model);
    default:
      return moved(model);
  }
}

/** @param {Model} model */
function summed(model) {
  const { layer, unit } = focusOf(model);
  const input = layer ? outputName(layer - 1, model.count) : "x";
  const value = model.text(at.preActivation(layer, model.row, unit));
  return `Row ${unit + 1} of W${raised(layer)} meets ${input}, term by term: z = ${value} for unit ${unit + 1}.`;
}

/** @param {Model} model */
function gated(model) {
  const { layer } = model.now;
  const shut = model.dead[layer];
  const { activation, activation_derivatives: slopes } = model.layers[layer];
  if (activation === "linear") return `The outputs are linear: ŷ is z as it is, and f′ = 1.`;
  if (!slopes) return `${activation} looks at all z of the layer at once: its Jacobian is full.`;
  if (activation !== "relu")
    return `${activation} is applied to each z on its own; its slope f′(z) waits for the way back.`;
  if (!shut.length) return "Every z is above zero: all gates are open, and each unit sends its z on.";
  const z = model.text(at.preActivation(layer, model.row, shut[0]));
  const words = capital(unitsInWords(shut));
  return shut.length > 1
    ? `${words} have z below zero: their gates are shut, and they send 0.`
    : `${words} has z = ${z}, below zero: its gate is shut, and it sends 0.`;
}

/** @param {Model} model */
function compared(model) {
  const rows = model.answer.batch_size;
  const own = model.text(at.lossOf(model.answer, model.row));
  return rows > 1
    ? `Row ${model.row + 1} costs ${own}; the loss L = ${model.text(at.LOSS)} is the mean of ${rows} rows.`
    : `What the outputs miss, put together to one number: L = ${own}.`;
}

/** @param {Model} model */
function missed(model) {
  const { layer, unit } = focusOf(model);
  const [out, wanted] = [at.activation(layer, model.row, unit), at.target(model.row, unit)].map(model.text);
  const value = model.text(at.delta(layer, model.row, unit));
  const sizes = model.answer.layers[layer].deltas[model.row].map(Math.abs);
  const rank = sizes[unit] === Math.max(...sizes) ? ", the largest error" : "";
  return `Output ${unit + 1} is ${out} and should be ${wanted}: δ = ${value}${rank}.`;
}

/** @param {Model} model */
function blamed(model) {
  const { layer, unit } = focusOf(model);
  const input = Number(/\[(\d+)\]$/.exec(model.focus)?.[1] ?? 0);
  const value = model.text(at.gradient(layer, unit, input));
  const name = model.name(at.gradient(layer, unit, input)).text.replace(/ of layer \d+$/, raised(layer));
  if (model.answer.batch_size > 1)
    return `${name} = ${value}: δ at its head times what came in, the mean over the rows.`;
  const error = model.text(at.delta(layer, model.row, unit));
  const came = model.text(layer ? at.activation(layer - 1, model.row, input) : at.input(model.row, input));
  return `${name} = ${value}: the error at its head, ${error}, times what came in, ${came}.`;
}

/** @param {Model} model */
function arrived(model) {
  const { layer, unit } = focusOf(model);
  const value = model.text(at.arriving(layer, model.row, unit));
  const gate = model.isShut(layer, unit) ? ", whose gate is shut" : "";
  const up = raised(layer + 1);
  return `δ${up} goes back through the columns of W${up}; most of it, ${value}, arrives at unit ${unit + 1}${gate}.`;
}

/** @param {Model} model */
function passed(model) {
  const { layer } = model.now;
  const { activation } = model.layers[layer];
  if (activation !== "relu")
    return `What arrives is multiplied by the slope f′(z) of its unit: that is δ${raised(layer)}.`;
  const blocked = model.dead[layer].reduce(
    (/** @type {number|null} */ best, /** @type {number} */ unit) =>
      best === null || sizeOf(model, layer, unit) > sizeOf(model, layer, best) ? unit : best,
    null,
  );
  if (blocked === null) return "All gates are open: the whole error passes.";
  const value = model.text(at.arriving(layer, model.row, blocked));
  return `Unit ${blocked + 1} gets ${value}, but its gate is shut, f′ = 0: nothing passes, and it learns nothing.`;
}

/** @param {Model} model @param {number} layer @param {number} unit */
const sizeOf = (model, layer, unit) => Math.abs(model.value(at.arriving(layer, model.row, unit)) ?? Infinity);

/** @param {Model} model */
function moved(model) {
  const { layer, unit } = focusOf(model);
  const rate = short(model.answer.learning_rate);
  const input = Number(/\[(\d+)\]\[(\d+)\]$/.exec(model.focus)?.[2] ?? 0);
  const isBias = model.now.kind === "new_biases";
  const [old, gradient, renewed] = isBias
    ? [at.bias(layer, unit), at.biasGradient(layer, unit), at.newBias(layer, unit)]
    : [at.weight(layer, unit, input), at.gradient(layer, unit, input), at.newWeight(layer, unit, input)];
  const [from, by, to] = [old, gradient, renewed].map(model.text);
  return `${from} minus ${rate} times ${by} gives ${to}: so moves every ${isBias ? "bias" : "weight"}.`;
}

/** @param {Model} model @param {number|null} limit */
function updated({ answer }, limit) {
  const { loss_before: before, loss_after: after, learning_rate: rate } = answer;
  const change = `The whole update takes the loss from ${shown(before)} to ${shown(after)}`;
  if (after === null) return `${change}: the numbers leave the finite range.`;
  if (after <= before) return `${change}.`;
  const over = limit !== null && rate > limit;
  return over
    ? `${change}: up, because η = ${short(rate)} is over 2/λ = ${shown(limit, 3)}.`
    : `${change}: up, η = ${short(rate)} goes too far.`;
}

/**
 * One sentence of the chain of Jacobians, or of the piece of it that is pointed at.
 * @param {Model} model @param {number} layer @param {number} piece both from 1
 */
export function chainSentence({ answer }, layer, piece) {
  const chain = answer.jacobians?.layers.find((/** @type {any} */ one) => one.layer === layer);
  const factor = chain?.factors[piece - 1];
  const up = raised(layer - 1);
  const count = chain?.factors.length;
  switch (factor?.structure) {
    case undefined:
      return `${count} pieces lead from L to W${up}, one for each arrow: their product is the gradient, as a row.`;
    case "row":
      return "∂L/∂ŷ is a row: one number for each output.";
    case "diagonal":
      return "f works on each z alone, so its Jacobian is diagonal: f′(z) on it, 0 everywhere else.";
    case "full":
      return "Here every output depends on every z: the Jacobian is full.";
    case "weights":
      return "∂z/∂h is W itself: the error goes back over the same weights.";
    default:
      return `Each unit has its own copy of the input, else 0: the Kronecker product I ⊗ ${layer > 1 ? "h" : "x"}.`;
  }
}

/**
 * Where the number that is looked at stands; the first unit of the present layer where it stands nowhere.
 * @param {Model} model
 */
function focusOf(model) {
  const place = at.placeOf(model.focus);
  return place && place.layer === model.now.layer ? place : { layer: model.now.layer, unit: 0, field: "" };
}

/** @param {Model} model */
const meanWords = ({ answer }) => (answer.batch_size > 1 ? ", the mean over the rows" : "");

/** @param {string} words */
const capital = (words) => words[0].toUpperCase() + words.slice(1);
