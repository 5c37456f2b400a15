import { askBackpropagation, Problem, readRun, runAddress } from "../../base/api.js";
import { digitsOf } from "../../station/state.js";
import { isNewest, stepShown } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {ReturnType<typeof import("../../runs/session.js").createSession>} Session */
/** @typedef {import("./state.js").Seen} Seen */
/** @typedef {import("./state.js").Bend} Bend */

/**
 * What is to be known about the update that is looked at; null while there is nothing to look at.
 * @param {State} state
 */
export function updateRequest(state) {
  const { run, configuration, rate, view, row } = state;
  if (!run && !configuration) return null;
  const step = stepShown(state);
  const newest = isNewest(state);
  return {
    step,
    newest,
    // a learning rate that the run does not know yet: its next update is asked about as if it stood alone
    rate: newest ? rate : null,
    of: run ? `${run.share_id} ${run.generation}` : JSON.stringify(configuration),
    // the newest update is not made yet: its η may still change
    used: newest && run ? run.optimizer.learning_rate : null,
    include: view === "chain" ? ["jacobians"] : [],
    sample: view === "chain" ? row - 1 : 0,
  };
}

/** @typedef {NonNullable<ReturnType<typeof updateRequest>>} UpdateRequest */

/** @param {Session} session @param {() => State} get */
export function createQuestions(session, get) {
  /**
   * What is past is kept; the newest is read anew, as its η may change.
   * @param {string} rest
   * @param {boolean} newest
   */
  const read = (rest, newest) => (newest ? session.readAnew(rest) : session.read(rest));

  /** @param {UpdateRequest} request @returns {Promise<Seen>} */
  const askUpdate = async (request) => {
    const { run, configuration } = get();
    const { step, newest, include, sample, rate } = request;
    const key = JSON.stringify(request);
    if (!run) {
      const answer = await askBackpropagation({ ...configuration, include: [...include, "diagnostics"], sample });
      return { step, key, answer, standalone: configuration };
    }
    const query = new URLSearchParams([["step", String(step)], ...include.map((one) => ["include", one])]);
    if (sample) query.set("sample", String(sample));
    const stored = await read(`backpropagation?${query}`, newest);
    const standalone = standaloneOf(stored, run, rate ?? stored.learning_rate);
    if (rate === null) return { step, key, answer: stored, standalone };
    return { step, key, answer: await askBackpropagation({ ...standalone, include, sample }), standalone };
  };

  /** Why a number of the shown update is what it is. @param {string} number */
  const askWhy = async (number) => {
    const state = get();
    const { run, seen, rate } = state;
    const digits = digitsOf(state);
    if (run && seen && (rate === null || !isNewest(state)))
      return read(
        `why?${new URLSearchParams({ number, step: String(seen.step), digits: String(digits) })}`,
        isNewest(state),
      );
    return (await askBackpropagation({ ...seen?.standalone, why: number, digits })).why;
  };

  /** @param {{step: number, of: string}} request @returns {Promise<Bend>} */
  const askBend = async ({ step }) => {
    const { run, configuration } = get();
    try {
      const curvature = run
        ? await session.read(`curvature?step=${step}`)
        : (await askBackpropagation({ ...configuration, include: ["curvature"] })).curvature;
      return { step, curvature, reason: "" };
    } catch (fault) {
      // how the loss bends is no condition for the rest of the page
      if (!(fault instanceof Problem) || fault.status === 429) throw fault;
      return { step, curvature: null, reason: fault.errors[0]?.message ?? fault.message };
    }
  };
  return { askUpdate, askWhy, askBend };
}

/** What the curvature is asked about: it does not depend on η. @param {State} state */
export function bendRequest(state) {
  const request = updateRequest(state);
  return request && { step: request.step, of: request.of };
}

/**
 * The weights of the branch at the same step, as far as it has come.
 * @param {State} state
 * @param {any} branch its run
 */
export const besideRequest = (state, branch) =>
  state.branch && branch && state.edges === "difference" && stepShown(state) <= branch.step
    ? { id: branch.id, step: stepShown(state), of: branch.generation }
    : null;

/** @param {{id: string, step: number}} request @returns {Promise<import("./state.js").Beside>} */
export async function askBeside({ id, step }) {
  const { parameters } = await readRun(runAddress({ run: id }), `steps/${step}?include=layers`);
  return { step, layers: parameters };
}

/**
 * An update from its numbers alone: the weights, the batch and η as they are there.
 * @param {any} answer @param {any} run @param {number} rate
 */
function standaloneOf(answer, run, rate) {
  const { network, loss, precision } = run.configuration;
  const weights = answer.layers.map((/** @type {any} */ layer) => layer.weights);
  const biases = answer.layers.map((/** @type {any} */ layer) => layer.biases);
  const { layer_sizes: sizes, activations, bias } = network;
  return {
    network: {
      layer_sizes: sizes,
      activations,
      bias,
      initialization: bias ? { weights, biases } : { weights },
    },
    loss,
    precision,
    data: { inputs: answer.inputs, targets: answer.targets },
    optimizer: { method: run.optimizer.method, learning_rate: rate },
  };
}
