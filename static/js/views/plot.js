/** @typedef {{data: Record<string, any>[], layout: Record<string, any>}} Figure */

const PAUSE = 100; // milliseconds between two drawings: Plotly lines are batched at ten a second
const CONFIG = { displayModeBar: false, displaylogo: false, plotlyServerURL: "", modeBarButtonsToRemove: ["sendChartToCloud"], responsive: true };

/**
 * A place for one figure: `show` draws the newest one, at most ten times a second.
 * @param {HTMLElement} element
 */
export function createPlot(element) {
  /** @type {(() => Figure)|null} */
  let next = null;
  let timer = 0;
  let last = 0;

  const draw = () => {
    timer = 0;
    if (!next) return;
    last = performance.now();
    const { data, layout } = next();
    next = null;
    globalThis.Plotly.react(element, data, { ...layout, autosize: true }, CONFIG);
  };
  addEventListener("pagehide", () => globalThis.Plotly?.purge(element));
  return {
    /** @param {() => Figure} figure */
    show(figure) {
      next = figure;
      if (!timer) timer = setTimeout(() => requestAnimationFrame(draw), Math.max(0, last + PAUSE - performance.now()));
    },
  };
}
