import { set, svg } from "../../drawing/svg.js";
import { drawEdges } from "./edges.js";
import { layoutOf } from "./layout.js";
import { createPen } from "./pen.js";
import { outputName } from "./stops.js";
import { raised } from "../../base/number_names.js";
import { drawLoss, drawUnits } from "./units.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./layout.js").Layout} Layout */

const LARGEST = 1.9; // scale: a small network does not fill a wall

/**
 * The network with its numbers, drawn anew where something of it has changed; the focus stays at its number.
 * @param {HTMLElement} place
 */
export function createDrawing(place) {
  const sheet = svg("svg", { role: "presentation" });
  place.append(sheet);
  /** @type {Model|null} */
  let last = null;
  let drawn = "";
  /** @type {Layout|null} */
  let layout = null;

  /**
   * @param {Model} model
   * @param {import("./edges.js").EdgeLook} look
   * @param {string} key of what the model is made from
   */
  const show = (model, look, key) => {
    last = model;
    const size = { width: place.clientWidth, height: roomIn(place) };
    const next = JSON.stringify([key, model.stop, model.row, model.focus, model.deaths, look, size]);
    if (next === drawn || !size.width) return layout;
    drawn = next;
    const isPlain = model.layers.at(-1).activation === "linear";
    layout = layoutOf({ ...model, isPlain }, size);
    const focused = sheet.contains(document.activeElement)
      ? /** @type {SVGElement} */ (document.activeElement).dataset.number
      : undefined;
    sheet.replaceChildren(hatching());
    const scale = Math.min(size.width / layout.width, size.height / layout.height, LARGEST);
    set(sheet, {
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      width: layout.width * scale,
      height: layout.height * scale,
    });
    draw(model, layout, look);
    if (focused) /** @type {SVGElement|null} */ (sheet.querySelector(`[data-number="${focused}"]`))?.focus();
    return layout;
  };
  /** @param {Model} model @param {Layout} where @param {import("./edges.js").EdgeLook} look */
  const draw = (model, where, look) => {
    const pen = createPen(sheet, model);
    const { columns } = where;
    for (const index of columns.keys()) if (index) drawEdges(pen, model, where, index, look);
    for (const column of columns) drawUnits(pen, model, where, column);
    const outputs = columns.at(-1);
    if (outputs) drawLoss(pen, model, where, outputs);
    drawCaptions(pen, model, where, look);
  };
  return { show, isDrawn: () => last !== null };
}

/** The height to draw in: where a page scrolls, the place is as high as its drawing. @param {HTMLElement} place */
const roomIn = (place) => parseFloat(getComputedStyle(place).maxHeight) || place.clientHeight;

/** The pattern of a unit that is shut. */
function hatching() {
  const defs = svg("defs", {});
  const pattern = svg("pattern", {
    id: "hatching",
    width: 7,
    height: 7,
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  });
  pattern.append(
    svg("rect", { class: "hatch-ground", width: 7, height: 7 }),
    svg("path", { class: "hatch", d: "M0 0V7" }),
  );
  defs.append(pattern);
  return defs;
}

/**
 * Names with their shapes over every column and every stack.
 * @param {import("./pen.js").Pen} pen
 * @param {Model} model
 * @param {Layout} layout
 * @param {import("./edges.js").EdgeLook} look
 */
function drawCaptions(pen, model, { columns, loss }, { mode }) {
  const caption = (/** @type {number} */ x, /** @type {string} */ name, /** @type {string} */ symbol, shape = "") => {
    const node = pen.letter(x, 14, "", "caption", "middle");
    const [letters, size] = [svg("tspan", { class: symbol }), svg("tspan", { class: "shape-of", dx: 5 })];
    letters.textContent = name;
    size.textContent = shape;
    node.append(letters, size);
  };
  for (const [index, { x, width, column, kind }] of columns.entries()) {
    const size = model.sizes[column];
    const layer = column - 1;
    if (kind === "inputs") caption(x + width / 2, "x", "x", `1×${size}`);
    else if (kind === "before") caption(x + width / 2, outputName(layer, model.count), "h", `1×${size}`);
    else if (kind === "output" && width < 200) caption(x + width / 2, "ŷ, y", "h", `1×${size}`);
    else caption(x + width / 2, `z${raised(layer)} → ${outputName(layer, model.count)}`, "h", `1×${size}`);
    if (!index) continue;
    const shape = `${size}×${model.sizes[column - 1]}`;
    const isGradient = mode === "gradients";
    caption(x - 46, `${isGradient ? "∂" : ""}W${raised(layer)}`, isGradient ? "grad" : "W", shape);
  }
  if (loss !== null) caption(loss + 31, model.answer.batch_size > 1 ? "ℓ" : "L", "L");
}
