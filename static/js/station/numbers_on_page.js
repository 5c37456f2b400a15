/**
 * Hear of every element with `data-number`: what the pointer or the focus passes over, and what is chosen.
 * The focus may go on into the panel without leaving the number that it came from.
 * @param {{panel: HTMLElement, onPass: (number: string|null) => void, onChoose: (number: string) => void}} listeners
 */
export function listenForNumbers({ panel, onPass, onChoose }) {
  const numberAt = (/** @type {EventTarget|null} */ target) =>
    /** @type {HTMLElement|SVGElement|null} */ (/** @type {Element|null} */ (target)?.closest?.("[data-number]"))
      ?.dataset.number ?? null;
  /** @type {string|null} */
  let focused = null;
  document.addEventListener("pointerover", (event) => {
    // a cell that is held is being pulled: what it is made of is not the question
    if (event.pointerType !== "mouse" || event.buttons) return;
    // what the panel says must not change under a pointer that reads it
    const isRead = panel.contains(/** @type {Node|null} */ (event.target));
    onPass((isRead ? null : numberAt(event.target)) ?? focused);
  });
  document.addEventListener("focusin", ({ target }) => {
    focused = numberAt(target);
    if (focused) onPass(focused);
  });
  document.addEventListener("focusout", ({ relatedTarget }) => {
    focused = null;
    if (!panel.contains(/** @type {Node|null} */ (relatedTarget))) onPass(null);
  });
  document.addEventListener("click", ({ target }) => {
    const number = numberAt(target);
    if (number && !getSelection()?.toString()) onChoose(number);
  });
  document.addEventListener("keydown", (event) => {
    const number = numberAt(event.target);
    if (number && event.key === "Enter" && !(event.target instanceof HTMLInputElement)) onChoose(number);
  });
}

/**
 * Light the number that is asked about and those that it is made of, wherever they stand.
 * @param {string|null} asked @param {string[]} operands
 */
export function lightNumbers(asked, operands) {
  const made = new Set(operands);
  for (const node of document.querySelectorAll("[data-number]")) {
    const { dataset } = /** @type {HTMLElement|SVGElement} */ (node);
    const number = dataset.number ?? "";
    const light = number === asked ? "asked" : made.has(number) ? "operand" : undefined;
    if (dataset.lit === light) continue;
    if (light) dataset.lit = light;
    else delete dataset.lit;
  }
}
