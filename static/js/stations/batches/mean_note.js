import { exact, trimmed } from "../../base/format.js";
import { write } from "../../controls/parts.js";

/** @param {HTMLElement} cell @param {number|null} value */
const show = (cell, value) => write(cell, value === null ? "∞" : trimmed(value));

/**
 * What the 1/m does: the step with it and without it, and where the loss comes to.
 * @param {HTMLTableElement} table
 */
export function createMeanNote(table) {
  const [mean, sum] = [...table.tBodies[0].rows];
  /** @param {import("./rows_state.js").State} state */
  return ({ seen, forget, m }) => {
    if (!seen) return;
    const { answer, without } = seen;
    mean.classList.toggle("now", !forget);
    sum.classList.toggle("now", forget);
    write(mean.cells[0], `with 1/${m}`);
    write(mean.cells[1], exact(answer.learning_rate));
    write(sum.cells[1], exact(without.learning_rate));
    show(mean.cells[2], answer.loss_after);
    show(sum.cells[2], without.loss_after);
    mean.cells[1].dataset.number = "learning_rate";
    mean.cells[2].dataset.number = "loss_after";
    sum.classList.toggle("bad", without.loss_after === null || without.loss_after > answer.loss_before);
  };
}
