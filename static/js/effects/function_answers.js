import { askFunction, Problem, Unreachable } from "../api.js";
import { newestWins } from "./newest_wins.js";

const RETRY = 1500; // milliseconds before a server that did not answer, or was busy, is asked again
const BUSY = 429; // and above: the same question may be answered later

/**
 * Keep an answer of the server beside what it was asked: one question under way, the newest one next, none in between.
 * @template {{problem: Problem|null, connection: "live"|"lost"}} S
 * @param {{get: () => S, set: (change: any) => void, subscribe: (listener: (state: S, before: S) => void) => void}} store
 * @param {{call: string, key: keyof S & string, requestOf: (state: S) => Record<string, any>|null, instead?: Partial<S>}} question
 *   `instead`: settings that are asked about where the first question is refused, for a page that would else be empty
 */
export function keepAnswered(store, { call, key, requestOf, instead }) {
  let asked = "";
  let retry = 0;
  /** @type {Problem|null} */
  let refusal = null;
  const settle = (/** @type {Record<string, any>} */ change) => {
    // an answer says nothing about what another question was refused for
    const isOver = refusal !== null && store.get().problem === refusal;
    refusal = null;
    store.set(isOver ? { ...change, problem: null } : change);
  };
  const askInstead = async () => {
    const request = instead && store.get()[key] === null ? requestOf({ ...store.get(), ...instead }) : null;
    // no more than a picture to begin with: the refusal stands, whether this is answered or not
    if (request) await askFunction(call, request).then((answer) => store.set({ [key]: answer }), () => {});
  };
  const ask = newestWins(async () => {
    clearTimeout(retry);
    const request = requestOf(store.get());
    if (!request) return settle({ [key]: null });
    try {
      return settle({ [key]: await askFunction(call, request), connection: "live" });
    } catch (fault) {
      if (fault instanceof Problem && fault.status < BUSY) {
        refusal = fault;
        store.set({ problem: fault, connection: "live" });
        return askInstead();
      }
      if (fault instanceof Unreachable) store.set({ connection: "lost" });
      else if (!(fault instanceof Problem)) return reportError(fault);
      retry = setTimeout(ask, RETRY);
    }
  }, 0);
  const check = () => {
    const next = JSON.stringify(requestOf(store.get()));
    if (next === asked) return;
    asked = next;
    ask();
  };
  store.subscribe(check);
  check();
}
