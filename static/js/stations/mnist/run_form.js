import { short } from "../../base/format.js";
import { createFieldFaults } from "../../controls/field_faults.js";
import { createRunFields } from "./run_fields.js";

/** @typedef {{form: HTMLFormElement, onSettings: () => void, onRate: (rate: number) => void}} Hearing */

/**
 * The controls of a run, built from the catalog.
 * @param {Hearing & {catalog: any}} parts
 */
export function createRunForm({ form, catalog, onSettings, onRate }) {
  const fields = createRunFields(form, catalog);
  const faults = createFieldFaults(form, /** @type {HTMLElement} */ (form.querySelector("#settings-fault")));
  /** The settings that make another run; the learning rate may change while one trains. */
  const settings = () => JSON.stringify({ ...fields.configuration(), optimizer: null });
  let ofRun = "";
  wireFields(fields, faults, { form, onSettings, onRate });
  return {
    /** Show a preset's settings; answers its title, and whether there is one of that name. */
    choosePreset: fields.choosePreset,
    /**
     * Show a run's settings, but for what was changed since it was asked for.
     * @param {any} run @param {string} [asked] the settings it was made from
     */
    showRun(run, asked) {
      const untouched = asked === undefined || asked === settings();
      ofRun = asked ?? "";
      if (!untouched) return;
      fields.showRun(run);
      faults.check();
      ofRun = settings();
    },
    settings,
    /** Whether the settings are those of the run shown last. */
    areOfRun: () => settings() === ofRun,
    showRate: fields.showRate,
    /** What is wrong with the settings, in words, or null. */
    fault: () => (faults.check() ? null : faults.words()),
    /** @param {boolean} locked */
    lock(locked) {
      form.toggleAttribute("inert", locked);
      form.classList.toggle("locked", locked);
    },
    configuration: fields.configuration,
    /** The preset that the settings began with, or nothing. */
    preset: () => fields.field.preset.value,
    refuse: faults.refuse,
  };
}

/**
 * @param {ReturnType<typeof createRunFields>} fields
 * @param {ReturnType<typeof createFieldFaults>} faults
 * @param {Hearing} hearing
 */
function wireFields({ field, showChosen, showRate }, faults, { form, onSettings, onRate }) {
  field.preset.addEventListener("change", () => {
    showChosen();
    faults.check();
    onSettings();
  });
  for (const control of [field.width, field.batch, field.initialization, field.seed])
    control.addEventListener("change", () => faults.check() && onSettings());
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
}
