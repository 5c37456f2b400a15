/** @typedef {import("../../base/theme.js").Palette} Palette */
/** @typedef {{delta: number, error: number|null}} Row */

/**
 * The error of the secant's slope against Δx, both logarithmic: it falls with Δx, until the computer runs out of
 * digits.
 * @param {{table: Row[], delta: number, error: number|null, step: string, colors: Palette}} input
 */
export function differenceError({ table, delta, error, step, colors }) {
  return {
    data: [errorCurve(table, step, colors), ...(error ? [pointNow(delta, error, colors)] : [])],
    layout: {
      margin: { l: 54, r: 10, t: 8, b: 40 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      showlegend: false,
      dragmode: false,
      font: { family: colors.font, size: colors.size, color: colors.soft },
      xaxis: logarithmicAxis(`|${step}|`, 6, colors),
      yaxis: logarithmicAxis("|error|", 2, colors),
    },
  };
}

/** @param {string} text @param {number} standoff @param {Palette} colors */
const logarithmicAxis = (text, standoff, colors) => ({
  type: "log",
  gridcolor: colors.grid,
  fixedrange: true,
  exponentformat: "power",
  tickfont: { size: colors.size - 1 },
  dtick: 3,
  title: { text, standoff },
});

/** @param {Row[]} table @param {string} step @param {Palette} colors */
function errorCurve(table, step, colors) {
  const rows = table.filter((row) => row.error !== null && row.error !== 0);
  return {
    type: "scatter",
    mode: "lines+markers",
    x: rows.map((row) => Math.abs(row.delta)),
    y: rows.map((row) => Math.abs(row.error ?? 0)),
    line: { color: colors.ink, width: 2 },
    marker: { color: colors.ink, size: 6 },
    hovertemplate: `${step} = %{x:.0e}<br>error %{y:.2e}<extra></extra>`,
  };
}

/** @param {number} delta @param {number} error @param {Palette} colors */
const pointNow = (delta, error, colors) => ({
  type: "scatter",
  mode: "markers",
  x: [Math.abs(delta)],
  y: [Math.abs(error)],
  marker: { color: colors.dx, size: 12, line: { color: colors.panel, width: 2 } },
  hoverinfo: "skip",
});
