import { count, number, short, trimmed } from "../../base/format.js";
import { isPlaying } from "../../runs/state.js";
import { lossAt, pointNow, stepShown } from "./lab_state.js";

/** @typedef {import("./lab_state.js").LabState} LabState */

/** @param {(number|null)[]} values */
const row = (values) => `(${values.map((value) => (value === null ? "infinite" : trimmed(value, 3))).join(", ")})`;

/** What is seen. @param {LabState} state */
export function labSentence(state) {
  const { plane, run, connection } = state;
  if (connection === "gone") return "This run is not there any more.";
  if (!plane) return "Getting ready.";
  if (plane.loss === null)
    return `Epoch ${count(plane.step)}: the loss is infinite, no float holds it; η is too large.`;
  const start = `Epoch ${count(plane.step)}: the loss is ${number(plane.loss)}.`;
  if (!run)
    return `Untrained: tilted planes with creases, nothing like the targets. Its loss is ${number(plane.loss)}.`;
  const before = plane.step ? state.records[plane.step - 1] : null;
  if (before?.loss_before && before.loss_after !== null && before.loss_after > before.loss_before)
    return `${start} This update made it rise from ${number(before.loss_before)}: the step was too long.`;
  const point = pointNow(state);
  const asked = point
    ? ` At ${row(point.point)} it says ${row(point.outputs)} where ${row(point.targets)} is right.`
    : "";
  return `${start}${asked}`;
}

/** How it stands, for one who cannot see the ball move. @param {LabState} state */
export const standing = (state) =>
  isPlaying(state) ? "Training." : `At epoch ${count(stepShown(state))} of ${count(state.run?.step ?? 0)}.`;

/**
 * What went wrong up to the step that is looked at, and what the facets are made of; first, how the branch does.
 * @param {LabState} state @param {import("./lab_branch.js").Beside|null} beside
 */
export function factsOf(state, beside) {
  const { plane, units, run, speed } = state;
  /** @type {{kind: string, text: string}[]} */
  const told = (plane?.diagnostics ?? []).map((/** @type {any} */ one) => ({ kind: one.kind, text: one.message }));
  const facts = [...(beside ? [{ kind: "", text: comparison(state, beside) }] : []), ...told];
  const dead = plane?.diagnostics.find((/** @type {any} */ one) => one.kind === "dead_units");
  if (dead && dead.count < dead.of)
    facts.push({ kind: "", text: `${count(dead.of - dead.count)} living units make the facets.` });
  else if (!dead)
    facts.push({ kind: "", text: `All ${count(units)} hidden units live: each folds the surface along a line.` });
  if (speed && run?.status === "playing")
    facts.push({ kind: "", text: `${count(Math.round(speed))} epochs a second.` });
  return facts;
}

/**
 * The two runs at the last epoch that both have.
 * @param {LabState} state @param {import("./lab_branch.js").Beside} beside
 */
function comparison(state, { from, rate, records }) {
  const last = Math.min(state.run?.step ?? 0, records.length);
  const start = `The branch from epoch ${count(from)}, with η = ${short(rate)}`;
  const said = (/** @type {number|null} */ loss) => (loss === null ? "infinite" : number(loss));
  if (last <= from)
    return `${start}, is at epoch ${count(records.length)}: L = ${said(records.at(-1)?.loss_after ?? null)}.`;
  const [own, other] = [records[last - 1].loss_after, lossAt(state, last)];
  return `${start}, has L = ${said(own)} at epoch ${count(last)}, the first run ${said(other)}.`;
}
