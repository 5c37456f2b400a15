import { count, number, percent } from "../../base/format.js";
import { runFacts } from "./facts.js";
import { asOf } from "../../runs/moment.js";
import { isPlaying } from "../../runs/state.js";

/** @typedef {import("./state.js").MnistState} MnistState */

/**
 * The large numbers, the recipe in words, the buttons' names and what the network is doing.
 * @param {any} catalog
 */
export function createRunFigures(catalog) {
  /** @param {string} id */
  const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** Before the first step, or where the run is gone. @param {MnistState} state */
  const showPrepared = (state) => {
    const { configuration } = state;
    if (configuration) showFacts(at("doing"), runFacts(state));
    if (configuration || state.connection === "gone")
      write(at("recipe"), configuration ? planned(configuration, catalog) : "");
    write(at("epoch"), configuration ? "0" : "–");
    write(at("epoch-name"), "epoch");
    for (const id of ["loss", "accuracy", "speed"]) write(at(id), "–");
  };
  return {
    /** @param {MnistState} now */
    show(now) {
      const state = asOf(now);
      const { run } = state;
      const isPast = state !== now;
      const newest = state.evaluations.at(-1);
      const playing = isPlaying(now);
      write(at("train-name"), playing ? "Pause" : "Train");
      write(at("train-icon"), playing ? "❚❚" : "▶");
      for (const id of ["train", "step", "one-epoch", "reset"])
        /** @type {HTMLButtonElement} */ (at(id)).disabled = state.connection === "gone";
      write(at("reset"), state.changed ? "New run" : "Reset");
      at("settings-hint").hidden = !state.changed;
      write(at("settings-hint"), state.changed ? "“New run” starts afresh with these settings." : "");
      if (!run) return showPrepared(state);
      const whole = run.steps_per_epoch === 1;
      write(at("epoch"), count(run.epoch));
      write(at("epoch-name"), whole ? "epoch" : `epoch · step ${count(run.step)}`);
      write(at("loss"), run.diverged ? "∞" : largeNumber(newest?.train_loss ?? run.loss));
      write(at("accuracy"), percent(newest?.test_accuracy));
      write(at("speed"), state.speed === null ? "–" : number(state.speed, state.speed >= 10 ? 3 : 2));
      write(at("recipe"), recipe(run, catalog));
      showFacts(at("doing"), runFacts(state, isPast));
    },
  };
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {any} run @param {any} catalog */
const recipe = ({ network, configuration, batch_size, samples }, catalog) =>
  inWords({ network, loss: configuration.loss, batch_size, samples }, catalog);

/** What a configuration asks for, in the same words. @param {any} configuration @param {any} catalog */
function planned({ preset, network, loss, batch_size }, catalog) {
  const base = catalog.presets.find((/** @type {any} */ one) => one.name === preset)?.configuration;
  const samples = catalog.datasets.find((/** @type {any} */ one) => one.name === "mnist")?.train;
  return inWords({ network, loss: loss ?? base?.loss, batch_size, samples }, catalog);
}

/** @param {{network: any, loss: string, batch_size: number|null, samples: number}} run @param {any} catalog */
function inWords({ network, loss, batch_size, samples }, catalog) {
  const named = catalog.losses?.find((/** @type {any} */ one) => one.name === loss);
  const words = named?.label?.toLowerCase() ?? loss.replaceAll("_", " ");
  const batch = batch_size ? `batches of ${count(batch_size)}` : `all ${count(samples)} a step`;
  return `${network.layer_sizes.join(" → ")}, ${words}, ${batch}`;
}

/** Short enough for a large figure. @param {number|null} value */
const largeNumber = (value) => (value !== null && value >= 1e6 ? number(value, 2) : number(value));

/** @param {HTMLElement} element @param {{kind: string, text: string}[]} list */
function showFacts(element, list) {
  if (element.dataset.shown === JSON.stringify(list)) return;
  element.dataset.shown = JSON.stringify(list);
  element.replaceChildren(
    ...list.map(({ kind, text }) => {
      const item = document.createElement("li");
      item.textContent = text;
      if (kind) item.className = kind;
      return item;
    }),
  );
}
