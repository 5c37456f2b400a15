import { pixel } from "../../drawing/svg.js";
import * as at from "./addresses.js";
import { compact } from "./model.js";
import { GAP, lineOf, middleOf, UNIT, WEIGHTS } from "./layout.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./pen.js").Pen} Pen */
/**
 * @typedef {{mode: "weights"|"gradients"|"difference", beside: any[]|null}} EdgeLook `beside`: the branch's layers,
 *   to be compared with
 */

const THIN = 1.2;
const THICK = 5.5;
const ALONG = { forward: [0.3, 0.42, 0.54], backward: [0.62, 0.74, 0.86] };

/**
 * The edges into a column and the weights at their heads: the stack at a unit is its row of W.
 * @param {Pen} pen
 * @param {Model} model
 * @param {Layout} layout
 * @param {number} index of the column that they lead to
 * @param {EdgeLook} look
 */
export function drawEdges(pen, model, layout, index, look) {
  const [from, to] = [layout.columns[index - 1], layout.columns[index]];
  const layer = to.column - 1;
  const lines = from.units.length + (model.hasBias ? 1 : 0);
  const edges = to.units.flatMap((unit, u) =>
    from.units.map((input, v) => {
      const middle = middleOf(layout, to, u);
      const fan = Math.min(11, (UNIT - 26) / Math.max(1, to.units.length));
      return {
        ...edgeOf(model, layer, unit, input, look),
        start: [from.x + from.width, middleOf(layout, from, v) + (u - (to.units.length - 1) / 2) * fan],
        end: [to.x - WEIGHTS - 10, lineOf(middle, v, lines)],
        isOff: isOff(model, layer, unit, input),
        flow: flowOf(model, layer, unit, input),
      };
    }),
  );
  const largest = Math.max(...edges.map(({ value }) => Math.abs(value ?? 0)), Number.MIN_VALUE);
  for (const edge of edges) drawEdge(pen, edge, largest);
  for (const [u, unit] of to.units.entries()) {
    const middle = middleOf(layout, to, u);
    for (const [v, input] of from.units.entries())
      stand(pen, edgeOf(model, layer, unit, input, look), to.x - 6, lineOf(middle, v, lines) + 6, "weight");
    if (!model.hasBias) continue;
    const own = biasOf(model, layer, unit, look);
    const y = lineOf(middle, lines - 1, lines) + 5;
    stand(pen, own, to.x - 6, y, "small");
    if (compact(own.value).length < 5) pen.letter(to.x - 60, y, "b", "letter");
  }
  return GAP;
}

/**
 * What stands at an edge: its number, its value and, where it is a difference, how that is written.
 * @typedef {{number: string, value: number|null, look: string, difference?: boolean}} Standing
 */

/**
 * @param {Model} model
 * @param {number} layer
 * @param {number} unit
 * @param {number} input
 * @param {EdgeLook} look
 * @returns {Standing}
 */
function edgeOf(model, layer, unit, input, { mode, beside }) {
  if (mode === "gradients") return plain(model, at.gradient(layer, unit, input));
  const number = at.weight(layer, unit, input);
  if (mode === "difference" && beside) return compared(model, number, beside[layer].weights[unit][input]);
  const renewed = at.newWeight(layer, unit, input);
  return model.now.pass === "update" && model.isKnown(renewed) ? plain(model, renewed, "new") : plain(model, number);
}

/** @param {Model} model @param {number} layer @param {number} unit @param {EdgeLook} look @returns {Standing} */
function biasOf(model, layer, unit, { mode, beside }) {
  if (mode === "gradients") return plain(model, at.biasGradient(layer, unit));
  const number = at.bias(layer, unit);
  if (mode === "difference" && beside) return compared(model, number, beside[layer].biases[unit]);
  const renewed = at.newBias(layer, unit);
  return model.now.pass === "update" && model.isKnown(renewed) ? plain(model, renewed, "new") : plain(model, number);
}

/** @param {Model} model @param {string} number @param {string} [look] @returns {Standing} */
const plain = (model, number, look = "") => ({ number, value: model.value(number), look });

/**
 * How far a weight is from the branch's.
 * @param {Model} model
 * @param {string} number
 * @param {number|null} other
 * @returns {Standing}
 */
function compared(model, number, other) {
  const own = model.value(number);
  return { number, value: own === null || other === null ? null : own - other, look: "difference", difference: true };
}

/**
 * @param {Pen} pen
 * @param {Standing} standing
 * @param {number} x
 * @param {number} y
 * @param {"weight"|"small"} size
 */
function stand(pen, { number, value, look, difference }, x, y, size) {
  if (difference) pen.written(number, compact(value), x, y, { size, look });
  else pen.number(number, x, y, { size, look });
}

/** @param {Pen} pen @param {any} edge @param {number} largest */
function drawEdge(pen, { number, value, start, end, isOff: off, flow }, largest) {
  const width = THIN + (THICK - THIN) * Math.min(1, Math.abs(value ?? largest) / largest);
  const style = ["edge", value !== null && value < 0 && "negative", off && !flow && "off", flow && "flows"];
  const path = pen.add("path", {
    d: curve(start, end),
    class: style.filter(Boolean).join(" "),
    "stroke-width": width.toFixed(2),
  });
  path.dataset.edge = number;
  if (!flow) return;
  for (const t of ALONG[/** @type {"forward"|"backward"} */ (flow)]) {
    const [x, y, turn] = along(start, end, t);
    const d = flow === "forward" ? "M-5 -5L2 0L-5 5" : "M5 -5L-2 0L5 5";
    pen.add("path", { class: `chevron ${flow}`, d, transform: `translate(${x} ${y}) rotate(${turn})` });
  }
}

/**
 * Whether nothing comes through an edge for this row.
 * @param {Model} model
 * @param {number} layer
 * @param {number} unit
 * @param {number} input
 */
const isOff = (model, layer, unit, input) =>
  model.isShut(layer, unit) || (layer > 0 && model.value(at.activation(layer - 1, model.row, input)) === 0);

/**
 * Which way numbers go over an edge in the calculation that is looked at: forward into a unit, backward out of one.
 * @param {Model} model @param {number} layer @param {number} unit @param {number} input
 */
function flowOf({ now, focus }, layer, unit, input) {
  const place = at.placeOf(focus);
  if (!place) return null;
  const isInto = place.layer === layer && place.unit === unit;
  if (now.kind === "z" && place.field === "pre_activations" && isInto) return "forward";
  const isOutOf = place.layer === layer - 1 && place.unit === input;
  return now.kind === "arriving" && place.field === "activation_gradients" && isOutOf ? "backward" : null;
}

/** @param {number[]} from @param {number[]} to */
function curve([x1, y1], [x2, y2]) {
  const bend = (x2 - x1) / 2;
  const [start, end] = [`${pixel(x1)} ${pixel(y1)}`, `${pixel(x2)} ${pixel(y2)}`];
  return `M${start}C${pixel(x1 + bend)} ${pixel(y1)} ${pixel(x2 - bend)} ${pixel(y2)} ${end}`;
}

/**
 * A place along an edge, and its direction in degrees.
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} t from 0 to 1
 */
function along([x1, y1], [x2, y2], t) {
  const rest = 1 - t;
  // the controls stand halfway, so the curve is x(t) with ¾ of the way in its middle and y(t) as a smooth step
  const x = x1 + (x2 - x1) * (1.5 * t * rest * rest + 1.5 * t * t * rest + t ** 3);
  const y = y1 + (y2 - y1) * t * t * (3 - 2 * t);
  const slopeX = (x2 - x1) * (1.5 * rest * rest + 1.5 * t * t);
  const slopeY = (y2 - y1) * 6 * t * rest;
  return [pixel(x), pixel(y), Math.round((Math.atan2(slopeY, slopeX) * 180) / Math.PI)];
}
