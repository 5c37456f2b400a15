/** @typedef {import("../base/theme.js").Palette} Palette */
/** @typedef {{x: number[], y: (number|null)[], name: string, dash?: string, color: string, text: string[]}} Line */

const QUIET = {
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
  showlegend: false,
  hovermode: "x unified",
  hoverdistance: -1, // wherever the pointer is, the nearest epoch tells its values
};

/** The room around the axes, for a size of text. @param {number} size */
export const epochMargins = (size) => ({ l: 4.15 * size, r: 4.85 * size, t: 2.6 * size, b: 2.3 * size });

/** From where to where the axis of epochs goes. @param {number} last the newest epoch @returns {[number, number]} */
export const epochRange = (last) => [0, last < 6 ? Math.max(1, last) * 1.04 : last];

/**
 * The layout that the curves over epochs share: quiet axes, a title inside, room for the labels at the lines.
 * @param {string} title
 * @param {number} last the newest epoch
 * @param {Palette} colors
 * @param {Record<string, any>} yaxis
 * @param {Record<string, any>[]} annotations
 */
export function epochLayout(title, last, colors, yaxis, annotations) {
  const font = { family: colors.font, size: colors.size, color: colors.soft };
  const axis = {
    gridcolor: colors.grid,
    zeroline: false,
    fixedrange: true,
    tickfont: font,
    linecolor: colors.line,
    automargin: false,
  };
  return {
    font,
    ...QUIET,
    margin: epochMargins(colors.size),
    hoverlabel: { bgcolor: colors.panel, bordercolor: colors.line, font: { ...font, color: colors.ink } },
    xaxis: {
      ...axis,
      range: epochRange(last),
      ...(last < 6 ? { tick0: 0, dtick: 1 } : { nticks: 6 }),
      showgrid: false,
      ticks: "outside",
      ticklen: 3,
      tickcolor: colors.line,
      hoverformat: ".5~r",
      unifiedhovertitle: { text: "epoch %{x}" },
    },
    yaxis: { ...axis, nticks: 6, ...yaxis },
    annotations: [titleOf(title, { ...font, size: font.size + 2, color: colors.ink }), ...annotations],
  };
}

/** @param {string} title @param {Record<string, any>} font */
const titleOf = (title, font) => ({
  text: `<b>${title}</b> by epoch`,
  xref: "paper",
  yref: "paper",
  x: 0,
  y: 1,
  xanchor: "left",
  yanchor: "bottom",
  yshift: 6,
  showarrow: false,
  font,
});

/**
 * Plotly's form of one line.
 * @param {Line} line
 */
export function lineTrace(line) {
  return {
    type: "scatter",
    mode: line.x.length > 1 ? "lines" : "markers",
    name: line.name,
    x: line.x,
    y: line.y,
    text: line.text,
    hovertemplate: "%{text}",
    connectgaps: false,
    line: { color: line.color, width: 2.6, dash: line.dash ?? "solid" },
    marker: { color: line.color, size: 8 },
  };
}

/**
 * A line down at the epoch that is looked at, and a point on each curve there.
 * @param {number|null} epoch @param {Line[]} lines @param {Palette} colors
 * @returns {{shapes: Record<string, any>[], points: Record<string, any>[]}}
 */
export function momentMarks(epoch, lines, colors) {
  if (epoch === null) return { shapes: [], points: [] };
  const line = { color: colors.ink, width: 1.4 };
  const shape = { type: "line", xref: "x", yref: "paper", x0: epoch, x1: epoch, y0: 0, y1: 1, line };
  const points = lines.flatMap(({ x, y, color }) => {
    const at = x.indexOf(epoch);
    const marker = { color, size: 11, line: { color: colors.panel, width: 2 } };
    return at < 0 ? [] : [{ type: "scatter", mode: "markers", x: [epoch], y: [y[at]], marker, hoverinfo: "skip" }];
  });
  return { shapes: [shape], points };
}

/**
 * Labels at the right border, each at the height where its line ends, pushed apart where the ends meet.
 * @param {Line[]} lines @param {Palette} colors
 * @param {{logarithmic?: boolean, top?: number}} [axis] `top`: where the axis ends, if not at the highest point
 */
export function endLabels(lines, colors, { logarithmic = false, top } = {}) {
  const on = (/** @type {number} */ y) => (logarithmic ? Math.log10(Math.max(y, 1e-12)) : y);
  const ends = lines.filter((line) => line.x.length).map((line) => ({ line, at: on(lastPoint(line).y) }));
  const all = lines.flatMap(({ y }) => y.flatMap((one) => (one === null ? [] : [on(one)])));
  const low = logarithmic ? Math.min(...all) : 0;
  const high = top ?? Math.max(...all);
  const ranked = [...ends].sort((a, b) => b.at - a.at);
  const wanted = ranked.map(({ at }) => (HEIGHT * (at - low)) / (high - low || 1));
  const places = apart(wanted);
  return ranked.map(({ line, at }, rank) => ({
    text: line.name,
    xref: "paper",
    x: 1,
    y: at,
    xanchor: "left",
    yanchor: "middle",
    xshift: 7,
    yshift: (places[rank] - wanted[rank]) * colors.size,
    showarrow: false,
    font: { family: colors.font, size: colors.size, color: line.color, weight: 650 },
  }));
}

const HEIGHT = 9; // of the axes, about, in sizes of the text
const LINE = 1.24; // between two labels, in the same

/** Heights at least a line from each other, near those that are wanted. @param {number[]} wanted the highest first */
function apart(wanted) {
  /** @type {number[]} */
  const down = [];
  for (const height of wanted) down.push(Math.min(height, (down.at(-1) ?? Infinity) - LINE));
  /** @type {number[]} */
  const up = [];
  for (const height of down.reverse()) up.unshift(Math.max(height, up.length ? up[0] + LINE : 0));
  return up;
}

/** @param {Line} line */
function lastPoint(line) {
  let index = line.y.length - 1;
  while (index > 0 && line.y[index] === null) index -= 1;
  return { x: line.x[index], y: line.y[index] ?? 0 };
}

/**
 * At most `most` points, always with the first and the last.
 * @template T
 * @param {T[]} points @param {number} [most]
 * @returns {T[]}
 */
export function decimate(points, most = 600) {
  if (points.length <= most) return points;
  const stride = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => points[Math.round(index * stride)]);
}
