import { toggleProjector, toggleTheme } from "../theme.js";

/**
 * Wire the top bar, the help panel and the keys of a page.
 * @param {Record<string, () => void>} [keys] what each key of this page does
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
  const turning = document.body.dataset.slide ? { PageDown: () => turnSlide(1), PageUp: () => turnSlide(-1) } : {}; // elsewhere they scroll
  const all = { t: toggleTheme, p: toggleProjector, "?": actions.help, ...turning, ...keys };
  document.addEventListener("keydown", (event) => answerKey(event, all));
}

/**
 * Open a dialog by its id.
 * @param {string} id
 */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/**
 * To the next or the previous slide of the lecture, wherever its station is: a clicker sends these keys.
 * @param {number} by
 */
export function turnSlide(by) {
  const { slide, slides } = document.body.dataset;
  const next = Number(slide) + by;
  if (next >= 1 && next <= Number(slides)) location.assign(`/slide/${next}`);
}

/**
 * @param {KeyboardEvent} event
 * @param {Record<string, (() => void)|undefined>} keys
 */
function answerKey(event, keys) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const target = /** @type {HTMLElement} */ (event.target);
  // Typing into a field, or a space on a button, keeps the meaning the browser gives it.
  if (target.matches("input:not([type=range]), select, textarea, [contenteditable]")) return;
  if (event.key === " " && target.matches("button, a, summary")) return;
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
