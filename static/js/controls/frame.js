import { leadBack } from "../base/places.js";
import { toggleProjector, toggleTheme } from "../base/theme.js";
import { takeClickerOver, turnSlide } from "./slides.js";
import { speakAtRest } from "./spoken.js";

/** @typedef {Record<string, (() => void)|undefined>} Keys what each key does */

const ONE_LINE = "input:not([type=range], [type=checkbox], [type=radio])";
const TYPED_INTO = `${ONE_LINE}, select, textarea, [contenteditable]`;
const PRESSED_BY_SPACE = "button, a, summary, input[type=checkbox], input[type=radio]";

/**
 * Wire the top bar, the help panel, the spoken sentence and the keys of a page; space presses the big button unless
 * the page says otherwise.
 * @param {Keys} [keys] what each key of this page does
 */
export function wireFrame(keys = {}) {
  /** @type {Record<string, () => void>} */
  const actions = { theme: toggleTheme, projector: toggleProjector, help: () => openDialog("help") };
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("[data-action]");
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.action === "close") button.closest("dialog")?.close();
    actions[button.dataset.action ?? ""]?.();
  });
  /** @type {Keys} */
  // elsewhere they scroll
  const turning = document.body.dataset.slides ? { PageDown: () => turnSlide(1), PageUp: () => turnSlide(-1) } : {};
  const [sentence, spoken] = ["says", "spoken"].map((id) => document.getElementById(id));
  if (sentence && spoken) speakAtRest(sentence, spoken);
  leadBack();
  takeClickerOver();
  const ask = document.getElementById("ask");
  if (ask) turning.q = () => ask.click();
  wireKeys({ t: toggleTheme, p: toggleProjector, "?": actions.help, " ": pressBigButton(), ...turning, ...keys });
}

/**
 * Open a dialog by its id.
 * @param {string} id
 */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** What presses the button that the foot shows as the big one, where the page has one. */
function pressBigButton() {
  const buttons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".foot .primary")]);
  if (!buttons.length) return undefined;
  return () => buttons.find((button) => button.offsetParent)?.click();
}

/** @param {Keys} keys */
function wireKeys(keys) {
  let isByPointer = false; // how the last thing came to pass
  let isFocusByPointer = false;
  document.addEventListener("pointerdown", () => (isByPointer = true), true);
  document.addEventListener("keydown", () => (isByPointer = false), true);
  document.addEventListener("focusin", () => (isFocusByPointer = isByPointer));
  // a list that the pointer chose from does not keep the keys that come next
  document.addEventListener("change", ({ target }) => {
    if (isFocusByPointer && target instanceof HTMLSelectElement) target.blur();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Enter" && target.matches(ONE_LINE)) {
      event.preventDefault();
      return leave(target);
    }
    if (!isForPage(event, target, isFocusByPointer)) return;
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    // a button that the pointer pressed would be pressed again when space comes up
    if (event.key === " " && target.matches(PRESSED_BY_SPACE)) target.blur();
    action();
  });
}

/**
 * Whether a key is for the page: the clicker's always; others not while a dialog is open, nor where the focus has
 * its own use for them.
 * @param {KeyboardEvent} event @param {HTMLElement} target @param {boolean} isFocusByPointer what a pointer has
 *   pressed does not keep the space bar
 */
function isForPage(event, target, isFocusByPointer) {
  if (event.key === "PageDown" || event.key === "PageUp") return true;
  if (document.querySelector("dialog[open]") || target.matches(TYPED_INTO)) return false;
  return event.key !== " " || isFocusByPointer || !target.matches(PRESSED_BY_SPACE);
}

/**
 * Leave a field: the browser tells of its change at once, and the next key is for the page, however busy the browser
 * is. What was refused gets the focus back.
 * @param {HTMLElement} field
 */
function leave(field) {
  field.blur();
  if (field.getAttribute("aria-invalid") === "true") field.focus();
}
