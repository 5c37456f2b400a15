import { typeset } from "./mathml.js";

const SMALLEST = 0.66; // of the usual size
const AIR = 1.1; // math is set 1.12 times as large as text, and an em here is the text's

/**
 * Formulas line by line, each with a note in words.
 * @param {HTMLElement} place
 */
export function createFormulaLines(place) {
  let shown = "";
  // a tab that was hidden has no width until it is shown
  new ResizeObserver(() => fit(place)).observe(place);
  /**
   * @param {{mathml: string, latex: string, note: string}[]} lines
   * @param {Record<string, string>} symbols the color of each name
   */
  return (lines, symbols) => {
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
    fit(place);
  };
}

/** Formulas wider than their place are set smaller, down to where they could not be read. @param {HTMLElement} place */
function fit(place) {
  const lines = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("li")]);
  const formulas = lines.map((line) => /** @type {HTMLElement} */ (line.firstElementChild));
  for (const formula of formulas) formula.style.fontSize = "";
  const shares = formulas.map((formula, index) => lines[index].clientWidth / formula.getBoundingClientRect().width);
  for (const [index, share] of shares.entries())
    if (share > 0 && share < 1) formulas[index].style.fontSize = `${Math.max(SMALLEST, share * AIR)}em`;
}
