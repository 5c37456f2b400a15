/**
 * The loss at each step from 0. In mini-batches each step has its own batch: the loss at a step is that of the batch
 * which comes next, and nobody computed it for the newest step.
 * @param {Pick<import("./state.js").RunState, "run"|"records">} state
 * @param {number|null} [newest] the loss of the batch that comes next, where it is known
 * @returns {(number|null)[]} null where no float holds it
 */
export function lossesAlong({ run, records }, newest = run?.loss ?? null) {
  if (!records.length) return [newest];
  const isWhole = run.steps_per_epoch === 1;
  const after = records.map(({ loss_after: loss }, k) => {
    if (isWhole || loss !== null || (run.diverged && k + 1 === run.diverged_at)) return loss;
    return k + 1 < records.length ? records[k + 1].loss_before : newest;
  });
  return [records[0].loss_before, ...after];
}
