import { between, eased, SIDE } from "./number_sheet.js";
import { set, svg } from "./svg.js";
import { fitText } from "./square_text.js";

/** @typedef {import("./number_sheet.js").Item} Item */
/** @typedef {import("./number_sheet.js").NumberItem} NumberItem */
/**
 * @typedef {(number: string) => {value: number|null, name: string, symbol: string}} Known what is known of a number
 *   by its address
 */

const MOVE = 620; // milliseconds from one picture to the next
const LAYERS = { box: 0, path: 1, number: 2, text: 3, dot: 4 };
const ABOVE = /\b(side|frame)\b/; // lines that are drawn above the squares that they hold together
const UNSEEN = 0.3; // below this opacity a number can be neither pressed nor reached

/**
 * Paint sheets of numbers into a drawing. What keeps its key moves from where it was; without motion it is there at
 *   once.
 * @param {SVGSVGElement} drawing @param {Known} known
 */
export function createPainter(drawing, known) {
  /** @type {Map<string, SVGElement>} */
  const live = new Map();
  /** @type {Map<string, {x: number, y: number, opacity: number}>} */
  let places = new Map();
  /** @type {{from: typeof places, start: number}|null} */
  let move = null;
  /** @type {Item[]} */
  let items = [];
  let frame = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const paint = () => {
    const share = move && !calm.matches ? Math.min(1, (performance.now() - move.start) / MOVE) : 1;
    const now = new Map();
    let before = 0;
    for (const item of items) {
      const id = `${item.kind} ${item.key}`;
      if (now.has(id)) continue;
      const place = placeOf(item, move?.from.get(id), share);
      now.set(id, place);
      const node = live.get(id) ?? make(item);
      live.set(id, node);
      draw(node, item, place, known);
      if (drawing.children[before] !== node) drawing.insertBefore(node, drawing.children[before] ?? null);
      before += 1;
    }
    for (const [id, node] of live) {
      if (now.has(id)) continue;
      const left = move?.from.get(id);
      if (left && share < 0.5) set(node, { opacity: (left.opacity * (1 - 2 * share)).toFixed(3) });
      else {
        node.remove();
        live.delete(id);
      }
    }
    places = now;
    cancelAnimationFrame(frame);
    if (share >= 1) move = null;
    else frame = requestAnimationFrame(paint);
  };
  /**
   * @param {{items: Item[], width: number, height: number}} picture
   * @param {boolean} moves whether it comes from another picture
   */
  return (picture, moves) => {
    items = picture.items
      .map((item, index) => ({ item, index }))
      .sort(byLayer)
      .map(({ item }) => item);
    set(drawing, { viewBox: `0 0 ${picture.width} ${picture.height}` });
    if (moves && places.size) move = { from: places, start: performance.now() };
    paint();
  };
}

/** @param {Item} item */
const layerOf = (item) => (item.kind === "path" && ABOVE.test(item.style) ? 2.5 : LAYERS[item.kind]);

/** @param {{item: Item, index: number}} a @param {{item: Item, index: number}} b */
const byLayer = (a, b) => layerOf(a.item) - layerOf(b.item) || a.index - b.index;

/**
 * Where an item is on its way.
 * @param {Item} item
 * @param {{x: number, y: number, opacity: number}|undefined} from
 * @param {number} share
 */
function placeOf({ x, y, opacity = 1 }, from, share) {
  if (share >= 1) return { x, y, opacity };
  const way = eased(share);
  if (!from) return { x, y, opacity: opacity * eased((share - 0.35) / 0.65) };
  return { x: between(from.x, x, way), y: between(from.y, y, way), opacity: between(from.opacity, opacity, way) };
}

/** @param {Item} item @returns {SVGElement} */
function make(item) {
  if (item.kind === "text") return svg("text", {});
  if (item.kind === "path") return svg("path", {});
  if (item.kind === "box") return svg("rect", {});
  if (item.kind === "dot") return svg("circle", {});
  const group = svg("g", { role: "button", tabindex: -1 });
  group.append(svg("rect", { rx: 5, x: 1.5, y: 1.5 }), svg("text", {}));
  return group;
}

/**
 * @param {SVGElement} node
 * @param {Item} item
 * @param {{x: number, y: number, opacity: number}} place
 * @param {Known} known
 */
function draw(node, item, { x, y, opacity }, known) {
  const shown = { opacity: opacity.toFixed(3) };
  if (item.kind === "number") drawNumber(node, item, known);
  if (item.kind === "number") change(node, { ...shown, transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` });
  else if (item.kind === "path")
    change(node, { ...shown, d: item.d, class: `ink-line ${item.style}`, ...stroke(item) });
  else if (item.kind === "dot")
    change(node, { ...shown, cx: x.toFixed(1), cy: y.toFixed(1), r: item.radius, class: `ink-dot ${item.style}` });
  else if (item.kind === "box") {
    const size = { width: item.width.toFixed(2), height: item.height.toFixed(2), rx: item.corner ?? 0 };
    change(node, { ...shown, x: x.toFixed(1), y: y.toFixed(1), ...size, class: `ink-box ${item.style}` });
  } else {
    change(node, {
      ...shown,
      x: x.toFixed(1),
      y: y.toFixed(1),
      class: `ink-text ${item.style}`,
      "text-anchor": item.anchor,
    });
    writePieces(node, item.pieces);
  }
}

/** @param {{width?: number}} item @returns {Record<string, string>} */
const stroke = ({ width }) => (width === undefined ? {} : { style: `stroke-width: ${width}px` });

/** @param {SVGElement} node @param {NumberItem} item @param {Known} known */
function drawNumber(node, item, known) {
  const { value, name, symbol } = known(item.number);
  const [square, text] = /** @type {SVGElement[]} */ ([...node.children]);
  const [width, height] = [item.width ?? item.side ?? SIDE, item.height ?? item.side ?? SIDE];
  const { text: written, size } = fitText(value, width - 8, item.size ?? 20);
  const flags = {
    empty: item.isEmpty,
    off: item.isOff,
    wrong: item.isWrong,
    marked: item.isMarked,
    bare: item.isBare,
    strong: item.isStrong,
  };
  const kinds = Object.entries(flags).flatMap(([kind, on]) => (on ? [kind] : []));
  const isGone = (item.opacity ?? 1) < UNSEEN;
  change(node, {
    class: ["square", item.symbol ?? symbol, toneOf(value), ...kinds].join(" "),
    "data-number": item.number,
    "aria-label": item.isEmpty ? `${name} = 0, whatever the numbers are` : `${name} = ${fitText(value, 400, 20).text}`,
    "aria-hidden": String(isGone),
    "pointer-events": isGone ? "none" : "auto",
  });
  change(square, {
    width: width - 3,
    height: height - 3,
    transform: item.turn ? `rotate(${item.turn} ${width / 2} ${height / 2})` : "",
  });
  change(text, { x: width / 2, y: (height / 2 + size * 0.36).toFixed(2), "font-size": size.toFixed(1) });
  write(text, item.isEmpty ? "" : written);
}

/** @param {number|null} value */
const toneOf = (value) => (value === null || value > 0 ? "positive" : value < 0 ? "negative" : "zero");

/** @param {SVGElement} node @param {import("./number_sheet.js").Piece[]} pieces */
function writePieces(node, pieces) {
  const key = JSON.stringify(pieces);
  if (node.dataset.pieces === key) return;
  node.dataset.pieces = key;
  node.replaceChildren(
    ...pieces.map((piece) => {
      const [text, symbol = "", number] = typeof piece === "string" ? [piece] : piece;
      const part = svg("tspan", { class: symbol, ...(number ? { "data-number": number } : {}) });
      part.textContent = text;
      return part;
    }),
  );
}

/**
 * Write what has changed, so that nothing is laid out again for nothing.
 * @param {SVGElement} node
 * @param {Record<string, string|number>} attributes
 */
function change(node, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/** @param {Element} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
