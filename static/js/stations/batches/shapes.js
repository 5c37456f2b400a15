import { readAt } from "../../base/number_names.js";
import { write } from "../../controls/parts.js";

/**
 * Write the shapes of an answer's matrices where a formula names them.
 * @param {HTMLElement} place
 * @param {any} answer
 */
export function showShapes(place, answer) {
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-shape]"))) {
    const found = /** @type {any} */ (readAt(answer, cell.dataset.shape ?? ""));
    if (found) write(cell, Array.isArray(found[0]) ? `${found.length}×${found[0].length}` : String(found.length));
  }
}
