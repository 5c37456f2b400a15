import { pixel, svg } from "./svg.js";

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
const ITALIC = { a: 0x1d44e, A: 0x1d434, α: 0x1d6fc, Α: 0x1d6e2 }; // where Unicode's mathematical italics begin
const PLANCK = "ℎ"; // the one that stood elsewhere before

/**
 * The lines of a text as they are broken on the page, each with its place.
 * @param {Text} node @param {DOMRect} origin @returns {SVGElement[]}
 */
export function textLines(node, origin) {
  const parent = /** @type {Element} */ (node.parentElement);
  const style = getComputedStyle(parent);
  return linesOf(node).map(({ text, left, top, width }) =>
    lineOf(isItalic(parent, text) ? italic(text) : text, { left: left - origin.x, top: top - origin.y, width }, style),
  );
}

/**
 * One line of text.
 * @param {string} text @param {{left: number, top: number, width: number}} place @param {CSSStyleDeclaration} style
 */
export function lineOf(text, { left, top, width }, style) {
  const { fontStyle, fontWeight, fontSize, fontFamily, color, letterSpacing } = style;
  pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const line = svg("text", {
    x: pixel(left),
    y: pixel(top + pen.measureText(text).fontBoundingBoxAscent),
    fill: color,
    "font-family": fontFamily,
    "font-size": fontSize,
    "font-weight": fontWeight,
    "font-style": fontStyle,
    "xml:space": "preserve",
    ...(letterSpacing === "normal" ? {} : { "letter-spacing": letterSpacing }),
    // letters of another typeface, where these are not had, take no more room
    ...(text.length > 1 && width ? { textLength: pixel(width), lengthAdjust: "spacingAndGlyphs" } : {}),
  });
  line.textContent = text;
  return line;
}

/** @param {Text} node @returns {{text: string, left: number, top: number, width: number}[]} */
function linesOf(node) {
  const range = document.createRange();
  /** @type {{text: string, left: number, top: number, right: number}[]} */
  const lines = [];
  const whole = node.data;
  for (let index = 0; index < whole.length; index += 1) {
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    const place = range.getBoundingClientRect();
    if (!place.width) continue; // what is folded away
    const last = lines.at(-1);
    const letter = /\s/.test(whole[index]) && whole[index] !== "\u00a0" ? " " : whole[index];
    if (last && Math.abs(last.top - place.top) < place.height / 2) {
      last.text += letter;
      last.right = place.right;
    } else lines.push({ text: letter, left: place.left, top: place.top, right: place.right });
  }
  return lines.filter(({ text }) => text.trim()).map(({ right, ...line }) => ({ ...line, width: right - line.left }));
}

/** Whether a browser shows a letter of a formula slanted by itself. @param {Element} parent @param {string} text */
const isItalic = (parent, text) =>
  parent.localName === "mi" && text.length === 1 && parent.getAttribute("mathvariant") !== "normal";

/** @param {string} letter */
function italic(letter) {
  if (letter === "h") return PLANCK;
  for (const [first, start] of Object.entries(ITALIC)) {
    const offset = letter.charCodeAt(0) - first.charCodeAt(0);
    if (offset >= 0 && offset < (first === "a" || first === "A" ? 26 : 25)) return String.fromCodePoint(start + offset);
  }
  return letter;
}
