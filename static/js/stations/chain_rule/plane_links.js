import { arrowHead, svg } from "../../drawing/svg.js";

/** @typedef {import("./nudge_links.js").Link} Link */
/** @typedef {import("../../drawing/plane_axes.js").Mapping} Mapping */

const HEAD = 8; // pixels that the head of a wire is long
const ROUND = 9; // radius of a wire's corners, in pixels

/**
 * A layer above several planes for what leads from one to the other.
 * @param {HTMLElement} root
 */
export function createPlaneLinks(root) {
  const layer = svg("svg", { class: "plane-links", "aria-hidden": "true" });
  root.append(layer);
  return {
    /**
     * Where the points of a plane are on this layer.
     * @param {HTMLElement} element of the plane @param {Mapping} map
     * @returns {Mapping}
     */
    placed(element, map) {
      const [corner, here] = [layer.getBoundingClientRect(), element.getBoundingClientRect()];
      const [dx, dy] = [here.left - corner.left, here.top - corner.top];
      const { left, right, top, bottom } = map.box;
      return {
        ranges: map.ranges,
        box: { left: left + dx, right: right + dx, top: top + dy, bottom: bottom + dy },
        toPixels(point) {
          const [x, y] = map.toPixels(point);
          return [x + dx, y + dy];
        },
        toPoint: (x, y) => map.toPoint(x - dx, y - dy),
      };
    },
    /** @param {Link[]} links */
    draw: (links) => layer.replaceChildren(...links.flatMap(drawn)),
  };
}

/** @param {Link} link @returns {SVGElement[]} */
function drawn(link) {
  if (link.kind === "wire") {
    const [before, end] = link.points.slice(-2);
    return [
      svg("path", { class: `mark thin ${link.symbol}`, d: rounded(link.points) }),
      arrowHead(before, end, HEAD, link.symbol),
    ];
  }
  if (link.kind === "bar")
    return [
      svg("line", { class: `bar ${link.symbol}`, x1: link.from[0], y1: link.from[1], x2: link.to[0], y2: link.to[1] }),
    ];
  const [x, y] = link.at;
  const isBead = link.kind === "bead";
  const name = svg("text", {
    class: `mark-label ${isBead ? "" : "axis-label"} ${link.symbol}`,
    x,
    y: isBead ? y - 12 : y,
    "text-anchor": isBead ? "middle" : link.anchor,
  });
  name.textContent = link.text;
  if (!isBead) return [ground(link), name];
  return [svg("circle", { class: `dot ${link.symbol}`, cx: x, cy: y, r: 8 }), name];
}

/** The numbers of an axis stay out from under what is read on it. @param {Extract<Link, {kind: "label"}>} label */
function ground({ at: [x, y], anchor, text }) {
  const size = document.documentElement.hasAttribute("data-projector") ? 16 : 13;
  const width = text.length * size * 0.67;
  return svg("rect", {
    class: "ground",
    x: anchor === "middle" ? x - width / 2 : x - 3,
    y: y - size - 3,
    width: width + 3,
    height: size + 8,
  });
}

/** A line through points, with round corners. @param {number[][]} points */
function rounded(points) {
  const parts = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before) return `M${point.join(" ")}`;
    if (!after) return `L${point.join(" ")}`;
    return `L${towards(point, before).join(" ")}Q${point.join(" ")} ${towards(point, after).join(" ")}`;
  });
  return parts.join("");
}

/** @param {number[]} from @param {number[]} to */
function towards([x, y], [tx, ty]) {
  const length = Math.hypot(tx - x, ty - y);
  const share = length ? Math.min(ROUND, length / 2) / length : 0;
  return [x + (tx - x) * share, y + (ty - y) * share];
}
