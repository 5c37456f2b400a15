import { count } from "../../base/format.js";
import * as at from "./addresses.js";
import { bytes } from "./cost_panel.js";
import { nudgeSentence } from "./graph_figure.js";
import { biasOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./model.js").Model} Model */

const INDEX = "₁₂₃";
const TO_SCALE = "To scale: one square a number; an empty square is a zero, whatever the numbers are.";

/** What is seen, in a sentence. @param {State} state @param {Model} model @returns {string} */
export function sentenceOf(state, model) {
  if (model.answer.diverged) return divergedSentence(model);
  const sentences = /** @type {Record<string, () => string>} */ ({
    graph: () => nudgeSentence(model),
    forward: () => forwardSentence(model),
    loss: () => (model.collapse ? crossEntropySentence(model) : lossSentence(model)),
    act: () => activationSentence(model),
    weights: () => `Nudge w₂₂ and only z₂ moves, by x₂ = ${model.text(at.input(1))} for each unit.`,
    recap: () => recapSentence(model),
    delta: () => (state.outer ? outerSentence(model) : deltaSentence(model)),
    product: () => (state.view === "size" ? sizeSentence(state.costs) : productSentence(state, model)),
    bias: () => biasSentence(biasOf(state)),
    update: () => updateSentence(model),
  });
  return sentences[state.stage]();
}

/** @param {Model} model */
function divergedSentence({ collapse, value }) {
  const vanishes = (/** @type {number} */ i) => value(at.prediction(i)) === 0 && value(at.target(i)) !== 0;
  const vanished = collapse ? at.OUTPUTS.find(vanishes) : undefined;
  if (vanished === undefined)
    return "The numbers have grown beyond what a computer can hold: what is infinite stands as ∞.";
  const what = `ŷ${INDEX[vanished]} is too small for a computer and stands as 0`;
  return `${what}: −y/ŷ is ∞ there, and so is L. ŷ − y needs no division.`;
}

/** @param {number} i @param {Model["text"]} text */
const preActivation = (i, text) => `z${INDEX[i]} = ${text(at.preActivation(i))}`;

/** @param {Model} model */
function forwardSentence({ shut, text, activation, isCoupled, collapse }) {
  if (collapse) return `Softmax makes shares that sum to 1. L asks only for those that y names: ${text(at.LOSS)}.`;
  if (isCoupled) return "Softmax makes shares that sum to 1: these targets cannot all be reached.";
  if (activation === "relu" && shut.length)
    return `${preActivation(shut[0], text)} is not above zero, so neuron ${shut[0] + 1} sends 0.`;
  if (activation === "relu")
    return `All three z are above zero, so ReLU changes nothing here: ŷ = z. The loss is ${text(at.LOSS)}.`;
  return `Each z goes through the same function by itself. The loss is ${text(at.LOSS)}.`;
}

/** @param {Model} model */
function lossSentence({ value, text }) {
  const errors = at.OUTPUTS.map((i) => Number(value(at.error(i))));
  const furthest = errors.map(Math.abs).indexOf(Math.max(...errors.map(Math.abs)));
  if (errors[furthest] === 0) return "Every output meets its target: no slope, nothing to hand back.";
  const way = errors[furthest] > 0 ? "Positive: a smaller ŷ would lower L." : "Negative: a larger ŷ would lower L.";
  return `Output ${furthest + 1} is furthest off, so its slope is steepest: ${text(at.error(furthest))}. ${way}`;
}

/** @param {Model} model */
function crossEntropySentence({ value, text }) {
  const asked = at.OUTPUTS.filter((i) => value(at.target(i)));
  const steepest = asked.reduce((one, i) => (Number(value(at.error(i))) < Number(value(at.error(one))) ? i : one));
  if (asked.length > 1)
    return `Each slope counts as much as its y. The steepest is dL/dŷ${INDEX[steepest]} = ${text(at.error(steepest))}.`;
  const told = `ŷ${INDEX[steepest]} = ${text(at.prediction(steepest))} gives the slope ${text(at.error(steepest))}`;
  return `Only ŷ${INDEX[steepest]} is asked for: ${told}. The others hand back 0.`;
}

/** @param {Model} model */
function activationSentence({ shut, text, activation, isCoupled }) {
  if (isCoupled) return "Raising z₁ lifts ŷ₁ and lowers the other two. Off the diagonal stands −ŷᵢŷⱼ.";
  if (shut.length)
    return `${preActivation(shut[0], text)} sits where f is flat: its slope 0 makes 0 of all it multiplies.`;
  if (activation === "relu") return "All three points sit where ReLU has slope 1: the error will pass unchanged.";
  if (activation === "linear") return "The slope is 1 everywhere: the error passes unchanged.";
  return "The slope at each z stands on the diagonal: near 0, it lets almost no error through.";
}

/** @param {Model} model */
function recapSentence({ shut, text, value, isCoupled, collapse }) {
  if (collapse) return "Softmax’s slopes have cancelled against −y/ŷ: two factors are enough.";
  if (isCoupled) return "With softmax each error reaches every row of W: three factors are not enough.";
  if (shut.length)
    return `Neuron ${shut[0] + 1} has slope 0: its whole row of the gradient is wiped out, whatever its error.`;
  const silent = at.INPUTS.find((j) => value(at.input(j)) === 0);
  if (silent !== undefined) return `x${INDEX[silent]} = 0 teaches its weights nothing: that whole column is zero.`;
  return `In every row the two numbers stand to each other as x₁ = ${text(at.input(0))} to x₂ = ${text(at.input(1))}.`;
}

/** The slope of w₂₁, whose two factors stand beside and above it. @param {Model} model */
function outerSentence({ text }) {
  const [slope, delta, x] = [at.gradient(1, 0), at.delta(1), at.input(0)].map(text);
  return `Beside w₂₁ stands δ₂ = ${delta}, above it x₁ = ${x}: its slope is their product, ${slope}.`;
}

/** @param {Model} model */
function deltaSentence({ shut, text, activation, isCoupled, collapse }) {
  if (collapse) return "−y/ŷ times diag(ŷ) − ŷᵀŷ: each ŷ below cancels one above, and ŷ − y is left.";
  if (isCoupled) return "With softmax δ mixes all three errors: there is no ⊙, only the full product.";
  if (shut.length) return `The error ${text(at.error(shut[0]))} arrives at a shut gate: δ${INDEX[shut[0]]} = 0.`;
  if (activation === "relu" || activation === "linear") return "All gates are wide open: δ equals the error.";
  return "A gate that is nearly shut lets little through: where the function is flat, large errors teach little.";
}

/** @param {State} state @param {Model} model */
function productSentence({ s, order }, { isCoupled, collapse, still, text }) {
  const row = at.OUTPUTS.flatMap((i) => at.INPUTS.map((j) => [i, j]));
  if (order === "columns" && s > 1.7) {
    const read = [...row].sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([i, j]) => text(at.gradient(i, j)));
    const wrong = "Cut in twos it is the wrong matrix, and its shape does not tell: only the check does.";
    return `Unrolled by columns, the row reads ${read.join("  ")}. ${wrong}`;
  }
  if (s < 0.3) return `${TO_SCALE} Sides that meet must be equally long: 3 and 3, 3 and 3.`;
  if (isCoupled && s < 1.05) return "The zeros of dz/dW fade. dŷ/dz has none: with softmax every z moves every ŷ.";
  if (s < 0.95) return "The zeros fade. The diagonal of dŷ/dz gathers into one column: multiplying by it is ⊙.";
  if (s < 1.05)
    return still.length
      ? `dŷ/dz is now one column, f′(z). Its 0 wipes row ${still[0] + 1} of all that follows.`
      : "What is left: one column f′(z), and three times x. Row i is neuron i, all the way.";
  if (s < 1.45) return "The three blocks slide home, each into its own row. Below, the row of six is cut into three.";
  if (s < 1.8) return "Three times the same x: one is enough. The six numbers land where their weights are.";
  if (collapse) return "The same six numbers: ŷ − y down the side, x along the top. No matrix was needed.";
  if (still.length && !isCoupled)
    return `The same six numbers, as a table: row ${still[0] + 1} is zero, because δ${INDEX[still[0]]} is.`;
  return "The same six numbers, as a multiplication table: δ down the side, x along the top.";
}

/** @param {any} costs */
function sizeSentence(costs) {
  if (!costs) return "Counting…";
  const [inputs, outputs] = costs.layer_sizes;
  const { factors, cost } = costs.layers[0];
  const { numbers, nonzero, bytes: size } = factors[2];
  if (numbers < 100) return `${numbers} squares: one can still write them down. Drag the width.`;
  const explicit = `${count(numbers)} numbers in dz/dW, ${bytes(size)}, of which ${count(nonzero)} are not zero`;
  const held = `Backpropagation holds ${count(cost.numbers_collapsed)}`;
  return `One sample of a ${count(inputs)} → ${count(outputs)} layer: ${explicit}. ${held}.`;
}

/** @param {"none"|"own"|"inside"} bias */
function biasSentence(bias) {
  if (bias === "inside") return "The last column of δᵀx̃ is δ: no new rule is needed for the bias.";
  if (bias === "own") return "The identity hands δ through unchanged: dL/db = δ.";
  return "Switch it on to see what it would get.";
}

/** @param {Model} model */
function updateSentence({ value, text, hasBias, still, isCoupled }) {
  const [before, after] = [Number(value(at.LOSS)), Number(value(at.NEW_LOSS))];
  if (after > before)
    return `The loss rises from ${text(at.LOSS)} to ${text(at.NEW_LOSS)}: the step went too far. Make η smaller.`;
  const fell = `The loss falls from ${text(at.LOSS)} to ${text(at.NEW_LOSS)}.`;
  if (still.length && !isCoupled) return `${fell} Row ${still[0] + 1} does not move: its δ is 0.`;
  if (hasBias) return `${fell} Slides 39–42 have no bias: there b stays out, and the step is shorter.`;
  return `${fell} Every number of dL/dW pointed uphill; the step goes the other way.`;
}
