const WAYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
});
const ASIDE = 3; // how much farther a number seems that is not straight ahead

/**
 * The numbers of a drawing are one stop of the tab key; arrow keys go to the nearest one that way. A press by the
 * pointer leaves the focus where it is, so that the page's own arrow keys keep their meaning.
 * @param {SVGSVGElement} drawing
 */
export function listenToNumberKeys(drawing) {
  const numbers = () => /** @type {SVGElement[]} */ ([...drawing.querySelectorAll("[data-number][aria-hidden=false]")]);
  drawing.addEventListener("mousedown", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-number]")) event.preventDefault();
  });
  drawing.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const from = /** @type {Element} */ (event.target).closest("[data-number]");
    if (event.key === "Escape") /** @type {HTMLElement|null} */ (document.activeElement)?.blur();
    if (!way || !from || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    nearest(from, numbers(), way)?.focus();
  });
  // one of them can be reached by the tab key, whichever there are
  const reach = (/** @type {Element|undefined} */ chosen) => {
    for (const number of numbers()) if (number !== chosen) number.setAttribute("tabindex", "-1");
    chosen?.setAttribute("tabindex", "0");
  };
  drawing.addEventListener("focusin", ({ target }) => reach(/** @type {Element} */ (target)));
  return () => {
    const all = numbers();
    if (!all.some((number) => number.getAttribute("tabindex") === "0")) reach(all[0]);
  };
}

/** @param {Element} from @param {SVGElement[]} numbers @param {[number, number]} way */
function nearest(from, numbers, [dx, dy]) {
  const middle = (/** @type {Element} */ node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  const [x, y] = middle(from);
  const found = numbers.flatMap((number) => {
    const [right, down] = [middle(number)[0] - x, middle(number)[1] - y];
    const [ahead, aside] = [right * dx + down * dy, Math.abs(right * dy + down * dx)];
    return ahead > 1 ? [{ number, far: ahead + ASIDE * aside }] : [];
  });
  return found.sort((a, b) => a.far - b.far)[0]?.number;
}
