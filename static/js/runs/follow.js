import { Problem, readRun } from "../base/api.js";
import { patiently } from "../base/patience.js";
import { readEvaluations, readRecords, takeRecords } from "./past.js";
import { followEvents } from "./stream.js";
import { isSame, newer, takeDiagnostic, takeEvaluations, takeStatus, takeStep } from "./views.js";

/** @typedef {import("./state.js").Record} Record */

/**
 * What each kind of news changes.
 * @type {{[name: string]: (store: import("./state.js").RunStore, data: any) => void}}
 */
const TAKES = {
  step: takeStep,
  evaluation: (store, data) => takeEvaluations(store, [data]),
  diagnostic: takeDiagnostic,
};

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
  let lastRead = /** @type {any} */ (null); // the view of the last reading
  let isFirst = true; // until the stream has told an event
  let told = /** @type {number|null} */ (null); // which past the stream's events are of, where it has said so
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
    told = null;
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
    const take = TAKES[name];
    if (!take) return hearStatus(data);
    // what was sent before a rewind may be heard after its answer: that past is gone
    if (told !== null && told !== store.get().run?.generation) return;
    if (name === "step" && history) fill(data.records ?? [data]);
    take(store, data);
  };
  /** @param {any} status null where others follow already, and nothing is told from before */
  const hearStatus = (status) => {
    // What happened between the reading and the first event, or before a rewind, is read again: an answer may have
    // brought the step where the run stands meanwhile, but not its past.
    const run = isFirst ? lastRead : store.get().run;
    isFirst = false;
    told = status?.generation ?? null;
    if (!status || !stands(run, status)) void read().catch(lose);
    if (status) takeStatus(store, status);
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

/** Whether a run stands as a status says. @param {any} run @param {any} status */
const stands = (run, { generation, step, status }) =>
  run?.generation === generation && run.step === step && run.status === status;

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
