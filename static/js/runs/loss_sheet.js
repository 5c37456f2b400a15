/**
 * The loss over the plane as a surface: cut where it is far above the walk, linear or logarithmic.
 * @typedef {{surface: import("../drawing/viewpoint.js").Surface, box: import("../drawing/viewpoint.js").Box,
 *   height: (loss: number|null) => number, holds: (point: {x: number, y: number}) => boolean, cut: number|null,
 *   above: number, at: (x: number, y: number) => number, tones: [number, number]}} Sheet
 *   `cut`: the loss above which nothing is drawn, null where nothing is cut; `above`: the share of the sheet that is
 *   higher; `at`: the sheet's own loss at a point; `tones`: from where to where the sheet itself goes
 */

const TIMES = 2.5; // of the highest loss of the walk: from there on the sheet is cut
const LEAST = 1e-12; // a share of the largest loss: below it the logarithm is cut
const AIR = 0.04;

/**
 * The losses that sheets of several answers have in common: the lowest one, the highest one, and the highest of the
 * walk.
 * @typedef {{low: number, high: number, walk: number}} Scale
 */
/**
 * The sheets of an answer, linear and logarithmic: turning one does not make it again.
 * @type {WeakMap<object, {scale: Scale|null, sheet: Sheet}[]>}
 */
const made = new WeakMap();

/**
 * @param {any} answer @param {boolean} isLog
 * @param {Scale|null} [scale] of the sheets that this one is compared with; what is beyond it is cut
 * @returns {Sheet}
 */
export function sheetOf(answer, isLog, scale = null) {
  const sheets = made.get(answer) ?? [];
  made.set(answer, sheets);
  const known = sheets[Number(isLog)];
  if (known?.scale === scale) return known.sheet;
  const sheet = scale ? scaledSheet(makeSheet(answer, isLog), answer, isLog, scale) : makeSheet(answer, isLog);
  sheets[Number(isLog)] = { scale, sheet };
  return sheet;
}

/**
 * The same sheet between the heights that all of them have.
 * @param {Sheet} sheet @param {any} answer @param {boolean} isLog @param {Scale} scale @returns {Sheet}
 */
function scaledSheet(sheet, { loss }, isLog, { low, high, walk }) {
  const most = isLog || high <= TIMES * walk ? high : TIMES * walk;
  const least = isLog ? Math.max(low, high * LEAST) : 0;
  const of = (/** @type {number} */ one) => (isLog ? Math.log10(one) : one);
  const height = (/** @type {number|null} */ one) => of(Math.min(most, Math.max(least, one ?? most)));
  const [from, to] = [of(least), of(most)];
  const air = AIR * (to - from || 1);
  const all = loss.flat().filter((/** @type {any} */ one) => one !== null);
  return {
    ...sheet,
    surface: { ...sheet.surface, z: loss.map((/** @type {(number|null)[]} */ row) => row.map(height)) },
    box: { ...sheet.box, z: [from - air, to + air] },
    tones: [from, to > from ? to : from + 1],
    height,
    cut: most < high ? most : null,
    above: all.filter((/** @type {number} */ one) => one > most).length / all.length,
  };
}

/** @param {any} answer @param {boolean} isLog @returns {Sheet} */
function makeSheet({ x, y, loss, trajectory, race, center_loss: center, expression }, isLog) {
  const holds = (/** @type {{x: number, y: number}} */ point) =>
    point.x >= x[0] && point.x <= x[x.length - 1] && point.y >= y[0] && point.y <= y[y.length - 1];
  const points = race ? race.racers.flatMap((/** @type {any} */ racer) => racer.points) : trajectory;
  const walked = points
    .filter((/** @type {any} */ point) => point.loss !== null && holds(point))
    .map((/** @type {any} */ point) => point.loss);
  const all = loss.flat().filter((/** @type {any} */ one) => one !== null);
  const highest = Math.max(...all);
  const limit = TIMES * Math.max(...walked, center ?? 0);
  const isCut = !isLog && highest > limit && limit > 0;
  const least = Math.max(
    // whoever walks on a function is on its sheet: only a network's run can be below
    Math.min(...all.filter((/** @type {number} */ one) => one > 0), ...(expression ? [] : walked.filter(Boolean))),
    highest * LEAST,
  );
  const height = (/** @type {number|null} */ one) =>
    isLog ? Math.log10(Math.max(one ?? highest, least)) : Math.min(one ?? highest, isCut ? limit : Infinity);
  const z = loss.map((/** @type {(number|null)[]} */ row) => row.map(height));
  const heights = [...z.flat(), ...walked.map(height)];
  const [low, high] = [Math.min(...heights, isLog || expression ? Infinity : 0), Math.max(...heights)];
  const air = AIR * (high - low || 1);
  return {
    surface: { x, y, z },
    box: { x: [x[0], x[x.length - 1]], y: [y[0], y[y.length - 1]], z: [low - air, high + air] },
    tones: tonesOf(z.flat()),
    height,
    holds,
    cut: isCut ? limit : null,
    above: isCut ? all.filter((/** @type {number} */ one) => one > limit).length / all.length : 0,
    at: (px, py) => between({ x, y, loss }, px, py),
  };
}

/** From where to where heights go; a flat sheet has one tone. @param {number[]} heights @returns {[number, number]} */
function tonesOf(heights) {
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  return [low, high > low ? high : low + 1];
}

/** The loss between four points of the grid. @param {any} grid @param {number} px @param {number} py */
function between({ x, y, loss }, px, py) {
  const place = (/** @type {number[]} */ axis, /** @type {number} */ value) => {
    const share = ((value - axis[0]) / (axis[axis.length - 1] - axis[0])) * (axis.length - 1);
    const first = Math.min(Math.max(Math.floor(share), 0), axis.length - 2);
    return [first, Math.min(Math.max(share - first, 0), 1)];
  };
  const [[j, u], [i, v]] = [place(x, px), place(y, py)];
  const row = (/** @type {number} */ k) => loss[k][j] * (1 - u) + loss[k][j + 1] * u;
  return row(i) * (1 - v) + row(i + 1) * v;
}
