/** @typedef {{learning_rate: number, losses: (number|null)[], living: number[], outcome: string,
 *   largest_eigenvalue: number|null}} Walk as the server answers */

const LOSS = /** @type {Record<string, string>} */ ({
  falls: "falls",
  stays: "stays where it was",
  rises_first: "rises, then learns",
  ends_above: "ends above its start",
  diverges: "grows without end",
});
const COUNTS = ["no unit", "one unit", "two units", "three units"];

/**
 * What becomes of twenty steps, in a few words: "dies" is said of units, never of the loss.
 * @param {Pick<Walk, "living"|"outcome">} walk
 */
export function outcomeOf({ living, outcome }) {
  const [first, last] = [living[0], living[living.length - 1]];
  if (outcome === "diverges" || last === first) return LOSS[outcome];
  if (!last) return first === 1 ? "its only unit dies" : "all living units die";
  return `${COUNTS[first - last] ?? `${first - last} units`} ${first - last === 1 ? "dies" : "die"}`;
}

/**
 * Learning rates side by side with one outcome.
 * @param {Walk[]} walks @returns {{name: string, from: number, to: number}[]} places in the list, both ends within
 */
export function stretchesOf(walks) {
  /** @type {{name: string, from: number, to: number}[]} */
  const found = [];
  for (const [k, walk] of walks.entries()) {
    const name = outcomeOf(walk);
    const last = found.at(-1);
    if (last?.name === name) last.to = k;
    else found.push({ name, from: k, to: k });
  }
  return found;
}
