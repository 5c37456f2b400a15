import { nameOf } from "../base/number_names.js";
import { createCells } from "../controls/cells.js";
import { part } from "../controls/parts.js";
import { createPainter } from "../drawing/number_painter.js";
import { createSheet, SIDE } from "../drawing/number_sheet.js";
import { createStages } from "../station/stages.js";
import { createWhy } from "../station/why.js";

/** @typedef {import("../station/stages.js").Stage} Stage */

const NETWORK = { inputs: 2 };
const VALUES = [
  [1.5, -2],
  [0.25, 0],
];
const STAGES = /** @type {Stage[]} */ ([
  { key: "forward", name: "Forward", slides: "1", pass: "forward" },
  { key: "loss", name: "dL/dŷ", isFormula: true, slides: "2–3", pass: "backward" },
  { key: "weights", name: "dz/dW", isFormula: true, slides: "4", pass: "backward" },
  { key: "update", name: "Update", slides: "5", pass: "update" },
]);

/** Cells, the panel of their reasons and a row of stages, on sample data. */
export function createNumberSamples() {
  const values = VALUES.map((row) => [...row]);
  const typed = createCells(part("sample-cells", HTMLElement), {
    label: "Sample weights",
    symbol: "W",
    limits: { low: -100, high: 100 },
    onInput: (row, column, value) => {
      values[row][column] = value;
      show();
    },
  });
  const plain = createCells(part("sample-plain-cells", HTMLElement), { label: "Sample gradients", symbol: "grad" });
  /** @type {string|null} */
  let asked = "layers[0].weight_gradients[0][1]";
  const why = createWhy(part("sample-why", HTMLElement), {
    ask: async (number) => reasonOf(number),
    onChoose: (number) => {
      asked = number;
      show();
    },
    network: NETWORK,
  });
  const cellsOf = (/** @type {string} */ field) =>
    values.map((row, i) =>
      row.map((value, j) => {
        const number = `layers[0].${field}[${i}][${j}]`;
        return { number, name: nameOf(number, NETWORK).text, value };
      }),
    );
  function show() {
    typed(cellsOf("weights"));
    plain(cellsOf("weight_gradients"));
    why({ number: asked, key: JSON.stringify(values), digits: 4 });
  }
  const showStage = createStages(part("sample-stages", HTMLElement), STAGES, (key) => showStage(key));
  showStage("loss");
  drawSquares();
  show();
}

const SQUARES = /** @type {[number, import("../drawing/number_sheet.js").NumberStyle][]} */ ([
  [1, {}],
  [0, { isEmpty: true }],
  [0, { isOff: true }],
  [-0.0479734, { isStrong: true }],
  [12, { isWrong: true }],
  [8.125, { isBare: true }],
]);

/** Squares of every kind, made up for this page: a number, zeros by structure and by chance, one in a wrong place. */
function drawSquares() {
  const drawing = document.getElementById("sample-squares");
  if (!(drawing instanceof SVGSVGElement)) return;
  const known = (/** @type {string} */ number) => ({
    value: SQUARES[Number(number.slice("deltas".length))][0],
    name: "sample",
    symbol: "delta",
  });
  const sheet = createSheet();
  for (const [index, [, style]] of SQUARES.entries())
    sheet.number(`square ${index}`, 20 + index * SIDE, 40, `deltas${index}`, style);
  sheet.name("name", 20 + 3 * SIDE, 26, "δ", "delta", "1×6");
  sheet.path("side", `M20 ${44 + SIDE}h${SQUARES.length * SIDE}`, "side W");
  createPainter(drawing, known)({ items: sheet.items, width: 40 + SQUARES.length * SIDE, height: 110 }, false);
}

/** A reason made up for this page. @param {string} number @returns {import("../station/why_panel.js").Reason} */
function reasonOf(number) {
  const weight = number.replace("weight_gradients", "weights");
  const operand = { number: weight, value: 2, name: nameOf(weight, NETWORK).text };
  const given = !number.includes("weight_gradients");
  return {
    number,
    value: 6,
    name: nameOf(number, NETWORK).text,
    mathml: "<math><mi>δ</mi><mo>·</mo><mi>x</mi></math>",
    filled_mathml: "<math><mn>3</mn><mo>·</mo><mn>2</mn></math>",
    given,
    terms: given
      ? null
      : [
          { factors: [operand, operand], value: 4 },
          { factors: [operand], value: 2 },
        ],
    operands: given ? [] : [operand],
    numerical: given ? null : { value: 6.00000001, difference: 1e-8, h: 1e-5 },
    numerical_reason: null,
    numpy: "np.outer(delta, x)[0, 1]",
    slide: null,
  };
}
