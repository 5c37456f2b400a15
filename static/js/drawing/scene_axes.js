import { cameraOf, projection, SIDES } from "./viewpoint.js";

/** @typedef {import("./plane_axes.js").Mark} Mark */
/** @typedef {import("./viewpoint.js").Box} Box */
/** @typedef {import("./viewpoint.js").Camera} Camera */
/**
 * What stands in a box in space: Plotly draws `data`, `marks` with three coordinates stand above it, and `net` is drawn
 * instead of `data` where nothing is drawn in space.
 * @typedef {{data: Record<string, any>[], layout: Record<string, any>, box: Box, camera: Camera, marks: Mark[], net: ()
 *   => Mark[]}} SceneFigure
 */

const BEYOND = 0.18; // of a side: so far from the floor the names stand, past the ticks

/**
 * The axes of a scene, seen from where one stands; their names are marks.
 * @param {Box} box
 * @param {Camera} camera
 * @param {import("../base/theme.js").Palette} colors
 */
export function sceneLayout(box, camera, colors) {
  const axis = {
    gridcolor: colors.line,
    zerolinecolor: colors.line,
    linecolor: colors.line,
    showbackground: false,
    showspikes: false,
    tickfont: { size: colors.size - 1, color: colors.soft },
    nticks: 5,
    title: { text: "" },
  };
  return {
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: "rgba(0,0,0,0)",
    showlegend: false,
    hovermode: false,
    font: { family: colors.font, size: colors.size, color: colors.soft },
    scene: {
      xaxis: { ...axis, range: box.x },
      yaxis: { ...axis, range: box.y },
      zaxis: { ...axis, range: box.z },
      aspectmode: "manual",
      aspectratio: SIDES,
      dragmode: false,
      camera: cameraOf(camera),
    },
  };
}

/**
 * The names of the axes: two past the ticks at the edges of the floor in front, a third above the edge that stands
 * farthest to the left.
 * @param {Box} box
 * @param {Camera} camera
 * @param {{text: string, symbol: string}[]} names
 * @param {number} scale of the text
 * @returns {Mark[]}
 */
export function axisNames(box, camera, names, scale) {
  const { x, y, z } = box;
  const around = (camera.turn * Math.PI) / 180;
  const beyond = (/** @type {number[]} */ [low, high], /** @type {boolean} */ first) =>
    first ? low - BEYOND * scale * (high - low) : high + BEYOND * scale * (high - low);
  const middle = (/** @type {number[]} */ [low, high]) => low + 0.55 * (high - low);
  const toPixels = projection(camera, box, 1, 1);
  const [leftmost] = x
    .flatMap((side) => y.map((front) => [side, front, z[1]]))
    .sort((one, other) => toPixels(one)[0] - toPixels(other)[0]);
  const places = [
    [middle(x), beyond(y, Math.sin(around) < 0), z[0]],
    [beyond(x, Math.cos(around) < 0), middle(y), z[0]],
    leftmost,
  ];
  return names.map(({ text, symbol }, axis) => ({
    kind: "label",
    at: places[axis],
    text,
    symbol,
    anchor: "middle",
    shift: axis < 2 ? [0, 10] : [0, -12],
  }));
}
