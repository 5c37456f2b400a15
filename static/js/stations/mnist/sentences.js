import { count, number, percent, plural } from "../../base/format.js";

/**
 * What the steps did, in a sentence.
 * @param {any} run @param {any} answer @param {number} start the step from which they went
 */
export function stepSentence(run, answer, start) {
  const { records, step, epoch } = answer;
  const last = records.at(-1);
  if (answer.diverged) return `Step ${answer.diverged_at}: the numbers left the finite range.`;
  if (step - start === 1) return `Step ${step}: ${lossSentence(run, last)}.`;
  const evaluation = answer.evaluations.at(-1);
  const result =
    evaluation?.step === step
      ? `train loss ${number(evaluation.train_loss)}, ${percent(evaluation.test_accuracy)} of the test digits right`
      : `now at step ${step}`;
  return `${plural(step - start, "step")} done, epoch ${epoch}: ${result}.`;
}

/** @param {any} run @param {any} record */
function lossSentence(run, { batch_size: size, loss_before: before, loss_after: after }) {
  const where = size === run.samples ? "all digits" : "this batch";
  return after === null
    ? `the loss on ${where} was ${number(before)} before it`
    : `the loss on ${where} went from ${number(before)} to ${number(after)}`;
}

/** Where a run stands. @param {any} run */
export const standing = (run) =>
  run.status === "playing" ? "Training goes on." : `The run stands at step ${run.step}, epoch ${run.epoch}.`;

/**
 * When that was: epochs, and steps where an epoch has more than one.
 * @param {{step: number, epoch: number, steps_per_epoch: number}} run
 */
export const whenOf = ({ step, epoch, steps_per_epoch: whole }) =>
  whole === 1 ? `epoch ${count(epoch)}` : `epoch ${count(epoch)}, step ${count(step)}`;

/**
 * What a run was at a step of its past.
 * @param {import("./state.js").MnistState} was @param {any} run as it is
 */
export function pastSentence({ run: was, evaluations }, run) {
  const then = evaluations.at(-1);
  const loss = `train loss ${number(then?.train_loss)}, ${percent(then?.test_accuracy)} of the test digits right`;
  return `Looking back at epoch ${count(was.epoch)} of ${count(run.epoch)}: ${loss}.`;
}
