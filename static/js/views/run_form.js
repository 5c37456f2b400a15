import { count, short } from "../format.js";
import { createFieldFaults } from "./field_faults.js";

const DECADES = 2; // the slider reaches this many powers of ten to both sides of the preset's learning rate
const LARGEST_SEED = 2 ** 32 - 1; // NumPy's
const OWN = ""; // stands for the configuration of a run that no preset made

/**
 * The controls of a run, built from the catalog.
 * @param {{form: HTMLFormElement, catalog: any, onSettings: () => void, onRate: (rate: number) => void}} parts
 */
export function createRunForm({ form, catalog, onSettings, onRate }) {
  const presets = catalog.presets.filter((/** @type {any} */ preset) => preset.configuration.data?.dataset === "mnist");
  const field = fieldsOf(form);
  const faults = createFieldFaults(form, /** @type {HTMLElement} */ (form.querySelector("#settings-fault")));
  const methods = catalog.initializations.filter((/** @type {any} */ method) => method.name !== "explicit");
  const titles = presets.map((/** @type {any} */ preset) => /** @type {[string, string]} */ ([preset.name, shortTitle(preset.title)]));
  fillSelect(field.preset, titles);
  fillSelect(field.initialization, methods.map((/** @type {any} */ method) => [method.name, method.label]));
  field.width.max = String(catalog.limits.layer_width);
  field.seed.max = String(LARGEST_SEED);
  field.rate.max = String(catalog.limits.learning_rate);
  /** @type {any} */
  let own = null;
  let samples = catalog.datasets?.find((/** @type {any} */ set) => set.name === "mnist")?.train ?? null;

  const presetNamed = (/** @type {string} */ name) => presets.find((/** @type {any} */ preset) => preset.name === name) ?? presets[0];
  const base = () => (field.preset.value === OWN && own ? own : presetNamed(field.preset.value).configuration);
  /** @param {number} rate */
  const showRate = (rate) => {
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
    field.initialization.value = initialization?.method ?? methods[0].name;
    field.seed.value = String(initialization?.seed ?? 0);
    showRate(rate ?? configuration.optimizer.learning_rate);
  };

  /** What the settings ask for, in the form that creates a run. */
  const configuration = () => {
    const { network, optimizer, ...rest } = base();
    const sizes = [...network.layer_sizes];
    sizes[1] = Number(field.width.value);
    return {
      ...(field.preset.value === OWN ? rest : { preset: field.preset.value }),
      network: { ...network, layer_sizes: sizes, initialization: { method: field.initialization.value, seed: Number(field.seed.value) } },
      optimizer: { ...optimizer, learning_rate: Number(field.rate.value) },
      batch_size: field.batch.value === "" ? null : Number(field.batch.value),
    };
  };
  /** The settings that make another run; the learning rate may change while one trains. */
  const settings = () => JSON.stringify({ ...configuration(), optimizer: null });
  let ofRun = "";

  field.preset.addEventListener("change", () => {
    show(base());
    faults.check();
    onSettings();
  });
  for (const control of [field.width, field.batch, field.initialization, field.seed]) control.addEventListener("change", () => faults.check() && onSettings());
  field.slider.addEventListener("input", () => {
    const rate = Number((10 ** Number(field.slider.value)).toPrecision(2));
    field.rate.value = short(rate);
    field.rate.setCustomValidity("");
    field.slider.setAttribute("aria-valuetext", short(rate));
    faults.check();
    onRate(rate);
  });
  field.rate.addEventListener("change", () => {
    const rate = Number(field.rate.value);
    field.rate.setCustomValidity(rate > 0 ? "" : "not above zero");
    if (!faults.check(field.rate)) return;
    showRate(rate);
    onRate(rate);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  const all = /** @type {HTMLElement} */ (form.querySelector("#all-settings"));
  all.addEventListener("click", () => all.setAttribute("aria-expanded", String(form.classList.toggle("open"))));

  return {
    /**
     * Show a preset's settings; answers its title, and whether there is one of that name.
     * @param {string|null} name
     */
    choosePreset(name) {
      const preset = presetNamed(name ?? "mnist");
      field.preset.value = preset.name;
      show(preset.configuration);
      return { title: shortTitle(preset.title), known: name === null || preset.name === name };
    },
    /**
     * Show a run's settings, but for what was changed since it was asked for.
     * @param {any} run @param {string} [asked] the settings it was made from
     */
    showRun(run, asked) {
      const untouched = asked === undefined || asked === settings();
      ofRun = asked ?? "";
      if (!untouched) return;
      samples = run.samples ?? samples;
      const preset = presets.find((/** @type {any} */ one) => one.name === run.preset);
      own = preset ? null : run.configuration;
      fillSelect(field.preset, [...(own ? [/** @type {[string, string]} */ ([OWN, "None: a run of its own"])] : []), ...titles]);
      field.preset.value = preset?.name ?? OWN;
      show(run.configuration, run.optimizer.learning_rate);
      faults.check();
      ofRun = settings();
    },
    settings,
    /** Whether the settings are those of the run shown last. */
    areOfRun: () => settings() === ofRun,
    showRate,
    /** What is wrong with the settings, in words, or null. */
    fault: () => (faults.check() ? null : faults.words()),
    /** @param {boolean} locked */
    lock(locked) {
      form.toggleAttribute("inert", locked);
      form.classList.toggle("locked", locked);
    },
    configuration,
    refuse: faults.refuse,
  };
}

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  /** @param {string} name */
  const input = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  /** @param {string} name */
  const select = (name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
  return {
    preset: select("preset"), initialization: select("initialization"), batch: select("batch"),
    width: input("width"), seed: input("seed"), slider: input("rate_slider"), rate: input("rate"),
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
  fillSelect(select, [["", samples ? `all ${count(samples)}` : "all"], .../** @type {[string, string][]} */ (choices.map((size) => [String(size), count(size)]))]);
  select.value = chosen ? String(chosen) : "";
}
