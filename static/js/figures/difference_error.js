/**
 * The error of the secant's slope against Δx, both logarithmic: it falls with Δx, until the computer runs out of digits.
 * @param {{table: {delta: number, error: number|null}[], delta: number, error: number|null, step: string, colors: import("../theme.js").Palette}} input
 */
export function differenceError({ table, delta, error, step, colors }) {
  const rows = table.filter((row) => row.error !== null && row.error !== 0);
  const axis = { type: "log", gridcolor: colors.grid, fixedrange: true, exponentformat: "power", tickfont: { size: colors.size - 1 }, dtick: 3 };
  const point = error ? [{ type: "scatter", mode: "markers", x: [Math.abs(delta)], y: [Math.abs(error)], marker: { color: colors.dx, size: 12, line: { color: colors.panel, width: 2 } }, hoverinfo: "skip" }] : [];
  return {
    data: [
      {
        type: "scatter", mode: "lines+markers", x: rows.map((row) => Math.abs(row.delta)), y: rows.map((row) => Math.abs(row.error ?? 0)),
        line: { color: colors.ink, width: 2 }, marker: { color: colors.ink, size: 6 }, hovertemplate: `${step} = %{x:.0e}<br>error %{y:.2e}<extra></extra>`,
      },
      ...point,
    ],
    layout: {
      margin: { l: 54, r: 10, t: 8, b: 40 }, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, dragmode: false,
      font: { family: colors.font, size: colors.size, color: colors.soft },
      xaxis: { ...axis, title: { text: `|${step}|`, standoff: 6 } }, yaxis: { ...axis, title: { text: "|error|", standoff: 2 } },
    },
  };
}
