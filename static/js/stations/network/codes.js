import { asCurl, asPython } from "../../base/reproduce.js";
import { createCodeDialog } from "../../controls/code_dialog.js";
import { wireNotebookButton } from "../../station/notebook.js";
import { stepShown } from "./state.js";

/** @typedef {import("./state.js").State} State */

/**
 * The buttons that give the page's numbers elsewhere: the run up to the step that is looked at, its notebook, a link.
 * @param {() => State} get @param {HTMLButtonElement} notebook @param {(sentence: string) => void} say
 */
export function wireCodes(get, notebook, say) {
  const show = createCodeDialog();
  const made = () => {
    const { run, configuration } = get();
    return run ?? { configuration };
  };
  /** The stretches of one learning rate up to the step that is looked at. */
  const schedule = () => {
    const state = get();
    /** @type {import("../../base/reproduce.js").Stretch[]} */
    const stretches = [];
    for (const { step, learning_rate: rate } of state.records.slice(0, stepShown(state))) {
      const last = stretches.at(-1);
      if (last?.rate === rate) last.until = step;
      else stretches.push({ until: step, rate });
    }
    return stretches;
  };
  const note = "It makes the same run up to the update that is looked at.";
  /** @type {Record<string, () => void>} */
  const kinds = {
    curl: () =>
      show("The same numbers with curl", `Paste it into a shell. ${note}`, asCurl(made(), schedule(), location.origin)),
    python: () =>
      show("The same numbers in Python", `Needs httpx. ${note}`, asPython(made(), schedule(), location.origin)),
    link: () =>
      show(
        "A link to this picture",
        "It opens with the same numbers; whoever has it may look, not step.",
        linkOf(get()),
      ),
  };
  for (const button of document.querySelectorAll("[data-code]"))
    button.addEventListener("click", () => kinds[/** @type {HTMLElement} */ (button).dataset.code ?? ""]?.());
  wireNotebookButton(notebook, {
    request: () => ({ ...get().seen?.standalone, sample: get().row - 1 }),
    name: "network",
    say,
  });
}

/** This page's address, with the run under its read-only name, at the step that is looked at. @param {State} state */
function linkOf(state) {
  const { run } = state;
  const query = new URLSearchParams(location.search);
  if (run) {
    query.delete("run");
    query.delete("branch");
    query.set("shared", run.share_id);
    query.set("at", String(stepShown(state)));
  }
  return `${location.origin}${location.pathname}?${query}`;
}
