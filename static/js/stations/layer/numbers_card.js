import { nameOf } from "../../base/number_names.js";
import { createCells } from "../../controls/cells.js";
import { part } from "../../controls/parts.js";
import * as at from "./addresses.js";
import { biasOf, isCrossEntropy, lossOf, withShare } from "./state.js";

/** @typedef {import("./state.js").State} State */

/** @typedef {{name: string, label: string}} Named */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void}} Store */

const LARGEST = 1e6;
const SMALLEST_RATE = 1e-6;

/**
 * The numbers that one may change: x, W, y, b and η in cells, the activation, and with softmax the loss.
 * @param {Store} store
 * @param {{activations: Named[], losses: Named[], largestRate: number}} limits
 */
export function wireNumbers(store, { activations, losses, largestRate }) {
  const showCells = wireCells(store, largestRate);
  const showActivation = wireSelect("activation", activations, (f) => store.set({ f }));
  const showLoss = wireSelect("loss", losses, (loss) => store.set({ loss }));
  return (/** @type {State} */ state) => {
    showCells(state);
    showActivation(state.f);
    showLoss(lossOf(state));
    const asksShares = isCrossEntropy(state);
    const hasBias = biasOf(state) !== "none";
    const hidden = {
      "cells-y": asksShares,
      "cells-p": !asksShares,
      "with-loss": state.f !== "softmax",
      "with-bias": !hasBias,
      "without-bias": hasBias,
      "numbers-card": state.stage === "product" && state.view === "size",
    };
    for (const [id, isHidden] of Object.entries(hidden)) part(id, HTMLElement).hidden = isHidden;
  };
}

/** @param {Store} store @param {number} largestRate */
function wireCells(store, largestRate) {
  const note = part("cell-fault", HTMLElement);
  /** @param {"x"|"W"|"y"|"b"} name @param {string} label @param {number} columns */
  const matrix = (name, label, columns) =>
    createCells(part(`cells-${name}`, HTMLElement), {
      label,
      symbol: name,
      limits: { low: -LARGEST, high: LARGEST },
      note,
      onInput(row, column, value) {
        const numbers = [...store.get()[name]];
        numbers[row * columns + column] = value;
        store.set({ [name]: numbers });
      },
    });
  const showInputs = matrix("x", "Input x", 2);
  const showWeights = matrix("W", "Weights W", 2);
  const showTargets = matrix("y", "Targets y", 3);
  const showBiases = matrix("b", "Biases b", 3);
  const showShares = createCells(part("cells-p", HTMLElement), {
    label: "Targets y, which sum to 1",
    symbol: "y",
    limits: { low: 0, high: 1 },
    note,
    onInput: (_row, column, value) => store.set({ p: withShare(store.get().p, column, value) }),
  });
  const showRate = createCells(part("cells-eta", HTMLElement), {
    label: "Learning rate η",
    symbol: "soft",
    step: 0.01,
    limits: { low: SMALLEST_RATE, high: largestRate },
    note,
    onInput: (_row, _column, value) => store.set({ eta: value }),
  });
  return (/** @type {State} */ { x, W, y, p, b, eta }) => {
    showInputs([x.map((value, j) => cell(at.input(j), value))]);
    showWeights(at.OUTPUTS.map((i) => at.INPUTS.map((j) => cell(at.weight(i, j), W[i * 2 + j]))));
    showTargets([y.map((value, i) => cell(at.target(i), value))]);
    showShares([p.map((value, i) => cell(at.target(i), value))]);
    showBiases([b.map((value, i) => cell(at.bias(i), value))]);
    showRate([[cell(at.RATE, eta)]]);
  };
}

/** @param {string} number @param {number} value */
const cell = (number, value) => ({ number, name: nameOf(number).text, value });

/**
 * A choice among what the catalog names.
 * @param {string} id @param {Named[]} choices @param {(name: string) => void} choose
 */
function wireSelect(id, choices, choose) {
  const select = part(id, HTMLSelectElement);
  select.replaceChildren(...choices.map(({ name, label }) => new Option(label, name)));
  select.addEventListener("change", () => choose(select.value));
  return (/** @type {string} */ name) => {
    if (select.value !== name) select.value = name;
  };
}
