import { askNotebook, Problem, Unreachable } from "../base/api.js";
import { write } from "../controls/parts.js";

/**
 * A button that downloads every number of the page's update as a Jupyter notebook in plain NumPy.
 * @param {HTMLButtonElement} button
 * @param {{request: () => Record<string, any>, name: string, say: (sentence: string) => void}} parts
 *   `request` as `POST /backpropagation` takes it; `name` of the file, without its ending; `say` tells what went wrong
 */
export function wireNotebookButton(button, { request, name, say }) {
  const words = button.textContent ?? "";
  button.addEventListener("click", async () => {
    button.disabled = true;
    write(button, "writing…");
    try {
      save(JSON.stringify(await askNotebook(request()), null, 1), `${name}.ipynb`);
    } catch (fault) {
      if (!(fault instanceof Problem || fault instanceof Unreachable)) throw fault;
      say(`No notebook: ${fault.message}`);
    } finally {
      button.disabled = false;
      write(button, words);
    }
  });
}

/** @param {string} text @param {string} name */
function save(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
