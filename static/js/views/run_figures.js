import { count, number, percent, short } from "../format.js";
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
      write(at("reset"), state.changed ? "New run" : "Reset");
      at("settings-hint").hidden = !state.changed;
      write(at("settings-hint"), state.changed ? "“New run” starts afresh with these settings." : "");
      if (!run) return;
      const whole = run.steps_per_epoch === 1;
      write(at("epoch"), count(run.epoch));
      write(at("epoch-name"), whole ? "epoch" : `epoch · step ${count(run.step)}`);
      write(at("loss"), run.diverged ? "∞" : number(newest?.train_loss ?? run.loss));
      write(at("accuracy"), percent(newest?.test_accuracy));
      write(at("speed"), state.speed === null ? "–" : number(state.speed, state.speed >= 10 ? 3 : 2));
      write(at("recipe"), recipe(run, catalog));
      showFacts(at("doing"), facts(state));
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
  const batch = run.batch_size ? `batches of ${count(run.batch_size)}` : `all ${count(run.samples)} digits a step`;
  return `${run.network.layer_sizes.join(" → ")}, ${name("losses", run.configuration.loss)}, ${batch}`;
}

/** @param {RunState} state @returns {{kind: string, text: string}[]} */
function facts({ run, evaluations, rate }) {
  /** @type {Map<string, any>} the newest word of each kind */
  const newest = new Map(run.diagnostics.map((/** @type {any} */ one) => [`${one.kind} ${one.layer ?? ""}`, one]));
  const list = [...newest.values()].reverse().map((one) => ({ kind: one.kind === "diverged" ? "bad" : "warn", text: one.message }));
  if (rate !== null) list.push({ kind: "", text: `The next step uses η = ${short(rate)}.` });
  const last = evaluations.at(-1);
  const before = evaluations.at(-11) ?? evaluations[0];
  if (last && last.train_loss !== null && before && before !== last) {
    list.push({ kind: "", text: `Train loss ${number(before.train_loss)} at epoch ${count(before.epoch)}, ${number(last.train_loss)} at epoch ${count(last.epoch)}.` });
  }
  if (last && last.train_accuracy !== null) list.push({ kind: "", text: `It reads ${percent(last.train_accuracy)} of the training digits and ${percent(last.test_accuracy)} of the test digits.` });
  if (run.step === 0) list.push({ kind: "", text: `${count(run.parameters)} weights and biases, drawn with seed ${run.network.initialization?.seed ?? "–"}.` });
  if (run.step === 0) list.push({ kind: "", text: "Untrained: its answers are guesses. Train, or take one step." });
  return list;
}

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
