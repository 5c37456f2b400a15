import { acrossAt, upAt, widthOf, wordsBeside } from "./loss_frame.js";

/** @typedef {import("../../runs/state.js").Record} Record */

const NAMED = 2; // rises of the loss that are named

/**
 * Stretches of updates that made the loss rise, each with its first and its last step.
 * @param {Record[]} records
 */
export function risesOf(records) {
  /** @type {{from: number, to: number, loss: number}[]} */
  const found = [];
  for (const { step, loss_before: before, loss_after: after } of records) {
    if (before === null || after === null || after <= before) continue;
    const open = found.at(-1);
    if (open && open.to === step - 1) Object.assign(open, { to: step, loss: after });
    else found.push({ from: step, to: step, loss: after });
    if (found.length > NAMED) break;
  }
  return found.slice(0, NAMED);
}

/** @param {{from: number, to: number}} rise */
export const riseText = ({ from, to }) => (from === to ? `at epoch ${from}` : `at ${from} to ${to}`);

/**
 * Where the loss rose, but for a place where the ball says its own number, or another rise its own.
 * @param {Record[]} records @param {import("./loss_frame.js").Frame} frame @param {number} shown
 */
export function riseLabels(records, frame, shown) {
  const { size } = frame;
  const ball = acrossAt(frame, shown);
  let before = { right: -Infinity, y: -Infinity };
  return risesOf(records).flatMap((rise, index) => {
    const text = index ? `… and ${riseText(rise)}` : `rises ${riseText(rise)}`;
    const x = acrossAt(frame, rise.to);
    const above = upAt(frame, rise.loss) - 0.5 * size;
    const y = Math.max(above, frame.top + size);
    // below its own height the curve falls through it
    const away = (above < y ? 2 : 0.7) * size;
    const isTaken = ball > x - 5 * size && ball < x + 3 * size;
    if (isTaken || (Math.abs(y - before.y) < 1.3 * size && x < before.right)) return [];
    before = { right: x + widthOf(text, size), y };
    return [wordsBeside(frame, { x, y, away }, text, { kind: "rise", larger: 1.08 })];
  });
}
