import { exact, number, saidOf } from "../../base/format.js";
import { freeLabel } from "../../drawing/marks.js";
import { secantSlope, slopeAt, valueAt } from "./values.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/**
 * Where the slopes are drawn: `here` is f(x₀), `span` the width of the picture, `side` 1 where Δx leads to the right;
 * `parallels` is how many translations are shown beside it.
 * @typedef {{answer: any, at: number, delta: number, here: number, slope: number|null, secant: number|null, span:
 *   number, side: number, apart: number, parallels: number, atLimit: boolean, digits: number}} Place
 */

const SMALL = 1 / 30; // of the domain: a Δx below it has no room for its labels
const REACH = 1 / 5; // of the domain: so far a line goes to each side of x₀

/**
 * The tangent and the secant with their labels, and the triangle of Δx and Δy under the secant.
 * Beside its translations a function has one label for all their tangents, and none for its secant.
 * @param {import("./values.js").Input} input
 * @returns {Mark[]}
 */
export function slopeMarks({ answer, at, delta, digits, others, atLimit = false }) {
  const here = valueAt(answer, at);
  if (here === null) return [];
  const { x } = answer.curve;
  const slope = slopeAt(answer, at);
  const secant = atLimit ? slope : secantSlope(answer, at, delta);
  const side = delta < 0 ? -1 : 1;
  // the two labels keep to the side of their line where the other line is not
  const apart = slope !== null && secant !== null && (secant - slope) * side < 0 ? -1 : 1;
  const [span, parallels] = [x[x.length - 1] - x[0], others.length];
  const place = { answer, at, delta, here, slope, secant, span, side, apart, parallels, atLimit, digits };
  return [...tangent(place), ...secantLine(place), ...triangle(place)];
}

/** The tangent; where there is none, what the server found to each side. @param {Place} place @returns {Mark[]} */
function tangent(place) {
  const { answer, at, here, slope, span, side, apart, parallels, digits } = place;
  const reach = span * REACH;
  if (slope === null) return answer.at === at ? sides(place) : [];
  const text = `${parallels ? "all tangents" : "tangent"}, slope ${number(slope, digits)}`;
  const end = along(at, here, slope, side * reach * 1.1);
  return [
    { kind: "line", through: [at, here], slope, symbol: "slope", reach: reach * 1.15 },
    freeLabel(end, text, "slope", [0, apart > 0 ? 26 : -14], "middle"),
  ];
}

/** @param {Place} place @returns {Mark[]} */
function secantLine({ at, delta, here, secant, span, side, apart, parallels, atLimit, digits }) {
  if (secant === null) return [];
  const reach = span * REACH;
  const [end, text] = [along(at, here, secant, -side * reach), `secant, slope ${number(secant, digits)}`];
  const far = Math.max(Math.abs(delta) * 1.5, reach * 1.5);
  return [
    ...(parallels || atLimit ? [] : [freeLabel(end, text, "dx", [0, apart > 0 ? 26 : -14], "middle")]),
    { kind: "line", through: [at, here], slope: secant, symbol: "dx", dash: "9 7", reach: far },
  ];
}

/** Δx and Δy, where there is room for their names. @param {Place} place @returns {Mark[]} */
function triangle({ answer, at, delta, here, secant, span, side, parallels, digits }) {
  const there = valueAt(answer, at + delta);
  if (secant === null || there === null || parallels || Math.abs(delta) < span * SMALL) return [];
  const corner = [at + delta, here];
  const step = saidOf(`Δx = ${exact(delta)}`, answer.variable);
  const rise = `Δy = ${number(there - here, digits)}`;
  const beside = side > 0 ? "start" : "end";
  return [
    {
      kind: "path",
      points: [[at, here], corner, [at + delta, there]],
      symbol: "soft",
      thin: true,
      dash: "3 4",
    },
    freeLabel([at + delta / 2, here], step, "dx", [0, secant * side > 0 ? 22 : -10], "middle"),
    freeLabel([at + delta, here + (there - here) / 4], rise, "dx", [side * 12, 4], beside),
  ];
}

/** @param {number} at @param {number} here @param {number} slope @param {number} by @returns {[number, number]} */
const along = (at, here, slope, by) => [at + by, here + slope * by];

/** Where no single slope exists: one half line to each side that has one. @param {Place} place @returns {Mark[]} */
function sides({ answer, at, here, span, digits }) {
  const ways = /** @type {const} */ ([
    ["left", -1, "end"],
    ["right", 1, "start"],
  ]);
  return ways.flatMap(([name, way, anchor]) => {
    const slope = answer.one_sided[name];
    if (slope === null) return [];
    const to = along(at, here, slope, way * span * REACH);
    return [
      /** @type {Mark} */ ({ kind: "segment", from: [at, here], to, symbol: "slope" }),
      freeLabel(to, `${name} slope ${number(slope, digits)}`, "slope", [way * 10, 26], anchor),
    ];
  });
}
