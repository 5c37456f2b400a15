import { openEvents, Problem, readRun } from "../api.js";

/** @typedef {import("../figures/loss_curve.js").Evaluation} Evaluation */
/** @typedef {ReturnType<typeof import("../store.js").createStore<import("../run_state.js").RunState>>} RunStore */

const RETRY = 1500; // milliseconds until the next try to reach the server

/**
 * Follow one run: read it whole, then keep it current from its events; after a lost connection read it whole again.
 * @param {RunStore} store
 */
export function createSession(store) {
  let address = "";
  /** @type {EventSource|null} */
  let stream = null;
  let retry = 0;
  /** @type {number|null} */
  let generation = null;

  const close = () => {
    stream?.close();
    stream = null;
    clearTimeout(retry);
  };
  const lose = () => {
    close();
    store.set({ connection: "lost" });
    retry = setTimeout(() => follow().catch(() => {}), RETRY);
  };
  const read = async () => {
    const from = address;
    const [run, evaluations] = await Promise.all([readRun(from), readEvaluations(from)]);
    if (from === address) store.set({ run, evaluations, connection: "live" });
  };
  /** Read the run and open its stream; throws only where the server says that the run cannot be had. */
  const follow = async () => {
    close();
    try {
      await read();
    } catch (fault) {
      if (fault instanceof Problem && fault.status < 500) {
        store.set({ connection: "gone" });
        throw fault;
      }
      lose();
      return;
    }
    listen();
  };
  const listen = () => {
    generation = null;
    const source = openEvents(address);
    stream = source;
    /** @param {string} name @param {(data: any) => void} take */
    const on = (name, take) => source.addEventListener(name, (event) => take(JSON.parse(/** @type {MessageEvent} */ (event).data)));
    on("status", (data) => {
      const known = generation === null || data.generation === generation;
      generation = data.generation;
      if (!known || data.step < (store.get().run?.step ?? 0)) void read().catch(lose);
      takeStatus(store, data);
    });
    on("step", (data) => takeStep(store, data));
    on("evaluation", (data) => takeEvaluations(store, [data]));
    on("diagnostic", (data) => takeDiagnostic(store, data));
    source.addEventListener("end", () => follow().catch(() => {}));
    source.onerror = () => source === stream && lose();
  };
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && address && void follow().catch(() => {}));
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

/** @param {RunStore} store @param {any} status */
function takeStatus(store, status) {
  const run = store.get().run;
  if (!run) return;
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

/** @param {string} address @returns {Promise<Evaluation[]>} */
async function readEvaluations(address) {
  /** @type {Evaluation[]} */
  const all = [];
  /** @type {number|null} */
  let since = -1;
  while (since !== null) {
    /** @type {any} */
    const page = await readRun(address, `losses?since=${since}`);
    all.push(...page.evaluations);
    since = page.next;
  }
  return all;
}
