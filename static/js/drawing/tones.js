/**
 * A color between two, each as #rrggbb.
 * @param {string} one @param {string} two @param {number} share of the second
 */
function mix(one, two, share) {
  const parts = (/** @type {string} */ color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const [from, to] = [parts(one), parts(two)];
  return `rgb(${from.map((value, index) => Math.round(value + share * (to[index] - value))).join(", ")})`;
}

/**
 * Heights of a function from the paper's tone to its own color.
 * @param {import("../base/theme.js").Palette} colors @param {number} strength of the highest
 */
export const heightScale = (colors, strength) =>
  [0, 0.5, 1].map((share) => [share, mix(colors.panel, colors.f, 0.06 + share * (strength - 0.06))]);
