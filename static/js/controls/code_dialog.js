import { openDialog } from "./frame.js";

/** Wire the dialog that shows a text and copies it; answers the function that shows one. */
export function createCodeDialog() {
  /** @param {string} id */
  const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  at("code-copy").addEventListener("click", async () => {
    at("code-done").textContent = (await copy(at("code-text"))) ? "Copied." : "Selected: copy with Ctrl+C.";
  });
  /** @param {string} title @param {string} note @param {string} text */
  return (title, note, text) => {
    at("code-title").textContent = title;
    at("code-note").textContent = note;
    at("code-text").textContent = text;
    at("code-done").textContent = "";
    openDialog("code");
    at("code-copy").focus();
  };
}

/** @param {HTMLElement} element @returns {Promise<boolean>} */
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(element);
    return false;
  }
}
