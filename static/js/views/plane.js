import { squareLayout } from "../figures/plane_axes.js";
import { drawMarks } from "./plane_marks.js";
import { createPlot } from "./plot.js";
import { svg } from "./svg.js";

/** @typedef {import("../figures/plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("../figures/plane_axes.js").Mark} Mark */
/** @typedef {import("../figures/plane_axes.js").Mapping} Mapping */

/**
 * A plot with marks above it that follow the pointer in every frame, while Plotly draws only what changes seldom.
 * @param {HTMLElement} element
 * @param {{onMove?: (id: string, x: number, y: number) => void, onKey?: (id: string, dx: number, dy: number) => void, onEnd?: () => void, onPress?: (id: string) => void}} parts
 *   `onMove` hears where a handle was dragged to; `onKey` which arrow was pressed, as steps to the right and up; `onPress` which mark was clicked
 */
export function createPlane(element, { onMove = () => {}, onKey = () => {}, onEnd = () => {}, onPress = () => {} } = {}) {
  const under = document.createElement("div");
  under.className = "plane-plot";
  const over = svg("svg", { class: "plane-marks" });
  element.classList.add("plane");
  element.replaceChildren(under, over);
  const plot = createPlot(under);
  /** @type {((size: Size) => PlaneFigure)|null} */
  let build = null;
  /** @type {PlaneFigure|null} */
  let figure = null;
  let drawn = "";
  const measure = () => ({ width: element.clientWidth, height: element.clientHeight });
  let size = { width: 0, height: 0 }; // remembered: to ask for it in every frame would lay the page out again

  const draw = () => {
    if (figure && size.width) drawMarks(over, figure.marks, mapping(figure, size), element.id, figure.data);
  };
  const drawUnder = () => plot.show(() => ({ data: figure?.data ?? [], layout: figure ? layoutIn(figure, size) : {} }));
  new ResizeObserver(() => {
    size = measure();
    if (!build || !size.width) return;
    figure = build(size);
    draw();
    drawUnder();
  }).observe(element);
  wirePointer(over, () => figure && { marks: figure.marks, map: mapping(figure, size) }, { onMove, onEnd, onPress });
  over.addEventListener("keydown", (event) => {
    const pressed = pressOf(event.target);
    if (pressed && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.stopPropagation();
      return onPress(pressed);
    }
    const id = handleOf(event.target);
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!id || !step) return;
    event.preventDefault();
    event.stopPropagation();
    const times = event.shiftKey ? 10 : 1;
    onKey(id, step[0] * times, step[1] * times);
  });
  return {
    /**
     * Draws a figure; Plotly is asked only when its curves or axes are others than before.
     * @param {PlaneFigure|((size: Size) => PlaneFigure)} next or what builds it for the plane's size @param {unknown} version what the curves and axes depend on
     */
    show(next, version) {
      if (!size.width) size = measure();
      build = typeof next === "function" ? next : () => next;
      figure = build(size);
      const key = JSON.stringify([version, document.documentElement.dataset.theme, document.documentElement.hasAttribute("data-projector"), figure.layout.xaxis.range, figure.layout.yaxis.range]);
      if (key !== drawn) drawUnder();
      drawn = key;
      draw();
    },
    /** Where points are on this plane, once it shows a figure. */
    mapping: () => figure && mapping(figure, measure()),
  };
}

/** @param {EventTarget|null} target */
const handleOf = (target) => /** @type {Element|null} */ (target)?.closest?.("[data-handle]")?.getAttribute("data-handle") ?? null;

/** @param {EventTarget|null} target */
const pressOf = (target) => /** @type {Element|null} */ (target)?.closest?.("[data-press]")?.getAttribute("data-press") ?? null;

/** @typedef {{width: number, height: number}} Size in pixels */

/** @param {PlaneFigure} figure @param {Size} size */
const layoutIn = ({ layout, square }, { width, height }) => (square ? squareLayout(layout, width, height) : layout);

/** @param {PlaneFigure} figure @param {Size} size @returns {Mapping} */
function mapping(figure, size) {
  const layout = layoutIn(figure, size);
  const { l, r, t, b } = layout.margin;
  const box = { left: l, top: t, right: Math.max(l + 1, size.width - r), bottom: Math.max(t + 1, size.height - b) };
  const [[x0, x1], [y0, y1]] = [layout.xaxis.range, layout.yaxis.range];
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  return {
    box, width: size.width, ranges: { x: layout.xaxis.range, y: layout.yaxis.range },
    toPixels: ([x, y]) => [box.left + ((x - x0) / (x1 - x0)) * width, box.bottom - ((y - y0) / (y1 - y0)) * height],
    toPoint: (x, y) => [x0 + ((x - box.left) / width) * (x1 - x0), y0 + ((box.bottom - y) / height) * (y1 - y0)],
  };
}

/**
 * Press anywhere: the nearest handle comes along.
 * @param {SVGSVGElement} over @param {() => {marks: Mark[], map: Mapping}|null} now
 * @param {{onMove: (id: string, x: number, y: number) => void, onEnd: () => void, onPress: (id: string) => void}} parts
 */
function wirePointer(over, now, { onMove, onEnd, onPress }) {
  let held = "";
  const follow = (/** @type {PointerEvent} */ event) => {
    const found = now();
    if (!held || !found) return;
    const corner = over.getBoundingClientRect();
    const { box, toPoint } = found.map;
    const inside = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) => Math.min(high, Math.max(low, value));
    const point = toPoint(inside(event.clientX - corner.left, box.left, box.right), inside(event.clientY - corner.top, box.top, box.bottom));
    onMove(held, point[0], point[1]);
  };
  over.addEventListener("pointerdown", (event) => {
    const found = now();
    if (!found || event.button) return;
    const pressed = pressOf(event.target);
    if (pressed) return onPress(pressed);
    held = handleOf(event.target) ?? nearest(found, event, over);
    if (!held) return;
    event.preventDefault();
    over.setPointerCapture(event.pointerId);
    /** @type {SVGElement|null} */ (over.querySelector(`[data-handle="${held}"]`))?.focus();
    over.classList.add("held");
    follow(event);
  });
  over.addEventListener("pointermove", follow);
  const release = () => {
    if (held) onEnd();
    held = "";
    over.classList.remove("held");
  };
  over.addEventListener("pointerup", release);
  over.addEventListener("pointercancel", release);
}

/** @param {{marks: Mark[], map: Mapping}} found @param {PointerEvent} event @param {SVGSVGElement} over */
function nearest({ marks, map }, event, over) {
  const corner = over.getBoundingClientRect();
  let best = "";
  let shortest = Infinity;
  for (const mark of marks) {
    if (mark.kind !== "point" || !mark.handle) continue;
    const [x, y] = map.toPixels(mark.at);
    const [dx, dy] = [x - (event.clientX - corner.left), y - (event.clientY - corner.top)];
    const away = mark.handle.axes === "x" ? Math.abs(dx) : Math.hypot(dx, dy);
    if (away < shortest) [best, shortest] = [mark.handle.id, away];
  }
  return best;
}
