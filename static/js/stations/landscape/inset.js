import { shown } from "../../base/format.js";
import { arrowHead, pixel, set, svg } from "../../drawing/svg.js";

/**
 * An update as it lies on the map: `at` where it begins and `unit` how long 1 is, in pixels; its parts in the map's own
 * coordinates; `rest` names what comes to downhill.
 * @typedef {{at: number[], unit: number, box: {left: number, right: number, top: number, bottom: number},
 *   downhill: number[], move: number[], rest: string}} Update
 */

const SIZE = { width: 226, height: 100, inset: 22 };
const EDGE = 8; // pixels from the border of the map
const SAME = 1e-6; // of the move: a part that is shorter is not drawn

/**
 * One update, enlarged, in the corner of the map that is away from it.
 * @param {HTMLElement} place
 * @returns {(update: Update|null) => void}
 */
export function createInset(place) {
  const drawing = svg("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, "aria-hidden": "true" });
  const words = document.createElement("p");
  place.replaceChildren(words, drawing);
  return (update) => {
    place.hidden = update === null;
    if (update === null) return;
    const { box, at } = update;
    const isLeft = at[0] > (box.left + box.right) / 2;
    const isHigh = at[1] > (box.top + box.bottom) / 2;
    const { clientWidth: width, clientHeight: height } = /** @type {HTMLElement} */ (place.parentElement);
    place.style.left = isLeft ? `${box.left + EDGE}px` : "auto";
    place.style.right = isLeft ? "auto" : `${width - box.right + EDGE}px`;
    place.style.top = isHigh ? `${box.top + EDGE}px` : "auto";
    place.style.bottom = isHigh ? "auto" : `${height - box.bottom + EDGE}px`;
    const [factor, nodes] = arrowsOf(update);
    words.textContent = `next step, ${shown(factor / update.unit, 2)}×`;
    drawing.replaceChildren(...nodes);
  };
}

/** @param {Update} update @returns {[number, SVGElement[]]} pixels for 1, and what is drawn */
function arrowsOf({ downhill, move, rest }) {
  const points = [[0, 0], downhill, move];
  const [x, y] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const wide = Math.max(...x) - Math.min(...x);
  const high = Math.max(...y) - Math.min(...y);
  const room = { wide: SIZE.width * 0.4 - SIZE.inset, high: SIZE.height - 2 * SIZE.inset };
  const factor = Math.min(room.wide / (wide || Number.MIN_VALUE), room.high / (high || Number.MIN_VALUE));
  const scale = Number.isFinite(factor) ? factor : 1;
  const to = (/** @type {number[]} */ [px, py]) => [
    SIZE.inset + (px - Math.min(...x)) * scale,
    SIZE.height - SIZE.inset - (py - Math.min(...y)) * scale,
  ];
  const [from, ghost, end] = points.map(to);
  const length = (/** @type {number[]} */ a, /** @type {number[]} */ b) => Math.hypot(b[0] - a[0], b[1] - a[1]);
  const hasRest = length(ghost, end) > SAME * Math.max(length(from, end), 1);
  const lines = [["downhill −η∇L", "dx"], ...(hasRest ? [[`+ ${rest}`, "memory"]] : []), ["= the move", "ink"]];
  return [
    scale,
    [
      ...arrow(from, end, "ink", "6 4"),
      ...arrow(from, ghost, "dx"),
      ...(hasRest ? arrow(ghost, end, "memory") : []),
      svg("circle", { class: "dot ink", cx: pixel(from[0]), cy: pixel(from[1]), r: 5 }),
      svg("circle", { class: "dot ink hollow", cx: pixel(end[0]), cy: pixel(end[1]), r: 6 }),
      ...lines.map(([text, symbol], row) =>
        wordsAt(text, symbol, SIZE.height / 2 + (row - (lines.length - 2) / 2) * 19),
      ),
    ],
  ];
}

/** @param {number[]} from @param {number[]} to @param {string} symbol @param {string} [dash] */
const arrow = (from, to, symbol, dash = "none") => [
  svg("line", {
    ...{ class: `mark ${symbol}`, "stroke-dasharray": dash },
    ...{ x1: pixel(from[0]), y1: pixel(from[1]), x2: pixel(to[0]), y2: pixel(to[1]) },
  }),
  arrowHead(from, to, 11, symbol),
];

/** @param {string} text @param {string} symbol @param {number} y */
function wordsAt(text, symbol, y) {
  const node = set(svg("text", { class: symbol }), { x: SIZE.width * 0.44, y });
  node.textContent = text;
  return node;
}
