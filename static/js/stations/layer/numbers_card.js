import { nameOf } from "../../base/number_names.js";
import { createCells } from "../../controls/cells.js";
import { part } from "../../controls/parts.js";
import * as at from "./addresses.js";
import { biasOf } from "./state.js";

/** @typedef {import("./state.js").State} State */

const LARGEST = 1e6;
const SMALLEST_RATE = 1e-6;

/**
 * The numbers that one may change: x, W, y, b and η in cells, and the activation.
 * @param {{get: () => State, set: (change: Partial<State>) => void}} store
 * @param {{activations: {name: string, label: string}[], largestRate: number}} limits
 */
export function wireNumbers(store, { activations, largestRate }) {
  const note = part("cell-fault", HTMLElement);
  const limits = { low: -LARGEST, high: LARGEST };
  /** @param {"x"|"W"|"y"|"b"} name @param {string} label @param {number} columns */
  const matrix = (name, label, columns) =>
    createCells(part(`cells-${name}`, HTMLElement), {
      label,
      symbol: name,
      limits,
      note,
      onInput(row, column, value) {
        const numbers = [...store.get()[name]];
        numbers[row * columns + column] = value;
        store.set({ [name]: numbers });
      },
    });
  const shows = {
    x: matrix("x", "Input x", 2),
    W: matrix("W", "Weights W", 2),
    y: matrix("y", "Targets y", 3),
    b: matrix("b", "Biases b", 3),
  };
  const showRate = createCells(part("cells-eta", HTMLElement), {
    label: "Learning rate η",
    symbol: "soft",
    step: 0.01,
    limits: { low: SMALLEST_RATE, high: largestRate },
    note,
    onInput: (_row, _column, value) => store.set({ eta: value }),
  });
  const select = part("activation", HTMLSelectElement);
  select.replaceChildren(...activations.map(({ name, label }) => new Option(label, name)));
  select.addEventListener("change", () => store.set({ f: select.value }));

  const cell = (/** @type {string} */ number, /** @type {number} */ value) => ({
    number,
    name: nameOf(number).text,
    value,
  });
  return (/** @type {State} */ state) => {
    shows.x([state.x.map((value, j) => cell(at.input(j), value))]);
    shows.y([state.y.map((value, i) => cell(at.target(i), value))]);
    shows.b([state.b.map((value, i) => cell(at.bias(i), value))]);
    shows.W(at.OUTPUTS.map((i) => at.INPUTS.map((j) => cell(at.weight(i, j), state.W[i * 2 + j]))));
    showRate([[cell(at.RATE, state.eta)]]);
    if (select.value !== state.f) select.value = state.f;
    const hasBias = biasOf(state) !== "none";
    part("with-bias", HTMLElement).hidden = !hasBias;
    part("without-bias", HTMLElement).hidden = hasBias;
    part("numbers-card", HTMLElement).hidden = state.stage === "product" && state.view === "size";
  };
}
