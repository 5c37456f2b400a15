import { Problem, Unreachable } from "../base/api.js";
import { newestWins } from "../base/newest_wins.js";
import { patiently } from "../base/patience.js";

/**
 * Keep an answer of the server beside what it was asked: one question under way, the newest one next, none in between.
 * While something is dragged, what is shown is so at most one answer behind.
 * @template {{problem: Problem|null, connection: string}} S
 * @template {Record<string, any>} Q
 * @param {{get: () => S, set: (change: any) => void, subscribe: (listener: (state: S, before: S) => void) => void}}
 *   store
 * @param {{ask: (request: Q, signal: AbortSignal) => Promise<any>, key: keyof S & string,
 *   requestOf: (state: S) => Q|null, instead?: Partial<S>, isHeld?: (state: S) => boolean}} question
 *   `instead`: settings that are asked about where the first question is refused, for a page that would else be empty;
 *   `isHeld`: while it is so nothing is asked, and what is under way is let go
 */
export function keepAnswers(store, { ask, key, requestOf, instead, isHeld = () => false }) {
  let asked = "";
  let asking = new AbortController();
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
    if (request)
      await ask(request, asking.signal).then(
        (answer) => store.set({ [key]: answer }),
        () => {},
      );
  };
  /** Each try asks about what is set then. */
  const answered = async () => {
    if (isHeld(store.get())) return;
    const request = requestOf(store.get());
    asking = new AbortController();
    settle(request ? { [key]: await ask(request, asking.signal), connection: "live" } : { [key]: null });
  };
  const askNewest = newestWins(async () => {
    try {
      await patiently(answered, (fault) => fault instanceof Unreachable && store.set({ connection: "lost" }));
    } catch (fault) {
      if (asking.signal.aborted) return;
      if (!(fault instanceof Problem)) return reportError(fault);
      refusal = fault;
      store.set({ problem: fault, connection: "live" });
      await askInstead();
    }
  }, 0);
  const check = () => {
    if (isHeld(store.get())) {
      asking.abort();
      asked = "";
      return;
    }
    const next = JSON.stringify(requestOf(store.get()));
    if (next === asked) return;
    asked = next;
    askNewest();
  };
  store.subscribe(check);
  check();
}
