import { lineOf, textLines } from "./picture_text.js";
import { imageOfPlot } from "./plot.js";
import { pixel, svg } from "./svg.js";

const LEFT_OUT = ".unseen, .views, .scene-buttons, .grip, [data-no-picture], script, style, dialog";
const LOOKS = [
  ...["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap"],
  ...["stroke-linejoin", "opacity", "paint-order", "font-family", "font-size", "font-weight", "font-style"],
  ...["text-anchor", "dominant-baseline", "letter-spacing", "mix-blend-mode"],
];
const AIR = 16; // pixels around what is drawn

/**
 * What stands in a part of the page as one drawing of its own: texts stay texts, drawings drawings, and what is painted
 * in pixels becomes an image. Browsers do not offer this.
 * @param {HTMLElement} part @param {{width: number, height: number, paper: string, faces: string}} look
 *   the size that it is fitted into, the color behind it, and the typefaces as a style
 * @returns {Promise<{drawing: SVGSVGElement, width: number, height: number}>}
 */
export async function pictureOf(part, { width, height, paper, faces }) {
  const rect = part.getBoundingClientRect();
  const origin = new DOMRect(rect.x - AIR, rect.y - AIR, rect.width + 2 * AIR, part.scrollHeight + 2 * AIR);
  const scale = Math.min(width / origin.width, height / origin.height);
  const size = { width: Math.round(origin.width * scale), height: Math.round(origin.height * scale) };
  const drawing = svg("svg", { xmlns: "http://www.w3.org/2000/svg", ...size });
  drawing.setAttribute("viewBox", `0 0 ${pixel(origin.width)} ${pixel(origin.height)}`);
  const style = svg("style", {});
  style.textContent = faces;
  drawing.append(style, svg("rect", { width: "100%", height: "100%", fill: paper }));
  drawing.append(...(await drawn(part, origin)));
  return { drawing, ...size };
}

/** @param {Element} node @param {DOMRect} origin @returns {Promise<SVGElement[]>} */
async function drawn(node, origin) {
  const style = getComputedStyle(node);
  if (node.matches(LEFT_OUT) || style.display === "none" || style.visibility === "hidden" || style.opacity === "0")
    return [];
  const rect = node.getBoundingClientRect();
  const place = { x: pixel(rect.x - origin.x), y: pixel(rect.y - origin.y), width: rect.width, height: rect.height };
  if (node instanceof SVGSVGElement) return [drawingOf(node, place)];
  if (node instanceof HTMLCanvasElement) return [imageAt(node.toDataURL(), place)];
  if (node.matches(".js-plotly-plot") && node.querySelector("canvas"))
    return [imageAt(await imageOfPlot(/** @type {HTMLElement} */ (node), rect), place)];
  /** @type {SVGElement[]} */
  const parts = [
    ...boxOf(style, place),
    ...pseudosOf(node, origin),
    ...mathOf(node, style, origin),
    ...fieldOf(node, style, place),
  ];
  for (const child of node.childNodes) {
    if (child instanceof Text) parts.push(...textLines(child, origin));
    else if (child instanceof Element) parts.push(...(await drawn(child, origin)));
  }
  return /hidden|auto|scroll|clip/.test(style.overflow) && rect.width ? [clipped(parts, place)] : parts;
}

/** @typedef {{x: number, y: number, width: number, height: number}} Place */

let clips = 0;

/** @param {SVGElement[]} parts @param {Place} place */
function clipped(parts, place) {
  const id = `picture-clip-${(clips += 1)}`;
  const clip = svg("clipPath", { id });
  clip.append(svg("rect", { ...place }));
  const group = svg("g", { "clip-path": `url(#${id})` });
  group.append(clip, ...parts);
  return group;
}

/** @param {string} href @param {Place} place */
const imageAt = (href, place) =>
  svg("image", { ...place, href, preserveAspectRatio: "none", style: "image-rendering: pixelated" });

/**
 * A drawing of the page with the looks that its styles give it.
 * @param {SVGSVGElement} original @param {Place} place
 */
function drawingOf(original, place) {
  const copy = /** @type {SVGSVGElement} */ (original.cloneNode(true));
  const originals = [original, ...original.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  for (const [index, node] of originals.entries()) {
    const style = getComputedStyle(node);
    const twin = /** @type {SVGElement} */ (copies[index]);
    if (index && (node.matches(LEFT_OUT) || style.display === "none" || style.opacity === "0")) {
      twin.remove();
      continue;
    }
    if (style.visibility === "hidden") twin.setAttribute("visibility", "hidden");
    twin.removeAttribute("style");
    for (const look of LOOKS) {
      const value = style.getPropertyValue(look);
      if (value) twin.setAttribute(look, value);
    }
    if (style.transform !== "none" && !node.hasAttribute("transform")) twin.setAttribute("transform", style.transform);
    for (const name of ["class", "tabindex", "role"]) twin.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  copy.setAttribute("overflow", getComputedStyle(original).overflow === "visible" ? "visible" : "hidden");
  return copy;
}

/** The background and the borders of a part. @param {CSSStyleDeclaration} style @param {Place} place */
function boxOf(style, { x, y, width, height }) {
  const parts = [];
  const line = parseFloat(style.borderTopWidth);
  const borders = [style.borderLeftWidth, style.borderRightWidth, style.borderBottomWidth];
  const isFramed = line > 0 && borders.every((other) => other === style.borderTopWidth);
  const fill = isClear(style.backgroundColor) ? "none" : style.backgroundColor;
  if (fill !== "none" || isFramed) {
    const inset = isFramed ? line / 2 : 0;
    const radius = parseFloat(style.borderTopLeftRadius) || 0;
    parts.push(
      svg("rect", {
        ...{
          x: x + inset,
          y: y + inset,
          width: Math.max(0, width - 2 * inset),
          height: Math.max(0, height - 2 * inset),
        },
        ...{ rx: Math.min(radius, height / 2), fill },
        ...(isFramed ? { stroke: style.borderTopColor, "stroke-width": line } : {}),
        ...(style.borderTopStyle === "dashed" ? { "stroke-dasharray": `${3 * line}` } : {}),
      }),
    );
  }
  const place = { x, y, width, height };
  return [...parts, ...(isFramed ? [] : edgesOf(style, place)), ...ringOf(style, place)];
}

/**
 * What stands around a part that is marked: its outline, or a shadow that is none.
 * @param {CSSStyleDeclaration} style @param {Place} place
 */
function ringOf(style, { x, y, width, height }) {
  const [, color, ring, inset] = /^(.*?) 0px 0px 0px (\d+)px( inset)?$/.exec(style.boxShadow) ?? [];
  const isOutlined = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) > 0;
  if (!ring && !isOutlined) return [];
  const line = parseFloat(isOutlined ? style.outlineWidth : ring);
  const beyond = (isOutlined ? parseFloat(style.outlineOffset) : inset ? -line : 0) + line / 2;
  return [
    svg("rect", {
      ...{ x: x - beyond, y: y - beyond, width: width + 2 * beyond, height: height + 2 * beyond, fill: "none" },
      ...{ rx: parseFloat(style.borderTopLeftRadius) || 0, "stroke-width": line },
      stroke: isOutlined ? style.outlineColor : color,
    }),
  ];
}

/**
 * What styles add before and after a part, as the brackets of a matrix.
 * @param {Element} node @param {DOMRect} origin
 */
function pseudosOf(node, origin) {
  return ["::before", "::after"].flatMap((name) => {
    const style = getComputedStyle(node, name);
    if (style.content === "none" || style.display === "none" || style.position !== "absolute") return [];
    const block = getComputedStyle(node).position === "static" ? /** @type {HTMLElement} */ (node).offsetParent : node;
    const corner = (block ?? node).getBoundingClientRect();
    const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
    if (![left, top, width, height].every(Number.isFinite)) return [];
    const borders = [style.borderLeftWidth, style.borderRightWidth, style.borderTopWidth, style.borderBottomWidth];
    const [sides, ends] = style.boxSizing === "border-box" ? [0, 0] : sumOf(borders.map(parseFloat));
    const place = { x: corner.x - origin.x + left, y: corner.y - origin.y + top };
    return boxOf(style, { ...place, width: width + sides, height: height + ends });
  });
}

/** @param {number[]} borders left, right, top, bottom */
const sumOf = ([left, right, top, bottom]) => [left + right, top + bottom];

/** Lines at single sides of a part. @param {CSSStyleDeclaration} style @param {Place} place */
function edgesOf(style, { x, y, width, height }) {
  const sides = /** @type {const} */ ([
    ["top", [x, y, x + width, y]],
    ["bottom", [x, y + height, x + width, y + height]],
    ["left", [x, y, x, y + height]],
    ["right", [x + width, y, x + width, y + height]],
  ]);
  return sides.flatMap(([side, [x1, y1, x2, y2]]) => {
    const [line, color] = ["width", "color"].map((name) => style.getPropertyValue(`border-${side}-${name}`));
    if (!parseFloat(line) || style.getPropertyValue(`border-${side}-style`) === "none" || isClear(color)) return [];
    return [svg("line", { x1, y1, x2, y2, stroke: color, "stroke-width": parseFloat(line) })];
  });
}

/** @param {string} color */
const isClear = (color) => color === "transparent" || /[,/] 0\)$/.test(color);

/**
 * The lines of fractions, which are no text.
 * @param {Element} node @param {CSSStyleDeclaration} style @param {DOMRect} origin
 */
function mathOf(node, style, origin) {
  if (node.localName !== "mfrac" || node.children.length !== 2) return [];
  const [over, below, whole] = [...node.children, node].map((part) => part.getBoundingClientRect());
  const y = pixel((over.bottom + below.top) / 2 - origin.y);
  const [x1, x2] = [whole.left - origin.x, whole.right - origin.x].map(pixel);
  return [svg("line", { x1, x2, y1: y, y2: y, stroke: style.color, "stroke-width": 1.2 })];
}

/** What is typed or chosen in a field. @param {Element} node @param {CSSStyleDeclaration} style @param {Place} place */
function fieldOf(node, style, { x, y, width, height }) {
  const isField = node instanceof HTMLInputElement && !/range|checkbox|radio/.test(node.type);
  if (!isField && !(node instanceof HTMLSelectElement)) return [];
  const text = node instanceof HTMLSelectElement ? (node.selectedOptions[0]?.text ?? "") : node.value;
  const top = y + (height - 1.2 * parseFloat(style.fontSize)) / 2;
  const line = lineOf(text, { left: x + parseFloat(style.paddingLeft), top, width: 0 }, style);
  if (/right|end/.test(style.textAlign)) {
    line.setAttribute("x", String(x + width - parseFloat(style.paddingRight)));
    line.setAttribute("text-anchor", "end");
  }
  return [line];
}
