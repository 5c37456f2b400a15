import { count, short } from "../format.js";

/** @typedef {{preset: string, width: number, batch: number|null, initialization: string, seed: number, rate: number}} Settings */

const DECADES = 2; // the slider reaches this many powers of ten to both sides of the preset's learning rate

/**
 * The controls of a run, built from the catalog.
 * @param {{form: HTMLFormElement, catalog: any, onSettings: () => void, onRate: (rate: number) => void}} parts
 */
export function createRunForm({ form, catalog, onSettings, onRate }) {
  const presets = catalog.presets.filter((/** @type {any} */ preset) => preset.configuration.data?.dataset === "mnist");
  const field = fieldsOf(form);
  const methods = catalog.initializations.filter((/** @type {any} */ method) => method.name !== "explicit");
  fillSelect(field.preset, presets.map((/** @type {any} */ preset) => [preset.name, preset.title]));
  fillSelect(field.initialization, methods.map((/** @type {any} */ method) => [method.name, method.label]));
  let samples = catalog.datasets?.find((/** @type {any} */ set) => set.name === "mnist")?.train ?? null;

  const presetNamed = (/** @type {string} */ name) => presets.find((/** @type {any} */ preset) => preset.name === name) ?? presets[0];
  /** @param {number} rate */
  const showRate = (rate) => {
    const center = Math.log10(presetNamed(field.preset.value).configuration.optimizer.learning_rate);
    field.slider.min = String(center - DECADES);
    field.slider.max = String(center + DECADES);
    field.slider.value = String(Math.log10(rate));
    field.slider.setAttribute("aria-valuetext", short(rate));
    field.rate.value = short(rate);
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

  field.preset.addEventListener("change", () => {
    show(presetNamed(field.preset.value).configuration);
    onSettings();
  });
  for (const control of [field.width, field.batch, field.initialization, field.seed]) control.addEventListener("change", () => control.checkValidity() && onSettings());
  field.slider.addEventListener("input", () => {
    const rate = Number((10 ** Number(field.slider.value)).toPrecision(2));
    field.rate.value = short(rate);
    field.slider.setAttribute("aria-valuetext", short(rate));
    onRate(rate);
  });
  field.rate.addEventListener("change", () => {
    const rate = Number(field.rate.value);
    if (!(rate > 0)) return field.rate.reportValidity();
    showRate(rate);
    onRate(rate);
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  return {
    /** @returns {Settings} */
    read: () => ({
      preset: field.preset.value, width: Number(field.width.value), batch: field.batch.value === "" ? null : Number(field.batch.value),
      initialization: field.initialization.value, seed: Number(field.seed.value), rate: Number(field.rate.value),
    }),
    /** @param {string|null} name */
    choosePreset(name) {
      field.preset.value = presetNamed(name ?? "mnist").name;
      show(presetNamed(field.preset.value).configuration);
    },
    /** @param {any} run */
    showRun(run) {
      samples = run.samples ?? samples;
      if (run.preset) field.preset.value = presetNamed(run.preset).name;
      show(run.configuration, run.optimizer.learning_rate);
    },
    showRate,
    /** @param {boolean} locked */
    lock(locked) {
      form.toggleAttribute("inert", locked);
      form.classList.toggle("locked", locked);
    },
    /** What the settings ask for, in the form that creates a run. */
    configuration() {
      const base = presetNamed(field.preset.value).configuration;
      const sizes = [...base.network.layer_sizes];
      sizes[1] = Number(field.width.value);
      return {
        preset: field.preset.value,
        network: { ...base.network, layer_sizes: sizes, initialization: { method: field.initialization.value, seed: Number(field.seed.value) } },
        optimizer: { ...base.optimizer, learning_rate: Number(field.rate.value) },
        batch_size: field.batch.value === "" ? null : Number(field.batch.value),
      };
    },
    /** @param {{location: string, message: string}[]} errors fields the server refused */
    refuse: (errors) => markRefused(form, errors),
    note: () => presetNamed(field.preset.value).note ?? "",
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

const FIELD_OF = /** @type {[RegExp, string][]} */ ([
  [/layer_sizes/, "width"], [/learning_rate/, "rate"], [/batch_size/, "batch"], [/seed/, "seed"], [/initialization/, "initialization"], [/preset/, "preset"],
]);

/** @param {HTMLFormElement} form @param {{location: string, message: string}[]} errors */
function markRefused(form, errors) {
  for (const control of form.elements) control.removeAttribute("aria-invalid");
  for (const error of errors) {
    const name = FIELD_OF.find(([pattern]) => pattern.test(error.location))?.[1];
    if (name) /** @type {HTMLElement} */ (form.elements.namedItem(name)).setAttribute("aria-invalid", "true");
  }
}
