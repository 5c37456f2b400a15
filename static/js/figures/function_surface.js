import { heightScale } from "./tones.js";
import { cameraOf, SIDES } from "./viewpoint.js";

/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./viewpoint.js").Box} Box */
/** @typedef {import("./viewpoint.js").Camera} Camera */
/** @typedef {import("./viewpoint.js").Surface} Surface */
/** @typedef {{data: Record<string, any>[], layout: Record<string, any>, surface: Surface, box: Box, camera: Camera, marks: Mark[]}} SceneFigure marks have three coordinates */

/**
 * A function of two variables as a surface in space, and marks above it.
 * @param {{surface: Surface, box: Box, camera: Camera, marks: Mark[], colors: import("../theme.js").Palette}} input
 * @returns {SceneFigure}
 */
export function functionSurface({ surface, box, camera, marks, colors }) {
  const [low, high] = box.z;
  const axis = { gridcolor: colors.line, zerolinecolor: colors.line, linecolor: colors.line, showbackground: false, showspikes: false, tickfont: { size: colors.size - 1, color: colors.soft }, nticks: 5, title: { text: "" } };
  return {
    surface, box, camera, marks: [...axisNames(box, camera, colors.size / 13), ...marks],
    data: [{
      type: "surface", ...surface, cmin: low, cmax: high, colorscale: heightScale(colors, 0.62), showscale: false, hoverinfo: "skip",
      contours: { x: { highlight: false }, y: { highlight: false }, z: { highlight: false, show: true, start: low, end: high, size: (high - low) / 12, color: colors.panel, width: 1 } },
      lighting: { ambient: 0.78, diffuse: 0.42, specular: 0.04, roughness: 0.9 },
    }],
    layout: {
      margin: { l: 0, r: 0, t: 0, b: 0 }, paper_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: false, font: { family: colors.font, size: colors.size, color: colors.soft },
      scene: {
        xaxis: { ...axis, range: box.x }, yaxis: { ...axis, range: box.y }, zaxis: { ...axis, range: box.z },
        aspectmode: "manual", aspectratio: SIDES, dragmode: false, camera: cameraOf(camera),
      },
    },
  };
}

/** x and y at the edges of the floor in front, past their ticks. @param {Box} box @param {Camera} camera @param {number} scale of the text @returns {Mark[]} */
function axisNames({ x, y, z }, { turn }, scale) {
  const around = (turn * Math.PI) / 180;
  const beyond = (/** @type {number[]} */ [low, high], /** @type {boolean} */ first) => (first ? low - 0.18 * scale * (high - low) : high + 0.18 * scale * (high - low));
  const middle = (/** @type {number[]} */ [low, high]) => low + 0.55 * (high - low);
  return [
    { kind: "label", at: [middle(x), beyond(y, Math.sin(around) < 0), z[0]], text: "x", symbol: "x", anchor: "middle", shift: [0, 10] },
    { kind: "label", at: [beyond(x, Math.cos(around) < 0), middle(y), z[0]], text: "y", symbol: "y", anchor: "middle", shift: [0, 10] },
  ];
}

/**
 * The surface as a net, for a browser that draws nothing in space.
 * @param {Surface} surface
 * @returns {number[][][]}
 */
export function netOf({ x, y, z }) {
  const picked = (/** @type {number[]} */ values) => values.map((_, index) => index).filter((index) => index % 5 === 0);
  const along = picked(y).map((row) => x.map((value, column) => [value, y[row], z[row][column]]));
  const across = picked(x).map((column) => y.map((value, row) => [x[column], value, z[row][column]]));
  return /** @type {number[][][]} */ ([...along, ...across].map((line) => line.filter((point) => point[2] !== null)));
}
