import { trimmed } from "../../base/format.js";
import { nameOf, readAt } from "../../base/number_names.js";
import { INPUTS, OUTPUTS, delta, slope } from "./addresses.js";

/** @typedef {import("./state.js").Seen} Seen */
/** @typedef {import("../../drawing/number_sheet.js").Piece} Piece */
/**
 * @typedef {{latex: string, product: number[], values: number[], sum: number, max_difference: number|null}} Collapse
 */

const NETWORK = { inputs: INPUTS.length };
const JACOBIAN = /^layers\[0\]\.(activation|weight|bias)_jacobian\[0\]\[(\d+)\]\[(\d+)\]$/;

/**
 * The numbers of one answer by their addresses. Nothing is computed here but differences between two answers.
 * @param {Seen} seen @param {number} digits that a computed number has in a line of text
 */
export function layerModel({ request, answer, nudged, weight, eps, curve, checks }, digits) {
  const [chain] = answer.jacobians.layers;
  const jacobians = { activation: chain.factors[1], weight: chain.factors[2], bias: chain.bias?.factor };
  /** @param {string} number @returns {number|null} */
  const value = (number) => {
    const [, kind, row, column] = JACOBIAN.exec(number) ?? [];
    if (!kind) return readAt(answer, number) ?? null;
    return jacobians[/** @type {keyof typeof jacobians} */ (kind)]?.values?.[Number(row)][Number(column)] ?? null;
  };
  const name = (/** @type {string} */ number) => nameOf(number, NETWORK);
  const text = (/** @type {string} */ number) => trimmed(value(number), digits);
  return {
    answer,
    chain,
    curve,
    checks,
    value,
    name,
    text,
    /** What a picture is told of a number. @param {string} number */
    known: (number) => ({ value: value(number), name: name(number).text, symbol: name(number).symbol }),
    /** A number within a line of text. @param {string} number @returns {Piece} */
    piece: (number) => [text(number), name(number).symbol, number],
    /** A number that is a factor: a negative one in brackets. @param {string} number @returns {Piece} */
    factor: (number) => [bracketed(text(number)), name(number).symbol, number],
    nudge: { weight, eps },
    /** How much a number moved with the nudge. @param {string} number */
    change(number) {
      const [before, after] = [value(number), nudged && readAt(nudged, number)];
      return typeof before === "number" && typeof after === "number" ? after - before : null;
    },
    /** Whether the activation couples its outputs, as softmax does. */
    isCoupled: answer.layers[0].activation_derivatives === null,
    /** Of softmax with cross-entropy: dL/dŷ · dŷ/dz beside ŷ − y; null else. */
    collapse: /** @type {Collapse|null} */ (answer.jacobians.collapse),
    activation: answer.layers[0].activation,
    hasBias: /** @type {boolean} */ (request.network.bias),
    /** The neurons whose slope is 0. */
    shut: OUTPUTS.filter((i) => value(slope(i)) === 0),
    /** The neurons that learn nothing from this sample. */
    still: OUTPUTS.filter((i) => value(delta(i)) === 0),
    isShut: (/** @type {number} */ i) => value(slope(i)) === 0,
    isStill: (/** @type {number} */ i) => value(delta(i)) === 0,
    digits,
  };
}

/** @typedef {ReturnType<typeof layerModel>} Model */

/** A negative number in brackets. @param {string} text */
export const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);
