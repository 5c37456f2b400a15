import { Problem, readRun } from "../api.js";
import { followEvents } from "./run_stream.js";

/** @typedef {import("../figures/loss_curve.js").Evaluation} Evaluation */
/** @typedef {ReturnType<typeof import("../store.js").createStore<import("../run_state.js").RunState>>} RunStore */

const RETRY = 1500; // milliseconds until the next try to reach the server

/**
 * Follow one run: read it whole, then keep it current from its events; after a lost connection read what was missed.
 * @param {RunStore} store @param {() => void} onReturn told when the server answers again
 */
export function createSession(store, onReturn) {
  let address = "";
  let stop = () => {};
  let retry = 0;

  const close = () => {
    stop();
    stop = () => {};
    clearTimeout(retry);
  };
  const lose = () => {
    close();
    store.set({ connection: "lost" });
    retry = setTimeout(() => follow().catch(() => {}), RETRY);
  };
  /** Read the run, and the evaluations that are not known yet. */
  const read = async () => {
    const from = address;
    const returning = store.get().connection === "lost";
    const run = await readRun(from);
    const known = isSame(store.get().run, run) ? (store.get().evaluations.at(-1)?.step ?? -1) : -1;
    const evaluations = await readEvaluations(from, known);
    if (from !== address) return;
    if (!isSame(store.get().run, run)) store.set({ evaluations: [] });
    store.set({ run: newer(store.get().run, run), connection: "live" });
    takeEvaluations(store, evaluations);
    if (returning) onReturn();
  };
  /** Read the run and follow it; throws only where the server says that the run cannot be had. */
  const follow = async () => {
    close();
    try {
      await read();
    } catch (fault) {
      if (fault instanceof Problem && fault.status < 500) {
        store.set({ connection: "gone" });
        throw fault;
      }
      return lose();
    }
    stop = followEvents(address, hear);
  };
  /** @param {string} name @param {any} data */
  const hear = (name, data) => {
    if (name === "lost") return lose();
    if (name === "end") return void follow().catch(() => {});
    if (name === "step") return takeStep(store, data);
    if (name === "evaluation") return takeEvaluations(store, [data]);
    if (name === "diagnostic") return takeDiagnostic(store, data);
    // What happened between the reading and the first event, or before a rewind, is read again.
    const run = store.get().run;
    if (name === "joined" || data.generation !== run?.generation || data.step !== run.step || data.status !== run.status) void read().catch(lose);
    if (name === "status") takeStatus(store, data);
  };
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && address && void follow().catch(() => {}));
  document.addEventListener("visibilitychange", () => {
    // A tab that nobody sees needs no stream; it reads what it missed when it is seen again.
    if (!address || store.get().connection === "gone") return;
    if (document.hidden) close();
    else void follow().catch(() => {});
  });
  return {
    /** @param {string} place */
    open(place) {
      address = place;
      return follow();
    },
    read,
  };
}

/**
 * Put evaluations in their places, each step once.
 * @param {RunStore} store @param {Evaluation[]} news
 */
export function takeEvaluations(store, news) {
  if (!news.length) return;
  const known = store.get().evaluations;
  const last = known.at(-1)?.step ?? -1;
  if (news[0].step > last) return store.set({ evaluations: [...known, ...news] });
  const steps = new Map([...known, ...news].map((evaluation) => [evaluation.step, evaluation]));
  store.set({ evaluations: [...steps.values()].sort((a, b) => a.step - b.step) });
}

/**
 * Whether two views are of one run with one past. @param {any} known @param {any} run
 */
const isSame = (known, run) => known?.share_id === run.share_id && known.generation === run.generation;

/**
 * The newer of two views: while one was read, events may have brought a later one. @param {any} known @param {any} run
 */
const newer = (known, run) => (isSame(known, run) && known.step > run.step ? { ...run, ...known } : run);

/** @param {RunStore} store @param {any} status */
function takeStatus(store, status) {
  const run = store.get().run;
  if (!run || status.generation !== run.generation || status.step < run.step) return;
  const { step, epoch, loss, learning_rate: rate, diverged_at: divergedAt } = status;
  store.set({
    run: { ...run, status: status.status, step, epoch, loss, diverged_at: divergedAt ?? null, diverged: (divergedAt ?? null) !== null, optimizer: { ...run.optimizer, learning_rate: rate ?? run.optimizer.learning_rate } },
  });
}

/** @param {RunStore} store @param {any} record */
function takeStep(store, record) {
  const run = store.get().run;
  if (!run || record.step <= run.step) return;
  store.set({ run: { ...run, step: record.step, epoch: record.epoch, loss: record.loss_after ?? run.loss } });
}

/** @param {RunStore} store @param {any} diagnostic */
function takeDiagnostic(store, diagnostic) {
  const run = store.get().run;
  if (!run) return;
  const others = run.diagnostics.filter((/** @type {any} */ one) => one.kind !== diagnostic.kind || one.step !== diagnostic.step);
  store.set({ run: { ...run, diagnostics: [...others, diagnostic] } });
}

/** @param {string} address @param {number} after @returns {Promise<Evaluation[]>} */
async function readEvaluations(address, after) {
  /** @type {Evaluation[]} */
  const all = [];
  /** @type {number|null} */
  let since = after;
  while (since !== null) {
    /** @type {any} */
    const page = await readRun(address, `losses?evaluations_only=true&since=${since}`);
    all.push(...page.evaluations);
    since = page.next;
  }
  return all;
}
