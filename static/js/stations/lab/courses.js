import { trimmed } from "../../base/format.js";
import { part, write } from "../../controls/parts.js";
import { svg } from "../../drawing/svg.js";
import { fieldNamed, shortName, SIGNS } from "./model.js";
import { colored } from "./symbols.js";

/** @typedef {import("./model.js").State} State */

const EDGE = { left: 44, right: 10, top: 12, bottom: 22 };
const DECADES_SHOWN = 12; // at most, so that a loss of 1e-30 leaves the others apart
const LINES = 5;

/** What each mark below a field means. */
const MEANINGS = {
  exact: "exact: it counts",
  rounded: "rounded to three digits or more: it counts",
  follow: "right from your own earlier numbers: it counts",
  close: "within 1 %: look again",
  wrong: "wrong: the mistake is named",
  invalid: "cannot be read: not counted",
  shown: "revealed: it does not count",
};

/** @param {string} standing @param {string} meaning */
function meaningOf(standing, meaning) {
  const [mark, words] = [document.createElement("dt"), document.createElement("dd")];
  mark.dataset.stands = standing;
  mark.textContent = SIGNS[standing].sign;
  words.textContent = meaning;
  return [mark, words];
}

/** "Does my mistake matter?": the loss by steps, with the mistakes on the sheet and without. */
export function createCourses() {
  const [card, title, text, plot, marks] = ["courses", "courses-title", "courses-text", "courses-plot", "marks"].map(
    (id) => part(id, HTMLElement),
  );
  marks.append(...Object.entries(MEANINGS).flatMap(([standing, meaning]) => meaningOf(standing, meaning)));
  /** @type {any} */
  let drawn = null;
  let size = "";
  const draw = (/** @type {any} */ courses) => {
    const now = `${plot.clientWidth} ${plot.clientHeight}`;
    if (courses === drawn && now === size) return;
    [drawn, size] = [courses, now];
    plot.replaceChildren(...(courses ? [drawing(courses, plot.clientWidth, plot.clientHeight)] : []));
  };
  new ResizeObserver(() => draw(drawn)).observe(plot);
  return (/** @type {State} */ state) => {
    const { courses } = state;
    const isTrained = Boolean(courses?.wrong.length);
    card.dataset.applied = courses?.applied ?? "none";
    write(title, courses ? courses.title : "Does my mistake matter?");
    const made = courses ? Object.keys(courses.mistakes).map((name) => shortName(fieldNamed(state, name))) : [];
    const lead = made.length && isTrained ? `With your ${made.join(" and ")}: ` : "";
    const message = courses
      ? `${lead}${courses.message}`
      : "When an answer is wrong, training goes on with it here, beside the right one.";
    if (text.textContent !== message) text.replaceChildren(...colored(message));
    plot.hidden = !isTrained;
    marks.hidden = courses !== null;
    draw(isTrained ? courses : null);
  };
}

/** @param {any} courses @param {number} width @param {number} height */
function drawing(courses, width, height) {
  const [right, wrong] = [courses.right, courses.wrong].map((losses) =>
    losses.map((/** @type {number|null} */ loss) => loss ?? Infinity),
  );
  const { x, y, ticks, last } = axesOf(right, wrong, width, height);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  root.setAttribute("aria-label", `Loss by step, the right one and yours: ${courses.title}`);
  for (const tick of ticks) {
    root.append(svg("line", { class: "gl", x1: EDGE.left, x2: width - EDGE.right, y1: y(tick), y2: y(tick) }));
    root.append(label(trimmed(tick, 2), EDGE.left - 6, y(tick) + 4.5, "end", "t"));
  }
  for (let step = 0; step <= last; step += 1)
    root.append(label(step ? String(step) : "step 0", x(step), height - 4, step === last ? "end" : "middle", "t"));
  const line = (/** @type {number[]} */ losses, /** @type {string} */ kind) => {
    const points = losses.map((loss, step) => [x(step), y(loss)]);
    root.append(svg("path", { class: kind, d: `M${points.map((point) => point.join(" ")).join("L")}` }));
    root.append(...points.map(([cx, cy]) => svg("circle", { class: `${kind} dot`, r: 3.6, cx, cy })));
  };
  line(right, "right");
  line(wrong, "wrong");
  root.append(...namesOf(courses, right, wrong, x, y));
  return root;
}

/**
 * A name at each line: above the upper one, below the lower one, where they are apart.
 * @param {any} courses @param {number[]} right @param {number[]} wrong
 * @param {(step: number) => number} x @param {(loss: number) => number} y
 */
function namesOf(courses, right, wrong, x, y) {
  const times = (/** @type {number|null} */ ratio) => (ratio === null ? "" : `: × ${trimmed(ratio, 3)}`);
  const last = wrong.length - 1;
  const isAbove = y(wrong[last]) < y(right[last]);
  const end = Math.min(last, right.length - 1);
  const place = (/** @type {number[]} */ losses, /** @type {boolean} */ isUpper) => {
    const step = Math.floor(end / 2);
    const isFalling = y(losses[end]) > y(losses[0]);
    const [up, down] = [y(losses[step]) - 12, y(losses[step]) + 20];
    return {
      at: [x(step), isUpper ? (up < 14 ? down : up) : down],
      anchor: end < 2 || isUpper === isFalling ? "start" : "end",
    };
  };
  const name = (/** @type {string} */ text, /** @type {any} */ { at, anchor }, /** @type {string} */ kind) =>
    label(text, at[0] + (anchor === "start" ? 10 : -4), at[1], anchor, `name ${kind}`);
  return [
    name(`right${times(courses.right_ratio)}`, place(right, !isAbove), "right"),
    name(`yours${times(courses.wrong_ratio)}`, place(wrong, isAbove), "wrong"),
  ];
}

/**
 * Steps along, the loss up on a logarithmic axis.
 * @param {number[]} right @param {number[]} wrong @param {number} width @param {number} height
 */
function axesOf(right, wrong, width, height) {
  const finite = [...right, ...wrong].filter((loss) => Number.isFinite(loss) && loss > 0);
  const high = Math.log10(Math.max(...finite));
  const low = Math.max(Math.log10(Math.min(...finite)), high - DECADES_SHOWN);
  const span = Math.max(high - low, 0.5);
  const last = right.length - 1;
  const x = (/** @type {number} */ step) => EDGE.left + (step * (width - EDGE.left - EDGE.right)) / last;
  const y = (/** @type {number} */ loss) => {
    const up = Math.min(Math.max((Math.log10(Math.max(loss, 10 ** low)) - low) / span, 0), 1);
    return height - EDGE.bottom - up * (height - EDGE.bottom - EDGE.top);
  };
  const every = Math.max(1, Math.ceil(span / LINES));
  const ticks = [];
  for (let power = Math.ceil(low / every) * every; power <= low + span; power += every) ticks.push(10 ** power);
  return { x, y, ticks, last };
}

/** @param {string} text @param {number} x @param {number} y @param {string} anchor @param {string} kind */
function label(text, x, y, anchor, kind) {
  const node = svg("text", { x, y, "text-anchor": anchor, class: kind });
  node.textContent = text;
  return node;
}
