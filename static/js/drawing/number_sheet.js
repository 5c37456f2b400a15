/**
 * What a figure of numbers is made of. Each item has a key: an item that keeps its key from one picture to the next is
 * the same thing, and moves; others fade.
 *
 * @typedef {[text: string, symbol?: string, number?: string]|string} Piece a part of a line of text, in the color of
 *   its symbol; a number by its address
 * @typedef {{opacity?: number}} Shown
 * @typedef {Shown & {side?: number, width?: number, height?: number, size?: number, isStrong?: boolean, isEmpty?:
 *   boolean, isOff?: boolean, isWrong?: boolean, isMarked?: boolean, isBare?: boolean, turn?: number, symbol?:
 *   string}} NumberStyle
 *   `isEmpty`: a zero by structure, drawn as an empty square; `isOff`: a zero that this x makes; `isBare`: without
 *   its square
 * @typedef {{kind: "number", key: string, x: number, y: number, number: string} & NumberStyle} NumberItem
 * @typedef {{kind: "text", key: string, x: number, y: number, pieces: Piece[], style: string, anchor: string} &
 *   Shown} TextItem
 * @typedef {{kind: "path", key: string, x: number, y: number, d: string, style: string, width?: number} & Shown}
 *   PathItem
 * @typedef {{kind: "box", key: string, x: number, y: number, width: number, height: number, style: string, corner?:
 *   number} & Shown} BoxItem
 * @typedef {{kind: "dot", key: string, x: number, y: number, radius: number, style: string} & Shown} DotItem
 * @typedef {NumberItem|TextItem|PathItem|BoxItem|DotItem} Item
 */

export const SIDE = 52; // of a square that holds a number

/** An empty sheet, to be filled with the items of one picture. */
export function createSheet() {
  /** @type {Item[]} */
  const items = [];
  const add = (/** @type {Item} */ item) => void items.push(item);
  return {
    items,
    /**
     * A number in its square, by its address.
     * @param {string} key
     * @param {number} x
     * @param {number} y
     * @param {string} number
     * @param {NumberStyle} [more]
     */
    number: (key, x, y, number, more = {}) => add({ kind: "number", key, x, y, number, ...more }),
    /**
     * A line of text.
     * @param {string} key
     * @param {number} x
     * @param {number} y
     * @param {string|Piece[]} pieces
     * @param {{style?: string, anchor?: "start"|"middle"|"end"} & Shown} [more]
     */
    text(key, x, y, pieces, { style = "word", anchor = "middle", ...more } = {}) {
      add({ kind: "text", key, x, y, pieces: typeof pieces === "string" ? [pieces] : pieces, style, anchor, ...more });
    },
    /**
     * A name in its color, and the shape of what it names.
     * @param {string} key
     * @param {number} x
     * @param {number} y
     * @param {string} name
     * @param {string} symbol
     * @param {string} [shape]
     * @param {{anchor?: "start"|"middle"|"end"} & Shown} [more]
     */
    name(key, x, y, name, symbol, shape = "", more = {}) {
      /** @type {Piece[]} */
      const pieces = shape
        ? [
            [name, symbol],
            [` ${shape}`, "shape-of"],
          ]
        : [[name, symbol]];
      add({ kind: "text", key, x, y, pieces, style: "name", anchor: "middle", ...more });
    },
    /** @param {string} key @param {string} d @param {string} style @param {{width?: number} & Shown} [more] */
    path: (key, d, style, more = {}) => add({ kind: "path", key, x: 0, y: 0, d, style, ...more }),
    /**
     * @param {string} key
     * @param {number} x
     * @param {number} y
     * @param {number} width
     * @param {number} height
     * @param {string} style
     * @param {{corner?: number} & Shown} [more]
     */
    box: (key, x, y, width, height, style, more = {}) =>
      add({ kind: "box", key, x, y, width: Math.max(0, width), height: Math.max(0, height), style, ...more }),
    /**
     * @param {string} key
     * @param {number} x
     * @param {number} y
     * @param {number} radius
     * @param {string} style
     * @param {Shown} [more]
     */
    dot: (key, x, y, radius, style, more = {}) => add({ kind: "dot", key, x, y, radius, style, ...more }),
    /**
     * @param {string} key
     * @param {[number, number]} from
     * @param {[number, number]} to
     * @param {string} style
     * @param {Shown} [more]
     */
    arrow: (key, from, to, style, more = {}) =>
      add({ kind: "path", key, x: 0, y: 0, d: arrowPath(from, to), style: `edge ${style}`, ...more }),
  };
}

/** @typedef {ReturnType<typeof createSheet>} Sheet */

const HEAD = 9;
const SPREAD = 0.5;

/** @param {[number, number]} from @param {[number, number]} to */
function arrowPath([x1, y1], [x2, y2]) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const barb = (/** @type {number} */ turn) =>
    `${(x2 - HEAD * Math.cos(angle + turn)).toFixed(1)} ${(y2 - HEAD * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${x1} ${y1}L${x2} ${y2}M${barb(SPREAD)}L${x2} ${y2}L${barb(-SPREAD)}`;
}

/** The share of a motion that is over, between its start and its end, slow at both. @param {number} at */
export function eased(at) {
  const t = Math.min(1, Math.max(0, at));
  return t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2;
}

/** A place between two. @param {number} from @param {number} to @param {number} share */
export const between = (from, to, share) => from + (to - from) * share;
