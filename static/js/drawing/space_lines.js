/** @typedef {import("./plane_axes.js").Mark} Mark */

/**
 * A curve in space: where the surface hides it, thin and dotted.
 * @param {number[][][]} pieces
 * @param {string} symbol
 * @param {(point: number[]) => boolean} hidden
 * @param {boolean} [thin]
 * @returns {Mark[]}
 */
export function traced(pieces, symbol, hidden, thin = false) {
  return pieces.flatMap((piece) => {
    /** @type {{points: number[][], away: boolean}[]} */
    const runs = [];
    for (const point of piece) {
      const away = hidden(point);
      const run = runs[runs.length - 1];
      run?.points.push(point); // the next run begins where this one ends
      if (!run || run.away !== away) runs.push({ points: [point], away });
    }
    return /** @type {Mark[]} */ (
      runs
        .filter(({ points }) => points.length > 1)
        .map(({ points, away }) => ({
          kind: "path",
          points,
          symbol,
          thin: thin || away,
          ...(away ? { dash: "1 5" } : {}),
        }))
    );
  });
}
