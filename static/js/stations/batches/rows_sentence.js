import { exact, plural, trimmed } from "../../base/format.js";

/** @typedef {import("./rows_state.js").State} State */

/** A number in a sentence. @param {number|null|undefined} value */
const said = (value) => (value === null || value === undefined ? "infinite" : trimmed(value));

/** Numbers of units or rows as words: 1, 2 and 3. @param {number[]} which from 0 */
function list(which) {
  const names = which.map((index) => String(index + 1));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** What is seen. @param {State} state */
export function rowsSentence(state) {
  if (!state.seen) return "Getting ready.";
  const { answer } = state.seen;
  if (answer.diverged) return "Some numbers are infinite: the weights or the learning rate are too large.";
  if (state.forget) return forgotten(state);
  return state.added === null ? whole(state) : adding(state);
}

/** The hidden units that a row does not wake. @param {any} answer @param {number} row */
const asleep = (answer, row) =>
  answer.layers[0].activation_derivatives[row].flatMap((/** @type {number} */ slope, /** @type {number} */ unit) =>
    slope === 0 ? [unit] : [],
  );

/** @param {State} state */
function adding({ seen, row, added, layer, m }) {
  const { answer } = /** @type {import("./rows_state.js").Seen} */ (seen);
  const dead = asleep(answer, row);
  const start = added === 1 ? "One row is one outer product." : `Row ${row + 1} is added to the sum.`;
  if (dead.length === answer.layers[0].activations[row].length)
    return `${start} It wakes no hidden unit: its outer product is 0, and still it counts in m.`;
  const end = added === m ? " All rows are in: what is left is to divide by m, once." : "";
  if (!dead.length) return `${start} It wakes every hidden unit.${end}`;
  return `${start} ${sleeping(dead, layer)}${end}`;
}

/**
 * What a row's outer product has of the hidden units that it does not wake.
 * @param {number[]} dead @param {number} layer
 */
function sleeping(dead, layer) {
  const [line, product] = layer ? ["column", "δᵀh"] : ["row", "δᵀx"];
  return dead.length > 1
    ? `It does not wake hidden units ${list(dead)}: their ${line}s of ${product} are 0.`
    : `It does not wake hidden unit ${list(dead)}: its ${line} of ${product} is 0.`;
}

/** @param {State} state */
function whole({ seen, row, m }) {
  const { answer } = /** @type {import("./rows_state.js").Seen} */ (seen);
  if (m === 1) return "A batch of one row: the mean is its outer product, as on the slides before.";
  const losses = /** @type {number[]} */ (answer.losses);
  const largest = Math.max(...losses);
  const own = `Row ${row + 1} has a loss of ${said(losses[row])}`;
  const mean = `the mean of all ${m} is ${said(answer.loss_before)}`;
  const dead = asleep(answer, row);
  if (losses[row] === largest) return `${own}, the largest; ${mean}. ${learning(answer, m)}`;
  const units = answer.layers[0].activations[row].length;
  if (dead.length === units) return `${own}; ${mean}. It wakes no hidden unit: only b⁽²⁾ learns from it.`;
  const still = dead.length ? `It does not wake ${plural(dead.length, "hidden unit")}.` : "It wakes every hidden unit.";
  return `${own}; ${mean}. ${still}`;
}

/** A unit that sleeps for one row learns from another one. @param {any} answer @param {number} m */
function learning(answer, m) {
  const rows = Array.from({ length: m }, (_, row) => row);
  const units = answer.layers[0].activations[0].map((/** @type {number} */ _, /** @type {number} */ unit) => unit);
  for (const unit of [...units].reverse()) {
    const without = rows.filter((row) => asleep(answer, row).includes(unit));
    const by = rows.filter((row) => !without.includes(row));
    if (!by.length) return `Hidden unit ${unit + 1} is dead: no row wakes it.`;
    const rowsOf = (/** @type {number[]} */ which) => `row${which.length > 1 ? "s" : ""} ${list(which)}`;
    if (without.length)
      return `Hidden unit ${unit + 1} sleeps for ${rowsOf(without)} and still learns from ${rowsOf(by)}.`;
  }
  return "Every row wakes every hidden unit.";
}

/** @param {State} state */
function forgotten({ seen, m, eta }) {
  const { answer, without } = /** @type {import("./rows_state.js").Seen} */ (seen);
  const rates = `η = ${exact(eta)} moves as ${exact(without.learning_rate)} would`;
  const long = `Without 1/m the step is ${m} times as long: ${rates}`;
  const losses = `from ${said(answer.loss_before)} to ${said(without.loss_after)}`;
  const ends = `L goes ${losses} instead of ${said(answer.loss_after)}`;
  if (m === 1) return "With a single row nothing changes: 1/m is 1.";
  const worse = without.loss_after === null || without.loss_after > answer.loss_before;
  return worse
    ? `${long}, and that is too far: ${ends}.`
    : `${long}: ${ends}. More rows, longer steps: with enough of them any η is too large.`;
}
