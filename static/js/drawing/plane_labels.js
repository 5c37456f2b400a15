import { INSET, inkAlong, placeLabels } from "./label_places.js";
import { pixel, set, svg } from "./svg.js";

/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./plane_axes.js").Mapping} Mapping */
/** @typedef {Extract<Mark, {kind: "label"}>} Label */
/** @typedef {{x?: ArrayLike<number>, y?: ArrayLike<number|null>}} Curve */

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
const LEADING = 1.15; // height of a line of text, in sizes of its letters

/** How far the labels of each drawing have stepped aside. @type {WeakMap<Element, Map<string, number[]>>} */
const stepped = new WeakMap();

/** The labels among the marks, not placed yet. @param {Label[]} marks */
export function labelsOf(marks) {
  return marks.map((mark) => {
    const node = svg("text", { class: `mark-label ${mark.symbol}`, "text-anchor": mark.anchor ?? "start" });
    node.textContent = mark.text;
    return node;
  });
}

/**
 * Place labels that are in the page already: its style says how wide they are.
 * @param {Element} over the drawing
 * @param {{nodes: SVGTextElement[], labels: Label[], marks: Mark[], curves: Curve[], map: Mapping}} drawn
 */
export function setLabels(over, { nodes, labels, marks, curves, map }) {
  const before = stepped.get(over);
  const around = { ...map.box, right: Math.max(map.box.right, map.width ?? 0) };
  const wishes = labels.map((mark, index) => {
    const [x, y] = map.toPixels(mark.at);
    const [dx, dy] = mark.shift ?? [0, 0];
    return {
      x: x + dx,
      y: y + dy,
      ...sizeOf(nodes[index], mark.text, map.box.right - map.box.left - 2 * INSET),
      anchor: mark.anchor ?? "start",
      free: mark.free ?? false,
      stepped: before?.get(keyOf(labels, index)),
    };
  });
  const places = placeLabels(
    wishes,
    wishes.some((wish) => wish.free) ? obstacles(marks, curves, map) : { dots: [], ink: [] },
    map.box,
    around,
    map.held,
  );
  for (const [index, { x, y }] of places.entries()) set(nodes[index], { x: pixel(x), y: pixel(y) });
  stepped.set(over, new Map(places.map(({ step }, index) => [keyOf(labels, index), step])));
}

/**
 * A label in the next frame is the one that then has the same color and the same place among those.
 * @param {Label[]} labels
 * @param {number} index
 */
const keyOf = (labels, index) =>
  `${labels[index].symbol} ${labels.slice(0, index).filter(({ symbol }) => symbol === labels[index].symbol).length}`;

/**
 * What does not fit into the plane ends in an ellipsis.
 * @param {SVGTextElement} node
 * @param {string} text
 * @param {number} room
 */
function sizeOf(node, text, room) {
  const { font, fontSize } = getComputedStyle(node);
  pen.font = font;
  const whole = pen.measureText(text).width;
  if (whole > room) node.textContent = `${text.slice(0, Math.max(1, Math.floor((text.length * room) / whole) - 2))}…`;
  return { width: Math.min(whole, room), height: parseFloat(fontSize) * LEADING };
}

/** @param {Mark[]} marks @param {Curve[]} curves @param {Mapping} map */
function obstacles(marks, curves, { toPixels, box, ranges }) {
  const reach = ranges.x[1] - ranges.x[0];
  const lines = marks.flatMap((mark) => {
    if (mark.kind === "path") return [mark.points];
    if (mark.kind === "segment" || mark.kind === "arrow") return [[mark.from, mark.to]];
    if (mark.kind !== "line") return [];
    const [[x, y], by] = [mark.through, mark.reach ?? reach];
    return [
      [
        [x - by, y - mark.slope * by],
        [x + by, y + mark.slope * by],
      ],
    ];
  });
  const pieces = curves.flatMap(({ x = [], y = [] }) => piecesOf(x, y));
  return {
    dots: marks.flatMap((mark) => (mark.kind === "point" ? [toPixels(mark.at)] : [])),
    ink: [...lines, ...pieces].flatMap((points) => inkAlong(points.map(toPixels), box)),
  };
}

/**
 * A curve's pieces between the places where it has no value.
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number|null>} y
 */
function piecesOf(x, y) {
  /** @type {number[][][]} */
  const pieces = [[]];
  for (let index = 0; index < x.length; index += 1) {
    const height = y[index];
    if (height !== null) pieces[pieces.length - 1].push([x[index], height]);
    else if (pieces[pieces.length - 1].length) pieces.push([]);
  }
  return pieces;
}
