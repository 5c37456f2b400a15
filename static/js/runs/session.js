/*
 * A session drives one run for a page, whatever the run learns. It keeps the fields of `RunState` (state.js) in the
 * page's store, and the page draws from there; it knows no form and no sentence.
 *
 *   const store = createStore({ ...emptyRunState(), ...fields of the page });
 *   const session = createSession(store, { name: "network", history: true, tell });
 *
 *   await session.open({ run: id })         a run that is stored, or { shared: id } to watch; throws where there is
 *   none
 *   session.prepare(configuration, part)    one that is not: nothing is stored before its first step; `part` is what
 *                                           this browser remembers it by below `name`, as the name of its preset
 *   session.recall(part)                    the id of the run made from it before, or null: open that one instead
 *   session.forget(part)                    the next one prepared is another ("New run")
 *
 *   session.step(count)  session.epoch()    updates, then paused
 *   session.play(rate, until)               in the background: steps a second (null: as fast as it goes), up to a step
 *   session.pause()  session.toggle()
 *   session.rewind(k)                       back to step k; what came after is gone
 *   await session.branch(k)                 a second run from step k: its view; open it with a session of its own
 *   session.setLearningRate(rate)           from the next update on, also while it plays
 *
 *   await session.readStep(k)               the state at step k
 *   await session.read(rest)                anything else below the run, as "why?number=…" (answers are kept)
 *   await session.readAnew(rest)            the same, not kept: of the newest step
 *   await session.reading(ask)              `ask(signal)`, any other question about its steps
 *                                           (all four throw LetGo where a rewind comes between)
 *   session.address()                       where its resources are   session.refresh()  read the run again
 *
 * Actions wait for each other, so that no click is lost while the server is slow or away; `store.connection` says
 * "lost" and "live", `store.wanted` what the last click asked for, `store.problem` what was refused, and with
 * `history` `store.records` has every update. Steps that another tab or client makes arrive by events, and a tab that
 * only prepared a run takes over what another one stored. `tell(news)` is told what a sentence may be said of:
 *
 *   { kind: "stored", run, asked }   { kind: "stepped", answer, start }   { kind: "played" }   { kind: "paused" }
 *   { kind: "rewound" }   { kind: "returned" }   { kind: "stuck" } (diverged: no step)   { kind: "moved" } (by others)
 *   { kind: "refused", fault }       answer true where the page shows it at its own place
 */
import { createRun, Problem, readRun, runAddress } from "../base/api.js";
import { createActions } from "./actions.js";
import { createFollower } from "./follow.js";
import { alone, forget, onRemembered, recall, remember } from "./memory.js";
import { createReader } from "./past.js";
import { emptyRunState } from "./state.js";

/** @typedef {import("./state.js").RunStore} RunStore */
/** @typedef {import("./state.js").News} News */

/**
 * @param {RunStore} store
 * @param {{name: string, history?: boolean, tell?: (news: News) => boolean|void}} options
 */
export function createSession(store, { name, history = false, tell = () => {} }) {
  let part = "";
  /** @type {string|null} */
  let watched = null;
  const follower = createFollower(store, { onReturn: () => tell({ kind: "returned" }), history });
  const address = () => runAddress({ run: store.get().run?.id, shared: watched });
  const reader = createReader({ address, generation: () => String(store.get().run?.generation) });

  /** @param {string} id @param {any} asked what it was stored from */
  const adopt = async (id, asked) => {
    watched = null;
    await follower.open(runAddress({ run: id }));
    const now = store.get().configuration ?? asked;
    const rate = now.optimizer?.learning_rate;
    // a learning rate that was set while it was stored is that of its first step
    store.set({ configuration: null, ...(rate === asked.optimizer?.learning_rate ? {} : { rate }) });
  };
  /** Store what was prepared, or take over what another tab stored of the same; answers whether there is a run now. */
  const storeFirst = () =>
    alone(`${name}/${part}`, async () => {
      const asked = store.get().configuration;
      if (!asked) return store.get().run !== null;
      const other = recall(`${name}/${part}`);
      const taken = other?.asked === JSON.stringify(asked) && (await adopt(other.id, asked).then(() => true, isGone));
      if (!taken) {
        const run = await createRun(asked);
        remember(`${name}/${part}`, run.id, asked);
        store.set({ run, evaluations: run.evaluation ? [run.evaluation] : [], records: [] });
        await adopt(run.id, asked);
      }
      tell({ kind: "stored", run: store.get().run, asked });
      return true;
    });
  /** A run that was deleted meanwhile is not taken over. @param {unknown} fault */
  const isGone = (fault) => {
    if (fault instanceof Problem && fault.status === 404) return false;
    throw fault;
  };
  onRemembered((remembered) => {
    const asked = store.get().configuration;
    if (asked && remembered === `${name}/${part}` && recall(remembered)?.asked === JSON.stringify(asked))
      actions.wait(async () => void (await storeFirst()));
  });
  // events and steps tell that it diverged; what did it, the run itself says
  store.subscribe(({ run }, before) => {
    if (run?.diverged && !run.divergence && !before.run?.diverged) void follower.read().catch(() => {});
  });
  const actions = createActions({ store, follower, address, storeFirst, tell, reader });

  return {
    /** @param {{run?: string|null, shared?: string|null}} place */
    async open(place) {
      watched = place.shared ?? null;
      store.set({ ...emptyRunState() });
      await follower.open(runAddress(place));
    },
    /** @param {any} configuration @param {string} [remembered] */
    prepare(configuration, remembered = "") {
      part = remembered;
      watched = null;
      follower.leave();
      store.set({ ...emptyRunState(), connection: "live", configuration });
    },
    /** @param {string} [remembered] */
    recall: (remembered = "") => recall(`${name}/${remembered}`)?.id ?? null,
    /** @param {string} remembered @param {string} id */
    remember: (remembered, id) => remember(`${name}/${remembered}`, id),
    /** @param {string} [remembered] */
    forget: (remembered = "") => forget(`${name}/${remembered}`),
    ...actions,
    address,
    refresh: follower.read,
    /** @param {number} k @param {"layers"} [include] of a network so large that its layers must be asked for */
    readStep: (k, include) => reader.read(`steps/${k}${include ? `?include=${include}` : ""}`),
    /** @param {string} rest */
    read: (rest) => (rest.includes("?") ? reader.read(rest) : readRun(address(), rest)),
    /** @param {string} rest */
    readAnew: (rest) => reader.reading((signal) => readRun(address(), rest, signal)),
    reading: reader.reading,
  };
}
