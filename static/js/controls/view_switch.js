/**
 * Links between the views of one page, which change the view without leaving it; what is marked data-in shows in
 * its view alone.
 * @param {HTMLElement} nav whose links carry data-view @param {(view: string) => void} onChoose
 */
export function createViewSwitch(nav, onChoose) {
  const links = /** @type {HTMLElement[]} */ ([...nav.querySelectorAll("[data-view]")]);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // into a tab of its own, as everywhere
      event.preventDefault();
      onChoose(link.dataset.view ?? "");
    });
  }
  /** @param {string} view */
  return (view) => {
    for (const link of links) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    for (const node of document.querySelectorAll("[data-in]"))
      /** @type {HTMLElement} */ (node).hidden = /** @type {HTMLElement} */ (node).dataset.in !== view;
  };
}
