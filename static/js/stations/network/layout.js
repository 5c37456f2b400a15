import { placeOf } from "./addresses.js";

/**
 * Where everything stands, in units of the drawing: which layers and which units are drawn, and at which scale.
 * @typedef {{x: number, width: number, column: number, units: number[], kind: "inputs"|"before"|"hidden"|"output"}}
 *   Column
 *   column 0 are the inputs, column l + 1 the units of layer l
 * @typedef {{from: number, to: number, columns: Column[], loss: number|null, width: number, height: number, pitch:
 *   number, isWhole: boolean, hidden: {column: number, of: number, drawn: number}[]}} Layout
 */

const CAPTIONS = 22;
const WIDTHS = { inputs: 62, before: 112, hidden: 220, output: 146, coupled: 278 };
export const GAP = 152; // between two columns: edges, then the weights
export const WEIGHTS = 66; // of it for the weights
const LOSS = { gap: 22, width: 62 };
export const UNIT = 78; // height of a unit
const LINE = 20.5; // of the stack of weights at a unit
const SMALLEST = { across: 0.82, down: 0.72 }; // scales at which numbers can still be read
const MOST = { layers: 4, units: 8 };

/**
 * @param {{sizes: number[], hasBias: boolean, isPlain: boolean, now: import("./stops.js").Stop, focus: string}} network
 *   `isPlain`: its outputs are linear, and need no gate
 * @param {{width: number, height: number}} place
 * @returns {Layout}
 */
export function layoutOf({ sizes, hasBias, isPlain, now, focus }, place) {
  const count = sizes.length - 1;
  const about = placeOf(focus)?.layer ?? now.layer;
  const focused = now.kind === "arriving" ? now.layer + 1 : about;
  let best = null;
  for (let layers = Math.min(count, MOST.layers); layers >= 1; layers -= 1) {
    const first = now.pass === "forward" ? focused - layers + 1 : focused;
    const from = Math.max(0, Math.min(first, count - layers));
    best = arrange(
      { sizes, hasBias, isPlain, focus, isAboutLoss: now.kind === "loss" },
      from,
      from + layers - 1,
      place,
    );
    if (place.width / best.width >= SMALLEST.across) break;
  }
  return /** @type {Layout} */ (best);
}

/**
 * @param {{sizes: number[], hasBias: boolean, isPlain: boolean, focus: string, isAboutLoss: boolean}} network
 * @param {number} from @param {number} to the layers that are drawn @param {{width: number, height: number}} place
 * @returns {Layout}
 */
function arrange({ sizes, hasBias, isPlain, focus, isAboutLoss }, from, to, place) {
  const last = sizes.length - 2;
  const numbers = Array.from({ length: to - from + 2 }, (_, index) => from + index);
  const widest = Math.max(...numbers.map((column) => sizes[column]));
  const pitchFor = (/** @type {number} */ most) => {
    const fan = Math.max(...numbers.slice(0, -1).map((column) => Math.min(most, sizes[column])));
    return Math.max(UNIT + 7, (fan + (hasBias ? 1 : 0)) * LINE + 6);
  };
  let x = 1;
  const columns = numbers.map((column) => {
    const kind = kindOf(column, from, last);
    const width = kind === "output" && !isPlain ? WIDTHS.coupled : WIDTHS[kind];
    const found = { x, width, column, kind, units: /** @type {number[]} */ ([]) };
    x += width + GAP;
    return found;
  });
  x -= GAP;
  const isRoomy = place.width / (x + LOSS.gap + LOSS.width) >= SMALLEST.across;
  const loss = to === last && (isRoomy || isAboutLoss) ? x + LOSS.gap : null;
  const width = loss === null ? x + 2 : loss + LOSS.width + 1;
  const scaleFor = (/** @type {number} */ most) => place.height / (CAPTIONS + most * pitchFor(most));
  let most = Math.min(widest, MOST.units);
  while (most > 1 && scaleFor(most) < Math.min(SMALLEST.down, place.width / width)) most -= 1;
  for (const column of columns) column.units = unitsOf(column.column, sizes[column.column], most, focus);
  const pitch = pitchFor(most);
  const tallest = Math.max(...columns.map(({ units }) => units.length));
  return {
    from,
    to,
    columns,
    loss,
    width,
    height: CAPTIONS + tallest * pitch,
    pitch,
    isWhole: from === 0 && to === last,
    hidden: columns
      .filter(({ units, column }) => units.length < sizes[column])
      .map(({ units, column }) => ({ column, of: sizes[column], drawn: units.length })),
  };
}

/** @param {number} column @param {number} from @param {number} last @returns {Column["kind"]} */
function kindOf(column, from, last) {
  if (column === 0) return "inputs";
  if (column === from) return "before";
  return column - 1 === last ? "output" : "hidden";
}

/**
 * The units of a column that are drawn: so many that they fit, among them the one that is looked at.
 * @param {number} column
 * @param {number} size
 * @param {number} most
 * @param {string} focus
 */
function unitsOf(column, size, most, focus) {
  const place = placeOf(focus);
  const unit = place && place.layer === column - 1 ? place.unit : (fedFrom(focus, column) ?? 0);
  const first = Math.max(0, Math.min(unit - Math.floor(most / 2), size - most));
  return Array.from({ length: Math.min(most, size) }, (_, index) => first + index);
}

/** The unit that a weight comes from, where that stands in a column. @param {string} focus @param {number} column */
function fedFrom(focus, column) {
  const [, layer, input] = /^(?:layers|updated)\[(\d+)\]\.weight\w*\[\d+\]\[(\d+)\]/.exec(focus) ?? [];
  return layer !== undefined && Number(layer) === column ? Number(input) : null;
}

/**
 * The middle of a unit.
 * @param {Layout} layout
 * @param {Column} column
 * @param {number} index of the unit among those drawn
 */
export const middleOf = ({ height, pitch }, { units }, index) =>
  CAPTIONS + (height - CAPTIONS) / 2 + (index - (units.length - 1) / 2) * pitch;

/**
 * Where a line of the stack of weights at a unit stands.
 * @param {number} middle
 * @param {number} line
 * @param {number} lines
 */
export const lineOf = (middle, line, lines) => middle + (line - (lines - 1) / 2) * LINE;
