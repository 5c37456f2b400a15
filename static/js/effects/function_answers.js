import { askFunction, Problem, Unreachable } from "../api.js";
import { newestWins } from "./newest_wins.js";

const RETRY = 1500; // milliseconds before a server that did not answer, or was busy, is asked again

/**
 * Keep an answer of the server beside what it was asked: one question under way, the newest one next, none in between.
 * @template {{problem: Problem|null, connection: "live"|"lost"}} S
 * @param {{get: () => S, set: (change: any) => void, subscribe: (listener: (state: S, before: S) => void) => void}} store
 * @param {{call: string, key: keyof S & string, requestOf: (state: S) => Record<string, any>|null}} question
 */
export function keepAnswered(store, { call, key, requestOf }) {
  let asked = "";
  const ask = newestWins(async () => {
    const request = requestOf(store.get());
    if (!request) return store.set({ [key]: null });
    try {
      const answer = await askFunction(call, request);
      return store.set({ [key]: answer, problem: null, connection: "live" });
    } catch (fault) {
      const problem = fault instanceof Problem ? fault : null;
      if (!problem && !(fault instanceof Unreachable)) return reportError(fault);
      if (!problem) store.set({ connection: "lost" });
      else if (problem.status < 429) return store.set({ problem, connection: "live" });
      setTimeout(ask, RETRY);
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
