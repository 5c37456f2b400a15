import { count } from "../../base/format.js";
import { part, write } from "../../controls/parts.js";
import { isPlaying } from "../../runs/state.js";
import { factsOf } from "./lab_words.js";

/** @typedef {import("./lab_state.js").LabState} LabState */

/**
 * What went wrong, what the facets are made of, and how the branch does.
 * @param {LabState} state @param {import("./lab_branch.js").Beside|null} beside
 */
export function showFacts(state, beside) {
  const place = part("facts", HTMLElement);
  const facts = factsOf(state, beside);
  const key = JSON.stringify(facts);
  if (place.dataset.shown === key) return;
  place.dataset.shown = key;
  place.replaceChildren(
    ...facts.map(({ kind, text }) =>
      Object.assign(document.createElement("li"), { className: kind, textContent: text }),
    ),
  );
}

/** What the buttons say, and which can be pressed. @param {LabState} state */
export function showButtons(state) {
  const playing = isPlaying(state);
  write(part("train-name", HTMLElement), playing ? "Pause" : "Train");
  write(part("train-icon", HTMLElement), playing ? "❚❚" : "▶");
  part("goal", HTMLButtonElement).disabled = (state.run?.step ?? 0) >= state.told.end;
  for (const place of document.querySelectorAll(".lecture-end")) write(place, count(state.told.end));
  write(part("branch", HTMLButtonElement), state.branch === null ? "Branch here" : "Drop the branch");
  part("branch-field", HTMLElement).hidden = state.branch !== null;
  part("reset", HTMLButtonElement).disabled = !state.run?.step;
  part("newest", HTMLButtonElement).hidden = state.k === null;
  part("levels", HTMLButtonElement).setAttribute("aria-pressed", String(state.levels));
  part("precise", HTMLButtonElement).setAttribute("aria-pressed", String(state.precise));
}

/** x, y and z. @param {string[]} names */
const listed = (names) => `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** The title with its number, and what is trained on what. @param {LabState} state */
export function showClaim({ units, rows, plane, names, at }) {
  write(part("kinks", HTMLElement), String(units));
  for (const place of document.querySelectorAll(".target-names")) write(place, listed(names));
  const range = plane ? `in [${plane.x[0]}, ${plane.x[plane.x.length - 1]}]², fed as x/${plane.scale}` : "";
  write(
    part("recipe", HTMLElement),
    `${at.length} → ${units} → ${names.length} on a batch of ${rows} points ${range}.`.replaceAll("-", "−"),
  );
}
