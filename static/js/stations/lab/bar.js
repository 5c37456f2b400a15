import { part, write } from "../../controls/parts.js";
import { asTable, download } from "./memory.js";
import { fieldNamed, fieldsOf, isRight, isTouched, shortName, standing } from "./model.js";
import { showColored } from "./symbols.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Store} Store */

export const LARGEST_SEED = 2 ** 32 - 1;
const LARGEST_FRESH = 9999; // short enough to be read out to a class

/**
 * Move on to the next field that is not right, once a check found the present one right.
 * @param {Store} store @param {string} asked
 */
export function goOn(store, asked) {
  const state = store.get();
  const fields = fieldsOf(state);
  const at = fields.findIndex(({ name }) => name === asked);
  if (at < 0 || !isRight(standing(state, fields[at]))) return;
  const next = fields.slice(at + 1).find((field) => !isTouched(state.typed[field.name]) && !state.shown[field.name]);
  const held = document.activeElement?.closest(".fieldbox");
  if (next && held instanceof HTMLElement && held.dataset.field === asked) focusField(next.name);
}

/** @param {string} name */
const focusField = (name) =>
  /** @type {HTMLElement|null} */ (document.querySelector(`[data-field="${name}"] input`))?.focus();

/**
 * @param {Store} store @param {ReturnType<typeof import("./actions.js").createActions>} actions
 * @param {(field: string) => void} check
 */
export function wireBar(store, actions, check) {
  const on = (/** @type {string} */ id, /** @type {() => void} */ act) =>
    part(id, HTMLElement).addEventListener("click", act);
  const seed = part("seed", HTMLInputElement);
  const fault = part("seed-message", HTMLElement);
  on("check", () => check(store.get().field));
  on("hint", actions.hint);
  on("reveal", () => actions.reveal([store.get().field]));
  on("fresh", () => actions.go({ seed: 1 + Math.floor(Math.random() * LARGEST_FRESH) }));
  on("lecture", () => actions.go({ seed: 0 }));
  on("clear", actions.clear);
  on("table", () => download("downhill-lab.csv", asTable(store.get().attempts), "text/csv"));
  seed.addEventListener("change", () => {
    const value = Number(seed.value.trim() || "0");
    const isFine = Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED;
    fault.textContent = isFine ? "" : `A seed is a whole number from 0 to ${LARGEST_SEED}.`;
    fault.hidden = isFine;
    seed.setAttribute("aria-invalid", String(!isFine));
    if (isFine) void actions.go({ seed: value });
  });
  part("score", HTMLElement).addEventListener("click", (event) => {
    const pip = /** @type {HTMLElement} */ (event.target).closest("[data-pip]");
    if (pip instanceof HTMLElement) focusField(pip.dataset.pip ?? "");
  });
  const sheets = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-go]")]);
  for (const button of sheets)
    button.addEventListener("click", () => actions.go({ exercise: button.dataset.go ?? "" }));
  return (/** @type {State} */ state) => {
    const { sheet } = state.exercises[0];
    for (const button of sheets) button.setAttribute("aria-pressed", String(button.dataset.sheet === sheet));
    // slides 43–47 and 52–53 print no numbers
    write(part("lecture", HTMLElement), sheet === "one-layer" ? "Lecture’s numbers" : "First numbers");
    part("lecture", HTMLElement).setAttribute("aria-pressed", String(state.seed === 0));
    if (document.activeElement !== seed && seed.value !== String(state.seed)) seed.value = String(state.seed);
    const field = fieldNamed(state, state.field);
    showColored(part("reveal", HTMLElement), `${state.shown[field.name] ? "Hide" : "Reveal"} ${shortName(field)}`);
    part("hint", HTMLButtonElement).disabled = (state.hints[field.name] ?? 0) >= field.hints.length;
  };
}
