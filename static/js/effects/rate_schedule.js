import { readRun } from "../api.js";

/**
 * With which learning rates a run came to where it stands: each stretch of one rate by the step it ends at.
 * @param {string} address
 * @returns {Promise<{until: number, rate: number}[]>}
 */
export async function readSchedule(address) {
  /** @type {{until: number, rate: number}[]} */
  const stretches = [];
  /** @type {number|null} */
  let since = 0;
  while (since !== null) {
    /** @type {any} */
    const page = await readRun(address, `losses?since=${since}`);
    for (const { step, learning_rate: rate } of page.records) {
      const last = stretches.at(-1);
      if (last && last.rate === rate) last.until = step;
      else stretches.push({ until: step, rate });
    }
    since = page.next;
  }
  return stretches;
}
