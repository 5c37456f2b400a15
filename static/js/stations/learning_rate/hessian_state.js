import { FIRST_STATE } from "../../station/state.js";

/**
 * `x`: the sample of one layer, null as the lecture has it; `bias`: whether that layer has biases; `chosen`: which
 * eigenvalue is spoken of; `answer`: the update with its Hessian.
 * @typedef {{preset: string, x: number[]|null, bias: boolean, eta: number, chosen: number, answer: any} &
 *   import("../../station/state.js").StationState} State
 */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void,
 *   subscribe: (listener: (state: State, before: State) => void) => void}} Store */

export const FIELDS = /** @type {const} */ ({
  preset: "text",
  x: "numbers",
  bias: "flag",
  eta: "number",
  chosen: "count",
  precise: "flag",
});

/** The starts to look at, each with η below its limit; x and bias can be changed where there is one layer. */
export const STARTS = /** @type {Record<string, {eta: number, isOneLayer: boolean}>} */ ({
  "lab-one-layer": { eta: 0.1, isOneLayer: true },
  "lab-one-layer-shut": { eta: 0.1, isOneLayer: true },
  "lab-two-layer": { eta: 0.02, isOneLayer: false },
  "lab-batch": { eta: 0.005, isOneLayer: false },
});
export const LIMITS = { low: 1e-4, high: 10 };
export const FARTHEST = 100; // of an element of x

/** @param {string} preset @returns {Partial<State>} */
export const startOf = (preset) => ({ preset, x: null, bias: false, eta: STARTS[preset].eta, chosen: 0 });

/** @param {Record<string, any>} asked by the address @returns {State} */
export function firstState(asked) {
  const preset = asked.preset in STARTS ? asked.preset : Object.keys(STARTS)[0];
  const { eta, isOneLayer } = STARTS[preset];
  const isX =
    isOneLayer && asked.x?.length === 2 && asked.x.every((/** @type {number} */ one) => Math.abs(one) <= FARTHEST);
  return {
    ...FIRST_STATE,
    example: null,
    preset,
    x: isX ? asked.x : null,
    bias: isOneLayer && (asked.bias ?? false),
    eta: asked.eta >= LIMITS.low && asked.eta <= LIMITS.high ? asked.eta : eta,
    chosen: asked.chosen ?? 0,
    precise: asked.precise ?? false,
    answer: null,
  };
}

/** What the address keeps. @param {State} state */
export const addressOf = ({ preset, x, bias, eta, chosen, precise }) => ({
  preset: preset === Object.keys(STARTS)[0] ? null : preset,
  x: x && x.join(),
  bias: bias || null,
  eta: eta === STARTS[preset].eta ? null : eta,
  chosen: chosen || null,
  precise: precise || null,
});

/** What is asked: the first update with its Hessian. @param {State} state */
export const requestOf = ({ preset, x, bias, eta }) => ({
  preset,
  ...(bias ? { network: { bias } } : {}),
  ...(x ? { data: { inputs: [x] } } : {}),
  optimizer: { method: "gradient_descent", learning_rate: eta },
  include: ["hessian"],
});

/** Which eigenvalue is spoken of. @param {State} state */
export const chosenOf = ({ chosen, answer }) => Math.min(chosen, answer.hessian.eigenvalues.length - 1);

/**
 * Rows in the order in which blocks stand beside each other; of more layers than one as the parameters come.
 * @param {State} state @returns {number[]}
 */
export const orderOf = ({ preset, answer }) =>
  STARTS[preset].isOneLayer
    ? answer.hessian.blocks.flat()
    : answer.hessian.parameters.map((/** @type {any} */ _, /** @type {number} */ k) => k);
