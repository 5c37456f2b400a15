import { percentOf, shown } from "../../base/format.js";
import { PLANES, planeOf, pointOf } from "./state.js";

/** @typedef {import("./state.js").State} State */

/** @param {State} state */
export const claimOf = ({ answer }) =>
  answer ? `You see two of ${answer.parameters} directions` : "The loss around a run";

/** What is seen, in a sentence. @param {State} state @param {import("../../runs/loss_sheet.js").Sheet} sheet */
export function sentenceOf(state, sheet) {
  const { answer } = state;
  const point = pointOf(state);
  if (!sheet.holds(point))
    return `Step ${point.step}, with a true loss of ${shown(point.loss)}, lies outside this picture.`;
  const below = sheet.at(point.x, point.y);
  const side = point.loss < below ? "under" : "above";
  const apart = Math.abs(point.loss - below);
  const far = point.distance > 1e-3 * (answer.x.at(-1) - answer.x[0]);
  const where = far
    ? `${shown(apart, 3)} ${side} the sheet, for it is ${shown(point.distance, 3)} off this plane`
    : "on the sheet";
  const held =
    answer.trajectory_share === null ? "" : `, which holds ${percentOf(answer.trajectory_share)} of the walk`;
  const what = `Step ${point.step}: its true loss ${shown(point.loss)} is ${where}${held}.`;
  const next = state.run ? "" : " Press space: it walks from here.";
  return `${what} ${arrowWords(answer.gradient.share)}${next}`;
}

/** @param {number|null} share */
function arrowWords(share) {
  if (share === null) return "There is no slope here.";
  if (share > 0.99) return "The arrow is all of −∇L: the steepest way down.";
  return `The arrow is ${percentOf(share)} of −∇L: not the steepest way, which leaves this plane.`;
}

/**
 * What the plane hides, line by line.
 * @param {State} state @param {import("../../runs/loss_sheet.js").Sheet} sheet
 * @returns {[string, string][]}
 */
export function hiddenOf(state, sheet) {
  const { answer } = state;
  const name = PLANES.find(({ key }) => key === planeOf(state));
  /** @type {[string, string][]} */
  const lines = [
    ["this plane", name?.words ?? ""],
    ["directions not shown", String(Math.max(0, answer.parameters - 2))],
    ["of the walk held", percentOf(answer.trajectory_share)],
    ["of −∇L in the plane", percentOf(answer.gradient.share)],
    ["ball off the plane", shown(pointOf(state).distance, 3)],
    ["axes", answer.axes.map((/** @type {any} */ axis) => axis.name).join(" and ")],
  ];
  if (answer.largest_eigenvalue !== null)
    lines.push(["λ, and 2/λ", `${shown(answer.largest_eigenvalue)}, ${shown(2 / answer.largest_eigenvalue, 3)}`]);
  if (sheet.cut !== null) lines.push(["sheet cut at", `${shown(sheet.cut, 3)}: ${percentOf(sheet.above)} is higher`]);
  return lines;
}
