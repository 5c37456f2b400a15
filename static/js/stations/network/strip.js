import { pixel, set, svg } from "../../drawing/svg.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./layout.js").Layout} Layout */

const HEIGHT = 46;
const MOST = 5; // dots of a column

/**
 * The whole network small, with a frame around the part that is drawn large; hidden where all of it is.
 * @param {SVGElement} place
 * @returns {(model: Model, layout: Layout|null) => void}
 */
export function createStrip(place) {
  return (model, layout) => {
    const isNeeded = layout !== null && !layout.isWhole;
    place.toggleAttribute("hidden", !isNeeded);
    if (!isNeeded) return;
    const width = place.clientWidth || 380;
    set(place, { viewBox: `0 0 ${width} ${HEIGHT}` });
    const step = (width - 90) / model.sizes.length;
    const across = (/** @type {number} */ column) => 34 + column * step;
    const heights = model.sizes.map((size) => {
      const count = Math.min(size, MOST);
      return Array.from({ length: count }, (_, index) => HEIGHT / 2 + (index - (count - 1) / 2) * 8.4);
    });
    place.replaceChildren(
      frame(across(layout.from), across(layout.to + 1) + (layout.loss === null ? 0 : step), model.now.pass),
      ...heights.slice(1).flatMap((column, index) => lines(across(index), heights[index], across(index + 1), column)),
      ...heights.flatMap((column, index) => column.map((y, unit) => dot(across(index), y, index, unit, model))),
      ...(heights.at(-1)?.map((y) => line(across(heights.length - 1), y, across(heights.length), HEIGHT / 2)) ?? []),
      svg("circle", { class: "dot L", cx: pixel(across(heights.length)), cy: HEIGHT / 2, r: 5 }),
    );
  };
}

/** @param {number} left @param {number} right @param {string} pass */
const frame = (left, right, pass) =>
  svg("rect", { class: `frame ${pass}`, x: left - 16, y: 2, width: right - left + 32, height: HEIGHT - 4, rx: 12 });

/** @param {number} x1 @param {number[]} from @param {number} x2 @param {number[]} to */
const lines = (x1, from, x2, to) => from.flatMap((y1) => to.map((y2) => line(x1, y1, x2, y2)));

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
const line = (x1, y1, x2, y2) =>
  svg("path", { class: "line", d: `M${pixel(x1)} ${pixel(y1)}L${pixel(x2)} ${pixel(y2)}` });

/** @param {number} x @param {number} y @param {number} column @param {number} unit @param {Model} model */
function dot(x, y, column, unit, model) {
  const shut = column > 0 && model.isShut(column - 1, unit);
  return svg("circle", {
    class: `dot ${column ? "h" : "x"} ${shut ? "shut" : ""}`,
    cx: pixel(x),
    cy: pixel(y),
    r: 3.9,
  });
}
