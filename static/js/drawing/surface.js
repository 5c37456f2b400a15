import { axisNames, sceneLayout } from "./scene_axes.js";
import { traced } from "./space_lines.js";
import { heightScale } from "./tones.js";
import { hiding } from "./viewpoint.js";

/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./viewpoint.js").Box} Box */
/** @typedef {import("./viewpoint.js").Camera} Camera */
/** @typedef {import("./viewpoint.js").Surface} Surface */

const NAMES = [
  { text: "x", symbol: "x" },
  { text: "y", symbol: "y" },
];

/**
 * A function of two variables as a surface in space, and marks above it.
 * @param {{surface: Surface, box: Box, camera: Camera, marks: Mark[], colors: import("../base/theme.js").Palette,
 *   names?: {text: string, symbol: string}[], tones?: number[]}} input `tones`: the heights with the palest and the
 *   fullest tone, unless those of the box
 * @returns {import("./scene_axes.js").SceneFigure}
 */
export function functionSurface({ surface, box, camera, marks, colors, names = NAMES, tones = box.z }) {
  const [low, high] = tones;
  return {
    box,
    camera,
    marks: [...axisNames(box, camera, names, colors.size / 13), ...marks],
    net: () => traced(netOf(surface), "soft", hiding(camera, box, surface), true),
    data: [
      {
        type: "surface",
        ...surface,
        cmin: low,
        cmax: high,
        colorscale: heightScale(colors, 0.62),
        showscale: false,
        hoverinfo: "skip",
        contours: {
          x: { highlight: false },
          y: { highlight: false },
          z: {
            highlight: false,
            show: true,
            start: low,
            end: high,
            size: (high - low) / 12,
            color: colors.panel,
            width: 1,
          },
        },
        lighting: { ambient: 0.78, diffuse: 0.42, specular: 0.04, roughness: 0.9 },
      },
    ],
    layout: sceneLayout(box, camera, colors),
  };
}

/**
 * The surface as a net, for a browser that draws nothing in space.
 * @param {Surface} surface
 * @returns {number[][][]}
 */
function netOf({ x, y, z }) {
  const picked = (/** @type {number[]} */ values) => values.map((_, index) => index).filter((index) => index % 5 === 0);
  const along = picked(y).map((row) => x.map((value, column) => [value, y[row], z[row][column]]));
  const across = picked(x).map((column) => y.map((value, row) => [x[column], value, z[row][column]]));
  return /** @type {number[][][]} */ ([...along, ...across].map((line) => line.filter((point) => point[2] !== null)));
}
