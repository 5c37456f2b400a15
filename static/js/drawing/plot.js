import { thickness } from "../base/theme.js";

/** @typedef {{data: Record<string, any>[], layout: Record<string, any>}} Figure */

const PAUSE = 100; // milliseconds between two drawings: Plotly lines are batched at ten a second
const AGAIN = 1500; // milliseconds until Plotly is asked for again
const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["sendChartToCloud"],
};

/** @type {Promise<void>|null} */
let loading = null;

/**
 * Plotly, asked for when the first figure is shown and the browser has painted what does without it: reading Plotly
 * keeps a browser busy for a second.
 */
function loadPlotly() {
  loading ??= (async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.plotly ?? "";
    await new Promise((resolve) => {
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => setTimeout(resolve, AGAIN));
      document.head.append(script);
    });
    loading = null; // where it did not come, the next drawing asks again
  })();
  return loading;
}

/**
 * A place for one figure: `show` draws the newest one, at most ten times a second; it follows the size of its place.
 * @param {HTMLElement} element
 * @param {{config?: Record<string, any>, onFirst?: () => void}} [more] `onFirst` hears when Plotly has drawn a figure
 *   for the first time
 */
export function createPlot(element, { config = {}, onFirst = () => {} } = {}) {
  /** @type {(() => Figure)|null} */
  let newest = null;
  /** @type {(() => Figure)|null} */
  let next = null;
  /** @type {Record<string, any>|null} */
  let change = null;
  let timer = 0;
  let last = 0;
  let isFirst = true;
  let away = false; // the page was left: nothing is there to draw on until it is shown again

  const draw = () => {
    timer = 0;
    const { clientWidth: width, clientHeight: height } = element;
    if (away || !width || !height) return; // not laid out; drawn when it is
    if (!globalThis.Plotly) return void loadPlotly().then(schedule);
    last = performance.now();
    const [figure, adjusted] = [next, change];
    [next, change] = [null, null];
    if (figure) {
      const { data, layout } = figure();
      const drawn = globalThis.Plotly.react(
        element,
        thickened(data),
        { ...layout, width, height },
        { ...CONFIG, ...config },
      );
      if (isFirst) drawn.then(onFirst);
      isFirst = false;
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
    const canvases = element.querySelectorAll("canvas");
    globalThis.Plotly?.purge(element);
    canvases.forEach(giveBack);
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

/**
 * Gives a canvas's place on the graphics card back: a browser has sixteen, and Plotly leaves them to chance.
 * @param {HTMLCanvasElement} canvas
 */
function giveBack(canvas) {
  const context = canvas.getContext("webgl") ?? canvas.getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
}

/** Lines as thick as the marks above them: thicker for a projector. @param {Record<string, any>[]} data */
export function thickened(data) {
  const thick = thickness();
  if (thick === 1) return data;
  return data.map((trace) =>
    trace.line?.width ? { ...trace, line: { ...trace.line, width: thick * trace.line.width } } : trace,
  );
}

/**
 * What a plot shows as an image, twice as fine as on the page.
 * @param {HTMLElement} plot @param {{width: number, height: number}} size @returns {Promise<string>} its address
 */
export const imageOfPlot = (plot, { width, height }) =>
  globalThis.Plotly.toImage(plot, { format: "png", width, height, scale: 2 });
