import { thickened } from "./plot.js";
import { pixel, svg } from "./svg.js";

/** @typedef {import("./plane_axes.js").PlaneFigure} PlaneFigure */
/** @typedef {import("./plane_axes.js").Mapping} Mapping */

const DASHES = /** @type {Record<string, string>} */ ({ dash: "9 9", dot: "3 3" });

/**
 * The curves of a plane and the lines through 0, where Plotly will draw them when it is there.
 * @param {SVGSVGElement} place @param {PlaneFigure} figure @param {Mapping} map
 */
export function drawStandIn(place, { data, layout }, map) {
  const { left, right, top, bottom } = map.box;
  const id = `${place.parentElement?.id}-stand-in`;
  const clip = svg("clipPath", { id });
  clip.append(svg("rect", { x: left, y: top, width: right - left, height: bottom - top }));
  const inside = svg("g", { "clip-path": `url(#${id})`, fill: "none" });
  const [x, y] = map.toPixels([0, 0]);
  for (const [axis, d] of /** @type {const} */ ([
    ["yaxis", `M${left} ${pixel(y)}H${right}`],
    ["xaxis", `M${pixel(x)} ${top}V${bottom}`],
  ]))
    inside.append(
      svg("path", { d, stroke: layout[axis].zerolinecolor ?? "none", "stroke-width": layout[axis].zerolinewidth ?? 1 }),
    );
  for (const { mode, x: across, y: up, line } of thickened(data)) {
    if (!mode?.includes("lines") || !line?.color) continue;
    inside.append(
      svg("path", {
        d: pathThrough(across, up, map),
        stroke: line.color,
        "stroke-width": line.width ?? 2,
        "stroke-dasharray": DASHES[line.dash] ?? "none",
      }),
    );
  }
  place.replaceChildren(clip, inside);
}

/**
 * A line through points, with gaps where there is none.
 * @param {number[]} x @param {(number|null)[]} y @param {Mapping} map
 */
function pathThrough(x, y, map) {
  let isDown = false;
  return [...x]
    .map((across, index) => {
      const up = y[index];
      const step =
        up === null || across === null ? "" : `${isDown ? "L" : "M"}${map.toPixels([across, up]).map(pixel).join(" ")}`;
      isDown = step !== "";
      return step;
    })
    .join("");
}
