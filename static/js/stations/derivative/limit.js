/** @typedef {{delta: number, error: number|null}} Row */

const USUAL = 1e-8; // where no derivative tells the error: about the root of what float64 resolves
const LARGEST = 1e-3; // a limit that rested at a larger Δx would not be seen to move

/**
 * The Δx at which the server's table has the smallest error: what is below it is round-off. A straight line has none,
 * and rests after three powers of ten.
 * @param {{answer: any, at: number}} state
 * @returns {number}
 */
export function restOf(state) {
  const rows = rowsOf(state);
  const best = Math.min(...rows.map(sizeOf));
  const row = rows.find((each) => sizeOf(each) === best && Math.abs(each.delta) <= LARGEST);
  return row ? Math.abs(row.delta) : USUAL;
}

/**
 * Whether below that Δx the error grows again, so that there is round-off to be seen; without a derivative there is no
 * error.
 * @param {{answer: any, at: number}} state
 */
export function meetsRoundOff(state) {
  const [rows, rest] = [rowsOf(state), restOf(state)];
  const best = Math.min(...rows.map(sizeOf));
  return rows.some((row) => Math.abs(row.delta) < rest && sizeOf(row) > best);
}

/** The rows of the table that know their error, once the server has spoken on the very point. */
const rowsOf = (/** @type {{answer: any, at: number}} */ { answer, at }) =>
  /** @type {{delta: number, error: number}[]} */ (
    (answer?.at === at ? answer.table : []).filter((/** @type {Row} */ row) => row.error !== null)
  );

/** @param {{error: number}} row */
const sizeOf = ({ error }) => Math.abs(error);
