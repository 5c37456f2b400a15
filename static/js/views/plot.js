/** @typedef {{data: Record<string, any>[], layout: Record<string, any>}} Figure */

const PAUSE = 100; // milliseconds between two drawings: Plotly lines are batched at ten a second
const CONFIG = { displayModeBar: false, displaylogo: false, plotlyServerURL: "", modeBarButtonsToRemove: ["sendChartToCloud"] };

/**
 * A place for one figure: `show` draws the newest one, at most ten times a second; it follows the size of its place.
 * @param {HTMLElement} element
 * @param {{config?: Record<string, any>}} [more]
 */
export function createPlot(element, { config = {} } = {}) {
  /** @type {(() => Figure)|null} */
  let newest = null;
  /** @type {(() => Figure)|null} */
  let next = null;
  /** @type {Record<string, any>|null} */
  let change = null;
  let timer = 0;
  let last = 0;
  let away = false; // the page was left: nothing is there to draw on until it is shown again

  const draw = () => {
    timer = 0;
    const { clientWidth: width, clientHeight: height } = element;
    if (away || !width || !height) return; // not laid out; drawn when it is
    last = performance.now();
    const [figure, adjusted] = [next, change];
    [next, change] = [null, null];
    if (figure) {
      const { data, layout } = figure();
      globalThis.Plotly.react(element, data, { ...layout, width, height }, { ...CONFIG, ...config });
    } else if (adjusted) globalThis.Plotly.relayout(element, adjusted);
  };
  const schedule = () => {
    timer ||= setTimeout(() => requestAnimationFrame(draw), Math.max(0, last + PAUSE - performance.now()));
  };
  new ResizeObserver(() => {
    if (newest && !next) change = { ...change, width: element.clientWidth, height: element.clientHeight };
    if (newest) schedule();
  }).observe(element);
  addEventListener("pagehide", () => {
    away = true;
    globalThis.Plotly?.purge(element);
  });
  addEventListener("pageshow", (event) => {
    away = false;
    if (!event.persisted || !newest) return;
    next = newest;
    schedule();
  });
  return {
    /** @param {() => Figure} figure */
    show(figure) {
      newest = next = figure;
      schedule();
    },
    /** Changes the layout of the figure that is there, its data untouched. @param {Record<string, any>} layout */
    adjust(layout) {
      change = { ...change, ...layout };
      schedule();
    },
  };
}
