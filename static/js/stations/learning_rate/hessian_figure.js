import { lowered, shown } from "../../base/format.js";
import { nameOf } from "../../base/number_names.js";
import { pixel, set, svg } from "../../drawing/svg.js";
import { spectrum, words } from "./hessian_bars.js";
import { chosenOf, orderOf } from "./hessian_state.js";

/** @typedef {import("./hessian_state.js").State} State */
/** @typedef {import("./hessian_bars.js").Frame} Frame */

const TEXT = 11; // pixels of a cell's side for each that its text is high
const READABLE = 30; // pixels of a cell from which its number is written
const SHARE = 0.56; // of the width is the matrix'

/**
 * The Hessian as a picture, its eigenvalues as bars beside it; a bar that is pressed is spoken of.
 * @param {SVGSVGElement} drawing @param {(index: number) => void} onChoose
 * @returns {(state: State) => void}
 */
export function createHessianFigure(drawing, onChoose) {
  drawing.addEventListener("click", (event) => {
    const row = /** @type {Element} */ (event.target).closest("[data-eigen]");
    if (row) onChoose(Number(row.getAttribute("data-eigen")));
  });
  return (state) => {
    const { width, height } = drawing.getBoundingClientRect();
    if (!state.answer || !width || !height) return;
    const frame = frameOf(state, width, height, parseFloat(getComputedStyle(drawing).fontSize));
    set(drawing, { viewBox: `0 0 ${width} ${height}` });
    drawing.replaceChildren(...matrix(state, frame), ...direction(state, frame), ...spectrum(state, frame));
  };
}

/** @param {State} state @param {number} width @param {number} height @param {number} size @returns {Frame} */
function frameOf({ answer }, width, height, size) {
  const count = answer.hessian.parameters.length;
  const [left, top] = [3.2 * size, 2.8 * size];
  const cell = Math.min((height - top - 0.6 * size) / count, (width * SHARE - left) / count);
  return { left, top, cell, count, size, right: width };
}

/** The matrix: each second derivative in the tone of its sign and size, its number where it has room. */
function matrix(/** @type {State} */ state, /** @type {Frame} */ frame) {
  const { values, parameters } = state.answer.hessian;
  const layers = state.answer.layers.length;
  const order = orderOf(state);
  const most = Math.max(...values.flat().map(Math.abs)) || 1;
  const { left, top, cell, size } = frame;
  const isWritten = cell >= READABLE;
  const cells = order.flatMap((row, i) =>
    order.flatMap((column, j) => {
      const [x, y, value] = [left + j * cell, top + i * cell, values[row][column]];
      const tone = svg("rect", {
        ...{ x: pixel(x), y: pixel(y), width: pixel(cell), height: pixel(cell) },
        class: value === 0 ? "none" : value > 0 ? "pos" : "neg",
        "fill-opacity": (0.08 + 0.62 * Math.sqrt(Math.abs(value) / most)).toFixed(3),
      });
      const title = svg("title", {});
      const [one, other] = [row, column].map((k) => nameAt(parameters[k], layers));
      title.textContent = `∂²L / ∂${one} ∂${other} = ${shown(value)}`;
      tone.append(title);
      if (!isWritten) return [tone];
      const text = words(x + cell / 2, y + cell / 2 + 0.36 * size, shown(value, 3), value === 0 ? "zero" : "");
      return [tone, set(text, { "font-size": Math.min(size * 1.1, (TEXT * cell) / 36) })];
    }),
  );
  const names = isWritten
    ? order.flatMap((row, i) => [
        words(left - 0.5 * size, top + (i + 0.5) * cell + 0.36 * size, nameAt(parameters[row]), "W", "end"),
        words(left + (i + 0.5) * cell, top - 0.5 * size, nameAt(parameters[row]), "W"),
      ])
    : groupsOf(parameters).flatMap(({ name, look, middle }) => [
        words(left - 0.5 * size, top + middle * cell + 0.36 * size, name, look, "end"),
        words(left + middle * cell, top - 0.5 * size, name, look),
      ]);
  return [...cells, ...names, ...frames(state, frame), words(left, 1.05 * size, "∂²L / ∂w ∂w", "soft", "start")];
}

/**
 * The weights and the biases of each layer as one: their name, and where their middle is among all rows.
 * @param {string[]} parameters
 */
function groupsOf(parameters) {
  const keys = parameters.map((parameter) => parameter.slice(0, parameter.indexOf("[")));
  return [...new Set(keys)].map((key) => {
    const [layer, kind] = key.split(".");
    const letter = kind === "weights" ? "W" : "b";
    return {
      name: lowered(`${letter}${layer}`),
      look: letter,
      middle: (keys.indexOf(key) + keys.lastIndexOf(key) + 1) / 2,
    };
  });
}

/** A border around each block. @param {State} state @param {Frame} frame */
function frames(state, { left, top, cell, count }) {
  const { blocks } = state.answer.hessian;
  const around = (/** @type {number} */ first, /** @type {number} */ length) =>
    svg("rect", {
      ...{ x: pixel(left + first * cell), y: pixel(top + first * cell) },
      ...{ width: pixel(length * cell), height: pixel(length * cell), class: "block" },
    });
  const order = orderOf(state);
  const isApart = blocks.every(
    (/** @type {number[]} */ block) =>
      order.indexOf(block[block.length - 1]) - order.indexOf(block[0]) === block.length - 1,
  );
  if (!isApart) return [around(0, count)];
  return blocks
    .filter((/** @type {number[]} */ block) => block.length > 1)
    .map((/** @type {number[]} */ block) => around(order.indexOf(block[0]), block.length));
}

/** The direction that is spoken of, as a column beside the matrix. @param {State} state @param {Frame} frame */
function direction(state, { left, top, cell, count, size }) {
  const vector = state.answer.hessian.eigenvectors[chosenOf(state)];
  const x = left + count * cell + 0.9 * size;
  const wide = Math.min(cell, 2.6 * size);
  return [
    words(x + wide / 2, top - 0.5 * size, "v", "b"),
    ...orderOf(state).flatMap((row, i) => {
      const value = vector[row];
      const tone = svg("rect", {
        ...{ x: pixel(x), y: pixel(top + i * cell), width: pixel(wide), height: pixel(cell) },
        class: value === 0 ? "none" : value > 0 ? "pos" : "neg",
        "fill-opacity": (0.08 + 0.62 * Math.abs(value)).toFixed(3),
      });
      if (cell < READABLE) return [tone];
      const text = words(
        x + wide / 2,
        top + (i + 0.5) * cell + 0.36 * size,
        shown(value, 2),
        value === 0 ? "zero" : "",
      );
      return [tone, set(text, { "font-size": size * 0.92 })];
    }),
  ];
}

/** `1.weights[0][1]` as w₁₂. @param {string} parameter @param {number} [layers] how many there are */
export function nameAt(parameter, layers = 1) {
  const [layer, rest] = [parameter.slice(0, parameter.indexOf(".")), parameter.slice(parameter.indexOf(".") + 1)];
  return nameOf(`layers[${Number(layer) - 1}].${rest}`, { layers }).text;
}
