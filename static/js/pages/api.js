import { wireFrame } from "../controls/frame.js";

// The blocks name the server one is looking at, so that they run as they are pasted.
for (const block of document.querySelectorAll("pre[data-block]")) {
  block.textContent = (block.textContent ?? "").replace(/https?:\/\/[^/"\s]+(?=\/api\/v1)/g, location.origin);
}
const SHOWN = 2000; // milliseconds for which a button says what it did
for (const button of document.querySelectorAll("[data-copy]")) {
  const name = [...button.childNodes];
  let timer = 0;
  button.addEventListener("click", async () => {
    const block = document.getElementById(/** @type {HTMLElement} */ (button).dataset.copy ?? "");
    if (!block) return;
    try {
      await navigator.clipboard.writeText(block.textContent ?? "");
      button.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(block);
      button.textContent = "Selected: Ctrl+C copies";
    }
    clearTimeout(timer);
    timer = setTimeout(() => button.replaceChildren(...name), SHOWN);
  });
}
wireFrame();
