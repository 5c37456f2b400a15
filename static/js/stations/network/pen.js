import { set, svg } from "../../drawing/svg.js";

const LETTER = 0.585; // width of a figure by its height
const ROOM = 6.4; // characters that a number has room for: a longer one is set smaller
const SIZES = { value: 18, weight: 17, small: 15 };

/** @typedef {import("./model.js").Model} Model */
/**
 * @typedef {{size?: keyof typeof SIZES, anchor?: "start"|"middle"|"end", look?: string, symbol?: string}} NumberLook
 */

/**
 * What is drawn with: shapes, letters, and numbers that can be asked.
 * @param {SVGElement} place @param {Model} model
 */
export function createPen(place, model) {
  /** @template {keyof SVGElementTagNameMap} K @param {K} kind @param {Record<string, string|number>} attributes */
  const add = (kind, attributes) => {
    const node = svg(kind, attributes);
    place.append(node);
    return node;
  };
  /**
   * @param {number} x
   * @param {number} y
   * @param {string} text
   * @param {string} style
   * @param {"start"|"middle"|"end"} [anchor]
   */
  const letter = (x, y, text, style, anchor = "start") => {
    const node = add("text", { x, y, class: style, "text-anchor": anchor });
    node.textContent = text;
    return node;
  };
  return {
    add,
    letter,
    /**
     * A number at its place; a dot where its calculation is still to come.
     * @param {string} number @param {number} x @param {number} y @param {NumberLook} [look]
     */
    number(number, x, y, { size = "value", anchor = "end", look = "", symbol } = {}) {
      if (!model.isKnown(number)) return void letter(x, y, "·", "yet", anchor);
      written(number, model.text(number), x, y, { size, anchor, look, symbol });
    },
    written,
  };

  /**
   * A number with a text of its own.
   * @param {string} number @param {string} text @param {number} x @param {number} y @param {NumberLook} look
   */
  function written(number, text, x, y, { size = "value", anchor = "end", look = "", symbol }) {
    const { text: name, symbol: own } = model.name(number);
    const shrunk = Math.min(1, ROOM / text.length);
    const height = SIZES[size] * shrunk;
    const width = text.length * height * LETTER + 8;
    const left = anchor === "end" ? x - width + 4 : anchor === "middle" ? x - width / 2 : x - 4;
    const group = add("g", { class: `number ${size} ${symbol ?? own} ${look}`, tabindex: 0, role: "button" });
    group.dataset.number = number;
    group.setAttribute("aria-label", `${name} = ${text}`);
    const words = svg("text", { x, y, "text-anchor": anchor });
    words.textContent = text;
    if (shrunk < 1) words.style.fontSize = `${height.toFixed(1)}px`;
    group.append(set(svg("rect", {}), { x: left, y: y - height * 0.9, width, height: height * 1.2, rx: 5 }), words);
  }
}

/** @typedef {ReturnType<typeof createPen>} Pen */
