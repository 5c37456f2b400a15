import { exact, number } from "../../base/format.js";
import { grown } from "./nudge_planes.js";

/** @typedef {import("../../drawing/plane_axes.js").Mapping} Mapping */
/** @typedef {import("./nudge.js").Nudge} Nudge */
/**
 * What stands between planes, in pixels: a wire, a label at an axis, a bar on an axis, a bead with its name that runs
 * along a wire.
 * @typedef {{kind: "wire", points: number[][], symbol: string} | {kind: "bar", from: number[], to: number[], symbol:
 *   string} | {kind: "bead", at: number[], text: string, symbol: string} | {kind: "label", at: number[], text: string,
 *   symbol: string, anchor: "start"|"middle"}} Link
 */

const BELOW = 31; // pixels below a plane's axis, under its numbers
const ASIDE = 7; // pixels beside an axis or a plane
const LEVEL = 18; // pixels from a level axis down to the foot of what is written there

/**
 * How u goes from the first plane's upright axis to the second's level one, and y on to the third plane.
 * @param {{inner: Mapping, outer: Mapping, composite: Mapping, nudge: Nudge, progress: number}} input
 * @returns {Link[]}
 */
export function nudgeLinks(input) {
  return [...labels(input), ...wires(input)];
}

/** @param {Parameters<typeof nudgeLinks>[0]} input @returns {Link[]} */
function wires({ inner, outer, composite, nudge, progress }) {
  const { u, y } = nudge;
  // on a small screen the planes stand below one another, too far for wires
  if (u === null || inner.box.right > outer.box.left) return [];
  const first = wireOfU(inner, outer, u);
  const links = [
    /** @type {Link} */ ({ kind: "wire", points: first, symbol: "u" }),
    ...axisBars(inner, outer, nudge, progress),
  ];
  if (y === null) return links;
  const second = [
    [outer.box.right, heightOf(outer, y)],
    [composite.box.left, heightOf(composite, y)],
  ];
  links.push({ kind: "wire", points: second, symbol: "f" }, ...yBars(outer, composite, nudge, progress));
  if (progress > 0.8 && progress < 1.4)
    links.push({ kind: "bead", at: along(first, grown(progress, 0.9, 1.35)), text: "du", symbol: "dx" });
  if (progress > 1.95 && progress < 2.4)
    links.push({ kind: "bead", at: along(second, grown(progress, 2, 2.35)), text: "dy", symbol: "dx" });
  return links;
}

/**
 * What is read at the axes, as many digits as have room.
 * @param {Parameters<typeof nudgeLinks>[0]} input
 * @returns {Link[]}
 */
function labels({ inner, outer, composite, nudge: { x, u, y } }) {
  const below = (
    /** @type {Mapping} */ map,
    /** @type {string} */ text,
    /** @type {number} */ value,
    /** @type {string} */ symbol,
    aside = 0,
  ) =>
    /** @type {Link} */ ({
      kind: "label",
      at: [placeOf(map, value) + aside, map.box.bottom + LEVEL],
      text,
      symbol,
      anchor: aside ? "start" : "middle",
    });
  const beside = (/** @type {Mapping} */ map, /** @type {number} */ value, /** @type {string} */ symbol) =>
    /** @type {Link} */ ({
      kind: "label",
      at: [map.box.right + ASIDE, heightOf(map, value) - ASIDE],
      text: number(value),
      symbol,
      anchor: "start",
    });
  const links = [below(inner, `x = ${exact(x)}`, x, "x"), below(composite, `x = ${exact(x)}`, x, "x")];
  // the wire of u arrives in the middle
  if (u !== null) links.push(beside(inner, u, "u"), below(outer, `u = ${number(u)}`, u, "u", ASIDE));
  if (y !== null) links.push(beside(outer, y, "f"));
  return links;
}

/** @param {Mapping} map @param {number} value */
const heightOf = (map, value) => within(map.toPixels([map.ranges.x[0], value])[1], map.box.top, map.box.bottom);

/** @param {Mapping} map @param {number} value */
const placeOf = (map, value) => within(map.toPixels([value, map.ranges.y[0]])[0], map.box.left, map.box.right);

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.min(high, Math.max(low, value));

/** @param {Mapping} inner @param {Mapping} outer @param {number} u */
function wireOfU(inner, outer, u) {
  const [height, place] = [heightOf(inner, u), placeOf(outer, u)];
  const [aside, below] = [outer.box.left - ASIDE, outer.box.bottom + BELOW];
  return [
    [inner.box.right, height],
    [aside, height],
    [aside, below],
    [place, below],
    [place, outer.box.bottom],
  ];
}

/**
 * du on both of its axes.
 * @param {Mapping} inner
 * @param {Mapping} outer
 * @param {Nudge} nudge
 * @param {number} progress
 * @returns {Link[]}
 */
function axisBars(inner, outer, { u, du }, progress) {
  if (u === null || du === null) return [];
  const [left, right] = [grown(progress, 0.4, 0.8), grown(progress, 1.35, 1.5)];
  const [up, level] = [
    [inner.box.right, heightOf(inner, u + du * left)],
    [placeOf(outer, u + du * right), outer.box.bottom],
  ];
  return [
    { kind: "bar", from: [inner.box.right, heightOf(inner, u)], to: up, symbol: "dx" },
    { kind: "bar", from: [placeOf(outer, u), outer.box.bottom], to: level, symbol: "dx" },
  ];
}

/**
 * dy on both of its axes.
 * @param {Mapping} outer
 * @param {Mapping} composite
 * @param {Nudge} nudge
 * @param {number} progress
 * @returns {Link[]}
 */
function yBars(outer, composite, { y, dy }, progress) {
  if (y === null || dy === null) return [];
  const [left, right] = [grown(progress, 1.65, 1.95), grown(progress, 2.35, 2.5)];
  return [
    {
      kind: "bar",
      from: [outer.box.right, heightOf(outer, y)],
      to: [outer.box.right, heightOf(outer, y + dy * left)],
      symbol: "dx",
    },
    {
      kind: "bar",
      from: [composite.box.left, heightOf(composite, y)],
      to: [composite.box.left, heightOf(composite, y + dy * right)],
      symbol: "dx",
    },
  ];
}

/** The place on a wire after a share of its length. @param {number[][]} points @param {number} share */
function along(points, share) {
  const lengths = points
    .slice(1)
    .map((point, index) => Math.hypot(point[0] - points[index][0], point[1] - points[index][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, length] of lengths.entries()) {
    if (left <= length) {
      const part = length ? left / length : 0;
      return points[index].map((from, axis) => from + (points[index + 1][axis] - from) * part);
    }
    left -= length;
  }
  return points[points.length - 1];
}
