import { count, exact } from "../../base/format.js";
import { svg } from "../../drawing/svg.js";
import { lossAt } from "./lab_state.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {import("../../runs/state.js").Record} Record */
/**
 * Where the axes of the loss stand, both logarithmic: `last` is the newest epoch of the axis, `low` and `high` its
 * decades of the loss; `size` is that of the text.
 * @typedef {{left: number, right: number, top: number, bottom: number, last: number, low: number, high: number, size:
 *   number}} Frame
 */

const MARGIN = { left: 3.6, right: 1.1, top: 2.4, bottom: 2 }; // in letters
const LEAST = 40; // pixels of an axis
const LETTER = 0.62; // of the text's size: the width of a letter
const AHEAD = 1e4; // a run that has not begun shows the decades that it may come to
const WORDS = ["both axes logarithmic; drag the ball", "both axes logarithmic", "log axes"];

/** How wide a text is about. @param {string} text @param {number} size */
export const widthOf = (text, size) => text.length * LETTER * size;

/**
 * @param {LabState} state @param {Record[]} beside the second run's @param {{width: number, height: number, size:
 *   number}} place
 * @returns {Frame}
 */
export function frameOf(state, beside, { width, height, size }) {
  const losses = [lossAt(state, 0), ...[...state.records, ...beside].map((record) => record.loss_after)];
  let [low, high] = [Infinity, 0];
  for (const loss of losses) {
    if (!loss) continue;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  if (!high) [low, high] = [1, 1];
  const [left, top] = [MARGIN.left * size, MARGIN.top * size];
  return {
    left,
    right: Math.max(left + LEAST, width - MARGIN.right * size),
    top,
    bottom: Math.max(top + LEAST, height - MARGIN.bottom * size),
    last: Math.max(state.told.end, state.run?.step ?? 0, beside.at(-1)?.step ?? 0),
    low: Math.floor(Math.log10(state.records.length ? low : high / AHEAD)),
    high: Math.ceil(Math.log10(high * 1.05)),
    size,
  };
}

/** @param {Frame} frame @param {number} step */
export const acrossAt = ({ left, right, last }, step) =>
  left + (Math.log10(step + 1) / Math.log10(last + 1)) * (right - left);

/** @param {Frame} frame @param {number} loss */
export const upAt = ({ top, bottom, low, high }, loss) =>
  bottom - ((Math.log10(loss) - low) / Math.max(1, high - low)) * (bottom - top);

/** @param {number} x @param {number} y @param {string} text @param {string} [anchor] @param {string} [kind] */
export function words(x, y, text, anchor = "start", kind = "") {
  const node = svg("text", { x, y, "text-anchor": anchor, class: kind });
  node.textContent = text;
  return node;
}

/**
 * Words beside a point, on the side where they have room.
 * @param {Frame} frame @param {{x: number, y: number, away: number}} point `away`: how far from it they begin
 * @param {string} text @param {{kind: string, larger?: number}} style
 */
export function wordsBeside({ right, size }, { x, y, away }, text, { kind, larger = 1 }) {
  const isLeft = x + away + widthOf(text, size * larger) > right;
  return words(isLeft ? x - away : x + away, y, text, isLeft ? "end" : "start", kind);
}

/** @param {{[name: string]: SVGGElement}} layers @param {Frame} frame @param {LabState} state */
export function drawAxes({ grid, goal }, frame, state) {
  const { left, right, top, bottom, size } = frame;
  const decades = decadesOf(frame);
  grid.replaceChildren(
    title(frame),
    ...decades.flatMap((power) => {
      const y = upAt(frame, 10 ** power);
      return [svg("line", { x1: left, x2: right, y1: y, y2: y }), words(left - 6, y + size / 3, tick(power), "end")];
    }),
    ...epochsOf(frame).flatMap(({ epoch, name, anchor }) => {
      const x = acrossAt(frame, epoch);
      return [
        svg("line", { x1: x, x2: x, y1: top, y2: bottom }),
        words(anchor === "end" ? right : x, bottom + 1.4 * size, name, anchor),
      ];
    }),
  );
  const { end } = state.told;
  const x = acrossAt(frame, end);
  const isFar = (state.run?.step ?? 0) < end / 3;
  goal.replaceChildren(
    svg("line", { x1: x, x2: x, y1: top, y2: bottom }),
    ...(isFar ? [words(x - 6, bottom - 8, "the lecture’s end", "end")] : []),
  );
}

/** The powers of ten that have a line: all of them, or so many as their names have room. @param {Frame} frame */
function decadesOf({ top, bottom, low, high, size }) {
  const room = Math.max(2, Math.floor((bottom - top) / (1.8 * size)));
  const stride = Math.ceil((high - low + 1) / room);
  const first = Math.ceil(low / stride) * stride;
  return Array.from({ length: Math.floor((high - first) / stride) + 1 }, (_, index) => first + index * stride);
}

/** What the axes are, in as many words as there is room for. @param {Frame} frame */
function title({ left, right, size }) {
  const node = words(left, 1.3 * size, "");
  const name = Object.assign(svg("tspan", { class: "name" }), { textContent: "Loss" });
  const room = right - left - widthOf("Loss  ", 1.1 * size);
  const rest = svg("tspan", { dx: 0.6 * size });
  rest.textContent = WORDS.find((text) => widthOf(text, size) < room) ?? "";
  node.append(name, rest);
  return node;
}

/** The powers of ten on the axis of epochs, each named where its name has room before the next. @param {Frame} frame */
function epochsOf(frame) {
  const { last, right, size } = frame;
  const powers = Array.from({ length: Math.floor(Math.log10(last)) }, (_, index) => 10 ** (index + 1));
  let free = Infinity; // where the name to the right begins
  return [0, ...powers].reverse().map((epoch) => {
    const name = epoch ? count(epoch) : "epoch 0";
    const [x, half] = [acrossAt(frame, epoch), widthOf(name, size) / 2];
    const anchor = x + half > right ? "end" : "middle";
    const [from, to] = anchor === "end" ? [right - 2 * half, right] : [x - half, x + half];
    const fits = to < free;
    if (fits) free = from;
    return { epoch, anchor, name: fits ? name : "" };
  });
}

/** @param {number} power */
const tick = (power) => (power >= 3 && power < 6 ? `${10 ** (power - 3)}k` : exact(10 ** power));
