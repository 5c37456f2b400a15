import { heightScale } from "./tones.js";

/** @typedef {import("./plane_axes.js").Range} Range */
/** @typedef {import("../base/theme.js").Palette} Palette */

/**
 * Contour lines at values that read well, over tones of height.
 * @param {any} surface @param {Range} heights @param {Palette} colors
 */
export const contours = ({ x, y, z }, heights, colors) => ({
  type: "contour",
  x,
  y,
  z,
  zmin: heights[0],
  zmax: heights[1],
  showscale: false,
  hoverinfo: "skip",
  colorscale: heightScale(colors, 0.5),
  autocontour: false,
  contours: {
    coloring: "heatmap",
    ...levels(heights),
    showlabels: true,
    labelfont: { size: colors.size - 1, color: colors.soft, family: colors.font },
  },
  line: { color: colors.soft, width: 0.8, smoothing: 0.6 },
});

/** Contour lines at values that read well. @param {Range} heights */
function levels([low, high]) {
  const rough = (high - low) / 12;
  const power = 10 ** Math.floor(Math.log10(rough));
  const size = power * ([10, 5, 2].find((each) => each * power <= rough * 1.2) ?? 1);
  return { start: Math.ceil(low / size) * size, end: high, size };
}
