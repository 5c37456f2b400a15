import { createCells } from "../../controls/cells.js";
import { toneOf } from "../../controls/matrix.js";
import * as at from "./addresses.js";
import { shown } from "../../base/format.js";
import { raised } from "../../base/number_names.js";

/** @typedef {import("./model.js").Model} Model */

const WORDS = /** @type {Record<string, string>} */ ({
  row: "a row",
  diagonal: "diagonal",
  full: "full",
  weights: "the weights",
  blocks: "I ⊗ input",
});
const MOST_COLUMNS = 24; // of a matrix whose numbers are shown

/**
 * The chain of Jacobians from the loss to the weights of a layer, each factor with its shape, and their product.
 * @param {HTMLElement} place @param {{onLayer: (layer: number) => void, onPiece: (piece: number) => void}} listeners
 * @returns {(model: Model, view: {layer: number, piece: number}, key: string) => void}
 */
export function createChain(place, { onLayer, onPiece }) {
  let drawn = "";
  place.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement|null} */ (
      /** @type {Element} */ (target).closest("[data-layer], [data-piece]")
    );
    if (button?.dataset.layer) onLayer(Number(button.dataset.layer));
    if (button?.dataset.piece) onPiece(Number(button.dataset.piece));
  });
  return (model, { layer, piece }, key) => {
    const chain = model.answer.jacobians?.layers.find((/** @type {any} */ one) => one.layer === layer);
    const next = JSON.stringify([key, layer, piece, Boolean(chain), model.row]);
    if (!chain || next === drawn) return;
    drawn = next;
    const focused = /** @type {HTMLElement|null} */ (
      place.contains(document.activeElement) ? document.activeElement : null
    );
    const again =
      focused &&
      (focused.dataset.layer ? `[data-layer="${focused.dataset.layer}"]` : `[data-number="${focused.dataset.number}"]`);
    const line = factors(model, chain, piece);
    line.append(result(model, chain));
    place.replaceChildren(layerButtons(model.count, layer), line);
    if (again) /** @type {HTMLElement|null} */ (place.querySelector(again))?.focus();
  };
}

/** @param {number} count @param {number} chosen */
function layerButtons(count, chosen) {
  const group = document.createElement("div");
  group.className = "chain-layers";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "To the weights of which layer");
  group.append("From L to the weights of");
  for (let layer = count; layer >= 1; layer -= 1) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "small math", textContent: `W${raised(layer - 1)}` });
    button.dataset.layer = String(layer);
    button.setAttribute("aria-pressed", String(layer === chosen));
    group.append(button);
  }
  return group;
}

/** @param {Model} model @param {any} chain @param {number} piece */
function factors(model, chain, piece) {
  const line = document.createElement("div");
  line.className = "factors";
  for (const [index, factor] of chain.factors.entries()) {
    const box = document.createElement("figure");
    box.className = `factor ${factor.structure}${piece === index + 1 ? " pointed" : ""}`;
    box.append(caption(factor, index, piece === index + 1), matrix(model, factor, chain.layer));
    line.append(box);
  }
  return line;
}

/** @param {any} factor @param {number} index @param {boolean} isPointed */
function caption({ name, structure, shape }, index, isPointed) {
  const words = document.createElement("figcaption");
  const button = document.createElement("button");
  const note = document.createElement("small");
  Object.assign(button, { type: "button", className: "quiet small math", textContent: written(name) });
  button.dataset.piece = String(index + 1);
  button.setAttribute("aria-pressed", String(isPointed));
  note.textContent = `${shape.join("×")} ${WORDS[structure]}`;
  words.append(button, note);
  return words;
}

/** A factor's name as one writes it: dy_hat/dz2 as ∂ŷ/∂z⁽²⁾. @param {string} name */
const written = (name) =>
  name
    .replaceAll("d", "∂")
    .replace("y_hat", "ŷ")
    .replace(/([zhW])(\d)/g, (_, letter, digit) => `${letter}${raised(Number(digit) - 1)}`);

/** @param {Model} model @param {any} factor @param {number} layer whose weights the chain ends at, from 1 */
function matrix(model, factor, layer) {
  const place = document.createElement("div");
  const { values, shape, structure } = factor;
  if (!values || shape[1] > MOST_COLUMNS) {
    place.className = "too-large";
    place.textContent = `${shape.join("×")}: ${factor.why_no_values ?? "too wide to be shown here"}`;
    return place;
  }
  const addressOf = addresses(model, factor.name, layer);
  const show = createCells(place, {
    label: written(factor.name),
    symbol: structure === "row" ? "L" : structure === "weights" ? "W" : "z",
  });
  show(
    values.map((/** @type {number[]} */ row, /** @type {number} */ i) =>
      row.map((value, j) => ({
        number: addressOf(i, j),
        name: `${written(factor.name)}, row ${i + 1}, column ${j + 1}`,
        value,
        text: shown(value, 3),
      })),
    ),
  );
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(".cell"))) {
    const [i, j] = (cell.dataset.cell ?? "").split(" ").map(Number);
    cell.classList.toggle("structural", isForced(structure, i, j, shape));
  }
  return place;
}

/**
 * Whether an element is 0 by the structure of its matrix, whatever the numbers.
 * @param {string} structure
 * @param {number} i
 * @param {number} j
 * @param {number[]} shape
 */
function isForced(structure, i, j, [rows, columns]) {
  if (structure === "diagonal") return i !== j;
  return structure === "blocks" && Math.floor(j / (columns / rows)) !== i;
}

/**
 * Where the elements of a factor stand, by the factor's name.
 * @param {Model} model
 * @param {string} name
 * @param {number} layer
 */
function addresses({ row, count }, name, layer) {
  const [, of, by] = /^d(\w+?)\/d(\w+)$/.exec(name) ?? [];
  const numberOf = (/** @type {string} */ text) => Number(/\d+/.exec(text)?.[0] ?? count) - 1;
  return (/** @type {number} */ i, /** @type {number} */ j) => {
    if (of === "L") return at.lossGradient(row, j);
    if (by.startsWith("W")) return `layers[${layer - 1}].weight_jacobian[${row}][${i}][${j}]`;
    if (of.startsWith("z")) return at.weight(numberOf(of), i, j);
    return `layers[${numberOf(by)}].activation_jacobian[${row}][${i}][${j}]`;
  };
}

/** The product, cut to the shape of W, and what it collapses to. @param {Model} model @param {any} chain */
function result(model, chain) {
  const box = document.createElement("div");
  box.className = "chain-result";
  const { reshaped, row, cost, layer, max_difference: difference } = chain;
  const words = document.createElement("p");
  const [up, before] = [
    raised(layer - 1),
    layer > 1 ? `h${layer > 2 || model.count > 2 ? raised(layer - 2) : ""}` : "x",
  ];
  const match =
    difference === 0 ? ", to the last digit" : difference === null ? "" : `, off by ${shown(difference, 1)}`;
  const equation = document.createElement("span");
  Object.assign(equation, { className: "unbroken", textContent: `∂L/∂W${up} = δ${up}ᵀ${before}` });
  words.append(
    `The product is a row of ${row.shape[1]}; cut to ${reshaped.shape.join("×")} it is `,
    equation,
    `${match}. The chain takes ${cost.multiplications_left_to_right} multiplications and ` +
      `${cost.numbers_explicit} numbers, the δ form ${cost.collapsed} and ${cost.numbers_collapsed}.`,
  );
  box.append(words);
  if (reshaped.values && reshaped.shape[0] * reshaped.shape[1] <= 60)
    box.append(product(model, reshaped.values, layer - 1));
  return box;
}

/** @param {Model} model @param {number[][]} values @param {number} layer */
function product({ answer, row }, values, layer) {
  const table = document.createElement("table");
  table.className = "gradients";
  const largest = Math.max(...values.flat().map((value) => Math.abs(value ?? 0)));
  for (const [i, line] of values.entries()) {
    const cells = table.insertRow();
    for (const [j, value] of line.entries()) {
      const cell = document.createElement("span");
      Object.assign(cell, { className: "cell", tabIndex: 0, textContent: shown(value) });
      cell.setAttribute("role", "button");
      cell.dataset.tone = toneOf(value, largest);
      // one row of a batch has a gradient of its own, without 1/m
      cell.dataset.number =
        answer.batch_size > 1 ? `row_gradients[${layer}].weights[${row}][${i}][${j}]` : at.gradient(layer, i, j);
      cells.insertCell().append(cell);
    }
  }
  return table;
}
