import { labelsOf, setLabels } from "./plane_labels.js";
import { shapeOf } from "./shapes.js";
import { arrowHead, pixel, set, svg } from "./svg.js";

const HEADS = { usual: 13, thin: 6 }; // pixels that the head of an arrow is long
const EDGE = 2; // pixels that a point may lie outside

/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./plane_axes.js").Handle} Handle */
/** @typedef {import("./plane_axes.js").Mapping} Mapping */

/**
 * Draw marks above a plot; handles stay the same elements, so that they keep the focus.
 * @param {SVGSVGElement} over @param {Mark[]} marks @param {Mapping} map @param {string} name a name of the plane's own
 * @param {import("./plane_labels.js").Curve[]} [curves] what is drawn below, for labels to step aside from
 */
export function drawMarks(over, marks, map, name, curves = []) {
  const { box } = map;
  const clip = svg("clipPath", { id: `${name}-clip` });
  clip.append(svg("rect", { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top }));
  const inside = svg("g", { "clip-path": `url(#${name}-clip)` });
  const labels = marks.filter((mark) => mark.kind === "label");
  const nodes = labelsOf(labels);
  const texts = svg("g", {});
  texts.append(...nodes);
  const points = svg("g", {});
  /** @type {Extract<Mark, {kind: "point"}>[][]} */
  const [handles, presses] = [[], []];
  for (const mark of marks) {
    if (mark.kind === "label") continue;
    if (mark.kind !== "point") inside.append(...stroke(mark, map));
    else if (mark.handle) handles.push(mark);
    else if (mark.press) presses.push(mark);
    else if (isInside(map.toPixels(mark.at), box)) points.append(dot(mark, map));
  }
  const kept = over.querySelector("g.kept") ?? svg("g", { class: "kept" });
  if (!kept.firstChild) kept.append(svg("g", {}), svg("g", {}));
  showPresses(/** @type {Element} */ (kept.firstElementChild), presses, map);
  showHandles(/** @type {Element} */ (kept.lastElementChild), handles, map);
  if (kept.parentNode) {
    while (over.firstChild && over.firstChild !== kept) over.firstChild.remove();
    kept.before(clip, inside, points, texts);
  } else over.replaceChildren(clip, inside, points, texts, kept);
  setLabels(over, { nodes, labels, marks, curves, map });
}

/** @param {Exclude<Mark, {kind: "label"|"point"}>} mark @param {Mapping} map @returns {SVGElement[]} */
function stroke(mark, map) {
  const look = {
    class: `mark ${mark.symbol}${"thin" in mark && mark.thin ? " thin" : ""}`,
    "stroke-dasharray": mark.dash ?? "none",
  };
  if (mark.kind === "path") {
    return [
      svg("path", {
        ...look,
        class: `${look.class}${mark.filled ? " filled" : ""}`,
        d: `M${mark.points.map((point) => map.toPixels(point).map(pixel).join(" ")).join("L")}`,
      }),
    ];
  }
  const [from, to] = ends(mark, map);
  const line = svg("line", { ...look, x1: pixel(from[0]), y1: pixel(from[1]), x2: pixel(to[0]), y2: pixel(to[1]) });
  return mark.kind === "arrow"
    ? [line, arrowHead(from, to, mark.thin ? HEADS.thin : HEADS.usual, mark.symbol)]
    : [line];
}

/** @param {Exclude<Mark, {kind: "label"|"point"|"path"}>} mark @param {Mapping} map */
function ends(mark, map) {
  if (mark.kind !== "line") return [map.toPixels(mark.from), map.toPixels(mark.to)];
  const [x, y] = mark.through;
  const reach = mark.reach ?? map.ranges.x[1] - map.ranges.x[0];
  return [map.toPixels([x - reach, y - mark.slope * reach]), map.toPixels([x + reach, y + mark.slope * reach])];
}

/** @param {Extract<Mark, {kind: "point"}>} mark @param {Mapping} map */
function dot(mark, map) {
  return shapeOf(
    mark.shape ?? "circle",
    map.toPixels(mark.at),
    6.5,
    `dot ${mark.symbol}${mark.hollow ? " hollow" : ""}`,
  );
}

/** @param {Element} group @param {Extract<Mark, {kind: "point"}>[]} marks @param {Mapping} map */
function showHandles(group, marks, map) {
  const wanted = new Set(marks.map((mark) => /** @type {Handle} */ (mark.handle).id));
  for (const node of [...group.children]) if (!wanted.has(node.getAttribute("data-handle") ?? "")) node.remove();
  for (const mark of marks) {
    const { id, label: text, value, now, axes = "both" } = /** @type {Handle} */ (mark.handle);
    let node = group.querySelector(`[data-handle="${id}"]`);
    if (!node) {
      node = svg("g", {
        "data-handle": id,
        role: "slider",
        tabindex: 0,
        "aria-orientation": axes === "y" ? "vertical" : "horizontal",
      });
      node.append(svg("circle", { class: "grip", r: 22 }), svg("circle", { class: "dot", r: 9 }));
      group.append(node);
    }
    // what left the picture waits at its edge to be taken hold of
    const [x, y] = nearestInside(map.toPixels(mark.at), map.box);
    set(node, {
      class: `handle ${mark.symbol} ${axes}`,
      transform: `translate(${pixel(x)} ${pixel(y)})`,
      "aria-label": text,
      "aria-valuetext": value,
      "aria-valuenow": now,
    });
    set(/** @type {Element} */ (node.lastElementChild), { class: `dot ${mark.symbol}${mark.hollow ? " hollow" : ""}` });
  }
}

/** @param {Element} group @param {Extract<Mark, {kind: "point"}>[]} marks @param {Mapping} map */
function showPresses(group, marks, map) {
  const wanted = new Set(marks.map((mark) => mark.press?.id));
  for (const node of [...group.children]) if (!wanted.has(node.getAttribute("data-press") ?? "")) node.remove();
  for (const mark of marks) {
    const { id, label: text } = /** @type {{id: string, label: string}} */ (mark.press);
    let node = group.querySelector(`[data-press="${id}"]`);
    if (!node) {
      node = svg("g", { "data-press": id, role: "button", tabindex: 0 });
      node.append(svg("circle", { class: "grip", r: 16 }), svg("circle", { class: "dot", r: 6.5 }));
      group.append(node);
    }
    const [x, y] = map.toPixels(mark.at);
    set(node, { class: `press ${mark.symbol}`, transform: `translate(${pixel(x)} ${pixel(y)})`, "aria-label": text });
    set(/** @type {Element} */ (node.lastElementChild), { class: `dot ${mark.symbol}${mark.hollow ? " hollow" : ""}` });
  }
}

/** @param {number[]} point in pixels @param {Mapping["box"]} box */
const isInside = ([x, y], { left, right, top, bottom }) =>
  x >= left - EDGE && x <= right + EDGE && y >= top - EDGE && y <= bottom + EDGE;

/** @param {number[]} point in pixels @param {Mapping["box"]} box */
const nearestInside = ([x, y], { left, right, top, bottom }) => [
  Math.min(right, Math.max(left, x)),
  Math.min(bottom, Math.max(top, y)),
];
