/**
 * A label on a plane, in pixels: where its text begins, ends or has its middle, on its base line. A `free` one steps
 * aside
 * from what it would cover; `stepped` is how far it did so before, so that it does not jump to and fro.
 * @typedef {{x: number, y: number, width: number, height: number, anchor: "start"|"middle"|"end", free: boolean,
 *   stepped?: number[]}} Wish
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{x: number, y: number, step: number[]}} Place
 */

const ASIDE = [0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1, 1]; // in widths of the label
const UP = [0, -0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2, -2.5, 2.5, -3, 3, -4, 4, -5, 5, -6, 6]; // in heights
const STEPS = UP.flatMap((up) => ASIDE.map((aside) => [aside, up]));
const DOT = 10; // pixels around a point that are kept free
const ABOVE = 0.78; // of a text's height is above its base line
export const INSET = 4; // pixels between a label and the border
const COST = { label: 12, dot: 5, ink: 0.18, way: 0.3, change: 0.5 }; // of what a place covers, and of going there

/**
 * Places for labels inside a box, the first ones first: not over points, lines and each other where that can be helped.
 * @param {Wish[]} wishes
 * @param {{dots: number[][], ink: number[][]}} drawn points, and dots along the lines a few pixels apart
 * @param {Box} box @param {Box} [around] with the margin, into which a label that is not free may reach
 * @param {Box[]} [held] places that something else has
 * @returns {Place[]}
 */
export function placeLabels(wishes, drawn, box, around = box, held = []) {
  const taken = [...held];
  /** @type {Place[]} */
  const places = [];
  const order = [...wishes.keys()].sort((a, b) => Number(wishes[a].free) - Number(wishes[b].free));
  for (const index of order) {
    const wish = wishes[index];
    const first = placeOf(wish, [0, 0], wish.free ? box : around);
    let [best, least] = [first, Infinity];
    for (const step of wish.free ? STEPS : []) {
      const place = placeOf(wish, step, box);
      const cost =
        costOf(rectOf(wish, place), drawn, taken) +
        COST.way * wayOf(first, place, wish.height) +
        (isSame(step, wish.stepped) ? 0 : COST.change);
      if (cost < least) [best, least] = [place, cost];
    }
    places[index] = best;
    taken.push(rectOf(wish, best));
  }
  return places;
}

/** @param {number[]} step @param {number[]} [other] */
const isSame = (step, other = [0, 0]) => step[0] === other[0] && step[1] === other[1];

/**
 * A step from where the label would stand inside the box.
 * @param {Wish} wish
 * @param {number[]} step
 * @param {Box} box
 * @returns {Place}
 */
function placeOf({ x, y, width, height, anchor }, step, box) {
  const before = anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width;
  const within = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.min(Math.max(value, low), Math.max(low, high));
  const inX = (/** @type {number} */ value) =>
    within(value, box.left + INSET + before, box.right - INSET - width + before);
  const inY = (/** @type {number} */ value) => within(value, box.top + height * ABOVE, box.bottom - INSET);
  return { x: inX(inX(x) + step[0] * width), y: inY(inY(y) + step[1] * height), step };
}

/** @param {Wish} wish @param {Place} place @returns {Box} */
function rectOf({ width, height, anchor }, { x, y }) {
  const left = x - (anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width);
  return { left, right: left + width, top: y - height * ABOVE, bottom: y + height * (1 - ABOVE) };
}

/**
 * How far a place is from the first one, in heights; aside is nearer than up or down, for a text is wide.
 * @param {Place} first
 * @param {Place} place
 * @param {number} height
 */
const wayOf = (first, place, height) => Math.hypot((place.x - first.x) / 3, place.y - first.y) / height;

/** @param {Box} rect @param {{dots: number[][], ink: number[][]}} drawn @param {Box[]} taken */
function costOf(rect, { dots, ink }, taken) {
  const holds = (/** @type {number[]} */ [x, y], /** @type {number} */ air) =>
    x > rect.left - air && x < rect.right + air && y > rect.top - air && y < rect.bottom + air;
  const shared = taken
    .map(
      (other) =>
        Math.max(0, Math.min(rect.right, other.right) - Math.max(rect.left, other.left)) *
        Math.max(0, Math.min(rect.bottom, other.bottom) - Math.max(rect.top, other.top)),
    )
    .filter(Boolean);
  const height = rect.bottom - rect.top;
  return (
    COST.label * shared.reduce((sum, area) => sum + 0.3 + area / height ** 2, 0) +
    COST.dot * dots.filter((dot) => holds(dot, DOT)).length +
    COST.ink * ink.filter((dot) => holds(dot, 3)).length
  );
}

/**
 * Dots along a line of straight pieces, for as far as it is inside a box.
 * @param {number[][]} points in pixels @param {Box} box @param {number} [apart] pixels between two of them
 * @returns {number[][]}
 */
export function inkAlong(points, { left, top, right, bottom }, apart = 5) {
  /** @type {number[][]} */
  const ink = [];
  for (const [index, [x, y]] of points.slice(1).entries()) {
    const [x0, y0] = points[index];
    if (Math.max(x, x0) < left || Math.min(x, x0) > right || Math.max(y, y0) < top || Math.min(y, y0) > bottom)
      continue;
    const count = Math.min(400, Math.max(1, Math.ceil(Math.hypot(x - x0, y - y0) / apart)));
    for (let k = 0; k < count; k += 1) ink.push([x0 + ((x - x0) * k) / count, y0 + ((y - y0) * k) / count]);
  }
  return ink;
}
