import { Problem, readRun } from "../base/api.js";
import { patiently } from "../base/patience.js";
import { readEvaluations, readRecords, takeRecords } from "./past.js";
import { followEvents } from "./stream.js";
import { isSame, newer, takeDiagnostic, takeEvaluations, takeStatus, takeStep } from "./views.js";

/** @typedef {import("./state.js").Record} Record */

/**
 * Follow one run: read it whole, then keep it current from its events; after a lost connection read what was missed.
 * @param {import("./state.js").RunStore} store
 * @param {{onReturn: () => void, history: boolean}} options `onReturn` is told when the server answers again;
 *   `history` keeps every record
 */
export function createFollower(store, { onReturn, history }) {
  let address = "";
  let turns = 0;
  let heard = 0; // how many events there have been
  /** @type {any} */
  let lastRead = null; // the view of the last reading
  let isFirst = true; // until the stream has told an event
  let stop = () => {};

  const close = () => {
    turns += 1;
    stop();
    stop = () => {};
  };
  /** Read the run, and what is not known yet of its evaluations and records. @returns {Promise<void>} */
  const read = async () => {
    const [from, heardBefore] = [address, heard];
    const returning = store.get().connection === "lost";
    const run = await readRun(from);
    const before = isSame(store.get().run, run) ? store.get() : { evaluations: [], records: [] };
    const evaluations = await readEvaluations(from, before.evaluations.at(-1)?.step ?? -1);
    const records = history ? await readRecords(from, before.records.at(-1)?.step ?? 0) : [];
    if (from !== address) return;
    lastRead = run;
    const isOther = !isSame(store.get().run, run);
    if (isOther) store.set({ evaluations: [], records: [] });
    store.set({ run: newer(store.get().run, run), connection: "live" });
    takeEvaluations(store, evaluations);
    takeRecords(store, records);
    if (returning) onReturn();
    // what was heard meanwhile was taken for news of the past that was left
    if (isOther && heard !== heardBefore) await read();
  };
  /** Read the run and follow it; throws only where the server says that the run cannot be had. */
  const follow = async () => {
    close();
    const turn = turns;
    const isOver = () => turn !== turns;
    try {
      await patiently(
        async () => (isOver() ? undefined : read()),
        (fault) => void (isOver() || !fault || store.set({ connection: "lost" })),
      );
    } catch (fault) {
      if (isOver()) return;
      if (fault instanceof Problem) store.set({ connection: "gone" });
      throw fault;
    }
    if (isOver()) return;
    isFirst = true;
    stop = followEvents(address, hear);
  };
  const again = () => void follow().catch(() => {});
  const lose = () => {
    store.set({ connection: "lost" });
    again();
  };
  /** Take records; what is missing before them, as updates of others, is read. @param {Record[]} records */
  const fill = (records) => {
    if (takeRecords(store, records) && history) void read().catch(lose);
  };
  /** @param {string} name @param {any} data */
  const hear = (name, data) => {
    heard += 1;
    if (name === "lost") return lose();
    if (name === "end") return again();
    if (name === "step") {
      if (history) fill(data.records ?? [data]);
      return takeStep(store, data);
    }
    if (name === "evaluation") return takeEvaluations(store, [data]);
    if (name === "diagnostic") return takeDiagnostic(store, data);
    // What happened between the reading and the first event, or before a rewind, is read again: an answer may have
    // brought the step where the run stands meanwhile, but not its past.
    const run = isFirst ? lastRead : store.get().run;
    isFirst = false;
    const isOther =
      name === "joined" || data.generation !== run?.generation || data.step !== run.step || data.status !== run.status;
    if (isOther) void read().catch(lose);
    if (name === "status") takeStatus(store, data);
  };
  const isFollowing = () => address !== "" && store.get().connection !== "gone";
  followInSight({ isFollowing, close, again });
  return {
    /** @param {string} place */
    open(place) {
      address = place;
      return follow();
    },
    read,
    fill,
    leave() {
      close();
      address = "";
    },
  };
}

/**
 * A tab that nobody sees needs no stream; it reads what it missed when it is seen again.
 * @param {{isFollowing: () => boolean, close: () => void, again: () => void}} parts
 */
function followInSight({ isFollowing, close, again }) {
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && isFollowing() && again());
  document.addEventListener("visibilitychange", () => {
    if (!isFollowing()) return;
    if (document.hidden) close();
    else again();
  });
}
