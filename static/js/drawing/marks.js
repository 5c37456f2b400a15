/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {"start"|"middle"|"end"} Anchor */
/** @typedef {{x: number, y: number, closed: boolean}} EndPoint where a piece of a curve ends at a jump or a hole */

/**
 * A name at a place; `shift` is in pixels.
 * @param {number[]} at @param {string} text @param {string} symbol @param {number[]} [shift] @param {Anchor} [anchor]
 * @returns {Mark}
 */
export const label = (at, text, symbol, shift, anchor) => ({ kind: "label", at, text, symbol, shift, anchor });

/**
 * A name that gives way to others.
 * @param {number[]} at @param {string} text @param {string} symbol @param {number[]} [shift] @param {Anchor} [anchor]
 * @returns {Mark}
 */
export const freeLabel = (at, text, symbol, shift, anchor) => ({
  kind: "label",
  free: true,
  at,
  text,
  symbol,
  shift,
  anchor,
});

/** A thin dashed line that leads the eye. @param {number[]} from @param {number[]} to @returns {Mark} */
export const guide = (from, to) => ({ kind: "segment", from, to, symbol: "soft", dash: "3 4", thin: true });

/**
 * The ends of a curve's pieces at jumps and holes: a closed point belongs to f, an open one does not.
 * @param {{points?: EndPoint[]}} curve @returns {Mark[]}
 */
export const endPoints = ({ points = [] }) =>
  points.map(({ x, y, closed }) => ({ kind: "point", at: [x, y], symbol: "f end", hollow: !closed }));
