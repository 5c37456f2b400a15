/** @typedef {import("../base/theme.js").Palette} Palette */
/** @typedef {[number, number]} Range */

/**
 * What stands on a plane beside its curves and moves with the pointer, in the plane's own coordinates.
 * `symbol` is the class that colors a mark; a `free` label steps aside from what it would cover; a mark with a `handle`
 * can be dragged and moved by keys, one with a `press` can be clicked.
 * @typedef {{kind: "segment", from: number[], to: number[], symbol: string, dash?: string, thin?: boolean}
 *   | {kind: "line", through: number[], slope: number, symbol: string, dash?: string, reach?: number}
 *   | {kind: "path", points: number[][], symbol: string, filled?: boolean, thin?: boolean, dash?: string}
 *   | {kind: "arrow", from: number[], to: number[], symbol: string, thin?: boolean, dash?: string}
 * | {kind: "label", at: number[], text: string, symbol: string, shift?: number[], anchor?: "start"|"middle"|"end",
 *   free?: boolean}
 * | {kind: "point", at: number[], symbol: string, shape?: "circle"|"square"|"diamond"|"triangle", hollow?: boolean,
 *   handle?: Handle, press?: {id: string, label: string}}} Mark
 * @typedef {{id: string, label: string, value: string, now: number, axes?: "x"|"y"|"both"}} Handle
 * @typedef {{data: Record<string, any>[], layout: Record<string, any>, marks: Mark[], square?: boolean, isPart?:
 *   boolean}} PlaneFigure
 *   `square`: one unit is as long to the right as upwards, so that angles are true; `isPart`: another part
 *   than the whole view is seen
 */

/**
 * Where the points of a plane are on the screen: in pixels, of the plane or of what holds it.
 * @typedef {{toPixels: (point: number[]) => [number, number], toPoint: (x: number, y: number) => [number, number], box:
 *   {left: number, top: number, right: number, bottom: number}, ranges: {x: number[], y: number[]}, width?: number,
 *   held?: {left: number, top: number, right: number, bottom: number}[]}} Mapping
 *   `width`: of the whole plane, with the margin beside its axes; `held`: where a button stands
 */

const PLACES = 200;
const LINES = 5; // across a plane, about
const [LETTER, AROUND_NAMES, MOST_ROOM] = [7.4, 12, 120]; // pixels, at the usual size of letters
export const MARGIN = { l: 46, r: 14, t: 10, b: 26 };

/**
 * Axes with fixed margins and ranges, so that marks above the plot know where its points are.
 * @param {{x: Range, y: Range, colors: Palette, xTitle?: string, yTitle?: string, ticks?: boolean, margin?: typeof
 *   MARGIN}} input
 */
export function planeLayout({ x, y, colors, xTitle = "", yTitle = "", ticks = true, margin = MARGIN }) {
  const scale = colors.size / 13;
  const axis = {
    gridcolor: colors.grid,
    zerolinecolor: colors.line,
    zerolinewidth: 1.5,
    tickfont: { size: colors.size },
    fixedrange: true,
    exponentformat: "power",
    minexponent: 5,
  };
  const shared = { family: colors.font, size: colors.size, color: colors.soft };
  return {
    margin: {
      l: Math.max(margin.l, roomForNames(y)) * scale,
      r: margin.r,
      t: margin.t,
      b: ticks || xTitle ? margin.b * scale : 8,
    },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: shared,
    showlegend: false,
    dragmode: false,
    hovermode: false,
    xaxis: { ...axis, range: [...x], showticklabels: ticks, title: { text: xTitle, standoff: 4 }, nticks: 9 },
    yaxis: { ...axis, range: [...y], title: { text: yTitle, standoff: 4 }, nticks: 6 },
  };
}

/**
 * How wide the names of an axis are beside it, in pixels: more digits where a narrow range is far from 0.
 * @param {Range} range
 */
function roomForNames([low, high]) {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const decimals = Math.max(0, -Math.floor(Math.log10((high - low) / LINES)));
  const whole = Math.max(1, Math.floor(Math.log10(largest || 1)) + 1);
  const letters = (low < 0 ? 1 : 0) + whole + (decimals ? decimals + 1 : 0);
  return Math.min(MOST_ROOM, AROUND_NAMES + LETTER * letters);
}

/**
 * Figures above one another, whose axes begin at the same place.
 * @param {...PlaneFigure} figures
 */
export function aligned(...figures) {
  const l = Math.max(...figures.map(({ layout }) => layout.margin.l));
  return figures.map((figure) => ({
    ...figure,
    layout: { ...figure.layout, margin: { ...figure.layout.margin, l } },
  }));
}

/**
 * The same axes with wider margins, so that one unit is as long to the right as upwards.
 * @param {Record<string, any>} layout @param {number} width @param {number} height of the place, in pixels
 * @returns {Record<string, any>}
 */
export function squareLayout(layout, width, height) {
  const { l, r, t, b } = layout.margin;
  const span = (/** @type {{range: number[]}} */ { range: [low, high] }) => high - low;
  const room = [width - l - r, height - t - b];
  const unit = Math.max(0, Math.min(room[0] / span(layout.xaxis), room[1] / span(layout.yaxis)));
  const [aside, above] = [(room[0] - unit * span(layout.xaxis)) / 2, (room[1] - unit * span(layout.yaxis)) / 2];
  return { ...layout, margin: { l: l + aside, r: r + aside, t: t + above, b: b + above } };
}

/**
 * A curve with gaps where the function has no value.
 * @param {{x: number[], y: (number|null)[], color: string, width?: number, dash?: string}} curve
 */
export function curveTrace({ x, y, color, width = 3, dash = "solid" }) {
  return {
    type: "scatter",
    mode: "lines",
    x,
    y,
    connectgaps: false,
    hoverinfo: "skip",
    line: { color, width, dash, simplify: false },
  };
}

/**
 * The heights of a curve at even places, where it was sampled closer in some parts than in others.
 * @param {number[]} x @param {(number|null)[]} y
 */
export function evenly(x, y) {
  const heights = [];
  for (let place = 0, index = 0; place <= PLACES; place += 1) {
    const at = x[0] + ((x[x.length - 1] - x[0]) * place) / PLACES;
    while (index + 1 < x.length && Math.abs(x[index + 1] - at) <= Math.abs(x[index] - at)) index += 1;
    heights.push(y[index]);
  }
  return heights;
}

/**
 * A range that holds the values with some air; poles do not flatten the rest, and `always` is in it.
 * @param {(number|null)[]} values
 * @param {number[]} [always]
 * @param {number} [air] share of the range left free above and below
 * @returns {Range}
 */
export function fitRange(values, always = [], air = 0.12) {
  const finite = /** @type {number[]} */ (values.filter((value) => value !== null)).sort((a, b) => a - b);
  if (!finite.length) return [-1, 1];
  const at = (/** @type {number} */ share) => finite[Math.round(share * (finite.length - 1))];
  let [low, high] = [finite[0], finite[finite.length - 1]];
  const middle = at(0.9) - at(0.1) || high - low;
  if (high - low > 12 * middle && middle > 0)
    [low, high] = [Math.max(low, at(0.1) - 2 * middle), Math.min(high, at(0.9) + 2 * middle)];
  low = Math.min(low, ...always);
  high = Math.max(high, ...always);
  if (high - low < 1e-9 * Math.max(1, Math.abs(high))) [low, high] = [low - 1, high + 1];
  const space = (high - low) * air;
  return [low - space, high + space];
}
