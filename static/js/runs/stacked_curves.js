import { short, trimmed } from "../base/format.js";
import { set, svg } from "../drawing/svg.js";
import { acrossAt, axisOf, SHARES, stackOf, upAt, valueAt, widthOf } from "./stacked_frame.js";
import { axisMarks, changeLines, changeNames, endMarks, pathOf, rowMarks, words } from "./stacked_marks.js";

/** @typedef {import("./sharpness_series.js").Series} Series */
/** @typedef {import("./stacked_frame.js").Stack} Stack */
/** @typedef {import("./stacked_frame.js").Axis} Axis */
/** @typedef {{step: number, loss: number|null, moment: number|null}} Now `moment`: the step that is looked at */

const HIGHEST = 2.6; // times λ: a threshold above that is told, not drawn

/**
 * Loss, λ against the threshold 2/η, and the swing along the sharpest direction: rows on one axis.
 * @param {HTMLElement} place
 * @param {{onPull?: (value: number) => void, hasSwing?: boolean}} [options] `onPull`: where the axis is pressed
 * @returns {(series: Series, now: Now, beside?: Series|null) => void} `beside`: a second run's, from where it leaves
 */
export function createStackedCurves(place, { onPull, hasSwing = true } = {}) {
  const name = hasSwing ? "Loss, largest eigenvalue and swing on one axis" : "Loss and largest eigenvalue on one axis";
  const drawing = svg("svg", { role: "img", "aria-label": name });
  place.append(drawing);
  /** @type {[Series, Now, Series|null]|null} */
  let newest = null;
  /** @type {Stack|null} */
  let stack = null;
  const draw = () => {
    const { clientWidth: width, clientHeight: height } = place;
    if (!newest || !width || !height) return;
    const [series, now, beside] = newest;
    const size = parseFloat(getComputedStyle(place).fontSize);
    stack = stackOf({ width, height, size }, series, hasSwing ? SHARES.three : SHARES.two);
    set(drawing, { viewBox: `0 0 ${width} ${height}` });
    drawing.replaceChildren(...picture(stack, series, now, beside));
  };
  new ResizeObserver(draw).observe(place);
  if (onPull) pull(place, (x) => stack && onPull(valueAt(stack, x)));
  return (series, now, beside = null) => {
    newest = [series, now, beside];
    draw();
  };
}

/** @param {Stack} stack @param {Series} series @param {Now} now @param {Series|null} beside */
function picture(stack, series, now, beside) {
  const loss = axisOf(
    stack.rows[0],
    [...series.losses, ...(beside?.losses ?? [])].map(({ y }) => y),
  );
  const stands = series.at(now.step);
  const changes = series.changes.map(({ x, from, to }) => ({ x, text: `η ${short(from)} → ${short(to)}` }));
  return [
    ...changeLines(stack, changes),
    ...sharpnessMarks(stack, series, now, beside),
    ...(stack.rows.length > 2 ? swingMarks(stack, series) : []),
    ...rowMarks(stack, loss, [`loss${loss.isLog ? ", log" : ""}`], "L"),
    svg("path", { class: "curve L", d: pathOf(stack, loss, series.losses) }),
    ...(beside ? [svg("path", { class: "curve beside", d: pathOf(stack, loss, beside.losses) })] : []),
    ...axisMarks(stack, series, stands, series.named(now.step)),
    ...changeNames(stack, changes),
    ...momentMarks(stack, series, now),
    ...lossMarks(stack, loss, series, beside),
  ];
}

/** @param {Stack} stack @param {Axis} axis @param {Series} series @param {Series|null} beside */
function lossMarks(stack, axis, { losses }, beside) {
  const last = losses.at(-1);
  if (!last) return [];
  const y = upAt(axis, last.y);
  return [
    svg("circle", { class: "ball", cx: acrossAt(stack, last.x), cy: y, r: 0.48 * stack.size }),
    ...endMarks(stack, axis, [
      { y, text: trimmed(last.y, 3), kind: "L" },
      ...besideLabel(axis, beside?.losses, (value) => trimmed(value, 3)),
    ]),
  ];
}

/**
 * The newest value of the second run, to stand behind the end of its line.
 * @param {Axis} axis @param {import("./sharpness_series.js").Point[]|undefined} points
 * @param {(value: number) => string} text
 */
function besideLabel(axis, points, text) {
  const last = points?.at(-1);
  return last ? [{ y: upAt(axis, last.y), text: text(last.y), kind: "beside" }] : [];
}

/** @param {Stack} stack @param {Series[]} all */
function sharpnessAxis(stack, all) {
  const values = all.flatMap(({ sharpness }) => sharpness).map(({ y }) => y);
  const top = HIGHEST * Math.max(0, ...values);
  const limits = all.flatMap(({ thresholds }) => thresholds).map(({ y }) => y);
  const seen = [...values, ...limits.filter((y) => y <= top)];
  return axisOf(stack.rows[1], seen, { isLog: false, fromZero: true });
}

/** @param {Stack} stack @param {Series} series @param {Now} now @param {Series|null} beside */
function sharpnessMarks(stack, series, { step, moment }, beside) {
  const { sharpness, thresholds, crossings, at } = series;
  const axis = sharpnessAxis(stack, beside ? [series, beside] : [series]);
  const [value, limit] = [sharpness.at(-1), thresholds.at(-1)];
  const over = thresholds.length ? overPath(stack, axis, thresholds) : "";
  const labels = [
    ...(value ? [{ y: upAt(axis, value.y), text: `λ ${trimmed(value.y)}`, kind: "b" }] : []),
    ...(limit
      ? [{ y: upAt(axis, limit.y), text: `2/η ${trimmed(limit.y)}${limit.y > axis.high ? " ↑" : ""}`, kind: "bad" }]
      : []),
    ...besideLabel(axis, beside?.sharpness, (y) => `λ ${trimmed(y)}`),
  ];
  return [
    svg("path", { class: "over", d: over }),
    ...rowMarks(stack, axis, ["largest eigenvalue λ of the Hessian", "largest eigenvalue λ", "λ"], "b"),
    ...overWords(stack, axis, thresholds),
    svg("path", { class: "threshold", d: stairs(stack, axis, thresholds) }),
    svg("path", { class: "curve b", d: pathOf(stack, axis, sharpness) }),
    ...(beside ? besideLines(stack, axis, beside) : []),
    ...crossingMarks(stack, axis, crossings),
    ...sharpness
      .filter(({ x }) => x === at(moment ?? step))
      .map(({ x, y }) =>
        svg("circle", { class: "dot b", cx: acrossAt(stack, x), cy: upAt(axis, y), r: 0.34 * stack.size }),
      ),
    ...endMarks(stack, axis, labels),
  ];
}

/** λ of the second run, and its own threshold. @param {Stack} stack @param {Axis} axis @param {Series} beside */
const besideLines = (stack, axis, { sharpness, thresholds }) => [
  ...(thresholds.every(({ y }) => y <= axis.high)
    ? [svg("path", { class: "threshold beside", d: stairs(stack, axis, thresholds) })]
    : []),
  svg("path", { class: "curve beside", d: pathOf(stack, axis, sharpness) }),
];

/** @param {Stack} stack @param {Axis} axis @param {import("./sharpness_series.js").Point[]} points */
const stairs = (stack, axis, points) =>
  points.length ? `M${points.map(({ x, y }) => `${acrossAt(stack, x)} ${upAt(axis, y)}`).join("L")}` : "";

/** @param {Stack} stack @param {Axis} axis @param {import("./sharpness_series.js").Point[]} thresholds */
function overPath(stack, axis, thresholds) {
  const ends = [thresholds[thresholds.length - 1], thresholds[0]].map(({ x }) => acrossAt(stack, x));
  return `${stairs(stack, axis, thresholds)}L${ends[0]} ${axis.row.top}L${ends[1]} ${axis.row.top}Z`;
}

/**
 * Where λ comes over the threshold: a ring, and a line up to the loss.
 * @param {Stack} stack @param {Axis} axis @param {import("./sharpness_series.js").Point[]} crossings
 */
const crossingMarks = (stack, axis, crossings) =>
  crossings.flatMap(({ x: value, y: height }) => {
    const [x, y] = [acrossAt(stack, value), upAt(axis, height)];
    const radius = 0.5 * stack.size;
    return [
      svg("line", { class: "crossing", x1: x, x2: x, y1: stack.rows[0].top, y2: y - radius }),
      svg("circle", { class: "crossing", cx: x, cy: y, r: radius }),
    ];
  });

/** What the tinted room above the threshold is, where it has room. */
function overWords(
  /** @type {Stack} */ stack,
  /** @type {Axis} */ axis,
  /** @type {{x: number, y: number}[]} */ points,
) {
  const text = "over the threshold";
  const [last, before] = [points.at(-1), points.at(-2)];
  if (!last || !before) return [];
  const [from, to] = [acrossAt(stack, before.x), acrossAt(stack, last.x)];
  const fits = to - from > widthOf(text, stack.size) + 12 && upAt(axis, last.y) - axis.row.top > 1.7 * stack.size;
  return fits ? [words(to - 8, axis.row.top + 1.1 * stack.size, text, "tick bad", "end")] : [];
}

/** @param {Stack} stack @param {Series} series */
function swingMarks(stack, { swings }) {
  const axis = axisOf(
    stack.rows[2],
    swings.map(({ y }) => y),
    { isLog: true },
  );
  const last = swings.at(-1);
  return [
    ...rowMarks(stack, axis, ["swing along the sharpest direction, log", "swing, log"], "grad"),
    svg("path", { class: "curve grad", d: pathOf(stack, axis, swings) }),
    ...(last ? endMarks(stack, axis, [{ y: upAt(axis, last.y), text: trimmed(last.y, 2), kind: "grad" }]) : []),
  ];
}

/** @param {Stack} stack @param {Series} series @param {Now} now */
function momentMarks(stack, series, { moment }) {
  if (moment === null) return [];
  const x = acrossAt(stack, Math.min(series.last, Math.max(series.first, series.at(moment))));
  const { rows, size } = stack;
  return [
    svg("line", { class: "moment", x1: x, x2: x, y1: rows[0].top - 0.3 * size, y2: rows[rows.length - 1].bottom }),
  ];
}

/**
 * Hear where the curves are pressed and pulled; a finger scrolls.
 * @param {HTMLElement} place @param {(x: number) => void} onPull
 */
function pull(place, onPull) {
  let held = false;
  const tell = (/** @type {PointerEvent} */ event) => onPull(event.clientX - place.getBoundingClientRect().left);
  place.addEventListener("pointerdown", (event) => {
    held = event.button === 0 && event.pointerType !== "touch";
    if (held) tell(event);
  });
  addEventListener("pointermove", (event) => held && tell(event));
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => (held = false));
}
