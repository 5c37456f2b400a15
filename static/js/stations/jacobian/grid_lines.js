/** @typedef {import("./local_map.js").Vector} Vector */
/**
 * @typedef {{along: string, fixed: number, x: Vector[], image: Vector[]}} GridLine a line of the grid and its image,
 *   coordinate by coordinate
 */
/** @typedef {import("../../drawing/plane_axes.js").Range} Range */

const NICE = [1, 2, 5, 10];
const STEPS = 18; // of a round length in a range, about

/**
 * The lines of a grid as two curves with gaps: those along the first input, and those along the second, which are
 * finer.
 * @param {GridLine[]} lines @param {"x"|"image"} picture @param {string[]} variables @param {string} color
 */
export function gridTraces(lines, picture, variables, color) {
  return variables.map((variable, index) => {
    const chosen = lines.filter((line) => line.along === variable);
    const outputs = chosen[0]?.[picture].length ?? 0;
    const [x, y, z] = Array.from({ length: outputs }, (_, axis) =>
      chosen.flatMap((line) => [...line[picture][axis], null]),
    );
    return {
      x,
      y,
      ...(z ? { z } : {}),
      mode: "lines",
      connectgaps: false,
      hoverinfo: "skip",
      opacity: index ? 0.5 : 0.9,
      line: { color, width: index ? 1.2 : 1.6 },
    };
  });
}

/**
 * Ranges of the same length around points, on round numbers, so that axes stand still while the points move a little.
 * @param {Range[]} boxes from the lowest to the highest value, one for each axis
 * @returns {Range[]}
 */
export function evenRanges(boxes) {
  const longest = Math.max(...boxes.map(([low, high]) => high - low)) || 1;
  const step = roundUp(longest / STEPS);
  const wide = boxes.map(([low, high]) => [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]);
  const span = Math.max(...wide.map(([low, high]) => high - low), 1);
  return wide.map(([low, high]) => {
    const spare = span - (high - low);
    return [(low - Math.floor(spare / 2)) * step, (high + Math.ceil(spare / 2)) * step];
  });
}

/** From the lowest to the highest of some values, a null left out. @param {Vector} values @returns {Range} */
export function extent(values) {
  const known = /** @type {number[]} */ (values.filter((value) => value !== null));
  return known.length ? [Math.min(...known), Math.max(...known)] : [0, 0];
}

/** The next of 1, 2, 5, 10, 20 … @param {number} value */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return (NICE.find((nice) => nice * power >= value * (1 - 1e-9)) ?? 10) * power;
}
