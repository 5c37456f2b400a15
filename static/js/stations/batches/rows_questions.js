import { askBackpropagation } from "../../base/api.js";
import { tidy } from "../../base/scales.js";

/** @typedef {import("./rows_state.js").Seen} Seen */

/**
 * The update that the view is about, as `POST /backpropagation` takes it: the first m rows.
 * @param {import("./rows_state.js").State} state @param {import("./rows_state.js").Preset} preset
 */
export function requestOf({ m, seed, eta }, { configuration, more_rows: more }) {
  const { data, network, optimizer, batch_size: _, ...rest } = configuration;
  const first = (/** @type {"inputs"|"targets"} */ name) => [...data[name], ...more[name]].slice(0, m);
  return {
    ...rest,
    network: { ...network, initialization: { ...network.initialization, seed } },
    data: { inputs: first("inputs"), targets: first("targets") },
    optimizer: { ...optimizer, learning_rate: eta },
    include: ["row_gradients"],
  };
}

/**
 * Ask for the update, and for that of the sum: m times as long a step.
 * @param {Record<string, any>} request
 * @returns {Promise<Seen>}
 */
export async function askRows(request) {
  const { include: _, ...rest } = request;
  const rate = tidy(request.optimizer.learning_rate * request.data.inputs.length);
  const [answer, other] = await Promise.all([
    askBackpropagation(request),
    askBackpropagation({ ...rest, optimizer: { ...request.optimizer, learning_rate: rate } }),
  ]);
  return { request, answer, without: { learning_rate: rate, loss_after: other.loss_after } };
}
