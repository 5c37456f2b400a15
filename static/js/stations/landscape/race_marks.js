import { traced } from "../../drawing/space_lines.js";
import { LOOKS } from "./race_looks.js";

/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/**
 * A racer as it is drawn: where it came by, where it is now, and what stands at its ball.
 * @typedef {{x: number, y: number, loss: number|null}} Point
 * @typedef {{points: Point[], now: number, name: string, text: string}} Drawn `text`: its loss, as a number
 */

/**
 * The ways of all racers from above, up to where each is now, and their balls with their names.
 * @param {Drawn[]} racers @param {number} chosen the one that is spoken of
 * @returns {Mark[]}
 */
export function fromAbove(racers, chosen) {
  const order = [...racers.keys()].sort((a, b) => Number(a === chosen) - Number(b === chosen));
  return order.flatMap((index) => {
    const { points, now, name } = racers[index];
    const { symbol, shape, dash } = LOOKS[index];
    const way = points.slice(0, now + 1).map(({ x, y }) => [x, y]);
    const at = way[way.length - 1];
    return /** @type {Mark[]} */ ([
      ...(way.length > 1 ? [{ kind: "path", points: way, symbol, dash, thin: index !== chosen }] : []),
      { kind: "point", at, symbol, shape },
      { kind: "label", at, text: name, symbol, shift: [12, 5], free: true },
    ]);
  });
}

/**
 * The same in space: each ball at its true loss, with a stem to the sheet below or above it.
 * @param {Drawn[]} racers @param {number} chosen
 * @param {{height: (loss: number|null) => number, holds: (point: Point) => boolean,
 *   at: (x: number, y: number) => number}} sheet
 * @param {(point: number[]) => boolean} hidden
 * @returns {Mark[]}
 */
export function inSpace(racers, chosen, { height, holds, at }, hidden) {
  return racers.flatMap(({ points, now, text }, index) => {
    const { symbol, shape } = LOOKS[index];
    const way = piecesOf(points.slice(0, now + 1), holds).map((piece) =>
      piece.map(({ x, y, loss }) => [x, y, height(loss)]),
    );
    const here = points[now];
    const marks = traced(way, symbol, hidden, index !== chosen);
    if (!holds(here)) return marks;
    const place = [here.x, here.y, height(here.loss)];
    const foot = [here.x, here.y, height(at(here.x, here.y))];
    return /** @type {Mark[]} */ ([
      ...marks,
      { kind: "segment", from: foot, to: place, symbol, dash: "2 4", thin: true },
      { kind: "point", at: foot, symbol, hollow: true },
      { kind: "point", at: place, symbol, shape },
      { kind: "label", at: place, text, symbol, shift: [12, 5], free: true },
    ]);
  });
}

/**
 * The stretches of a way that lie over the sheet.
 * @param {Point[]} points @param {(point: Point) => boolean} holds
 */
function piecesOf(points, holds) {
  /** @type {Point[][]} */
  const pieces = [[]];
  for (const point of points) {
    if (holds(point)) pieces[pieces.length - 1].push(point);
    else if (pieces[pieces.length - 1].length) pieces.push([]);
  }
  return pieces;
}
