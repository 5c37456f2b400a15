const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * An element of a drawing.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string|number>} attributes
 */
export const svg = (name, attributes) => set(document.createElementNS(NAMESPACE, name), attributes);

/**
 * Write attributes of an element.
 * @template {Element} E
 * @param {E} node
 * @param {Record<string, string|number>} attributes
 */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}

/** A place in pixels, kept where browsers can draw it. @param {number} value */
export const pixel = (value) => Math.round(Math.min(1e5, Math.max(-1e5, value)) * 10) / 10;

/**
 * The head of an arrow, no longer than the arrow itself.
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} longest
 * @param {string} symbol
 */
export function arrowHead([x1, y1], [x2, y2], longest, symbol) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const size = Math.min(longest, length);
  if (size < 0.5) return svg("path", {});
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const corner = (/** @type {number} */ side) =>
    `${pixel(x2 - ux * size - uy * side * size * 0.5)} ${pixel(y2 - uy * size + ux * side * size * 0.5)}`;
  return svg("path", { class: `mark head ${symbol}`, d: `M${pixel(x2)} ${pixel(y2)}L${corner(1)}L${corner(-1)}Z` });
}
