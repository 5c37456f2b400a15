import { shown } from "../base/format.js";
import { evaluate } from "../base/program.js";
import { arrowHead, pixel, set, svg } from "../drawing/svg.js";

/** @typedef {import("./home_state.js").State} State */
/** @typedef {import("./home_state.js").Here} Here */
/** @typedef {{toX: (x: number) => number, toY: (y: number) => number, axis: number, width: number, height: number,
 *   size: number, reach: number}} Frame pixels; `reach`: of the tangent, in x */

const FOOT = 92; // pixels below the axis, for its numbers and the sentence
const ABOVE = 36; // pixels between the axis and f = 0
const TOP = 9; // of f: the upper border
const RADIUS = 13;
const RESTS = 0.02; // from the flag: there
const NICE = [-2, -1, 0, 1, 2, 3];

/**
 * The hill from border to border, the ball on it with its slope, its next step on the axis, a flag where it is lowest.
 * @param {SVGSVGElement} drawing @param {import("./home_state.js").Hill} hill @param {(x: number) => void} onPut
 * @returns {(state: State, here: Here) => void}
 */
export function createHomeHill(drawing, hill, onPut) {
  /** @type {Frame|null} */
  let frame = null;
  wireDrag(drawing, (pixels) => {
    if (!frame) return;
    const [low, high] = hill.domain;
    onPut(low + (pixels / frame.width) * (high - low));
  });
  return (state, here) => {
    const { width, height } = drawing.getBoundingClientRect();
    if (!width || !height) return;
    frame = frameOf(hill, width, height, parseFloat(getComputedStyle(drawing).fontSize));
    set(drawing, { viewBox: `0 0 ${width} ${height}` });
    drawing.replaceChildren(
      ...ground(state, frame),
      ...axis(frame, hill),
      ...flag(state, frame, hill),
      ...trail(state, frame),
      ...step(state, here, frame),
      ...ball(state, here, frame),
    );
  };
}

/**
 * @param {import("./home_state.js").Hill} hill @param {number} width @param {number} height @param {number} size
 * @returns {Frame}
 */
function frameOf({ domain: [low, high] }, width, height, size) {
  const line = height - FOOT;
  return {
    toX: (x) => ((x - low) / (high - low)) * width,
    toY: (y) => line - ABOVE - (y / TOP) * (line - ABOVE),
    ...{ axis: line, width, height, size },
    reach: (high - low) * (46 / width),
  };
}

/** @param {number} x @param {number} y @param {string} text @param {string} look @param {string} [anchor] */
function words(x, y, text, look, anchor = "middle") {
  const node = svg("text", { x: pixel(x), y: pixel(y), class: look, "text-anchor": anchor });
  node.textContent = text;
  return node;
}

/** @param {State} state @param {Frame} frame */
function ground({ shape }, { toX, toY, width, height }) {
  const points = shape.curve.x.map((/** @type {number} */ x, /** @type {number} */ k) => {
    return `${pixel(toX(x))} ${pixel(toY(shape.curve.y[k]))}`;
  });
  const ridge = `M${points.join("L")}`;
  return [
    svg("path", { class: "ground", d: `${ridge}L${width} ${height}L0 ${height}Z` }),
    svg("path", { class: "ridge", d: ridge }),
  ];
}

/** @param {Frame} frame @param {import("./home_state.js").Hill} hill */
function axis({ toX, axis: line, width, size }, { domain: [low, high] }) {
  const ticks = NICE.filter((tick) => tick > low && tick < high);
  return [
    svg("line", { class: "axis", x1: 0, x2: width, y1: line, y2: line }),
    ...ticks.flatMap((tick) => [
      svg("line", { class: "axis", x1: pixel(toX(tick)), x2: pixel(toX(tick)), y1: line, y2: line + 5 }),
      words(toX(tick), line + 5 + size * 1.1, shown(tick), "tick"),
    ]),
    words(width - 1.2 * size, line - 0.6 * size, "x", "x math"),
  ];
}

/** The lowest point. @param {State} state @param {Frame} frame @param {import("./home_state.js").Hill} hill */
function flag({ shape, x }, { toX, toY, size }, { lowest }) {
  const value = Number(evaluate(shape.programs.value, [lowest]));
  const [left, foot] = [toX(lowest), toY(value)];
  const [top, wide] = [foot - 5.4 * size, 3.6 * size];
  const isWon = Math.abs(x - lowest) < RESTS;
  return [
    svg("line", { class: "pole", x1: pixel(left), x2: pixel(left), y1: pixel(foot), y2: pixel(top) }),
    svg("path", {
      class: `cloth${isWon ? " won" : ""}`,
      d: `M${pixel(left)} ${pixel(top)}h${wide}l${-0.5 * size} ${0.75 * size}l${0.5 * size} ${0.75 * size}h${-wide}Z`,
    }),
    words(left + wide / 2 - 0.2 * size, top + 1.1 * size, shown(value, 3), "on-cloth"),
  ];
}

/** Where the ball was. @param {State} state @param {Frame} frame */
function trail({ shape, path }, { toX, toY }) {
  return path.slice(-60).map((x) => {
    const value = Number(evaluate(shape.programs.value, [x]));
    return svg("circle", { class: "was", cx: pixel(toX(x)), cy: pixel(toY(value) - RADIUS * 0.5), r: 4 });
  });
}

/**
 * The next step: an arrow on the axis, and where it leads.
 * @param {State} state @param {Here} here @param {Frame} frame
 */
function step({ shape, x }, { slope, next }, { toX, toY, axis: line, size, width }) {
  if (!Number.isFinite(next)) return [];
  const to = Number(evaluate(shape.programs.value, [next]));
  const [from, end] = [toX(x), Math.min(width - 4, Math.max(4, toX(next)))];
  const isInside = toX(next) > 0 && toX(next) < width;
  const length = end - from;
  const ghost = [
    svg("line", { class: "lead grad", x1: pixel(end), x2: pixel(end), y1: pixel(toY(to)), y2: line }),
    svg("circle", { class: "ghost", cx: pixel(end), cy: pixel(toY(to) - RADIUS), r: RADIUS }),
  ];
  const isShort = Math.abs(length) < 2;
  return [
    ...(isInside && !isShort ? ghost : []),
    svg("line", { class: "mark grad", x1: pixel(from), x2: pixel(end), y1: line, y2: line }),
    arrowHead([from, line], [end, line], 12, "grad"),
    ...(isShort
      ? []
      : [
          words(
            Math.min(width - 7 * size, Math.max(6 * size, (from + end) / 2)),
            line - 0.75 * size,
            `−η f′ = ${next - x > 0 ? "+" : ""}${shown(next - x, 3)}`,
            "grad name",
          ),
        ]),
    ...(slope === 0 ? [] : [svg("circle", { class: "dot x", cx: pixel(from), cy: line, r: 5 })]),
  ];
}

/** The ball, its slope, and the line down to its x. @param {State} state @param {Here} here @param {Frame} frame */
function ball({ x }, { value, slope }, frame) {
  const { toX, toY, axis: line, size, reach, width } = frame;
  const [left, foot] = [toX(x), toY(value)];
  const ends = [-1, 1].map((side) => [toX(x + side * reach), toY(value + side * reach * slope)]);
  const steep = Math.hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]);
  const cut = Math.min(1, 150 / steep);
  const [a, b] = ends.map(([px, py]) => [left + (px - left) * cut, foot + (py - foot) * cut]);
  // beside the ball, in the ground
  const isRight = slope >= 0;
  const beside = isRight ? Math.min(left + 1.3 * size, width - 7 * size) : Math.max(left - 1.3 * size, 7 * size);
  return [
    svg("line", { class: "lead x", x1: pixel(left), x2: pixel(left), y1: pixel(foot), y2: line }),
    svg("line", { class: "mark slope", x1: pixel(a[0]), y1: pixel(a[1]), x2: pixel(b[0]), y2: pixel(b[1]) }),
    svg("circle", { class: "halo", cx: pixel(left), cy: pixel(foot - RADIUS), r: 2.2 * RADIUS }),
    svg("circle", { class: "the-ball", cx: pixel(left), cy: pixel(foot - RADIUS), r: RADIUS }),
    words(
      beside,
      Math.max(2 * size, foot + 1.9 * size),
      `slope ${shown(slope, 3)}`,
      "slope name",
      isRight ? "start" : "end",
    ),
  ];
}

/**
 * Press the hill, and the ball comes along; a finger takes the ball alone.
 * @param {SVGSVGElement} drawing @param {(pixels: number) => void} onPut
 */
function wireDrag(drawing, onPut) {
  const put = (/** @type {PointerEvent} */ event) => onPut(event.clientX - drawing.getBoundingClientRect().left);
  drawing.addEventListener("pointerdown", (event) => {
    const isBall = /** @type {Element} */ (event.target).matches(".the-ball, .halo");
    if (event.button || (event.pointerType === "touch" && !isBall)) return;
    drawing.setPointerCapture(event.pointerId);
    put(event);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (drawing.hasPointerCapture(event.pointerId)) put(event);
  });
}
