/**
 * Tabs whose panels show one at a time; arrow keys go between them.
 * @param {HTMLElement} list @param {(panel: string) => void} onShow
 */
export function createTabs(list, onShow) {
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]")]);
  const panelOf = (/** @type {HTMLElement} */ tab) => tab.getAttribute("aria-controls") ?? "";
  /** @param {string} panel */
  const show = (panel) => {
    for (const tab of tabs) {
      const chosen = panelOf(tab) === panel;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      const shown = document.getElementById(panelOf(tab));
      if (shown) shown.hidden = !chosen;
    }
  };
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => onShow(panelOf(tab)));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const next = tabs[(index + step + tabs.length) % tabs.length];
      onShow(panelOf(next));
      next.focus();
    });
  }
  return show;
}
