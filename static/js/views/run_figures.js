import { count, number, percent } from "../format.js";
import { runFacts } from "../run_facts.js";
import { isPlaying } from "../run_state.js";

/** @typedef {import("../run_state.js").RunState} RunState */

/**
 * The large numbers, the recipe in words, the buttons' names and what the network is doing.
 * @param {any} catalog
 */
export function createRunFigures(catalog) {
  /** @param {string} id */
  const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  return {
    /** @param {RunState} state */
    show(state) {
      const { run } = state;
      const newest = state.evaluations.at(-1);
      const playing = isPlaying(state);
      write(at("train-name"), playing ? "Pause" : "Train");
      write(at("train-icon"), playing ? "❚❚" : "▶");
      for (const id of ["train", "step", "one-epoch", "reset"]) /** @type {HTMLButtonElement} */ (at(id)).disabled = state.connection === "gone";
      write(at("reset"), state.changed ? "New run" : "Reset");
      at("settings-hint").hidden = !state.changed;
      write(at("settings-hint"), state.changed ? "“New run” starts afresh with these settings." : "");
      if (!run) return state.connection === "gone" ? write(at("recipe"), "") : undefined;
      const whole = run.steps_per_epoch === 1;
      write(at("epoch"), count(run.epoch));
      write(at("epoch-name"), whole ? "epoch" : `epoch · step ${count(run.step)}`);
      write(at("loss"), run.diverged ? "∞" : largeNumber(newest?.train_loss ?? run.loss));
      write(at("accuracy"), percent(newest?.test_accuracy));
      write(at("speed"), state.speed === null ? "–" : number(state.speed, state.speed >= 10 ? 3 : 2));
      write(at("recipe"), recipe(run, catalog));
      showFacts(at("doing"), runFacts(state));
    },
  };
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {any} run @param {any} catalog */
function recipe(run, catalog) {
  const name = (/** @type {string} */ list, /** @type {string} */ key) => catalog[list]?.find((/** @type {any} */ one) => one.name === key)?.label?.toLowerCase() ?? key.replaceAll("_", " ");
  const batch = run.batch_size ? `batches of ${count(run.batch_size)}` : `all ${count(run.samples)} a step`;
  return `${run.network.layer_sizes.join(" → ")}, ${name("losses", run.configuration.loss)}, ${batch}`;
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
