/** @typedef {{x: number[], y: number[], z: (number|null)[][]}} Grid values of a function, one row for each y */
/**
 * @typedef {{at: number[], next: string[]}} Crossing where a level crosses an edge of the grid, and the crossings it is
 *   joined to
 */

/**
 * The lines on which a sampled function has one value, each as its points in order (marching squares).
 * @param {Grid} grid @param {number} level
 * @returns {number[][][]}
 */
export function levelLines(grid, level) {
  /** @type {Map<string, Crossing>} */
  const crossings = new Map();
  for (let row = 0; row + 1 < grid.y.length; row += 1) {
    for (let column = 0; column + 1 < grid.x.length; column += 1)
      if (isCrossed(grid, level, row, column)) joinInCell(grid, level, row, column, crossings);
  }
  /** @type {number[][][]} */
  const lines = [];
  const open = [...crossings.keys()].filter((key) => crossings.get(key)?.next.length === 1);
  for (const key of [...open, ...crossings.keys()]) {
    if (crossings.has(key)) lines.push(follow(key, crossings));
  }
  return lines;
}

/**
 * Whether a level goes through a cell; it does not go through most of them.
 * @param {Grid} grid @param {number} level @param {number} row @param {number} column
 */
function isCrossed({ z }, level, row, column) {
  const [lower, upper] = [z[row], z[row + 1]];
  const above = Number(lower[column]) > level;
  return (
    Number(lower[column + 1]) > level !== above ||
    Number(upper[column]) > level !== above ||
    Number(upper[column + 1]) > level !== above
  );
}

/**
 * @param {Grid} grid
 * @param {number} level
 * @param {number} row
 * @param {number} column
 * @param {Map<string, Crossing>} crossings
 */
function joinInCell({ x, y, z }, level, row, column, crossings) {
  // the corners, counterclockwise
  const corners = [
    [row, column],
    [row, column + 1],
    [row + 1, column + 1],
    [row + 1, column],
  ];
  const heights = corners.map(([i, j]) => z[i][j]);
  if (heights.includes(null)) return;
  const values = /** @type {number[]} */ (heights);
  const above = values.map((value) => value > level);
  /** @type {string[]} */
  const edges = [];
  for (let side = 0; side < 4; side += 1) {
    const other = (side + 1) % 4;
    if (above[side] === above[other]) continue;
    const [[i, j], [k, l]] = [corners[side], corners[other]];
    const share = (level - values[side]) / (values[other] - values[side]);
    const key = [Math.min(i, k), Math.min(j, l), i === k ? "across" : "up"].join();
    if (!crossings.has(key))
      crossings.set(key, { at: [x[j] + share * (x[l] - x[j]), y[i] + share * (y[k] - y[i])], next: [] });
    edges.push(key);
  }
  // in a saddle the value in the middle says which corners belong together
  const middle = (values[0] + values[1] + values[2] + values[3]) / 4 > level;
  for (const [one, two] of pairsOf(edges, middle === above[0])) {
    crossings.get(one)?.next.push(two);
    crossings.get(two)?.next.push(one);
  }
}

/**
 * Which edges of a cell a line joins.
 * @param {string[]} edges @param {boolean} first whether a saddle begins with its first two
 */
function pairsOf(edges, first) {
  if (edges.length < 4) return [edges];
  const [a, b, c, d] = first ? edges : [edges[3], ...edges];
  return [
    [a, b],
    [c, d],
  ];
}

/**
 * Walks a line from one of its crossings, taking them out.
 * @param {string} start
 * @param {Map<string, Crossing>} crossings
 */
function follow(start, crossings) {
  /** @type {number[][]} */
  const points = [];
  const first = crossings.get(start);
  let key = /** @type {string|undefined} */ (start);
  while (key !== undefined) {
    const { at, next } = /** @type {Crossing} */ (crossings.get(key));
    points.push(at);
    crossings.delete(key);
    key = next.find((each) => crossings.has(each));
  }
  const closed = first && first.next.length > 1 && points.length > 2;
  return closed ? [...points, points[0]] : points;
}
