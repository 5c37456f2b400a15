import { part, write } from "../../controls/parts.js";
import { digitsOf } from "../../station/state.js";
import { createChain } from "./chain.js";
import { createDrawing } from "./drawing.js";
import { createRunCurves } from "../../runs/run_curves.js";
import { leavesAt } from "../../runs/second_sharpness.js";
import { sharpnessSentence } from "../../runs/sharpness_words.js";
import { lossesAlong } from "../../runs/losses.js";
import { deathsOf, failureAt, firstRise, deadAt, smallerRate } from "../../runs/failure.js";
import { createGradients } from "./gradients.js";
import { createHistory } from "../../runs/history.js";
import { modelOf } from "./model.js";
import { shown } from "../../base/format.js";
import { chainSentence, claimOf, sentenceOf } from "./sentences.js";
import { isNewest, stepShown } from "./state.js";
import { createPrinted } from "./printed.js";
import { createStopBar } from "./stop_bar.js";
import { createStrip } from "./strip.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {{from: number, rate: number}} Remedy a branch that may do better */

const AXIS = 20; // updates of the history's axis, at least: the lab prints so many

/**
 * Everything that shows the update and the run.
 * @param {() => State} get
 * @param {{onStop: (stop: number) => void, onLayer: (layer: number) => void, onPiece: (piece: number) => void,
 *   onStep: (step: number) => void, besideOf: () => import("../../runs/sharpness.js").State|null}} listeners
 *   `besideOf`: the second run
 */
export function createViews(get, { onStop, onLayer, onPiece, onStep, besideOf }) {
  const drawing = createDrawing(part("drawing", HTMLElement));
  const strip = createStrip(part("strip", SVGElement));
  const chain = createChain(part("chain", HTMLElement), { onLayer, onPiece });
  const table = createGradients(part("gradients", HTMLTableElement), part("mean", HTMLElement));
  const bar = createStopBar(part("stops", HTMLElement), onStop);
  const past = createHistory(part("track", HTMLElement), part("time", HTMLInputElement));
  const print = createPrinted(part("printed", HTMLElement), onStep);
  const sharpness = createSharpness(get, onStep, besideOf);

  /** @param {State} state @param {import("../../runs/state.js").RunState} branch @param {number|null} limitBefore */
  return (state, branch, limitBefore) => {
    const losses = showHistory(state, branch, past);
    if (state.table === "losses") print(losses, stepShown(state));
    if (state.table === "sharpness") sharpness(state);
    if (!state.seen) return null;
    const model = modelOf(state);
    const isChain = state.view === "chain";
    bar(model);
    for (const [id, isHere] of /** @type {const} */ ([
      ["drawing", !isChain],
      ["chain", isChain],
    ]))
      part(id, HTMLElement).hidden = !isHere;
    const isComparable = state.beside?.step === state.seen.step && state.edges === "difference";
    const look = { mode: state.edges, beside: isComparable ? (state.beside?.layers ?? null) : null };
    const layout = isChain ? null : drawing.show(model, look, state.seen.key);
    strip(model, layout);
    if (isChain) chain(model, { layer: Math.min(state.layer, model.count), piece: state.piece }, state.seen.key);
    table(model, state.seen.key);
    showPart(layout);
    showFigures(model, state);
    showWords(model, state, limitBefore);
    return model;
  };
}

/**
 * λ and 2/η below the loss, with a sentence of the step that is looked at.
 * @param {() => State} get @param {(step: number) => void} onStep
 * @param {() => import("../../runs/sharpness.js").State|null} besideOf the second run
 */
function createSharpness(get, onStep, besideOf) {
  const draw = createRunCurves(part("curves", HTMLElement), {
    get,
    seenOf: ({ seen }) => ({
      ...{ range: "all", axis: "step", window: AXIS, step: "update" },
      least: Math.max(AXIS, besideOf()?.run?.step ?? 0),
      start: seen?.answer.loss_before ?? null,
    }),
    onStep: (step) => onStep(step ?? Infinity),
    hasSwing: false,
    besideOf,
  });
  return (/** @type {State} */ state) => {
    write(part("sharpness-says", HTMLElement), sharpnessSentence(state, stepShown(state), "update"));
    draw(state);
  };
}

/**
 * The curve of the losses; answers the losses.
 * @param {State} state
 * @param {import("../../runs/state.js").RunState} branch
 * @param {(history: import("../../runs/history.js").History) => void} show
 */
function showHistory(state, branch, show) {
  const { run, records, seen } = state;
  const now = seen?.step === records.length ? seen.answer.loss_before : run?.loss;
  const own = { losses: lossesAlong(state, now), rate: rateOf(state), deaths: deathsOf(run) };
  const other = state.branch && branch.run ? branch : null;
  const second = other && {
    losses: other.records.length ? lossesAlong(other) : own.losses.slice(0, 1),
    rate: rateOf(/** @type {any} */ (other)),
    deaths: [],
  };
  const leaves = other ? leavesAt(state, other) : 0;
  const length = Math.max(AXIS, own.losses.length - 1, (second?.losses.length ?? 1) - 1);
  show({
    past: own,
    branch: second,
    from: leaves < (other?.records.length ?? 0) ? leaves : 0,
    step: Math.min(stepShown(state), own.losses.length - 1),
    length,
  });
  return own.losses;
}

/** The learning rate that the next update has. @param {State} state */
export const rateOf = ({ rate, run, eta }) => rate ?? run?.optimizer.learning_rate ?? eta;

/** @param {import("./layout.js").Layout|null} layout */
function showPart(layout) {
  const note = part("part", HTMLElement);
  const cut = layout?.hidden ?? [];
  note.hidden = !cut.length;
  const named = (/** @type {number} */ column) => (column ? `layer ${column}` : "the inputs");
  write(
    note,
    cut
      .map(
        ({ column, of, drawn }) =>
          `Of the ${of} units of ${named(column)}, ${drawn} ${drawn === 1 ? "is" : "are"} drawn.`,
      )
      .join(" "),
  );
}

/** @param {import("./model.js").Model} model @param {State} state */
function showFigures({ answer, step }, state) {
  write(part("step", HTMLElement), String(step));
  write(part("step-name", HTMLElement), step === 1 ? "update" : "updates");
  write(part("loss", HTMLElement), shown(answer.loss_before, digitsOf(state)));
}

/** @param {import("./model.js").Model} model @param {State} state @param {number|null} limitBefore */
function showWords(model, state, limitBefore) {
  const [claim, invitation] = claimOf(model, state.view);
  write(part("claim", HTMLElement), claim);
  write(part("invitation", HTMLElement), invitation);
  const isChain = state.view === "chain";
  const limit = state.bend?.step === model.step ? (state.bend.curvature?.speed_limit ?? null) : null;
  const failure = model.stop === 0 ? failureAt(state, model.step, limitBefore) : null;
  write(
    part("says", HTMLElement),
    isChain
      ? chainSentence(model, Math.min(state.layer, model.count), state.piece)
      : (failure ?? sentenceOf(model, limit)),
  );
  const last = state.run?.step ?? 0;
  const where = isNewest(state)
    ? last
      ? `at ${last}, the newest`
      : "at the start"
    : `back at ${model.step} of ${last}`;
  const which = (state.run?.steps_per_epoch ?? 1) > 1 ? "Loss of the batch that comes next" : "Loss after each update";
  write(part("travel", HTMLElement), `${which}; you are ${where}`);
}

/**
 * The branch that is offered once an update has made things worse: from before it, with a smaller η.
 * @param {State} state @param {(step: number) => number|null} limitAt 2/λ at a step, as far as it is known
 * @returns {Remedy|null}
 */
export function remedyOf(state, limitAt) {
  const { run, records } = state;
  if (!run || state.branch) return null;
  const step = stepShown(state);
  const death = Math.min(...deadAt(run, step).flatMap(({ since }) => since.filter((at) => at > 0)));
  const first = Math.min(firstRise(state, step)?.step ?? Infinity, death);
  if (!Number.isFinite(first)) return null;
  const used = records[first - 1]?.learning_rate;
  return used === undefined ? null : { from: first - 1, rate: smallerRate(limitAt(first - 1), used) };
}
