/**
 * A button for each row of the batch; one is looked at.
 * @param {HTMLElement} place @param {(row: number) => void} onRow
 * @returns {(model: import("./model.js").Model|null) => void}
 */
export function createRows(place, onRow) {
  let built = 0;
  const MOST = 40;
  return (model) => {
    const count = model ? Math.min(model.answer.batch_size, MOST) : 1;
    place.hidden = count < 2;
    if (count !== built) {
      built = count;
      place.replaceChildren(
        model && model.answer.batch_size > MOST ? `the first ${MOST} rows` : "row",
        ...Array.from({ length: count }, (_, index) => {
          const button = document.createElement("button");
          Object.assign(button, { type: "button", className: "small", textContent: String(index + 1) });
          button.dataset.row = String(index + 1);
          button.addEventListener("click", () => onRow(index + 1));
          return button;
        }),
      );
    }
    for (const button of /** @type {Iterable<HTMLElement>} */ (place.querySelectorAll("[data-row]"))) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.row) === (model?.row ?? 0) + 1));
      const inputs = model?.answer.inputs[Number(button.dataset.row) - 1];
      if (inputs) button.title = `x = ${inputs.join(", ")}`;
    }
  };
}
