import { number, percent, plural } from "./format.js";

/**
 * What a step's answer changes in the view of its run.
 * @param {any} run @param {any} answer
 */
export function viewAfter(run, answer) {
  const { step, epoch, loss, diverged, diverged_at, diagnostics } = answer;
  const rate = answer.records.at(-1)?.learning_rate ?? run.optimizer.learning_rate;
  return { step, epoch, loss: loss ?? run.loss, diverged, diverged_at, diagnostics, status: diverged ? "diverged" : "paused", optimizer: { ...run.optimizer, learning_rate: rate } };
}

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
  const result = evaluation?.step === step ? `train loss ${number(evaluation.train_loss)}, ${percent(evaluation.test_accuracy)} of the test digits right` : `now at step ${step}`;
  return `${plural(step - start, "step")} done, epoch ${epoch}: ${result}.`;
}

/** @param {any} run @param {any} record */
function lossSentence(run, { batch_size: size, loss_before: before, loss_after: after }) {
  const where = size === run.samples ? "all digits" : "this batch";
  return after === null ? `the loss on ${where} was ${number(before)} before it` : `the loss on ${where} went from ${number(before)} to ${number(after)}`;
}
