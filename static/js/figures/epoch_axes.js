/** @typedef {import("../theme.js").Palette} Palette */
/** @typedef {{x: number[], y: (number|null)[], name: string, dash?: string, color: string, text: string[]}} Line */

/**
 * The layout that the curves over epochs share: quiet axes, a title inside, room for the labels at the lines.
 * @param {string} title @param {number} last the newest epoch @param {Palette} colors @param {Record<string, any>} yaxis @param {Record<string, any>[]} annotations
 */
export function epochLayout(title, last, colors, yaxis, annotations) {
  const font = { family: colors.font, size: colors.size, color: colors.soft };
  const axis = { gridcolor: colors.grid, zeroline: false, fixedrange: true, tickfont: font, linecolor: colors.line, automargin: false };
  return {
    font,
    margin: { l: 4.15 * colors.size, r: 3.55 * colors.size, t: 2.6 * colors.size, b: 2.3 * colors.size },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    showlegend: false,
    hovermode: "x unified",
    hoverdistance: -1, // wherever the pointer is, the nearest epoch tells its values
    hoverlabel: { bgcolor: colors.panel, bordercolor: colors.line, font: { ...font, color: colors.ink } },
    xaxis: { ...axis, rangemode: "tozero", ...(last < 6 ? { tick0: 0, dtick: 1, range: [0, Math.max(1, last) * 1.04] } : { nticks: 6 }), showgrid: false, ticks: "outside", ticklen: 3, tickcolor: colors.line, hoverformat: ".5~r", unifiedhovertitle: { text: "epoch %{x}" } },
    yaxis: { ...axis, nticks: 6, ...yaxis },
    annotations: [
      { text: `<b>${title}</b> by epoch`, xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", yanchor: "bottom", yshift: 6, showarrow: false, font: { ...font, size: font.size + 2, color: colors.ink } },
      ...annotations,
    ],
  };
}

/**
 * Plotly's form of one line.
 * @param {Line} line
 */
export function lineTrace(line) {
  return {
    type: "scatter", mode: line.x.length > 1 ? "lines" : "markers", name: line.name, x: line.x, y: line.y, text: line.text,
    hovertemplate: "%{text}", connectgaps: false, line: { color: line.color, width: 2.6, dash: line.dash ?? "solid" }, marker: { color: line.color, size: 8 },
  };
}

/**
 * Labels at the ends of lines, pushed apart where the lines meet.
 * @param {Line[]} lines @param {Palette} colors @param {boolean} logarithmic
 */
export function endLabels(lines, colors, logarithmic) {
  const ends = lines.filter((line) => line.x.length).map((line) => ({ line, at: lastPoint(line) }));
  const ranked = [...ends].sort((a, b) => b.at.y - a.at.y);
  return ranked.map(({ line, at }, rank) => ({
    text: line.name, x: at.x, y: logarithmic ? Math.log10(Math.max(at.y, 1e-12)) : at.y, xanchor: "left", yanchor: "middle", xshift: 7,
    yshift: ranked.length > 1 ? (rank === 0 ? 0.62 : -0.62) * colors.size : 0, showarrow: false,
    font: { family: colors.font, size: colors.size, color: line.color, weight: 650 },
  }));
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
