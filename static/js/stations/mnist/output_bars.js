import { moveFocus } from "./move_focus.js";

/**
 * The ten outputs as labelled bars from a common zero; the largest one is marked.
 * @param {HTMLElement} element
 * @param {(digit: number) => string} [nameOf] the names of the numbers, where each can be asked why it is what it is
 */
export function createOutputBars(element, nameOf) {
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const row = document.createElement("div");
    const name = document.createElement("span");
    const track = document.createElement("span");
    const bar = document.createElement("i");
    const value = document.createElement("span");
    row.className = "bar";
    track.className = "track";
    name.textContent = String(digit);
    value.className = "value";
    track.append(bar);
    row.append(name, track, value);
    element.append(row);
    return { row, bar, value };
  });
  if (nameOf)
    element.addEventListener("keydown", (event) =>
      moveFocus(
        event,
        rows.map(({ row }) => row),
      ),
    );
  /** @param {HTMLElement} row @param {number} digit @param {number|null} output */
  const offer = (row, digit, output) => {
    if (!nameOf) return;
    if (output === null) {
      for (const name of ["role", "tabindex", "aria-label"]) row.removeAttribute(name);
      delete row.dataset.number;
      return;
    }
    row.dataset.number = nameOf(digit);
    row.setAttribute("role", "button");
    row.setAttribute("aria-label", `Output ${digit} is ${shortOutput(output)}. Why?`);
    if (!row.hasAttribute("tabindex")) row.tabIndex = rows.some((one) => one.row.tabIndex === 0) ? -1 : 0;
  };

  /** @param {number[]|null} outputs */
  return (outputs) => {
    const low = outputs ? Math.min(0, ...outputs) : 0;
    const span = outputs ? Math.max(...outputs, 0) - low || 1 : 1;
    const best = outputs ? outputs.indexOf(Math.max(...outputs)) : -1;
    rows.forEach(({ row, bar, value }, digit) => {
      const output = outputs?.[digit] ?? null;
      row.classList.toggle("best", digit === best);
      row.classList.toggle("negative", (output ?? 0) < 0);
      bar.style.left = `${((Math.min(0, output ?? 0) - low) / span) * 100}%`;
      bar.style.width = `${(Math.abs(output ?? 0) / span) * 100}%`;
      value.textContent = output === null ? "" : shortOutput(output);
      offer(row, digit, output);
    });
  };
}

/** @param {number} output */
function shortOutput(output) {
  const text = Math.abs(output) >= 1000 ? output.toPrecision(2) : output.toFixed(2);
  return text.replace("-", "−");
}
