import { trimmed } from "../base/format.js";

const DIGITS = 4; // that a computed number has, where its square has room
const SMALLEST = 13.5; // pixels of a drawing that is as wide as it was made
const TIGHT = 0.03; // em between letters that are taken away

const pen = document.createElement("canvas").getContext("2d");
/** @type {Map<string, {text: string, size: number}>} */
const known = new Map();

/**
 * How a number is written in a square: with fewer digits where four do not fit, and smaller down to a limit.
 * @param {number|null} value
 * @param {number} width
 * @param {number} size the size that it would best have
 * @param {number} [digits]
 * @returns {{text: string, size: number}}
 */
export function fitText(value, width, size, digits = DIGITS) {
  const key = `${value} ${width} ${size} ${digits}`;
  const found = known.get(key) ?? fit(value, width, size, digits);
  if (known.size > 4000) known.clear();
  known.set(key, found);
  return found;
}

/** @param {number|null} value @param {number} width @param {number} size @param {number} digits */
function fit(value, width, size, digits) {
  if (value === null) return { text: "∞", size };
  let best = { text: "", size: 0 };
  for (let places = digits; places >= Math.min(2, digits); places -= 1) {
    for (const text of new Set([trimmed(value, places), trimmed(value, places).replace(/^(−?)0\./, "$1.")])) {
      const fitting = Math.min(size, (size * width) / widthOf(text, size));
      if (fitting >= Math.min(size, SMALLEST)) return { text, size: fitting };
      if (fitting > best.size) best = { text, size: fitting };
    }
  }
  return best;
}

/** @param {string} text @param {number} size */
function widthOf(text, size) {
  if (!pen) return text.length * size * 0.56;
  pen.font = `700 ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width - text.length * size * TIGHT;
}
