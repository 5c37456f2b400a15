/** @typedef {import("./loss_curve.js").Evaluation} Evaluation */
/** @typedef {import("./state.js").RunStore} RunStore */

/** Whether two views are of one run with one past. @param {any} known @param {any} run */
export const isSame = (known, run) => known?.share_id === run.share_id && known.generation === run.generation;

/**
 * The newer of two views: while one was read, events may have brought a later one. @param {any} known @param {any} run
 */
export const newer = (known, run) => (isSame(known, run) && known.step > run.step ? { ...run, ...known } : run);

/**
 * What a step's answer changes in the view of its run.
 * @param {any} run @param {any} answer
 */
export function viewAfter(run, answer) {
  const { step, epoch, loss, diverged, diverged_at, diagnostics } = answer;
  const rate = answer.records.at(-1)?.learning_rate ?? run.optimizer.learning_rate;
  return {
    step,
    epoch,
    loss: loss ?? run.loss,
    diverged,
    diverged_at,
    diagnostics,
    status: diverged ? "diverged" : "paused",
    optimizer: { ...run.optimizer, learning_rate: rate },
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
export function takeStatus(store, status) {
  const run = store.get().run;
  if (!run || status.generation !== run.generation || status.step < run.step) return;
  const { step, epoch, loss, learning_rate: rate, diverged_at: divergedAt } = status;
  store.set({
    run: {
      ...run,
      status: status.status,
      step,
      epoch,
      loss,
      diverged_at: divergedAt ?? null,
      diverged: (divergedAt ?? null) !== null,
      optimizer: { ...run.optimizer, learning_rate: rate ?? run.optimizer.learning_rate },
    },
  });
}

/** @param {RunStore} store @param {any} record */
export function takeStep(store, record) {
  const run = store.get().run;
  if (!run || record.step <= run.step) return;
  store.set({ run: { ...run, step: record.step, epoch: record.epoch, loss: record.loss_after ?? run.loss } });
}

/** @param {RunStore} store @param {any} diagnostic */
export function takeDiagnostic(store, diagnostic) {
  const run = store.get().run;
  if (!run) return;
  const others = run.diagnostics.filter(
    (/** @type {any} */ one) => one.kind !== diagnostic.kind || one.step !== diagnostic.step,
  );
  store.set({ run: { ...run, diagnostics: [...others, diagnostic] } });
}
