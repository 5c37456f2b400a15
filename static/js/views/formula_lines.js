import { typeset } from "./mathml.js";

/**
 * Formulas line by line, each with a note in words.
 * @param {HTMLElement} place @param {Record<string, string>} symbols
 */
export function createFormulaLines(place, symbols) {
  let shown = "";
  /** @param {{mathml: string, latex: string, note: string}[]} lines */
  return (lines) => {
    const key = JSON.stringify(lines);
    if (key === shown) return;
    shown = key;
    const list = document.createElement("ol");
    list.className = "lines typeset";
    for (const line of lines) {
      const item = document.createElement("li");
      const note = document.createElement("small");
      note.textContent = line.note;
      item.append(typeset(line.mathml, symbols), note);
      list.append(item);
    }
    place.replaceChildren(list);
  };
}
