import { exact, number } from "../../base/format.js";
import { evaluate } from "../../base/program.js";
import { planeLayout } from "../../drawing/plane_axes.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/plane_axes.js").Range} Range */
/** @typedef {import("./gradient_here.js").Here} Here */

const SAMPLES = 160;
const STEEP = 2; // times as steep as most of a slice: there it is looked at closely
const STAYS = 0.6; // share of a rise that must be left after halving the way again and again: then it is a jump
const HALVINGS = 20;
const NARROW = 1e-4; // of the slice: a shorter piece is a single value
const NAMES = /** @type {const} */ (["x", "y"]);

/**
 * The function along one variable through a point, the other held constant: pieces of a curve, apart where it has no
 * value and where it jumps.
 * @param {any} program @param {number[]} point @param {0|1} along @param {Range} range
 * @returns {number[][][]} pieces of [position, height]
 */
export function sliceThrough(program, point, along, [low, high]) {
  const heightAt = (/** @type {number} */ position) =>
    evaluate(program, along ? [point[0], position] : [position, point[1]]);
  const places = Array.from({ length: SAMPLES + 1 }, (_, index) => low + ((high - low) * index) / SAMPLES);
  const heights = places.map(heightAt);
  const steps = heights.slice(1).map((height, index) => riseOf(heights[index], height));
  const usual = [...steps].sort((a, b) => a - b)[SAMPLES / 2];
  /** @type {number[][][]} */
  const pieces = [[]];
  for (const [index, height] of heights.entries()) {
    const mayJump = index > 0 && steps[index - 1] > STEEP * usual;
    const jump = mayJump ? jumpBetween(heightAt, places[index - 1], places[index]) : null;
    if (jump) {
      pieces[pieces.length - 1].push(jump[0]);
      pieces.push([jump[1]]);
    }
    if (height !== null) pieces[pieces.length - 1].push([places[index], height]);
    else if (pieces[pieces.length - 1].length) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length && piece[piece.length - 1][0] - piece[0][0] > NARROW * (high - low));
}

/** @param {number|null} from @param {number|null} to */
const riseOf = (from, to) => (from === null || to === null ? 0 : Math.abs(to - from));

/**
 * Where the function jumps between two places: the ends of its pieces, or null where it is only steep there.
 * @param {(position: number) => number|null} heightAt @param {number} left @param {number} right
 * @returns {[number[], number[]]|null}
 */
function jumpBetween(heightAt, left, right) {
  let [from, to] = [heightAt(left), heightAt(right)];
  const least = riseOf(from, to) * STAYS;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const place = (left + right) / 2;
    const height = heightAt(place);
    if (height === null) break; // a gap, as in the middle of a pole
    if (riseOf(from, height) >= riseOf(height, to)) [right, to] = [place, height];
    else [left, from] = [place, height];
    if (riseOf(from, to) < least) return null;
  }
  return [
    [left, Number(from)],
    [right, Number(to)],
  ];
}

/**
 * One slice through a surface with its tangent, whose slope is the partial derivative.
 * @param {{here: Here, along: 0|1, pieces: number[][][], range: Range, heights: Range, digits: number, colors:
 *   import("../../base/theme.js").Palette}} input
 * @returns {import("../../drawing/plane_axes.js").PlaneFigure}
 */
export function sliceFigure({ here, along, pieces, range, heights, digits, colors }) {
  const [name, held] = [NAMES[along], NAMES[1 - along]];
  const [at, fixed] = [here.point[along], here.point[1 - along]];
  const slope = here.gradient[along];
  const height = here.value ?? 0;
  return {
    data: [{ type: "scatter", x: [], y: [] }],
    layout: planeLayout({ x: range, y: heights, colors }),
    marks: [
      { kind: "segment", from: [at, heights[0]], to: [at, heights[1]], symbol: "soft", dash: "3 4", thin: true },
      .../** @type {Mark[]} */ (pieces.map((points) => ({ kind: "path", points, symbol: name }))),
      {
        kind: "label",
        at: [range[0], heights[1]],
        text: `${along ? `f(${exact(fixed)}, y)` : `f(x, ${exact(fixed)})`}: ${held} is held at ${exact(fixed)}`,
        symbol: name,
        shift: [10, 16],
      },
      ...tangent({ here, along, pieces, range, heights, digits, colors }),
      {
        kind: "point",
        at: [at, height],
        symbol: name,
        hollow: here.value === null,
        handle: {
          id: name,
          label: `${name}₀`,
          now: at,
          value: `${name}₀ = ${exact(at)}, f = ${number(here.value, digits)}, ∂f/∂${name} = ${number(slope, digits)}`,
          axes: "x",
        },
      },
    ],
  };
}

/**
 * @param {{here: Here, along: 0|1, pieces: number[][][], range: Range, heights: Range, digits: number, colors:
 *   import("../../base/theme.js").Palette}} input
 * @returns {Mark[]}
 */
function tangent({ here, along, pieces, range, heights, digits, colors }) {
  const slope = here.gradient[along];
  if (slope === null || here.value === null) return [];
  const [at, height] = [here.point[along], here.value];
  const reach = (range[1] - range[0]) / 4;
  const line = Array.from({ length: 41 }, (_, index) => [
    at + reach * (index / 20 - 1),
    height + slope * reach * (index / 20 - 1),
  ]);
  const text = `∂f/∂${NAMES[along]} = ${number(slope, digits)}`;
  return [
    { kind: "line", through: [at, height], slope, symbol: "slope", reach },
    {
      kind: "label",
      at: roomFor(
        [...pieces.flat(), ...line],
        [at, height],
        range,
        heights,
        text.length * 0.0021 * colors.size,
        colors.size / 13,
      ),
      text,
      symbol: "slope",
      shift: [0, 6],
      anchor: "middle",
    },
  ];
}

/**
 * The place for a label near the point that the curve and its tangent pass the least; shares of the picture count.
 * @param {number[][]} points
 * @param {number[]} near
 * @param {Range} range
 * @param {Range} heights
 * @param {number} width of the label
 * @param {number} scale of the text
 */
function roomFor(points, near, range, heights, width, scale) {
  const toShare = (/** @type {number[]} */ [x, y]) => [
    (x - range[0]) / (range[1] - range[0]),
    (y - heights[0]) / (heights[1] - heights[0]),
  ];
  // the name of the slice stands at the top on the left
  const shares = [...points.map(toShare), ...Array.from({ length: 30 }, (_, index) => [index / 40, 0.93])];
  const [u, v] = toShare(near);
  const inside = (/** @type {number} */ value, /** @type {number} */ margin) =>
    Math.min(1 - margin, Math.max(margin, value));
  let [best, fewest] = [[u, v], Infinity];
  for (const [right, up] of [
    [1, -0.16],
    [-1, -0.16],
    [1, 0.16],
    [-1, 0.16],
    [1, -0.3],
    [-1, -0.3],
    [1, 0.3],
    [-1, 0.3],
  ]) {
    const place = [inside(u + right * (width / 2 + 0.04), width / 2), inside(v + up, 0.1)];
    const hits =
      shares.filter(([a, b]) => Math.abs(a - place[0]) < width / 2 && Math.abs(b - place[1]) < 0.09 * scale).length +
      (Math.abs(u - place[0]) < width / 2 ? 3 : 0);
    if (hits < fewest) [best, fewest] = [place, hits];
  }
  return [range[0] + best[0] * (range[1] - range[0]), heights[0] + best[1] * (heights[1] - heights[0])];
}
