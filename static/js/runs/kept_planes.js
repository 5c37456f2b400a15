import { LetGo } from "../base/api.js";

/**
 * Planes of a run that were asked for, the newest ones kept: what is asked ahead is there when it is looked at.
 * @template {{generation: number|null, body: Record<string, any>}} Q
 * @param {(request: Q) => Promise<any>} ask
 * @param {{keyOf: (request: Q) => string, most: number}} parts `most`: so many are kept
 */
export function keepPlanes(ask, { keyOf, most }) {
  /** @type {Map<string, any>} */
  const kept = new Map();
  /** @type {Map<string, Promise<any>>} */
  const ahead = new Map();
  const take = async (/** @type {Q} */ request) => {
    const key = keyOf(request);
    const answer = await ask(request);
    kept.set(key, answer);
    if (kept.size > most) kept.delete([...kept.keys()][0]);
    return answer;
  };
  return {
    /** The answer, if it is kept. @param {Q} request */
    find: (request) => kept.get(keyOf(request)) ?? null,
    /** @param {Q} request */
    async get(request) {
      const key = keyOf(request);
      const known = kept.get(key) ?? (await ahead.get(key)?.catch(orNone));
      return known ?? take(request);
    },
    /**
     * Ask for what is looked at soon, one after the other; what fails is asked again when it is looked at.
     * @param {Q[]} requests
     */
    askAhead(requests) {
      const request = requests.find((one) => !kept.has(keyOf(one)));
      if (!request || ahead.size) return;
      const key = keyOf(request);
      const answer = take(request).finally(() => ahead.delete(key));
      answer.catch(() => {});
      ahead.set(key, answer);
    },
  };
}

/** What could not be answered ahead is asked again, but where its step is gone. @param {unknown} fault */
function orNone(fault) {
  if (fault instanceof LetGo) throw fault;
  return null;
}
