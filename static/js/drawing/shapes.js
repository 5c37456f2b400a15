import { pixel, svg } from "./svg.js";

/**
 * A mark of a shape, so that marks differ by more than their color.
 * @param {"circle"|"square"|"diamond"|"triangle"} shape @param {number[]} at in pixels @param {number} size half its
 *   width @param {string} look its class
 */
export function shapeOf(shape, [x, y], size, look) {
  if (shape === "circle") return svg("circle", { class: look, cx: pixel(x), cy: pixel(y), r: pixel(size) });
  return svg("path", {
    class: look,
    d: `M${CORNERS[shape].map(([dx, dy]) => `${pixel(x + dx * size)} ${pixel(y + dy * size)}`).join("L")}Z`,
  });
}

const CORNERS = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  diamond: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  triangle: [
    [0, -1.25],
    [1.2, 0.95],
    [-1.2, 0.95],
  ],
};
