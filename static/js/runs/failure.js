import { short, shown } from "../base/format.js";
import { tidy } from "../base/scales.js";
import { raised } from "../base/number_names.js";

/** @typedef {import("./state.js").RunState} State */
/**
 * @typedef {{layer: number, units: number[], since: number[], isHidden: boolean}} Dead the dead units of a layer,
 *   from 0, each with the step since which it is dead
 */

/**
 * Which units no sample activates any more at a step, as the run's own diagnosis says.
 * @param {any} run @param {number} step
 * @returns {Dead[]}
 */
export function deadAt(run, step) {
  const found = (run?.diagnostics ?? []).filter((/** @type {any} */ one) => one.kind === "dead_units");
  return found.flatMap((/** @type {any} */ { layer, units, since }) => {
    /** @type {{unit: number, at: number}[]} */
    const those = units.map((/** @type {number} */ unit, /** @type {number} */ index) => ({ unit, at: since[index] }));
    const now = those.filter(({ at }) => at <= step);
    if (!now.length) return [];
    const isHidden = layer < run.network.layer_sizes.length - 1;
    return [{ layer: layer - 1, units: now.map(({ unit }) => unit), since: now.map(({ at }) => at), isHidden }];
  });
}

/**
 * The step at which the loss first rose, if it did up to a step.
 * @param {Pick<State, "run"|"records">} state @param {number} step
 */
export const firstRise = ({ run, records }, step) =>
  records.find((record) => record.step <= step && isRise(record, run)) ?? null;

/**
 * No loss after an update is one that no float holds, or in mini-batches one that nobody asked for.
 * @param {import("./state.js").Record} record @param {any} run
 */
function isRise({ step, loss_before: before, loss_after: after }, run) {
  if (after === null) return run?.diverged === true && step === run.diverged_at;
  return before !== null && after > before;
}

/**
 * When units died, for the loss curve; those that were dead from the start are no news.
 * @param {any} run
 */
export function deathsOf(run) {
  /** @type {Map<string, number[]>} */
  const by = new Map();
  for (const { layer, units, since } of deadAt(run, Infinity))
    for (const [index, unit] of units.entries()) {
      if (!since[index]) continue;
      const key = `${since[index]} ${layer}`;
      by.set(key, [...(by.get(key) ?? []), unit]);
    }
  return [...by].map(([key, units]) => ({
    step: Number(key.split(" ")[0]),
    words: `${unitsInWords(units)} die${units.length > 1 ? "" : "s"}`,
  }));
}

/** "unit 2", "units 1 and 2", "7 units". @param {number[]} units from 0 */
export function unitsInWords(units) {
  if (units.length > 4) return `${units.length} units`;
  const numbers = units.map((unit) => unit + 1);
  if (numbers.length === 1) return `unit ${numbers[0]}`;
  return `units ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

/**
 * What went wrong up to a step, in words; null where nothing did.
 * @param {State} state @param {number} step @param {number|null} limit 2/λ at the step before
 */
export function failureAt({ run, records }, step, limit) {
  const dead = deadAt(run, step).filter(({ since }) => since.some((at) => at > 0));
  const last = records[step - 1];
  if (run?.diverged && step >= run.diverged_at)
    return `At update ${run.diverged_at} the numbers left the finite range, as ∞. Everything before it is still there.`;
  const now = dead.filter(({ since }) => since.includes(step));
  if (now.length) return now.map((one) => died(one, step, run)).join(" ");
  if (last && isRise(last, run)) return rose(last, limit);
  if (dead.length) return dead.map((one) => stillDead(one, run)).join(" ");
  return null;
}

/** @param {any} record @param {number|null} limit */
function rose({ loss_before: before, loss_after: after, learning_rate: rate }, limit) {
  const over =
    limit !== null && rate > limit
      ? `: η = ${short(rate)} is over 2/λ = ${shown(limit, 3)}`
      : `: η = ${short(rate)} went too far`;
  return `The update made the loss rise, from ${shown(before)} to ${shown(after)}${over}.`;
}

/**
 * @param {Dead} dead
 * @param {number} step
 * @param {any} run
 */
function died({ layer, units, since }, step, run) {
  const own = units.filter((_, index) => since[index] === step);
  const isAll = units.length === run.network.layer_sizes[layer + 1];
  const others = isAll && own.length < units.length ? `, so all ${units.length} are dead` : "";
  const words = capital(unitsInWords(own));
  return `${words} of layer ${layer + 1} died at update ${step}${others}: ${zeros(layer, units, isAll)} 0 since then.`;
}

/**
 * @param {Dead} dead
 * @param {any} run
 */
function stillDead({ layer, units, since, isHidden }, run) {
  const isAll = units.length === run.network.layer_sizes[layer + 1];
  const which = isAll ? "Every unit" : capital(unitsInWords(units));
  const rest = isAll && isHidden ? " Only what comes after them still learns." : "";
  const isMany = units.length > 1 && !isAll;
  return (
    `${which} of layer ${layer + 1} ${isMany ? "are" : "is"} dead: ` +
    `${zeros(layer, units, isAll)} 0 since update ${Math.max(...since)}.${rest}`
  );
}

/**
 * Which gradients are zero.
 * @param {number} layer
 * @param {number[]} units
 * @param {boolean} isAll
 */
function zeros(layer, units, isAll) {
  const names = `∂L/∂W${raised(layer)} and ∂L/∂b${raised(layer)}`;
  if (isAll) return `${names} are`;
  return units.length > 1 ? `their rows of ${names} are` : `row ${units[0] + 1} of ${names} is`;
}

/**
 * A learning rate to try instead: the round number below 2/λ, or half of what was used.
 * @param {number|null} limit @param {number} used
 */
export function smallerRate(limit, used) {
  if (limit === null || limit >= used) return tidy(used / 2, 2);
  // at 2/λ itself nothing is lost, and nothing won
  const below = 0.999 * limit;
  const power = 10 ** Math.floor(Math.log10(below));
  return tidy(Math.floor(below / power) * power, 2);
}

/** @param {string} words */
const capital = (words) => words[0].toUpperCase() + words.slice(1);
