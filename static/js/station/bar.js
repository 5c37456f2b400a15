import { callAsCurl, callAsPython } from "../base/reproduce.js";
import { createCodeDialog } from "../controls/code_dialog.js";

/**
 * @typedef {{call: string, room?: string, request: Record<string, any>, shown: string[]}} Question a `call` stands
 *   below its `room` in the API's address: functions, if nothing is said
 */

/**
 * The buttons of a station's bar that show how its numbers are had elsewhere.
 * @param {() => Question} question what the page asks now, and which fields of the answer matter
 */
export function wireCodeButtons(question) {
  const show = createCodeDialog();
  const address = () => [question().room ?? "functions", question().call].filter(Boolean).join("/");
  /** @type {Record<string, () => void>} */
  const kinds = {
    curl: () =>
      show(
        "The same numbers with curl",
        "Paste it into a shell.",
        callAsCurl(address(), question().request, location.origin),
      ),
    python: () =>
      show(
        "The same numbers in Python",
        "Needs httpx.",
        callAsPython(address(), question().request, location.origin, question().shown),
      ),
    link: () => show("A link to this picture", "It opens with the same numbers and the same settings.", location.href),
  };
  for (const button of document.querySelectorAll("[data-code]")) {
    button.addEventListener("click", () => kinds[/** @type {HTMLElement} */ (button).dataset.code ?? ""]?.());
  }
}

/**
 * One button for each of the lecture's functions; the one shown now is marked.
 * @template {{name: string, title: string, slides?: string|null}} E
 * @param {HTMLElement} place @param {E[]} examples @param {(example: E) => void} onChoose
 */
export function createExampleButtons(place, examples, onChoose) {
  const buttons = examples.map((example) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.example = example.name;
    button.textContent = example.title;
    if (example.slides) button.title = `Slides ${example.slides}`;
    button.addEventListener("click", () => onChoose(example));
    return button;
  });
  place.replaceChildren(...buttons);
  /** @param {string|null} chosen */
  return (chosen) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.example === chosen));
  };
}
