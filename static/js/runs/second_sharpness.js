import { followSharpness } from "./sharpness.js";

/** @typedef {import("./sharpness.js").State} State */

/** From which step on a second run is another one. @param {{records: any[]}} first @param {{records: any[]}} second */
export function leavesAt({ records }, { records: own }) {
  const differs = own.findIndex((record, k) => record.learning_rate !== records[k]?.learning_rate);
  return differs < 0 ? own.length : differs;
}

/**
 * Keep λ of the second run from where it leaves the first; the answer is the second run as its curves are drawn, null
 * where there is none.
 * @param {{get: () => any, subscribe: (listener: () => void) => void}} store of the page, which hears of both runs
 * @param {ReturnType<typeof import("./second_run.js").createSecondRun>} second
 * @param {{isWanted: () => boolean, scale?: "even"|"log"}} parts `isWanted`: whether λ is looked at
 * @returns {() => State|null}
 */
export function followSecondSharpness(store, second, { isWanted, scale = "even" }) {
  const get = () => ({ ...second.store.get(), since: leavesAt(store.get(), second.store.get()), scale });
  followSharpness(
    { get, set: second.store.set, subscribe: (tell) => store.subscribe(() => tell(get())) },
    second.session,
    ({ run, records }) => run !== null && records.length > 0 && isWanted(),
  );
  return () => (store.get().branch !== null && second.store.get().run?.id === store.get().branch ? get() : null);
}
