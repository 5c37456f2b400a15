import { LetGo, readRun } from "../base/api.js";

/** @typedef {import("./loss_curve.js").Evaluation} Evaluation */
/** @typedef {import("./state.js").Record} Record */
/** @typedef {import("./state.js").RunStore} RunStore */

const KEPT = 60; // answers about past steps, the newest

/**
 * All records after a step, page by page.
 * @param {string} address @param {number} after
 * @returns {Promise<Record[]>}
 */
export const readRecords = (address, after) => readPages(address, after, "records", "");

/**
 * All evaluations after a step, page by page.
 * @param {string} address @param {number} after
 * @returns {Promise<Evaluation[]>}
 */
export const readEvaluations = (address, after) => readPages(address, after, "evaluations", "evaluations_only=true&");

/** @param {string} address @param {number} after @param {"records"|"evaluations"} what @param {string} query */
async function readPages(address, after, what, query) {
  /** @type {any[]} */
  const all = [];
  /** @type {number|null} */
  let since = after;
  while (since !== null) {
    /** @type {any} */
    const page = await readRun(address, `losses?${query}since=${since}`);
    all.push(...page[what]);
    since = page.next;
  }
  return all;
}

/**
 * Put records behind those that are known; answers whether some between are missing.
 * @param {RunStore} store @param {Record[]} news
 */
export function takeRecords(store, news) {
  const known = store.get().records;
  const last = known.at(-1)?.step ?? 0;
  const later = news.filter((record) => record.step > last);
  if (!later.length) return false;
  if (later[0].step > last + 1) return true;
  store.set({ records: [...known, ...later] });
  return false;
}

/**
 * With which learning rates a run came to where it stands: each stretch of one rate by the step it ends at.
 * @param {string} address
 * @returns {Promise<{until: number, rate: number}[]>}
 */
export async function readSchedule(address) {
  /** @type {{until: number, rate: number}[]} */
  const stretches = [];
  for (const { step, learning_rate: rate } of await readRecords(address, 0)) {
    const last = stretches.at(-1);
    if (last && last.rate === rate) last.until = step;
    else stretches.push({ until: step, rate });
  }
  return stretches;
}

/**
 * Reads what a run was at its steps, and keeps the newest answers: what is past does not change, but by a rewind.
 * @param {{address: () => string, generation: () => string}} place
 */
export function createReader({ address, generation }) {
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();
  let untilRewind = new AbortController();
  /** @type {Promise<void>|null} */
  let rewinding = null;

  /**
   * Ask about the run; a rewind lets go what is under way, and what is asked while it is: both throw LetGo once it is
   * over, when there is another past to ask about.
   * @template T
   * @param {(signal: AbortSignal) => Promise<T>} ask
   * @returns {Promise<T>}
   */
  const reading = async (ask) => {
    const { signal } = untilRewind;
    if (!rewinding) {
      try {
        return await ask(signal);
      } catch (fault) {
        if (!signal.aborted) throw fault;
      }
    }
    await rewinding;
    throw new LetGo("The run was rewound meanwhile.");
  };
  return {
    reading,
    /** An answer that stays. @param {string} rest of the address */
    read(rest) {
      const key = `${generation()} ${address()}/${rest}`;
      const answer = kept.get(key) ?? reading((signal) => readRun(address(), rest, signal));
      kept.delete(key);
      kept.set(key, answer);
      answer.catch(() => kept.delete(key));
      if (kept.size > KEPT) kept.delete([...kept.keys()][0]);
      return answer;
    },
    /** Rewind, and let go what is asked meanwhile. @param {() => Promise<void>} act */
    async rewind(act) {
      untilRewind.abort();
      untilRewind = new AbortController();
      const done = act();
      rewinding = done.catch(() => {});
      await done.finally(() => (rewinding = null));
    },
  };
}
