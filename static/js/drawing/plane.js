import { squareLayout } from "./plane_axes.js";
import { drawMarks } from "./plane_marks.js";
import { createWholeButton, wireView } from "./plane_view.js";
import { createPlot } from "./plot.js";
import { drawStandIn } from "./stand_in.js";
import { svg } from "./svg.js";

/** @typedef {import("./plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./plane_axes.js").Mapping} Mapping */

/**
 * A plot with marks above it that follow the pointer in every frame, while Plotly draws only what changes seldom.
 * @param {HTMLElement} element
 * @param {{onMove?: (id: string, x: number, y: number) => void, onKey?: (id: string, dx: number, dy: number) => void,
 *   onEnd?: () => void, onPress?: (id: string) => void, onView?: (change:
 *   import("../base/view_domain.js").ViewChange|null) => void, remember?: () => () => void}} parts
 * `onMove` hears where a handle was dragged to; `onKey` which arrow was pressed, as steps to the right and up;
 *   `onPress` which mark was clicked; `onView`, for a plane that can be zoomed, what is to be seen of it;
 *   `remember` answers what puts back what the next press changes
 */
export function createPlane(
  element,
  { onMove = () => {}, onKey = () => {}, onEnd = () => {}, onPress = () => {}, onView, remember } = {},
) {
  const under = document.createElement("div");
  under.className = "plane-plot";
  const over = svg("svg", { class: "plane-marks" });
  element.classList.add("plane");
  /** @type {SVGSVGElement|null} */
  let standIn = svg("svg", { class: "stand-in", "aria-hidden": "true" });
  element.replaceChildren(standIn, under, over);
  const plot = createPlot(under, {
    onFirst: () => {
      standIn?.remove();
      standIn = null;
    },
  });
  /** @type {((size: Size) => PlaneFigure)|null} */
  let build = null;
  /** @type {PlaneFigure|null} */
  let figure = null;
  let drawn = "";
  const measure = () => ({ width: element.clientWidth, height: element.clientHeight });
  let size = { width: 0, height: 0 }; // remembered: to ask for it in every frame would lay the page out again

  const draw = () => {
    if (!figure || !size.width) return;
    if (standIn) drawStandIn(standIn, figure, mapping(figure, size));
    drawMarks(over, figure.marks, mapping(figure, size), element.id, figure.data);
  };
  const drawUnder = () => plot.show(() => ({ data: figure?.data ?? [], layout: figure ? layoutIn(figure, size) : {} }));
  new ResizeObserver(() => {
    size = measure();
    if (!build || !size.width) return;
    figure = build(size);
    draw();
    drawUnder();
  }).observe(element);
  const pointer = wirePointer(over, () => figure && { marks: figure.marks, map: mapping(figure, size) }, {
    onMove,
    onEnd,
    onPress,
    remember,
  });
  const showPart = onView && wireZooming(element, over, () => figure && mapping(figure, size).box, pointer, onView);
  wireKeys(over, { onKey, onPress });
  return {
    /**
     * Draws a figure; Plotly is asked only when its curves or axes are others than before.
     * @param {PlaneFigure|((size: Size) => PlaneFigure)} next or what builds it for the plane's size
     * @param {unknown} version what the curves and axes depend on
     */
    show(next, version) {
      if (!size.width) size = measure();
      build = typeof next === "function" ? next : () => next;
      figure = build(size);
      const key = JSON.stringify([
        version,
        document.documentElement.dataset.theme,
        document.documentElement.hasAttribute("data-projector"),
        figure.layout.xaxis.range,
        figure.layout.yaxis.range,
      ]);
      if (key !== drawn) drawUnder();
      drawn = key;
      showPart?.(Boolean(figure.isPart));
      draw();
    },
    /** Where points are on this plane, once it shows a figure. */
    mapping: () => figure && mapping(figure, measure()),
  };
}

/**
 * @param {HTMLElement} element @param {SVGSVGElement} over @param {() => Mapping["box"]|null} boxNow
 * @param {ReturnType<typeof wirePointer>} pointer
 * @param {(change: import("../base/view_domain.js").ViewChange|null) => void} onView
 */
function wireZooming(element, over, boxNow, pointer, onView) {
  over.classList.add("zooms");
  wireView(over, boxNow, { onView, onBegin: pointer.release });
  over.addEventListener("dblclick", () => {
    pointer.takeBack(); // its first press moved a handle here
    onView(null);
  });
  return createWholeButton(element, () => onView(null));
}

/** @param {EventTarget|null} target */
const handleOf = (target) =>
  /** @type {Element|null} */ (target)?.closest?.("[data-handle]")?.getAttribute("data-handle") ?? null;

/** @param {EventTarget|null} target */
const pressOf = (target) =>
  /** @type {Element|null} */ (target)?.closest?.("[data-press]")?.getAttribute("data-press") ?? null;

/** @typedef {{width: number, height: number}} Size in pixels */

const BUTTON = 40; // pixels in the upper right corner, where the way back to the whole view stands

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
    box,
    width: size.width,
    held: figure.isPart ? [{ left: size.width - BUTTON, top: 0, right: size.width, bottom: BUTTON }] : [],
    ranges: { x: layout.xaxis.range, y: layout.yaxis.range },
    toPixels: ([x, y]) => [box.left + ((x - x0) / (x1 - x0)) * width, box.bottom - ((y - y0) / (y1 - y0)) * height],
    toPoint: (x, y) => [x0 + ((x - box.left) / width) * (x1 - x0), y0 + ((box.bottom - y) / height) * (y1 - y0)],
  };
}

/**
 * Arrows move the handle that has the focus, with Shift ten times as far; Enter and Space press a mark.
 * @param {SVGSVGElement} over
 * @param {{onKey: (id: string, dx: number, dy: number) => void, onPress: (id: string) => void}} parts
 */
function wireKeys(over, { onKey, onPress }) {
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
}

/**
 * Press anywhere: the nearest handle comes along; a finger has to press the handle itself, elsewhere it scrolls.
 * @param {SVGSVGElement} over @param {() => {marks: Mark[], map: Mapping}|null} now
 * @param {{onMove: (id: string, x: number, y: number) => void, onEnd: () => void, onPress: (id: string) => void,
 *   remember?: () => () => void}} parts
 */
function wirePointer(over, now, { onMove, onEnd, onPress, remember }) {
  let held = "";
  /** @type {((() => void)|undefined)[]} */
  let before = []; // what puts back what the last two presses changed
  const follow = (/** @type {PointerEvent} */ event) => {
    const found = now();
    if (!held || !found) return;
    const corner = over.getBoundingClientRect();
    const { box, toPoint } = found.map;
    const inside = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
      Math.min(high, Math.max(low, value));
    const point = toPoint(
      inside(event.clientX - corner.left, box.left, box.right),
      inside(event.clientY - corner.top, box.top, box.bottom),
    );
    onMove(held, point[0], point[1]);
  };
  over.addEventListener("pointerdown", (event) => {
    const found = now();
    if (!found || event.button) return;
    before = [...before.slice(-1), undefined];
    const pressed = pressOf(event.target);
    if (pressed) return onPress(pressed);
    held = handleOf(event.target) ?? (event.pointerType === "touch" ? "" : nearest(found, event, over));
    if (!held) return;
    before[before.length - 1] = remember?.();
    event.preventDefault();
    over.setPointerCapture(event.pointerId);
    /** @type {SVGElement|null} */ (over.querySelector(`[data-handle="${held}"]`))?.focus();
    over.classList.add("held");
    follow(event);
  });
  // touch-action is not heeded on the parts of an svg
  const keep = (/** @type {TouchEvent} */ event) => void (handleOf(event.target) && event.preventDefault());
  over.addEventListener("touchstart", keep, { passive: false });
  over.addEventListener("pointermove", follow);
  const release = () => {
    if (held) onEnd();
    held = "";
    over.classList.remove("held");
  };
  over.addEventListener("pointerup", release);
  over.addEventListener("pointercancel", release);
  const takeBack = () => before.splice(0)[0]?.();
  return { release, takeBack };
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
