import { FIRST_STATE } from "../../station/state.js";

/**
 * What the server has answered about one batch: its update, and the one of the same batch when nobody divides by m.
 * @typedef {{learning_rate: number, loss_after: number|null}} Without
 * @typedef {{request: Record<string, any>, answer: any, without: Without}} Seen
 */
/**
 * What the view of the rows remembers.
 * `row` is the one looked at, from 0; `layer` the one whose gradient is shown, from 0; `added` says how many rows are
 * in the sum so far, null when it is whole and divided; `forget` leaves out the 1/m; `cell` is the entry of the
 * gradient that is asked about, `why` another number.
 * @typedef {{m: number, seed: number, eta: number, row: number, layer: number, added: number|null, forget: boolean,
 *   cell: [number, number], why: string|null, seen: Seen|null} &
 *   import("../../station/state.js").StationState} State
 * @typedef {{name: string, configuration: Record<string, any>, more_rows: {inputs: number[][], targets: number[][]}}}
 *   Preset
 */

export const FIELDS = /** @type {const} */ ({
  m: "count",
  seed: "count",
  eta: "number",
  row: "count",
  layer: "count",
  added: "count",
  forget: "flag",
  cell: "numbers",
  why: "text",
  precise: "flag",
});

const FIRST_CELL = /** @type {[number, number]} */ ([2, 0]);
export const MOST_SEED = 2 ** 32 - 1;
export const MOST_RATE = 1e3;

/** How many rows there are to take. @param {Preset} preset */
export const rowsOf = ({ configuration, more_rows: more }) => configuration.data.inputs.length + more.inputs.length;

/** @param {Preset} preset */
const usual = ({ configuration: { data, network, optimizer } }) => ({
  m: data.inputs.length,
  seed: network.initialization.seed,
  eta: optimizer.learning_rate,
});

/**
 * What the page begins with: what the address asks for, as far as it can be used, over the lecture's batch.
 * @param {Record<string, any>} asked @param {Preset} preset @returns {State}
 */
export function firstState(asked, preset) {
  const first = usual(preset);
  const m = asked.m >= 1 && asked.m <= rowsOf(preset) ? asked.m : first.m;
  const within = (/** @type {any} */ value, /** @type {number} */ most) => value >= 1 && value <= most;
  const layers = preset.configuration.network.layer_sizes.length - 1;
  const layer = within(asked.layer, layers) ? asked.layer - 1 : layers - 1;
  const added = within(asked.added, m) ? asked.added : null;
  return {
    ...FIRST_STATE,
    example: null,
    seen: null,
    m,
    seed: asked.seed <= MOST_SEED ? asked.seed : first.seed,
    eta: asked.eta > 0 && asked.eta <= MOST_RATE ? asked.eta : first.eta,
    row: within(asked.row, m) ? asked.row - 1 : (added ?? m) - 1,
    layer,
    added,
    forget: asked.forget ?? false,
    cell: isCell(asked.cell, preset, layer) ? asked.cell : FIRST_CELL,
    why: asked.why ?? null,
    precise: asked.precise ?? false,
  };
}

/** @param {number[]|undefined} cell @param {Preset} preset @param {number} layer */
function isCell(cell, { configuration }, layer) {
  const [inputs, outputs] = configuration.network.layer_sizes.slice(layer, layer + 2);
  const [i, j] = cell ?? [];
  return (
    cell?.length === 2 &&
    Number.isInteger(i) &&
    Number.isInteger(j) &&
    i in Array(outputs).fill(0) &&
    j < inputs &&
    j >= 0
  );
}

/** What the address keeps: all that differs from the lecture's batch. @param {State} state @param {Preset} preset */
export function addressOf(state, preset) {
  const first = usual(preset);
  const { m, seed, eta, row, layer, added, forget, cell, why, precise } = state;
  const layers = preset.configuration.network.layer_sizes.length - 1;
  return {
    m: m === first.m ? null : m,
    seed: seed === first.seed ? null : seed,
    eta: eta === first.eta ? null : eta,
    row: row === (added ?? m) - 1 ? null : row + 1,
    layer: layer === layers - 1 ? null : layer + 1,
    added,
    forget: forget || null,
    cell: cell.join() === FIRST_CELL.join() ? null : cell.join(),
    why,
    precise: precise || null,
  };
}

/** What a change of the batch's size leaves of the rest. @param {State} state @param {number} m */
export const resized = ({ row, added }, m) => ({
  m,
  row: Math.min(row, m - 1),
  added: added === null ? null : Math.min(added, m),
  why: null,
});

/** How many rows the sum that is shown has. @param {State} state */
export const rowsInSum = ({ added, m }) => added ?? m;

/** Whether what stands at the right is the gradient itself: all rows, divided by m. @param {State} state */
export const isMean = ({ added, forget }) => added === null && !forget;

/**
 * The number at a place of the matrix at the right: a gradient, or the sum on the way to it.
 * @param {State} state
 * @param {number} i
 * @param {number} j
 */
export const shownEntry = (state, i, j) =>
  isMean(state)
    ? `layers[${state.layer}].weight_gradients[${i}][${j}]`
    : `row_gradients[${state.layer}].weight_sums[${rowsInSum(state) - 1}][${i}][${j}]`;

/** The number that is asked about. @param {State} state */
export const askedNumber = (state) => state.why ?? shownEntry(state, ...state.cell);

const ENTRY = /^(?:layers\[(\d)\]\.weight_gradients|row_gradients\[(\d)\]\.weight_sums\[\d+\])\[(\d+)\]\[(\d+)\]$/;

/**
 * Asking about an entry of the matrix at the right stays with its place while the sum grows.
 * @param {State} state
 * @param {string|null} number
 */
export function choiceOf(state, number) {
  const [, one, other, i, j] = ENTRY.exec(number ?? "") ?? [];
  const isShown =
    number !== null && Number(one ?? other) === state.layer && shownEntry(state, Number(i), Number(j)) === number;
  return isShown ? { cell: /** @type {[number, number]} */ ([Number(i), Number(j)]), why: null } : { why: number };
}

/** One row further: the next one into the sum, then the division, then from the start. @param {State} state */
export function further(state) {
  const added = state.added === null ? 1 : state.added === state.m ? null : state.added + 1;
  return { added, row: added === null ? state.row : added - 1, why: null, forget: false };
}

/** One row back. @param {State} state */
export function backward(state) {
  const added = state.added === null ? state.m : Math.max(1, state.added - 1);
  return { added, row: added - 1, why: null, forget: false };
}
