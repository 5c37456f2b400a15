import { between, eased, SIDE } from "../../drawing/number_sheet.js";

const ORIGIN = { x: 54, y: 76 };

/**
 * The corner of a square of the product's grid, in columns and rows.
 * @param {number} column
 * @param {number} row
 * @returns {[number, number]}
 */
export const corner = (column, row) => [ORIGIN.x + column * SIDE, ORIGIN.y + row * SIDE];

/** In which columns the factors stand. */
export const COLUMN = { errors: 2, slopes: 4, jacobian: 3, deltas: 7, weights: 8, shapes: 10.25 };
export const ROW_BELOW = 3.28; // where the row of six stands

/**
 * How far each part of the way from the explicit product (0) over the sparse (1) to the collapsed one (2) has come.
 * @param {number} s @param {boolean} isCoupled with softmax dŷ/dz is full, and stays
 */
export function phasesOf(s, isCoupled) {
  const over = (/** @type {number} */ from, /** @type {number} */ to) => eased((s - from) / (to - from));
  return {
    /** dL/dŷ turns from a row below dŷ/dz into a column beside it. */
    fold: over(0, 0.3),
    /** Structural zeros fade. */
    fade: over(0.22, 0.72),
    /** The diagonal of dŷ/dz gathers into one column. */
    gather: isCoupled ? 0 : over(0.4, 1),
    /** The blocks x slide home, each into its own row. */
    slide: over(1, 1.45),
    /** A block leaves its row for the top, where one x is enough. @param {number} row */
    rise: (row) => over(1.42 + 0.09 * row, 1.74 + 0.09 * row),
    /** A piece of the row of six lands in its row of dL/dW. @param {number} piece */
    land: (piece) => over(1.5 + 0.09 * piece, 1.81 + 0.09 * piece),
    /** The cuts between the pieces are seen. */
    cut: over(0.98, 1.06) * (1 - over(1.45, 1.57)),
    end: over(1.74, 2),
    isSparse: s >= 0.7,
    isCollapsed: s >= 1.7,
  };
}

/** @typedef {ReturnType<typeof phasesOf>} Phases */

/**
 * Where a number of the row of six is.
 * @param {Phases} phases
 * @param {number} position in the row
 * @returns {[number, number]}
 */
export function placeInRow(phases, position) {
  const [piece, column] = [Math.floor(position / 2), position % 2];
  const landed = phases.land(piece);
  const apart = (piece - 1) * 0.16 * phases.slide * (1 - landed);
  return corner(
    between(COLUMN.weights + position + apart, COLUMN.weights + column, landed),
    between(ROW_BELOW, piece, landed),
  );
}
