const BASE = "/api/v1";

/** A problem the server named: status, title, detail and the fields at fault. */
export class Problem extends Error {
  /** @param {number} status @param {Record<string, any>} body */
  constructor(status, body) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.title = body.title || "";
    /** @type {{location: string, message: string, position?: number|null, length?: number|null, suggestion?: string|null}[]} */
    this.errors = body.errors || [];
    /** @type {string|undefined} */
    this.command = body.command;
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {}

/**
 * The address of a run's resources: its own or the read-only one.
 * @param {{run?: string|null, shared?: string|null}} place
 */
export function runAddress(place) {
  return place.shared ? `${BASE}/shared/${encodeURIComponent(place.shared)}` : `${BASE}/runs/${encodeURIComponent(place.run ?? "")}`;
}

/** What the server offers: activations, initializations, presets, limits. */
export const readCatalog = () => request("GET", `${BASE}/catalog`);

/**
 * Ask about a function: derivative, gradient, jacobian, chain or descent.
 * @param {string} call @param {Record<string, any>} body
 */
export const askFunction = (call, body) => request("POST", `${BASE}/functions/${call}`, body);

/**
 * Create a run and answer its view.
 * @param {Record<string, any>} configuration
 */
export const createRun = (configuration) => request("POST", `${BASE}/runs`, configuration);

/**
 * Read something below a run: "" for the run itself, or "losses?since=3".
 * @param {string} address @param {string} [rest]
 */
export const readRun = (address, rest = "") => request("GET", rest ? `${address}/${rest}` : address);

/**
 * Ask a run to do something: step, play, pause, rewind, predict.
 * @param {string} address @param {string} verb @param {Record<string, any>} [body]
 */
export const tellRun = (address, verb, body = {}) => request("POST", `${address}/${verb}`, body);

/**
 * Delete a run.
 * @param {string} address
 */
export const deleteRun = (address) => request("DELETE", address);

/**
 * Pixels of test images by their indices.
 * @param {number[]} indices
 */
export const readImages = (indices) => request("GET", `${BASE}/datasets/mnist/images?split=test&indices=${indices.join(",")}`);

/**
 * Open the stream of a run's events.
 * @param {string} address
 */
export const openEvents = (address) => new EventSource(`${address}/events`);

/**
 * @param {string} method @param {string} path @param {Record<string, any>} [body]
 * @returns {Promise<any>}
 */
async function request(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body ? { "content-type": "application/json", accept: "application/json" } : { accept: "application/json" },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new Unreachable("The server does not answer.");
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(response.status, answer);
  return answer;
}
