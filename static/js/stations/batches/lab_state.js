import { emptyRunState } from "../../runs/state.js";

/**
 * What the quadratic lab remembers beside its run.
 * `k` is the step looked at, null for the newest; `at` the point that is asked about; `levels` whether level lines are
 * drawn; `plane` is what the server answered last about the square, `through` the same point through time; `told` is
 * what the lecture tells of the trained network, `names` what its targets are called; `branch` is the second run's id,
 * `branchRate` the η typed for it; `sharpness` whether λ stands below the loss.
 * @typedef {{units: number, rows: number, seed: number, eta: number}} Settings
 * @typedef {{step: number, outputs: (number|null)[], errors: (number|null)[]}} Answer
 * @typedef {{point: number[], targets: number[], outputs: (number|null)[], errors: (number|null)[]}} OnePoint
 * @typedef {{point: [number, number], epochs: number[], end: number}} Told
 * @typedef {(number|null)[][][]} Maps
 * @typedef {{step: number, loss: number|null, diagnostics: any[], scale: number, x: number[], y: number[],
 *   outputs: Maps, targets: Maps, errors: Maps, at: OnePoint|null}} Plane
 * @typedef {{point: number[], targets: number[], answers: Answer[]}} Through
 * @typedef {Pick<import("../../runs/sharpness.js").SharpnessState, "curvatures"|"refusal">} Curvatures
 * @typedef {import("../../runs/state.js").RunState & Settings & Curvatures & {k: number|null, at: [number, number],
 *   levels: boolean, precise: boolean, plane: Plane|null, through: Through|null, told: Told, names: string[],
 *   sharpness: boolean, branch: string|null, branchRate: number|null}} LabState
 * @typedef {{get: () => LabState, set: (change: Partial<LabState>) => void,
 *   subscribe: (listener: (state: LabState, before: LabState) => void) => void}} LabStore
 * @typedef {{name: string, configuration: Record<string, any>, told: Told}} Preset
 */

export const FIELDS = /** @type {const} */ ({
  run: "text",
  shared: "text",
  epoch: "count",
  at: "numbers",
  units: "count",
  rows: "count",
  seed: "count",
  rate: "number",
  levels: "flag",
  precise: "flag",
  sharpness: "flag",
  branch: "text",
});

/**
 * The settings of a configuration.
 * @param {Record<string, any>} configuration
 * @param {number} samples of the data set
 * @returns {Settings}
 */
export const settingsOf = ({ network, data, optimizer }, samples) => ({
  units: network.layer_sizes[1],
  rows: data.samples ?? samples,
  seed: network.initialization.seed,
  eta: optimizer.learning_rate,
});

/**
 * @param {Record<string, any>} asked what the address asks for @param {Settings} usual
 * @param {{told: Told, names: string[]}} lecture
 * @returns {LabState}
 */
export function firstState(asked, usual, lecture) {
  const at = asked.at?.length === 2 ? asked.at : lecture.told.point;
  return {
    ...emptyRunState(),
    units: asked.units >= 1 ? asked.units : usual.units,
    rows: asked.rows >= 1 ? asked.rows : usual.rows,
    seed: asked.seed ?? usual.seed,
    eta: asked.rate > 0 ? asked.rate : usual.eta,
    k: asked.epoch ?? null,
    at,
    levels: asked.levels ?? true,
    precise: asked.precise ?? false,
    sharpness: asked.sharpness ?? false,
    curvatures: [],
    refusal: null,
    plane: null,
    through: null,
    ...lecture,
    branch: asked.branch ?? null,
    branchRate: null,
  };
}

/** What the address keeps. @param {LabState} state @param {Settings} usual */
export function addressOf(state, usual) {
  const { run, k, at, units, rows, seed, eta, levels, precise, sharpness, told, branch } = state;
  const isOwn = Boolean(run?.id);
  return {
    run: run?.id ?? null,
    epoch: k,
    at: same(at, told.point) ? null : at.join(),
    units: isOwn || units === usual.units ? null : units,
    rows: isOwn || rows === usual.rows ? null : rows,
    seed: isOwn || seed === usual.seed ? null : seed,
    rate: isOwn || eta === usual.eta ? null : eta,
    levels: levels ? null : false,
    precise: precise || null,
    sharpness: sharpness || null,
    branch: isOwn ? branch : null,
  };
}

/** The run to be made, as `POST /runs` takes it. @param {Settings} settings @param {Preset} preset */
export function configurationOf({ units, rows, seed, eta }, { configuration: { network, data, optimizer, ...rest } }) {
  const [inputs, , outputs] = network.layer_sizes;
  return {
    ...rest,
    network: {
      ...network,
      layer_sizes: [inputs, units, outputs],
      initialization: { ...network.initialization, seed },
    },
    data: { ...data, samples: rows },
    optimizer: { ...optimizer, learning_rate: eta },
  };
}

/** By what this browser finds the run again. @param {Settings} settings */
export const partOf = ({ units, rows, seed }) => `quadratic ${units} ${rows} ${seed}`;

/** The step that is looked at. @param {LabState} state */
export const stepShown = ({ k, run }) => Math.min(k ?? Infinity, run?.step ?? 0);

/**
 * The point as the answers about the step that is shown have it; null while it is asked for. `address` is where the
 * answer has its numbers.
 * @param {LabState} state
 * @returns {(OnePoint & {address: string})|null}
 */
export function pointNow({ plane, through, at, run }) {
  if (!plane) return null;
  if (plane.at && same(plane.at.point, at)) return { ...plane.at, address: "at." };
  const index = through && same(through.point, at) ? through.answers.findIndex(({ step }) => step === plane.step) : -1;
  if (!through || index < 0) return null;
  const { point, targets, answers } = through;
  // what is not stored yet has no past: its plane is asked for the point alone
  return { point, targets, ...answers[index], address: run ? `answers[${index}].` : "at." };
}

/**
 * The address of a number of the point in the answer about it: the targets stand there once, whatever the step is.
 * @param {{address: string}} point @param {"targets"|"outputs"|"errors"} kind @param {number} output
 */
export const numberOf = ({ address }, kind, output) =>
  `${kind === "targets" && address !== "at." ? "" : address}${kind}[${output}]`;

/** @param {number[]} one @param {number[]} other */
export const same = (one, other) => one.join() === other.join();

/** The loss at a step, as the records tell it. @param {LabState} state @param {number} step */
export function lossAt({ records, plane }, step) {
  if (plane?.step === step) return plane.loss;
  return step < records.length ? records[step].loss_before : (records.at(-1)?.loss_after ?? null);
}
