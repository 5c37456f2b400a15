const AGAIN = 250; // milliseconds until a long computation is asked for again
const BASE = "/api/v1";

/** A problem the server named: status, title, detail and the fields at fault. */
export class Problem extends Error {
  /** @param {number} status @param {Record<string, any>} body */
  constructor(status, body) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.title = body.title || "";
    /**
     * @type {{location: string, message: string, position?: number|null, length?: number|null, suggestion?:
     *   string|null}[]}
     */
    this.errors = body.errors || [];
    /** @type {string|undefined} */
    this.command = body.command;
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {}

/** A rewind took away, or may have, what was asked about: who still wants an answer asks again. */
export class LetGo extends Error {}

/**
 * The address of a run's resources: its own or the read-only one.
 * @param {{run?: string|null, shared?: string|null}} place
 */
export function runAddress(place) {
  return place.shared
    ? `${BASE}/shared/${encodeURIComponent(place.shared)}`
    : `${BASE}/runs/${encodeURIComponent(place.run ?? "")}`;
}

/** A file of the pages. @param {string} address @returns {Promise<Blob>} */
export const readFile = async (address) => (await fetch(address)).blob();

/** What the server offers: activations, initializations, presets, limits. */
export const readCatalog = () => request("GET", `${BASE}/catalog`);

/**
 * Ask about a function: derivative, gradient, jacobian, chain or descent.
 * @param {string} call @param {Record<string, any>} body
 */
export const askFunction = (call, body) => request("POST", `${BASE}/functions/${call}`, body);

/**
 * Every number of one update, with what `include` and `why` ask for; nothing is stored.
 * @param {Record<string, any>} body
 */
export const askBackpropagation = (body) => request("POST", `${BASE}/backpropagation`, body);

/**
 * The next step as a curve over the learning rate, after the updates made.
 * @param {Record<string, any>} body
 */
export const askLine = (body) => request("POST", `${BASE}/backpropagation/line`, body);

/**
 * λ at a start that is not stored, and the threshold 2/η of its first update.
 * @param {Record<string, any>} body a run's configuration @param {AbortSignal} [signal] ends the question
 */
export const askFirstSharpness = (body, signal) => request("POST", `${BASE}/backpropagation/sharpness`, body, signal);

/**
 * The same start with each learning rate.
 * @param {Record<string, any>} body
 */
export const askWalks = (body) => request("POST", `${BASE}/backpropagation/walks`, body);

/**
 * The loss over a plane through a run's parameters; what takes long is asked for again until it is there.
 * @param {string} address of the run @param {Record<string, any>} body @param {AbortSignal} [signal] ends the question
 */
export async function askLandscape(address, body, signal) {
  let answer = await request("POST", `${address}/landscape`, body, signal);
  while (answer.job) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
    answer = await request("GET", `${address}/landscape/${answer.job}`, undefined, signal);
  }
  return answer;
}

/**
 * The same around a start that is not stored.
 * @param {Record<string, any>} body a run's configuration, and what to look at @param {AbortSignal} [signal]
 */
export const askFirstLandscape = (body, signal) => askLandscape(`${BASE}/backpropagation`, body, signal);

/**
 * What the explicit chain of Jacobians would take at these widths, by shapes alone.
 * @param {number[]} widths
 */
export const readCosts = (widths) => request("GET", `${BASE}/backpropagation/cost?layer_sizes=${widths.join(",")}`);

/**
 * The same update as a Jupyter notebook, its text.
 * @param {Record<string, any>} body
 */
export const askNotebook = (body) => request("POST", `${BASE}/backpropagation/notebook`, body);

/**
 * An exercise with the numbers of a seed.
 * @param {string} name @param {number} seed
 */
export const readExercise = (name, seed) =>
  request("GET", `${BASE}/exercises/${encodeURIComponent(name)}?seed=${seed}`);

/** Every exercise by name. */
export const readExercises = () => request("GET", `${BASE}/exercises`);

/**
 * Have answers to an exercise judged ("grade"), shown ("reveal") or trained on with ("consequence").
 * @param {string} name @param {"grade"|"reveal"|"consequence"} verb @param {Record<string, any>} body
 */
export const askExercise = (name, verb, body) =>
  request("POST", `${BASE}/exercises/${encodeURIComponent(name)}/${verb}`, body);

/** What a station asks before it shows. @param {string} station */
export const readQuestions = async (station) =>
  (await request("GET", `${BASE}/questions?station=${encodeURIComponent(station)}`)).questions;

/**
 * Have an answer to a question judged; null is told what is right.
 * @param {string} name @param {string|number[]|null} answer
 */
export const askQuestion = (name, answer) =>
  request("POST", `${BASE}/questions/${encodeURIComponent(name)}/answer`, { answer });

/**
 * What a network answers over its plane before the first update; nothing is stored.
 * @param {Record<string, any>} body
 */
export const askPlane = (body) => request("POST", `${BASE}/backpropagation/plane`, body);

/**
 * Create a run and answer its view.
 * @param {Record<string, any>} configuration
 */
export const createRun = (configuration) => request("POST", `${BASE}/runs`, configuration);

/**
 * Read something below a run: "" for the run itself, or "losses?since=3".
 * @param {string} address @param {string} [rest] @param {AbortSignal} [signal] ends the question
 */
export const readRun = (address, rest = "", signal) =>
  request("GET", rest ? `${address}/${rest}` : address, undefined, signal);

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
export const readImages = (indices) =>
  request("GET", `${BASE}/datasets/mnist/images?split=test&indices=${indices.join(",")}`);

/** Whether MNIST is here, and how many digits it has. */
export const readMnist = () => request("GET", `${BASE}/datasets/mnist`);

/**
 * Open the stream of a run's events.
 * @param {string} address
 */
export const openEvents = (address) => new EventSource(`${address}/events`);

/**
 * @param {string} method @param {string} path @param {Record<string, any>} [body] @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
async function request(method, path, body, signal) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body
        ? { "content-type": "application/json", accept: "application/json" }
        : { accept: "application/json" },
      body: body ? JSON.stringify(body) : undefined,
      signal,
    });
  } catch {
    if (signal?.aborted) throw signal.reason;
    throw new Unreachable("The server does not answer.");
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(response.status, answer);
  return answer;
}
