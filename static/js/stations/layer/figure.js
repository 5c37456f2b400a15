import { createPainter } from "../../drawing/number_painter.js";
import { listenToNumberKeys } from "../../drawing/number_keys.js";
import { createSheet } from "../../drawing/number_sheet.js";
import { activationFigure } from "./activation_figure.js";
import { biasFigure } from "./bias_figure.js";
import { crossEntropyFigure } from "./cross_entropy_figure.js";
import { deltaFigure } from "./delta_figure.js";
import { forwardFigure } from "./forward_figure.js";
import { graphFigure } from "./graph_figure.js";
import { lossFigure } from "./loss_figure.js";
import { outerFigure } from "./outer_figure.js";
import { productFigure } from "./product_figure.js";
import { recapFigure } from "./recap_figure.js";
import { sizeFigure } from "./size_figure.js";
import { biasOf } from "./state.js";
import { updateFigure } from "./update_figure.js";
import { weightsFigure } from "./weights_figure.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */

const WIDTH = 836;
const HEIGHT = { alone: 380, overScrubber: 322 };

const FIGURES = /** @type {Record<string, (sheet: Sheet, model: Model, state: State) => void>} */ ({
  graph: graphFigure,
  forward: forwardFigure,
  loss: (sheet, model) => (model.collapse ? crossEntropyFigure : lossFigure)(sheet, model),
  act: activationFigure,
  weights: weightsFigure,
  recap: recapFigure,
  delta: (sheet, model, state) => (state.outer ? outerFigure : deltaFigure)(sheet, model),
  product: productFigure,
  bias: (sheet, model, state) => biasFigure(sheet, model, biasOf(state)),
  update: updateFigure,
});

/**
 * On a small screen, where the figure is wider than its place: the numbers before the words beside them.
 * @param {SVGSVGElement} drawing @param {Sheet} sheet
 */
function scrollToNumbers(drawing, { items }) {
  const place = /** @type {HTMLElement} */ (drawing.parentElement);
  const [room, seen] = [place.scrollWidth, place.clientWidth];
  if (room <= seen) return;
  const numbers = items.filter(({ kind }) => kind === "number").map(({ x }) => x);
  const middle = (Math.min(...numbers) + Math.max(...numbers)) / 2;
  place.scrollLeft = (middle / WIDTH) * room - seen / 2;
}

/** The figure of the present stage. @param {SVGSVGElement} drawing */
export function createFigure(drawing) {
  /** @type {Model|null} */
  let now = null;
  let shown = "";
  const paint = createPainter(drawing, (number) => now?.known(number) ?? { value: null, name: "", symbol: "" });
  const keepReachable = listenToNumberKeys(drawing);
  /** @param {State} state @param {Model} model @param {string} title */
  return (state, model, title) => {
    const isSize = state.stage === "product" && state.view === "size";
    // a picture with a bias needs an answer with one: until then the last one stays
    if (model.hasBias !== (biasOf(state) !== "none") || (isSize && !state.costs)) return;
    now = model;
    const sheet = createSheet();
    if (isSize) sizeFigure(sheet, state.costs);
    else FIGURES[state.stage](sheet, model, state);
    const picture = [state.stage, isSize, state.outer, biasOf(state), model.isCoupled, !model.collapse].join();
    const height = state.stage === "product" || state.stage === "graph" ? HEIGHT.overScrubber : HEIGHT.alone;
    paint({ items: sheet.items, width: WIDTH, height }, picture !== shown);
    if (picture !== shown) scrollToNumbers(drawing, sheet);
    shown = picture;
    drawing.setAttribute("aria-label", title);
    keepReachable();
  };
}
