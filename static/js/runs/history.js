import { inkAlong, placeLabels } from "../drawing/label_places.js";
import { set, svg, pixel } from "../drawing/svg.js";
import { short, shown } from "../base/format.js";

/**
 * The run's losses: at each step from 0, and what happened on the way.
 * @typedef {{losses: (number|null)[], rate: number, deaths: {step: number, words: string}[]}} Past
 * @typedef {{past: Past, branch: Past|null, from: number, step: number, length: number}} History `from`: where the
 *   branch leaves; `length`: steps of the axis
 * @typedef {{x: (k: number) => number, y: (loss: number|null) => number, edge: number, isLog: boolean, width: number,
 *   height: number, top: number, foot: number, letter: number}} Scale where a step and a loss are, in pixels;
 *   `letter`: a letter's
 *   size
 * @typedef {{words: string, style: string, x: number, y: number, anchor?: "start"|"middle"|"end", free?: boolean,
 *   loss?: number}} Label `free`: it steps aside; `loss`: the step whose loss it tells
 */

const FOOT = (/** @type {number} */ letter) => 6 + 0.9 * letter; // below the axis, clear of the ball on it
const TOP = (/** @type {number} */ letter) => 12 + 1.15 * letter; // the highest point's number, clear of a ball there
// for the labels at the lines' ends, in letters, and at most this share of the width
const RIGHT = { alone: { letters: 15.4, share: 0.42 }, beside: { letters: 17, share: 0.5 } };
const LEFT = 9;
const LEADING = 1.15; // height of a line of text, in letters
const AIR = 0.6; // between two texts, in letters
const MOST = 700; // points of a line
const DECADES = 20; // a ratio of losses from which the axis is logarithmic

/**
 * The loss curve as the slider of the run's history, the branch's beside it.
 * @param {HTMLElement} place that holds the slider @param {HTMLInputElement} slider
 * @returns {(history: History) => void}
 */
export function createHistory(place, slider) {
  const sheet = svg("svg", { "aria-hidden": "true" });
  place.prepend(sheet);
  let drawn = "";
  return (history) => {
    const size = { width: place.clientWidth, height: place.clientHeight };
    slider.max = String(history.past.losses.length - 1);
    if (Number(slider.value) !== history.step) slider.value = String(history.step);
    const loss = history.past.losses[history.step];
    slider.setAttribute("aria-valuetext", `update ${history.step}, loss ${shown(loss)}`);
    const letter = parseFloat(getComputedStyle(place).fontSize);
    const right = history.branch ? RIGHT.beside : RIGHT.alone;
    const edge = size.width - Math.min(right.letters * letter, size.width * right.share);
    const end = LEFT + ((edge - LEFT) * (history.past.losses.length - 1)) / history.length;
    slider.style.width = `${Math.max(end - LEFT + 18, 18)}px`;
    const key = JSON.stringify([history, size, letter]);
    if (key === drawn || !size.width) return;
    drawn = key;
    set(sheet, { viewBox: `0 0 ${size.width} ${size.height}` });
    draw(sheet, history, scaleOf(history, { ...size, letter, edge }));
  };
}

/**
 * @param {History} history @param {{width: number, height: number, letter: number, edge: number}} size
 * @returns {Scale}
 */
function scaleOf({ past, branch, length }, size) {
  const known = [...past.losses, ...(branch?.losses ?? [])].flatMap((one) => (one !== null && one > 0 ? [one] : []));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const isLog = most / least > DECADES;
  const of = (/** @type {number} */ loss) =>
    isLog ? Math.log(Math.max(loss, least) / least) / Math.log(most / least) : loss / (most || 1);
  const [low, top] = [size.height - FOOT(size.letter) - 4, TOP(size.letter)];
  return {
    ...size,
    isLog,
    top,
    foot: size.height - FOOT(size.letter),
    x: (k) => LEFT + ((size.edge - LEFT) * k) / length,
    y: (loss) => (loss === null ? top : low - of(loss) * (low - top)),
  };
}

/** @param {SVGElement} sheet @param {History} history @param {Scale} scale */
function draw(sheet, history, scale) {
  const { past, branch, from, step, length } = history;
  const { x, y, edge, height, foot } = scale;
  const last = past.losses.length - 1;
  const lines = {
    "curve future": pointsOf(past.losses, step, last, scale),
    curve: pointsOf(past.losses, 0, step, scale),
    "curve branch": branch ? pointsOf(branch.losses, from, branch.losses.length - 1, scale) : [],
  };
  const ball = [pixel(x(step)), pixel(y(past.losses[step]))];
  const crosses = deathsIn(past).map((death) => [pixel(x(death.step)), pixel(y(past.losses[death.step]))]);
  const labels = [
    ...ticks(length).map((k) => atFoot(x(k), String(k), "middle", height)),
    ...(scale.isLog ? [atFoot(edge + 2 * scale.letter, "log axis", "start", height)] : []),
    ...happenings(past, scale),
    ...ends(past, branch, scale),
  ];
  const texts = labels.map(textOf);
  sheet.replaceChildren(
    svg("path", { class: "rule", d: `M${LEFT} ${foot}H${edge}` }),
    ...Object.entries(lines).map(([style, points]) => svg("path", { class: style, d: pathOf(points) })),
    svg("path", { class: "now", d: `M${ball[0]} ${scale.top / 2}V${foot}` }),
    ...crosses.map(([left, top]) => svg("path", { class: "death", d: `M${left - 5} ${top - 5}l10 10m0 -10l-10 10` })),
    svg("circle", { class: "ball", cx: ball[0], cy: ball[1], r: 8 }),
    ...texts,
  );
  settle(labels, texts, { lines: Object.values(lines), dots: [ball, ...crosses] }, scale);
}

/**
 * Put the texts where they cover neither a line nor one another.
 * @param {Label[]} labels @param {SVGTextElement[]} texts in the page
 * @param {{lines: number[][][], dots: number[][]}} drawn @param {Scale} scale
 */
function settle(labels, texts, { lines, dots }, { width, height, letter }) {
  const box = { left: 0, top: 0, right: width, bottom: height };
  const wishes = labels.map(({ x, y, anchor = "start", free = false }, index) => {
    const width = texts[index].getComputedTextLength() + AIR * letter;
    return { x, y, width, height: LEADING * letter, anchor, free };
  });
  const places = placeLabels(wishes, { dots, ink: lines.flatMap((line) => inkAlong(line, box)) }, box);
  for (const [index, { x, y }] of places.entries())
    set(texts[index], labels[index].free ? { x: pixel(x), y: pixel(y) } : {});
}

/** @param {(number|null)[]} losses @param {number} first @param {number} last @param {Scale} scale */
function pointsOf(losses, first, last, { x, y }) {
  const stride = Math.max(1, Math.ceil((last - first) / MOST));
  return [...losses.keys()]
    .filter((k) => k >= first && k <= last && ((k - first) % stride === 0 || k === last))
    .map((k) => [pixel(x(k)), pixel(y(losses[k]))]);
}

/** @param {number[][]} points */
const pathOf = (points) => (points.length > 1 ? `M${points.map((point) => point.join(" ")).join("L")}` : "");

/** What the run tells of a step may be here before the step's loss is. @param {Past} past */
const deathsIn = ({ deaths, losses }) => deaths.filter((one) => one.step < losses.length);

/**
 * What happened on the way: the highest point after a rise, and where units died.
 * @param {Past} past @param {Scale} scale
 * @returns {Label[]}
 */
function happenings(past, { x, y, letter }) {
  const { losses } = past;
  const rises = losses.flatMap((loss, k) => (k && loss !== null && loss > (losses[k - 1] ?? loss) ? [k] : []));
  const peak = rises.reduce((best, k) => (best < 0 || Number(losses[k]) > Number(losses[best]) ? k : best), -1);
  const dead = deathsIn(past).map(({ step, words }) => ({
    ...{ words, style: "death-words", free: true },
    ...{ x: x(step) + 12, y: y(losses[step]) - 8 },
  }));
  // beyond all of them is what no float holds, and the line's end says it
  if (peak <= 0 || losses.includes(null)) return dead;
  const above = y(losses[peak]) - 11 - 0.25 * letter;
  const highest = { words: shown(losses[peak]), style: "peak", x: x(peak) + 6, y: above };
  return [{ ...highest, anchor: "middle", free: true, loss: peak }, ...dead];
}

/**
 * The last loss of each line, where it ends.
 * @param {Past} past @param {Past|null} branch @param {Scale} scale
 * @returns {Label[]}
 */
function ends(past, branch, { edge, y }) {
  const end = (/** @type {Past} */ one) => ({ x: edge + 10, y: y(one.losses.at(-1) ?? null) + 4, free: true });
  const own = { ...end(past), words: endOf(past), style: "own", loss: past.losses.length - 1 };
  return branch ? [own, { ...end(branch), words: `branch ${endOf(branch, 3)}`, style: "other" }] : [own];
}

/** @param {Past} past @param {number} [digits] */
const endOf = ({ rate, losses }, digits) => `η = ${short(rate)}: ${shown(losses.at(-1), digits)}`;

/** @param {number} length */
function ticks(length) {
  const size = 10 ** Math.floor(Math.log10(length));
  const step = [size / 4, size / 2, size].find((one) => length / one <= 6 && Number.isInteger(one)) ?? size * 2;
  const found = [];
  for (let k = 0; k <= length; k += step) found.push(k);
  return found;
}

/**
 * A label below the axis. @param {number} x @param {string} words @param {"start"|"middle"} anchor
 * @param {number} height
 * @returns {Label}
 */
const atFoot = (x, words, anchor, height) => ({ ...{ x, words, anchor }, y: height - 2, style: "tick" });

/** @param {Label} label */
function textOf({ x, y, words, style, anchor = "start", loss }) {
  const node = svg("text", { x: pixel(x), y: pixel(y), class: style, "text-anchor": anchor });
  node.textContent = words;
  if (loss !== undefined) node.dataset.loss = String(loss);
  return node;
}
