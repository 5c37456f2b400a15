import { readNumber } from "../../base/typed_number.js";
import { short } from "../../base/format.js";
import { createBanners } from "../../controls/banners.js";
import { createDivergence } from "../../runs/divergence.js";
import { wireStuck } from "../../runs/stuck.js";
import { wireFrame } from "../../controls/frame.js";
import { part, write } from "../../controls/parts.js";
import { createExampleButtons } from "../../station/bar.js";
import { isPlaying } from "../../runs/state.js";
import { bannersOf } from "./banners.js";
import { smallerRate } from "../../runs/failure.js";
import { createRate, wrongRate } from "./rate.js";
import { createShapeForm } from "./shape_form.js";
import { isNewest, stepShown } from "./state.js";
import { rateOf } from "./views.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {ReturnType<typeof import("./walk.js").createWalk>} Walk */
/**
 * @typedef {object} Parts
 * @property {any} catalog
 * @property {import("./state.js").Preset[]} presets
 * @property {ReturnType<typeof import("../../base/store.js").createStore<State>>} store
 * @property {ReturnType<typeof import("../../runs/session.js").createSession>} session
 * @property {Walk} walk
 * @property {ReturnType<typeof import("./branch.js").createBranch>} branch
 * @property {{change: (settings: Partial<State>) => Promise<void>, anew: () => void}} load
 * @property {{restart: () => void, copy: () => void, goBack: (to: number, rate: number) => void}} ways
 * @property {boolean} isShared
 */

const WIDEST = 6; // units one below the other

const button = (/** @type {string} */ id) => part(id, HTMLButtonElement);

/** The bar, the form, the slider of time and the keys. @param {Parts} parts */
export function createControls(parts) {
  const { catalog, presets, store, session, walk, branch, load, ways, isShared } = parts;
  const { get, set } = store;
  const showBanners = createBanners(part("banners", HTMLElement));
  const divergence = createDivergence(store, session, isShared ? null : ways.goBack);
  const form = createShapeForm(part("shape", HTMLFormElement), part("shape-fault", HTMLElement), {
    activations: catalog.activations,
    onShape: (shape) => void load.change(shape),
  });
  const rate = createRate(part("rate", HTMLElement), part("limit", HTMLElement), (value) => {
    session.setLearningRate(value);
    if (!get().run) set({ eta: value });
  });
  const mark = createExampleButtons(
    part("examples", HTMLElement),
    presets.filter(isSmall).map(({ name, slides, configuration }) => ({
      name,
      slides,
      title: `m = ${configuration.data.inputs.length}`,
    })),
    ({ name }) => void load.change({ ...settingsFor(presets, name) }),
  );
  wireBar(parts);
  const typed = wireBranch(store, branch);
  const stick = wireStuck();

  return {
    /**
     * @param {State} state
     * @param {import("./model.js").Model|null} model
     * @param {import("./views.js").Remedy|null} remedy
     */
    show(state, model, remedy) {
      const { run, configuration } = state;
      const data = (run?.configuration ?? presets.find(({ name }) => name === state.preset)?.configuration).data;
      write(part("shape-words", HTMLElement), shapeInWords(state, data));
      form({ ...state, samples: run?.samples ?? data.inputs.length }, isShared);
      rate(rateOf(state), state.bend?.step === stepShown(state) ? state.bend : null, isShared);
      mark(state.preset);
      showBanners(bannersOf(state, isShared, ways, divergence(run)));
      const isGoing = walk.isWalking() || isPlaying(state);
      write(button("play"), isGoing ? "❚❚ Pause" : "▶ Play");
      const last = model && model.stop === model.stops.length - 1;
      write(part("next-name", HTMLElement), last ? "Next update" : "Step");
      button("back").disabled = !model || (model.stop === 0 && model.step === 0);
      button("epoch").hidden = !(run ? run.steps_per_epoch > 1 : configuration?.batch_size);
      part("pace", HTMLSelectElement).value = state.pace;
      part("edges", HTMLSelectElement).value = state.edges;
      for (const option of part("edges", HTMLSelectElement).options)
        if (option.value === "difference") option.hidden = option.disabled = !state.branch;
      showTable(state.table);
      button("chain-view").setAttribute("aria-pressed", String(state.view === "chain"));
      for (const toggle of document.querySelectorAll("[data-toggle=precise]"))
        toggle.setAttribute("aria-pressed", String(state.precise));
      typed(state, isShared);
      showRemedy(state, remedy);
      stick(state);
    },
  };
}

/** Whether every unit of a preset's network can be drawn. @param {import("./state.js").Preset} preset */
const isSmall = ({ configuration }) => Math.max(...configuration.network.layer_sizes) <= WIDEST;

/** @param {import("./state.js").Preset[]} presets @param {string} name */
function settingsFor(presets, name) {
  const { configuration } = /** @type {import("./state.js").Preset} */ (presets.find((one) => one.name === name));
  const { network, optimizer, batch_size: batch } = configuration;
  return {
    preset: name,
    hidden: network.layer_sizes.slice(1, -1),
    f: [network.activations[0], network.activations.at(-1)],
    seed: network.initialization.seed ?? 0,
    eta: optimizer.learning_rate,
    batch,
  };
}

/** @param {Parts} parts */
function wireBar(parts) {
  const { walk, load } = parts;
  const turns = turnsOf(parts.store);
  const deeds = /** @type {Record<string, () => void>} */ ({
    back: walk.back,
    next: walk.next,
    phase: walk.pass,
    update: walk.update,
    epoch: walk.epoch,
    play: walk.toggle,
    restart: load.anew,
    "chain-view": turns.view,
    "table-view": turns.table,
    "sharpness-view": turns.sharpness,
  });
  for (const [id, act] of Object.entries(deeds)) button(id).addEventListener("click", act);
  for (const toggle of document.querySelectorAll("[data-toggle=precise]"))
    toggle.addEventListener("click", turns.precise);
  wireFields(parts);
  wireKeys(parts, turns);
  part("remedy", HTMLButtonElement).addEventListener("click", ({ currentTarget }) => {
    const { from, rate } = /** @type {HTMLElement} */ (currentTarget).dataset;
    void parts.branch.start(Number(from), Number(rate));
  });
}

/** What is shown one way or the other. @param {Parts["store"]} store */
const turnsOf = ({ get, set }) => ({
  view: () => set({ view: get().view === "chain" ? "network" : "chain" }),
  table: () => set({ table: get().table === "losses" ? "gradients" : "losses" }),
  sharpness: () => set({ table: get().table === "sharpness" ? "gradients" : "sharpness" }),
  edges: () => set({ edges: get().edges === "gradients" ? "weights" : "gradients" }),
  precise: () => set({ precise: !get().precise }),
});

/** The lists of the bar, and the slider of time. @param {Parts} parts */
function wireFields({ store: { set }, walk }) {
  const pace = part("pace", HTMLSelectElement);
  pace.addEventListener("change", () => {
    const isGoing = walk.isWalking();
    walk.rest();
    set({ pace: pace.value });
    if (isGoing) walk.toggle();
  });
  const edges = part("edges", HTMLSelectElement);
  edges.addEventListener("change", () => set({ edges: /** @type {State["edges"]} */ (edges.value) }));
  const time = part("time", HTMLInputElement);
  time.addEventListener("input", () => walk.travel(Number(time.value)));
}

/** @param {Parts} parts @param {ReturnType<typeof turnsOf>} turns */
function wireKeys({ store: { get }, walk, load }, turns) {
  wireFrame({
    f: walk.pass,
    u: walk.update,
    e: walk.epoch,
    k: walk.toggle,
    r: load.anew,
    c: turns.view,
    l: turns.table,
    v: turns.sharpness,
    g: turns.edges,
    b: () => button("branch").click(),
    d: turns.precise,
    "[": () => walk.travel(stepShown(get()) - 1),
    "]": () => walk.travel(stepShown(get()) + 1),
  });
  document.addEventListener("keydown", (event) => {
    const act = { ArrowRight: walk.next, ArrowLeft: walk.back }[event.key];
    const { target } = event;
    if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || (target instanceof Element && target.matches("input, select")))
      return;
    event.preventDefault();
    act();
  });
}

/**
 * The branch's own η, and the button that starts the second run or leaves it.
 * @param {Parts["store"]} store @param {Parts["branch"]} branch
 */
function wireBranch({ get, set }, branch) {
  const field = part("branch-rate", HTMLInputElement);
  const suggested = () => {
    const state = get();
    const used = state.records[stepShown(state)]?.learning_rate ?? rateOf(state);
    const bend = state.bend?.step === stepShown(state) ? state.bend.curvature : null;
    return smallerRate(bend?.speed_limit ?? null, used);
  };
  field.addEventListener("change", () => {
    const value = readNumber(field.value);
    const wrong = value === null ? "Type a number, as 0.04." : wrongRate(value);
    field.toggleAttribute("aria-invalid", false);
    if (wrong) field.setAttribute("aria-invalid", "true");
    field.setCustomValidity(wrong ?? "");
    if (wrong) field.reportValidity();
    else set({ branchRate: value });
  });
  field.addEventListener("input", () => field.setCustomValidity(""));
  button("branch").addEventListener("click", () => {
    if (get().branch) return branch.leave();
    return void branch.start(stepShown(get()), get().branchRate ?? suggested());
  });
  /** @param {State} state @param {boolean} isShared */
  return (state, isShared) => {
    write(button("branch"), state.branch ? "Drop the branch" : "Branch, η =");
    button("branch").disabled = isShared;
    field.hidden = state.branch !== null;
    if (document.activeElement !== field) field.value = short(state.branchRate ?? suggested());
  };
}

const TABLES = { gradients: "All gradients", losses: "Loss after each update", sharpness: "Loss, and λ against 2/η" };

/** What stands beside the network: the update's gradients, the run's losses, or λ. @param {State["table"]} table */
function showTable(table) {
  part("printed", HTMLElement).hidden = table !== "losses";
  part("gradients", HTMLTableElement).hidden = table !== "gradients";
  part("mean", HTMLElement).hidden = table !== "gradients";
  part("tables", HTMLElement).hidden = table === "sharpness";
  part("sharpness", HTMLElement).hidden = table !== "sharpness";
  write(part("five-name", HTMLElement), TABLES[table]);
  write(button("table-view"), table === "losses" ? "gradients" : "losses");
  button("sharpness-view").setAttribute("aria-pressed", String(table === "sharpness"));
}

/** The network in one line. @param {State} state @param {any} data */
function shapeInWords({ run, hidden, f, seed, batch }, data) {
  const sizes = run?.network.layer_sizes ?? [data.inputs[0].length, ...hidden, data.targets[0].length];
  const rows = batch === null ? "" : `, batches of ${batch}`;
  return `${sizes.join(" → ")}, ${f.join(", ")}, seed ${seed}${rows}`;
}

/**
 * A branch that may do better, as soon as the run has gone wrong.
 * @param {State} state
 * @param {import("./views.js").Remedy|null} remedy
 */
function showRemedy(state, remedy) {
  const place = button("remedy");
  place.hidden = !remedy || !isNewest(state);
  if (!remedy) return;
  place.dataset.from = String(remedy.from);
  place.dataset.rate = String(remedy.rate);
  write(place, `Branch at update ${remedy.from}, η = ${short(remedy.rate)}`);
}
