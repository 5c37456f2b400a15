import { svg } from "./svg.js";

/** @typedef {import("../base/view_domain.js").ViewChange} ViewChange */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
/**
 * `onView` hears how the view changes, `null` for back to the whole of it; `onBegin` that two fingers take it.
 * @typedef {{onView: (turn: ViewChange|null) => void, onBegin: () => void}} Listeners
 */

const LINE = 16; // pixels of a wheel that counts in lines
const MOST = 200; // pixels of a wheel at once
const SPEED = { wheel: 0.002, pinch: 0.01 }; // of the factor's logarithm a pixel
const KEYS = /** @type {Record<string, {factor?: number, by?: number}>} */ ({
  "+": { factor: 0.8 },
  "=": { factor: 0.8 }, // + without shift
  "-": { factor: 1.25 },
  "−": { factor: 1.25 },
  "<": { by: 0.1 },
  ">": { by: -0.1 },
});

/**
 * Zoom and move what a plane shows: by the wheel about the pointer, with shift sideways; by two fingers.
 * A page that scrolls keeps the plain wheel; with ctrl, as a touch pad pinches, it zooms everywhere.
 * @param {SVGSVGElement} over @param {() => Box|null} boxNow in pixels of the plane @param {Listeners} listeners
 */
export function wireView(over, boxNow, { onView, onBegin }) {
  /** The place as shares of the box. @param {number} x @param {number} y */
  const shares = (x, y) => {
    const [box, corner] = [boxNow(), over.getBoundingClientRect()];
    if (!box) return null;
    const { left, right, top, bottom } = box;
    return [(x - corner.left - left) / (right - left), (bottom - (y - corner.top)) / (bottom - top)];
  };
  over.addEventListener(
    "wheel",
    (event) => {
      const at = shares(event.clientX, event.clientY);
      if (!at || (!event.ctrlKey && doesScroll())) return;
      event.preventDefault();
      const [dx, dy] = [event.deltaX, event.deltaY].map((way) =>
        Math.max(-MOST, Math.min(MOST, way * (event.deltaMode ? LINE : 1))),
      );
      const aside = event.shiftKey ? dx || dy : dx;
      if (Math.abs(aside) > Math.abs(event.shiftKey ? 0 : dy))
        return onView({ factor: 1, at, by: [-aside / widthOf(boxNow()), 0] });
      onView({ factor: Math.exp(dy * (event.ctrlKey ? SPEED.pinch : SPEED.wheel)), at, by: [0, 0] });
    },
    { passive: false },
  );
  wireFingers(over, shares, { onView, onBegin });
}

/** @param {SVGSVGElement} over @param {(x: number, y: number) => number[]|null} shares @param {Listeners} listeners */
function wireFingers(over, shares, { onView, onBegin }) {
  /** @type {{middle: number[], apart: number}|null} */
  let before = null;
  const grip = (/** @type {Touch[]} */ [one, other]) => {
    const middle = shares((one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
    return middle && { middle, apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) };
  };
  // on whatever of the plane they are, its points too
  const here = (/** @type {TouchEvent} */ event) =>
    [...event.touches].filter(({ target }) => over.contains(/** @type {Node} */ (target)));
  const begin = (/** @type {TouchEvent} */ event) => {
    const fingers = here(event);
    before = fingers.length === 2 ? grip(fingers) : null;
    if (!before) return;
    event.preventDefault();
    onBegin();
  };
  const follow = (/** @type {TouchEvent} */ event) => {
    const fingers = here(event);
    const now = before && fingers.length === 2 ? grip(fingers) : null;
    if (!before || !now || !now.apart) return;
    event.preventDefault();
    const by = now.middle.map((share, axis) => share - /** @type {number[]} */ (before?.middle)[axis]);
    onView({ factor: before.apart / now.apart, at: before.middle, by });
    before = now;
  };
  over.addEventListener("touchstart", begin, { passive: false });
  over.addEventListener("touchmove", follow, { passive: false });
  over.addEventListener("touchend", begin);
  over.addEventListener("touchcancel", () => (before = null));
}

/** @param {Box|null} box */
const widthOf = (box) => (box ? box.right - box.left : 1);

const doesScroll = () => document.documentElement.scrollHeight > document.documentElement.clientHeight + 1;

/**
 * The keys that change a view: + and − about a place, < and > sideways, 0 back to the whole of it.
 * @param {(turn: ViewChange|null) => void} onView @param {() => number[]} placeNow that is zoomed about, as shares
 * @returns {Record<string, () => void>}
 */
export const viewKeys = (onView, placeNow) => ({
  ...Object.fromEntries(
    Object.entries(KEYS).map(([key, { factor = 1, by = 0 }]) => [
      key,
      () => onView({ factor, at: placeNow(), by: [by, 0] }),
    ]),
  ),
  0: () => onView(null),
});

/**
 * The button that leads back to the whole view, where a part of it is shown.
 * @param {HTMLElement} plane @param {() => void} onPress
 * @returns {(isPart: boolean) => void}
 */
export function createWholeButton(plane, onPress) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "whole-view";
  button.ariaLabel = "Whole view";
  const house = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  house.append(svg("path", { d: "M2 8l6-5.5L14 8M4 7v6.5h8V7" }));
  button.append(house);
  button.title = "Back to the whole view, as a double click";
  button.hidden = true;
  button.addEventListener("click", onPress);
  plane.append(button);
  return (isPart) => void (button.hidden = !isPart);
}
