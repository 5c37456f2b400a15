import { LetGo, Problem, Unreachable } from "../base/api.js";
import { newestWins } from "../base/newest_wins.js";
import { patiently } from "../base/patience.js";

/**
 * Keep an answer of the server beside what it was asked: one question under way, the newest one next, none in between.
 * While something is dragged, what is shown is so at most one answer behind.
 * @template {{problem: Problem|null, connection: string}} S
 * @template {Record<string, any>} Q
 * @param {{get: () => S, set: (change: any) => void, subscribe: (listener: (state: S, before: S) => void) => void}}
 *   store
 * @param {{ask: (request: Q) => Promise<any>, key: keyof S & string,
 *   requestOf: (state: S) => Q|null, instead?: Partial<S>}} question
 *   `instead`: settings that are asked about where the first question is refused, for a page that would else be empty
 */
export function keepAnswers(store, { ask, key, requestOf, instead }) {
  let asked = "";
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
      await ask(request).then(
        (answer) => store.set({ [key]: answer }),
        () => {},
      );
  };
  /** Each try asks about what is set then. */
  const answered = async () => {
    const request = requestOf(store.get());
    settle(request ? { [key]: await ask(request), connection: "live" } : { [key]: null });
  };
  const askNewest = newestWins(async () => {
    try {
      await patiently(answered, (fault) => fault instanceof Unreachable && store.set({ connection: "lost" }));
    } catch (fault) {
      if (fault instanceof LetGo) {
        asked = "";
        return check();
      }
      if (!(fault instanceof Problem)) return reportError(fault);
      refusal = fault;
      store.set({ problem: fault, connection: "live" });
      await askInstead();
    }
  }, 0);
  const check = () => {
    const next = JSON.stringify(requestOf(store.get()));
    if (next === asked) return;
    asked = next;
    askNewest();
  };
  store.subscribe(check);
  check();
}
