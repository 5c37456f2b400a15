import { count, short } from "../../base/format.js";

const DECADES = 2; // the slider reaches this many powers of ten to both sides of the preset's learning rate
const LARGEST_SEED = 2 ** 32 - 1; // NumPy's
const FIRST = "mnist"; // the preset where the address names none
const OWN = ""; // stands for the configuration of a run that no preset made

/** @typedef {{name: string, title: string, configuration: any}} Preset */

/**
 * The fields of a run's settings, filled from the catalog, and the configuration that they say.
 * @param {HTMLFormElement} form @param {any} catalog
 */
export function createRunFields(form, catalog) {
  /** @type {Preset[]} */
  const presets = catalog.presets.filter((/** @type {Preset} */ { configuration }) => isMnist(configuration));
  const field = fieldsOf(form);
  const titles = presets.map(({ name, title }) => /** @type {[string, string]} */ ([name, shortTitle(title)]));
  const firstMethod = fillFromCatalog(field, catalog);
  fillSelect(field.preset, titles);
  /** @type {any} */
  let own = null;
  let samples = catalog.datasets?.find((/** @type {any} */ set) => set.name === "mnist")?.train ?? null;

  const presetNamed = (/** @type {string} */ name) => presets.find((preset) => preset.name === name) ?? presets[0];
  const base = () => (field.preset.value === OWN && own ? own : presetNamed(field.preset.value).configuration);
  const showRate = (/** @type {number} */ rate) => {
    const center = Math.log10(base().optimizer.learning_rate);
    field.slider.min = String(center - DECADES);
    field.slider.max = String(center + DECADES);
    field.slider.value = String(Math.log10(rate));
    field.slider.setAttribute("aria-valuetext", short(rate));
    field.rate.value = short(rate);
    field.rate.setCustomValidity("");
  };
  /** @param {any} configuration @param {number} [rate] */
  const show = (configuration, rate) => {
    const initialization = configuration.network.initialization;
    field.width.value = String(configuration.network.layer_sizes[1]);
    fillBatches(field.batch, configuration.batch_size, samples);
    field.initialization.value = initialization?.method ?? firstMethod;
    field.seed.value = String(initialization?.seed ?? 0);
    showRate(rate ?? configuration.optimizer.learning_rate);
  };
  return {
    field,
    showRate,
    /** Show the settings of what is chosen. */
    showChosen: () => show(base()),
    /** Show a preset's settings; the first one's where none has the name. @param {string|null} name */
    choosePreset(name) {
      const preset = presetNamed(name ?? FIRST);
      field.preset.value = preset.name;
      show(preset.configuration);
      return { title: shortTitle(preset.title), known: name === null || preset.name === name };
    },
    /** Show a run's settings; one that no preset made gets a choice of its own. @param {any} run */
    showRun(run) {
      samples = run.samples ?? samples;
      const preset = presets.find((one) => one.name === run.preset);
      own = preset ? null : run.configuration;
      const alone = /** @type {[string, string][]} */ (own ? [[OWN, "None: a run of its own"]] : []);
      fillSelect(field.preset, [...alone, ...titles]);
      field.preset.value = preset?.name ?? OWN;
      show(run.configuration, run.optimizer.learning_rate);
    },
    /** What the settings ask for, in the form that creates a run. */
    configuration: () => configurationOf(base(), field),
  };
}

/** @param {any} configuration */
const isMnist = (configuration) => configuration.data?.dataset === "mnist";

/** @param {any} base what the fields do not say @param {ReturnType<typeof fieldsOf>} field */
function configurationOf({ network, optimizer, ...rest }, field) {
  const sizes = [...network.layer_sizes];
  sizes[1] = Number(field.width.value);
  return {
    ...(field.preset.value === OWN ? rest : { preset: field.preset.value }),
    network: {
      ...network,
      layer_sizes: sizes,
      initialization: { method: field.initialization.value, seed: Number(field.seed.value) },
    },
    optimizer: { ...optimizer, learning_rate: Number(field.rate.value) },
    batch_size: field.batch.value === "" ? null : Number(field.batch.value),
  };
}

/**
 * The initializations and the limits that the catalog names.
 * @param {ReturnType<typeof fieldsOf>} field @param {any} catalog
 * @returns {string} the first initialization
 */
function fillFromCatalog(field, { initializations, limits }) {
  const methods = initializations.filter((/** @type {any} */ method) => method.name !== "explicit");
  fillSelect(
    field.initialization,
    methods.map((/** @type {any} */ method) => [method.name, method.label]),
  );
  field.width.max = String(limits.layer_width);
  field.seed.max = String(LARGEST_SEED);
  field.rate.max = String(limits.learning_rate);
  return methods[0].name;
}

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  /** @param {string} name */
  const input = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  /** @param {string} name */
  const select = (name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
  return {
    preset: select("preset"),
    initialization: select("initialization"),
    batch: select("batch"),
    width: input("width"),
    seed: input("seed"),
    slider: input("rate_slider"),
    rate: input("rate"),
  };
}

/** On this page all is MNIST. @param {string} title */
const shortTitle = (title) => title.replace(/^MNIST,? (.)/, (_, first) => first.toUpperCase());

/** @param {HTMLSelectElement} select @param {[string, string][]} choices */
function fillSelect(select, choices) {
  select.replaceChildren(...choices.map(([value, text]) => new Option(text, value)));
}

/** @param {HTMLSelectElement} select @param {number|null} chosen @param {number|null} samples */
function fillBatches(select, chosen, samples) {
  const sizes = new Set(Array.from({ length: 9 }, (_, power) => 16 * 2 ** power));
  if (chosen) sizes.add(chosen);
  const choices = [...sizes].filter((size) => size === chosen || !samples || size < samples).sort((a, b) => a - b);
  fillSelect(select, [
    ["", samples ? `all ${count(samples)}` : "all"],
    .../** @type {[string, string][]} */ (choices.map((size) => [String(size), count(size)])),
  ]);
  select.value = chosen ? String(chosen) : "";
}
