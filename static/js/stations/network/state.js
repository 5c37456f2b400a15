import { FIRST_STATE } from "../../station/state.js";
import { emptyRunState } from "../../runs/state.js";

/**
 * Answers with what they are about.
 * @typedef {{step: number, key: string, answer: any, standalone: Record<string, any>}} Seen an update, and a
 *   configuration that makes it again from the numbers alone
 * @typedef {{step: number, curvature: any|null, reason: string}} Bend how the loss bends, or why that is not known
 * @typedef {{step: number, layers: any[]}|null} Beside the weights of the branch
 */

/**
 * What the page remembers beside its run.
 * @typedef {object} Own
 * @property {string} preset whose data and start these are
 * @property {number[]} hidden widths of the hidden layers
 * @property {string[]} f the activation of the hidden layers, and of the outputs
 * @property {number} seed
 * @property {number} eta of a run that is not stored yet
 * @property {number|null} batch rows of one update, null for all
 * @property {number|null} at the step that is looked at, null for the newest
 * @property {number} stop which calculation of the update
 * @property {number} row of the batch, from 1
 * @property {string|null} why the number that is to stay asked
 * @property {"weights"|"gradients"|"difference"} edges what stands at the edges
 * @property {"network"|"chain"} view
 * @property {"gradients"|"losses"|"sharpness"} table what stands beside the network
 * @property {number} layer whose chain of Jacobians is shown, from 1
 * @property {number} piece of the chain that is pointed at, from 1; 0 for none
 * @property {string} pace how fast it plays
 * @property {number|null} branchRate the η typed for a branch
 * @property {string|null} branch the id of the second run
 * @property {Seen|null} seen the newest answer about an update
 * @property {Bend|null} bend how the loss bends there
 * @property {Beside|null} beside the branch's weights at the same step
 * @property {number|null} slide
 */
/** @typedef {Own & import("../../runs/sharpness.js").State &
 *   Omit<import("../../station/state.js").StationState, "connection"|"problem">} State */
/** @typedef {{name: string, title: string, slides: string, configuration: any}} Preset */

export const FIELDS = /** @type {const} */ ({
  preset: "text",
  hidden: "numbers",
  f: "text",
  seed: "count",
  eta: "number",
  batch: "count",
  at: "count",
  stop: "count",
  row: "count",
  why: "text",
  edges: "text",
  view: "text",
  table: "text",
  layer: "count",
  piece: "count",
  pace: "text",
  branch: "text",
  slide: "count",
  precise: "flag",
});

const FIRST_VIEW = {
  batch: null,
  at: null,
  stop: 0,
  row: 1,
  why: null,
  edges: /** @type {const} */ ("weights"),
  view: /** @type {const} */ ("network"),
  table: /** @type {const} */ ("gradients"),
  layer: 1,
  piece: 0,
  pace: "1",
  branch: null,
  slide: null,
};
const PACES = ["0.5", "1", "4", "updates", "max"];
const CHOICES = /** @type {Record<string, string[]>} */ ({
  edges: ["weights", "gradients", "difference"],
  view: ["network", "chain"],
  table: ["gradients", "losses", "sharpness"],
  pace: PACES,
});
export const LIMITS = { layers: 8, width: 200, seed: 2 ** 32 - 1, rate: { low: 1e-6, high: 1e6 } };

/** The presets that this page can show: two layers or more, and samples that are given. @param {Preset[]} presets */
export const presetsHere = (presets) =>
  presets.filter(({ configuration: { network, data } }) => network.layer_sizes.length > 2 && data.inputs);

/** The settings of a preset. @param {Preset} preset */
export function settingsOf({ name, configuration: { network, optimizer, batch_size: batch } }) {
  const [first, last] = [network.activations[0], network.activations.at(-1)];
  const { layer_sizes: sizes, initialization } = network;
  const { learning_rate: eta } = optimizer;
  return { preset: name, hidden: sizes.slice(1, -1), f: [first, last], seed: initialization.seed ?? 0, eta, batch };
}

/** The settings of a run that is stored already. @param {any} run @param {Preset[]} presets */
export const settingsOfRun = (run, presets) => ({
  ...settingsOf({ name: run.preset, title: "", slides: "", configuration: run.configuration }),
  preset: presets.find(({ name }) => name === run.preset)?.name ?? presets[0].name,
});

/**
 * What the page begins with: what the address asks for, as far as it can be used.
 * @param {Record<string, any>} asked @param {Preset[]} presets @param {string[]} activations @returns {State}
 */
export function firstState(asked, presets, activations) {
  const preset = presets.find(({ name }) => name === asked.preset) ?? presets[0];
  const settings = settingsOf(preset);
  const given = { ...asked, ...(asked.f ? { f: asked.f.split(",") } : {}), preset: settings.preset };
  const usable = Object.entries(given).filter(([name, value]) => {
    if (name === "hidden") return isWidths(value);
    if (name === "f")
      return value.length === 2 && value.every((/** @type {string} */ one) => activations.includes(one));
    if (name === "eta") return value >= LIMITS.rate.low && value <= LIMITS.rate.high;
    if (name === "seed") return value <= LIMITS.seed;
    if (name === "batch") return value > 0 && value < preset.configuration.data.inputs.length;
    if (name === "row" || name === "layer") return value > 0;
    return name in CHOICES ? CHOICES[name].includes(value) : true;
  });
  const rest = { branchRate: null, seen: null, bend: null, beside: null, example: null };
  const curvature = { curvatures: [], samples: null, refusal: null };
  return {
    ...FIRST_STATE,
    ...emptyRunState(),
    ...FIRST_VIEW,
    ...settings,
    ...rest,
    ...curvature,
    ...Object.fromEntries(usable),
  };
}

/** Whether numbers are widths of hidden layers. @param {number[]} widths */
export const isWidths = (widths) =>
  widths.length > 0 &&
  widths.length < LIMITS.layers &&
  widths.every((width) => Number.isInteger(width) && width > 0 && width <= LIMITS.width);

/**
 * What the address keeps: what differs from what the page would show without it.
 * @param {State} state
 * @param {Preset[]} presets
 */
export function addressOf(state, presets) {
  const { run, preset, precise } = state;
  const usual = /** @type {Record<string, any>} */ ({
    ...FIRST_VIEW,
    ...settingsOf(presets.find(({ name }) => name === preset) ?? presets[0]),
  });
  /** @type {Record<string, any>} */
  const fields = { precise: precise || null, preset: preset === presets[0].name ? null : preset };
  fields.run = run?.id ?? null;
  for (const name of Object.keys(FIELDS)) {
    if (name in fields) continue;
    const value = /** @type {any} */ (state)[name];
    const isUsual = JSON.stringify(value) === JSON.stringify(usual[name]);
    fields[name] = isUsual || value === null ? null : [value].flat().join(",");
  }
  // what a run was made from is the run's own affair
  if (run) for (const name of ["preset", "hidden", "f", "seed", "eta", "batch"]) fields[name] = null;
  return fields;
}

/**
 * The configuration that the settings make, as `POST /runs` takes it: the preset, and what differs from it.
 * @param {State} state @param {Preset[]} presets
 */
export function configurationOf({ preset: name, hidden, f, seed, eta, batch }, presets) {
  const preset = presets.find((one) => one.name === name) ?? presets[0];
  const usual = settingsOf(preset);
  const { network } = preset.configuration;
  const isSame = (/** @type {keyof typeof usual} */ key, /** @type {any} */ value) =>
    JSON.stringify(usual[key]) === JSON.stringify(value);
  /** @type {Record<string, any>} */
  const changed = {};
  if (!isSame("hidden", hidden) || !isSame("f", f)) {
    changed.layer_sizes = [network.layer_sizes[0], ...hidden, network.layer_sizes.at(-1)];
    changed.activations = [...hidden.map(() => f[0]), f[1]];
  }
  if (!isSame("seed", seed)) changed.initialization = { method: network.initialization.method, seed };
  return {
    preset: preset.name,
    ...(Object.keys(changed).length ? { network: changed } : {}),
    ...(isSame("eta", eta) ? {} : { optimizer: { learning_rate: eta } }),
    ...(isSame("batch", batch) ? {} : { batch_size: batch }),
  };
}

/**
 * By what this browser remembers the run that settings made: all but η, which may change on the way.
 * @param {State} state
 */
export const nameOfRun = ({ preset, hidden, f, seed, batch }) => [preset, hidden, f, seed, batch ?? "all"].join("/");

/** The step that is looked at. @param {State} state */
export const stepShown = ({ at, run }) => (run ? Math.min(at ?? run.step, run.step) : 0);

/** Whether what is looked at is where the run stands. @param {State} state */
export const isNewest = (state) => stepShown(state) === (state.run?.step ?? 0);
