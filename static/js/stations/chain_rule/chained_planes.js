import { nudgeLinks } from "./nudge_links.js";
import { compositeFigure, innerFigure, outerFigure } from "./nudge_planes.js";
import { createPlaneLinks } from "./plane_links.js";
import { createPlane } from "../../drawing/plane.js";

/** @typedef {import("./nudge_planes.js").Input} Input */

/**
 * Three planes for u = g(x), y = f(u) and y = f(g(x)), with what leads from one to the next.
 * @param {HTMLElement} root holds the places of the planes @param {HTMLElement[]} places in that order
 * @param {NonNullable<Parameters<typeof createPlane>[1]> & {onImage?: (change:
 *   import("../../base/view_domain.js").ViewChange|null) => void}} [parts] what hears that x is moved, and that another
 *   part is to be seen: `onView` of the planes over x, `onImage` of the one over u
 */
export function createChainedPlanes(root, places, parts = {}) {
  const links = createPlaneLinks(root);
  const planes = [innerFigure, outerFigure, compositeFigure].map((figure, index) => ({
    figure,
    place: places[index],
    plane: createPlane(places[index], figure === outerFigure ? { ...parts, onView: parts.onImage } : parts),
  }));
  /** @type {Input|null} */
  let shown = null;

  const link = () => {
    if (!shown) return;
    const [inner, outer, composite] = planes.map(({ place, plane }) =>
      links.placed(place, /** @type {NonNullable<ReturnType<typeof plane.mapping>>} */ (plane.mapping())),
    );
    links.draw(nudgeLinks({ inner, outer, composite, nudge: shown.nudge, progress: shown.progress }));
  };
  new ResizeObserver(link).observe(root);
  return (/** @type {Input} */ input, isPart = false) => {
    shown = input;
    for (const { plane, figure } of planes) {
      const next = figure(input);
      plane.show({ ...next, isPart }, next.data);
    }
    link();
  };
}
