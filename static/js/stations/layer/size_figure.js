import { count } from "../../base/format.js";
import { between } from "../../drawing/number_sheet.js";

/** @typedef {import("../../drawing/number_sheet.js").Sheet} Sheet */
/** @typedef {import("../../drawing/number_sheet.js").Piece} Piece */
/**
 * @typedef {{inputs: number, outputs: number, unit: number, tall: number, isCounted: boolean}} Scale `unit` is the
 *   side of one number, `isCounted` where single numbers can be seen
 */

const WIDTH = 836;
const SCREEN = 1280;
const LEFT = 20;
const TOP = 28;
const SMALLEST = 7; // of a square that can be seen as one
const THINNEST = 1.8; // of a line that stands for a row of numbers

/**
 * The widths on the way from this layer over 2 → 1000 to 784 → 128.
 * @param {number} size from 0 to 2
 * @returns {[number, number]} inputs and outputs
 */
export function widthsAt(size) {
  if (size <= 1) return [2, Math.round(3 * (1000 / 3) ** size)];
  return [Math.round(2 * 392 ** (size - 1)), Math.round(1000 * 0.128 ** (size - 1))];
}

/**
 * The three factors and the collapsed product of a layer of any width, at one scale.
 * @param {Sheet} sheet
 * @param {any} costs
 */
export function sizeFigure(sheet, { layer_sizes: [inputs, outputs], layers: [{ factors, cost }] }) {
  const grown = Math.min(1, Math.max(0, Math.log(outputs / 3) / Math.log(16 / 3)));
  const tall = between(96, 128, grown);
  const scale = { inputs, outputs, tall, unit: tall / outputs, isCounted: tall / outputs >= SMALLEST };
  drawExplicit(sheet, scale, factors[2]);
  drawCollapsed(sheet, scale, cost, factors[2]);
}

/** @param {Sheet} sheet @param {Scale} scale @param {{numbers: number, shape: number[]}} weights */
function drawExplicit(sheet, scale, weights) {
  const { unit, tall, inputs, isCounted } = scale;
  const thick = Math.max(1.3, unit);
  const square = LEFT + thick + 5;
  const blocks = square + tall + (isCounted ? 5 : 8);
  const wide = tall * inputs;
  const leaves = blocks + wide > WIDTH;
  const right = leaves ? blocks + 16 : blocks + wide + 16;
  drawScale(sheet, unit);
  sheet.box("e", LEFT, TOP, thick, tall, "bar L");
  sheet.box("J", square, TOP, tall, tall, "paper");
  sheet.box("C", blocks, TOP, Math.min(wide, WIDTH + 40 - blocks), tall, "paper");
  if (isCounted) drawSquares(sheet, scale, thick, square, blocks);
  else drawDiagonals(sheet, scale, thick, square, blocks);
  nameBlocks(sheet, weights, right, TOP + (leaves ? 38 : 28));
  sheet.text(
    "name J",
    square + tall / 2,
    TOP + tall + 18,
    [
      ["dŷ/dz", "h"],
      [` ${count(scale.outputs)}×${count(scale.outputs)}`, "shape-of"],
    ],
    { style: "name small" },
  );
  if (!leaves) return;
  const screens = Math.round((wide - (WIDTH - blocks)) / SCREEN);
  sheet.text(
    "leaves",
    WIDTH - 14,
    TOP + tall - 14,
    screens > 1 ? `${count(screens)} more screens of this →` : "leaves the page →",
    { style: "strong L halo large", anchor: "end" },
  );
  if (inputs > 50)
    sheet.text("top line", right, TOP + 88, "Of what you see, only the top line is not zero.", {
      style: "word halo",
      anchor: "start",
    });
}

/** How large a number is drawn. @param {Sheet} sheet @param {number} unit */
function drawScale(sheet, unit) {
  const pixels = unit > 1 ? `${Math.round(unit)} pixels` : unit > 0.99 ? "1 pixel" : `${unit.toFixed(2)} pixel`;
  sheet.text(
    "scale",
    LEFT,
    18,
    [
      ["Explicit", "strong"],
      [`  ${pixels} a number`, ""],
    ],
    { anchor: "start" },
  );
}

/** @param {Sheet} sheet @param {{numbers: number, shape: number[]}} weights @param {number} x @param {number} y */
function nameBlocks(sheet, { numbers, shape }, x, y) {
  const size = ` ${shape.map((each) => count(each)).join("×")}`;
  const name = /** @type {Piece[]} */ ([
    ["dz/dW", "x"],
    [size, "shape-of"],
  ]);
  sheet.text("name C", x, y, name, { style: "name halo", anchor: "start" });
  sheet.text("numbers C", x, y + 26, `${count(numbers)} numbers`, { style: "value halo", anchor: "start" });
}

/**
 * What is not zero, as lines: single numbers are too small.
 * @param {Sheet} sheet
 * @param {Scale} scale
 * @param {number} thick
 * @param {number} square
 * @param {number} blocks
 */
function drawDiagonals(sheet, { inputs, tall }, thick, square, blocks) {
  const wide = tall * inputs;
  const end = Math.min(blocks + wide, WIDTH + 20);
  const slope = TOP + ((end - blocks) / wide) * tall;
  sheet.path("J line", `M${square} ${TOP}L${square + tall} ${TOP + tall}`, "curve h", { width: thick });
  sheet.path("C line", `M${blocks} ${TOP + thick / 2}L${end} ${Math.max(TOP + thick / 2, slope)}`, "curve x", {
    width: Math.max(THINNEST, thick),
  });
}

/**
 * Single numbers as squares.
 * @param {Sheet} sheet
 * @param {Scale} scale
 * @param {number} thick
 * @param {number} square
 * @param {number} blocks
 */
function drawSquares(sheet, { inputs, outputs, unit, tall }, thick, square, blocks) {
  let lines = "";
  for (let i = 0; i < outputs; i += 1) {
    sheet.box(`J ${i}`, square + i * unit, TOP + i * unit, unit, unit, "bar h");
    sheet.box(`C ${i}`, blocks + i * inputs * unit, TOP + i * unit, inputs * unit, unit, "bar x");
    if (!i) continue;
    const row = TOP + i * unit;
    lines += `M${LEFT} ${row}h${thick}M${square} ${row}h${tall}M${square + i * unit} ${TOP}v${tall}`;
    lines += `M${blocks} ${TOP + i * unit}h${tall * inputs}`;
  }
  for (let m = 1; m < outputs * inputs; m += 1) lines += `M${blocks + m * unit} ${TOP}v${tall}`;
  sheet.path("grid", lines, "grid");
}

/**
 * @param {Sheet} sheet
 * @param {Scale} scale
 * @param {{numbers_collapsed: number}} cost
 * @param {{nonzero: number}} weights
 */
function drawCollapsed(sheet, scale, cost, weights) {
  const { inputs, unit, tall, isCounted } = scale;
  const thick = Math.max(THINNEST, unit);
  const top = TOP + tall + 26;
  const [left, below] = [LEFT + thick + 5, top + thick + 4];
  const wide = Math.max(1.6, inputs * unit);
  sheet.box("x", left, top, wide, thick, "bar x");
  sheet.box("d", LEFT, below, thick, tall, "bar delta");
  sheet.box("G", left, below, wide, tall, "bar grad faint");
  if (isCounted) drawGridBelow(sheet, scale, thick, left, below);
  const x = wide > 420 ? left + 26 : Math.max(left + wide + 22, isCounted ? 0 : 120);
  nameCollapsed(sheet, scale, x, below + tall / 2 - 4, [cost.numbers_collapsed, weights.nonzero]);
}

/**
 * The lines between the numbers of δᵀ, x and their product.
 * @param {Sheet} sheet
 * @param {Scale} scale
 * @param {number} thick
 * @param {number} left
 * @param {number} below
 */
function drawGridBelow(sheet, { inputs, outputs, unit, tall }, thick, left, below) {
  const top = below - thick - 4;
  const wide = inputs * unit;
  let lines = "";
  for (let i = 1; i < outputs; i += 1)
    lines += `M${LEFT} ${below + i * unit}h${thick}M${left} ${below + i * unit}h${wide}`;
  for (let j = 1; j < inputs; j += 1)
    lines += `M${left + j * unit} ${top}v${thick}M${left + j * unit} ${below}v${tall}`;
  sheet.path("grid below", lines, "grid");
}

/**
 * @param {Sheet} sheet
 * @param {Scale} scale
 * @param {number} x
 * @param {number} y
 * @param {[held: number, all: number]} numbers
 */
function nameCollapsed(sheet, { inputs, outputs }, x, y, [held, all]) {
  const words = { anchor: /** @type {const} */ ("start") };
  sheet.text(
    "name G",
    x,
    y,
    [["dL/dW", "grad"], " = ", ["δᵀ", "delta"], ["x", "x"], [` ${count(outputs)}×${count(inputs)}`, "shape-of"]],
    { style: "name", ...words },
  );
  sheet.text(
    "collapsed",
    x,
    y + 27,
    [
      ["Collapsed:", "strong"],
      " hold ",
      [count(outputs), "delta"],
      " + ",
      [count(inputs), "x"],
      ` = ${count(held)} numbers, get all ${count(all)}. Same scale.`,
    ],
    { style: "word ink", ...words },
  );
}
