import { number, short } from "../../base/format.js";
import { set, svg } from "../../drawing/svg.js";
import { lossAt, stepShown } from "./lab_state.js";
import { acrossAt, drawAxes, frameOf, upAt, widthOf, words, wordsBeside } from "./loss_frame.js";
import { riseLabels } from "./loss_rises.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {import("./loss_frame.js").Frame} Frame */
/** @typedef {import("./lab_branch.js").Beside} Beside */

const FINE = 1000; // positions of the slider
const LARGE = 1.4; // of the usual text: the ball's number
const KEYS = /** @type {{[key: string]: number|undefined}} */ ({
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  Home: -Infinity,
  End: Infinity,
});

/**
 * The loss over epochs, both axes logarithmic, which is the slider of the run's history; a second run's beside.
 * @param {HTMLElement} place @param {HTMLInputElement} slider
 * @param {{stepNow: () => number, onStep: (k: number|null) => void, beside: () => Beside|null}} parts
 *   `stepNow` is also right between two frames; null follows the newest step
 */
export function createLossHistory(place, slider, { stepNow, onStep, beside }) {
  const drawing = svg("svg", { role: "img", "aria-label": "Loss by epoch, both axes logarithmic" });
  const names = ["grid", "goal", "future", "past", "branch", "rises", "ball"];
  const layers = Object.fromEntries(names.map((name) => [name, svg("g", { class: name })]));
  drawing.append(...Object.values(layers));
  place.prepend(drawing);
  slider.max = String(FINE);
  /** @type {LabState|null} */
  let now = null;
  let drawn = "";
  const newest = () => now?.run?.step ?? 0;
  listenToSlider(slider, {
    newest,
    stepNow,
    go(step) {
      const k = Math.min(Math.max(0, step), newest());
      onStep(k === newest() ? null : k);
    },
  });
  const draw = () => {
    if (!now) return;
    const { clientWidth: width, clientHeight: height } = place;
    const [other, size] = [beside(), parseFloat(getComputedStyle(place).fontSize)];
    const frame = frameOf(now, other?.records ?? [], { width, height, size });
    set(drawing, { viewBox: `0 0 ${width} ${height}` });
    drawAxes(layers, frame, now);
    drawCurve(layers, frame, now);
    drawBranch(layers, frame, now, other);
    showSlider(slider, frame, now);
  };
  new ResizeObserver(draw).observe(place);
  return (/** @type {LabState} */ state) => {
    const { records, k, run, plane } = state;
    const other = beside();
    const key = JSON.stringify([
      [run?.share_id, run?.generation, run?.step, records.length, k, plane?.step, plane?.loss],
      [other?.from, other?.records.length, other?.rate, getComputedStyle(place).fontSize],
    ]);
    now = state;
    if (key !== drawn) draw();
    drawn = key;
  };
}

/**
 * @param {HTMLInputElement} slider
 * @param {{newest: () => number, stepNow: () => number, go: (step: number) => void}} parts
 */
function listenToSlider(slider, { newest, stepNow, go }) {
  slider.addEventListener("input", () => go(stepAt(Number(slider.value) / FINE, newest())));
  slider.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    go(stepNow() + way * (event.shiftKey ? 10 : 1));
  });
}

/** The step at a share of the way along the logarithmic axis. @param {number} share @param {number} last */
const stepAt = (share, last) => Math.round((last + 1) ** share - 1);

/** @param {{[name: string]: SVGGElement}} layers @param {Frame} frame @param {LabState} state */
function drawCurve({ future, past, rises, ball }, frame, state) {
  const shown = stepShown(state);
  const start = lossAt(state, 0);
  const points = [{ step: 0, loss: start }, ...state.records.map(({ step, loss_after: loss }) => ({ step, loss }))];
  past.replaceChildren(svg("path", { d: pathOf(points.slice(0, shown + 1), frame) }));
  future.replaceChildren(svg("path", { d: pathOf(points.slice(shown), frame) }));
  rises.replaceChildren(...riseLabels(state.records, frame, shown));
  const loss = points[shown]?.loss ?? state.plane?.loss ?? null;
  const [x, y] = [acrossAt(frame, shown), loss ? upAt(frame, loss) : frame.top];
  const text = loss === null ? "infinite" : number(loss);
  const below = loss === null ? -1.6 : 0.7; // an infinite loss is at the top, where the title is
  const value = wordsBeside(frame, { x, y: y - below * frame.size, away: 14 }, text, { kind: "value", larger: LARGE });
  if (state.plane?.step === shown) value.dataset.number = "loss";
  ball.replaceChildren(svg("circle", { cx: x, cy: y, r: 8.5 }), value);
}

/**
 * The second run from where it leaves the first, with its η and its newest loss at its end.
 * @param {{[name: string]: SVGGElement}} layers @param {Frame} frame @param {LabState} state
 * @param {Beside|null} other
 */
function drawBranch({ branch }, frame, state, other) {
  const last = other?.records.at(-1);
  if (!other || !last) return branch.replaceChildren();
  const start = { step: other.from, loss: lossAt(state, other.from) };
  const own = other.records.slice(other.from).map(({ step, loss_after: loss }) => ({ step, loss }));
  const loss = last.loss_after;
  const [x, y] = [acrossAt(frame, last.step), loss ? upAt(frame, loss) : frame.top];
  const text = `η = ${short(other.rate)}: ${loss === null ? "infinite" : number(loss)}`;
  const left = Math.min(x + 6, frame.right - widthOf(text, frame.size));
  // on the side where the first run is not
  const isWorse = loss === null || loss > (lossAt(state, Math.min(last.step, state.run?.step ?? 0)) ?? 0);
  const height = isWorse ? y - 0.6 * frame.size : Math.min(y + 1.5 * frame.size, frame.bottom - 4);
  branch.replaceChildren(
    svg("path", { d: pathOf([start, ...own], frame) }),
    words(left, height, text, "start", "words"),
  );
}

/**
 * The curve, of each column of pixels no more than its first, lowest, highest and last point.
 * @param {{step: number, loss: number|null}[]} points @param {Frame} frame
 */
function pathOf(points, frame) {
  /** @type {string[]} */
  const places = [];
  let column = NaN;
  let [least, most, last] = [0, 0, 0];
  const flush = () => {
    if (Number.isNaN(column)) return;
    for (const y of new Set([least, most, last])) places.push(`${column} ${y.toFixed(1)}`);
  };
  for (const { step, loss } of points) {
    if (!loss) continue;
    const x = Math.round(acrossAt(frame, step) * 2) / 2;
    const y = upAt(frame, loss);
    if (x !== column) {
      flush();
      [column, least, most, last] = [x, y, y, y];
      places.push(`${x} ${y.toFixed(1)}`);
    }
    [least, most, last] = [Math.min(least, y), Math.max(most, y), y];
  }
  flush();
  return places.length ? `M${places.join("L")}` : "";
}

/** @param {HTMLInputElement} slider @param {Frame} frame @param {LabState} state */
function showSlider(slider, frame, state) {
  const last = state.run?.step ?? 0;
  const shown = stepShown(state);
  slider.disabled = last === 0;
  const position = last ? Math.log(shown + 1) / Math.log(last + 1) : 0;
  if (document.activeElement !== slider || Math.abs(Number(slider.value) - position * FINE) > 1)
    slider.value = String(Math.round(position * FINE));
  const loss = lossAt(state, shown);
  slider.setAttribute("aria-valuetext", `epoch ${shown}, loss ${loss === null ? "infinite" : number(loss)}`);
  const end = acrossAt(frame, last);
  Object.assign(slider.style, {
    left: `${frame.left - 10}px`,
    width: `${Math.max(20, end - frame.left + 20)}px`,
    top: `${frame.top}px`,
    height: `${frame.bottom - frame.top}px`,
  });
}
