import { exact, lowered, number, written } from "../../base/format.js";
import { pointText } from "./input_grid.js";
import { entriesText, entryText, standsAt } from "./local_map.js";

/** @typedef {import("./local_map.js").LocalMap} LocalMap */
/** @typedef {import("./input_grid.js").Asked} Asked */

const SAME = 1e-9; // relative: image and parallelogram differ by round-off alone
const FLAT = 1e-12;

/**
 * What is seen: an entry where one is asked about, else how far the image of the square is from the parallelogram, or
 * why there is no Jacobian.
 * @param {{answer: any, map: LocalMap, asked: Asked|null, atLimit: boolean, digits: number}} input `atLimit`: s was let
 *   go to 0 and rests there
 */
export function jacobianSentence({ answer, map, asked, atLimit, digits }) {
  if (!map.smooth)
    return (
      `No Jacobian at x = ${pointText(map.at)}. ` +
      `${(standsAt(answer, map.at) && lowered(answer.reason ?? "")) || "f is not smooth there."}`
    );
  if (asked) return askedSentence(answer, map, asked, digits);
  if (atLimit && map.matrix.flat().some(Boolean)) return limitSentence(map, digits);
  if (map.values.length === 1) return rowSentence(answer, map, digits);
  // where J = 0 that says it all
  if (map.matrix.flat().every((entry) => entry === 0)) return apartSentence(map, digits);
  return (
    `${apartSentence(map, digits)} ` +
    `${map.values.length === 2 ? determinantSentence(map, digits) : surfaceSentence(map, digits)}`
  );
}

/** What the square's image becomes as the square shrinks. @param {LocalMap} map @param {number} digits */
function limitSentence({ values, matrix, determinant, factor, linear, side }, digits) {
  if (values.length === 1)
    return (
      `As s → 0, (f(x + Δx) − f(x)) / s → ${number(Number(linear?.[0]) / side, digits)}, the sum of the row: ` +
      `f changes as J says.`
    );
  const flat = determinant !== null && isFlat(determinant, matrix);
  const area = number(flat ? 0 : factor, digits);
  return (
    `As s → 0, the image of the square becomes the parallelogram of J, and its area / s² → ` +
    `${values.length === 2 ? `|det J| = ${area}` : area}.`
  );
}

/** The name of an output; a single one has no number. @param {number} row @param {number} rows */
export const outputName = (row, rows) => (rows === 1 ? "f" : `f${"₁₂₃₄"[row]}`);

/** @param {any} answer @param {LocalMap} map @param {Asked} asked @param {number} digits */
function askedSentence(answer, map, { row, column }, digits) {
  const names = answer.variables.map(written);
  const { matrix } = map;
  const rows = matrix.length;
  if (row !== null && column !== null) {
    const entry = matrix[row][column];
    if (entry === 0)
      return (
        `∂${outputName(row, rows)}/∂${names[column]} = 0: a small step along ${names[column]} does not ` +
        `move ${outputName(row, rows)}.`
      );
    return (
      `∂${outputName(row, rows)}/∂${names[column]} = ${entryText(answer, map, row, column, digits)}: ` +
      `${outputName(row, rows)} ${Number(entry) > 0 ? "grows" : "falls"} ` +
      `${entryText(answer, map, row, column, digits).replace("−", "")} times as fast as ${names[column]} ` +
      `grows, while ${names[1 - column]} is held.`
    );
  }
  if (row !== null)
    return (
      `Row ${row + 1} is the gradient of ${outputName(row, rows)}: ∇${outputName(row, rows)} = ` +
      `${entriesText(answer, map, { row }, digits)}. It is drawn at x: that way ${outputName(row, rows)} grows ` +
      `fastest.`
    );
  if (column !== null)
    return (
      `Column ${column + 1} is where a step along ${names[column]} leads: s times ` +
      `${entriesText(answer, map, { column }, digits)}.`
    );
  return "";
}

/** @param {LocalMap} map @param {number} digits */
function apartSentence({ side, parallelogram, image, values }, digits) {
  const corners = /** @type {number[][]} */ (parallelogram);
  const apart = distanceOfCorners(corners, image);
  if (apart === null) return `f has no value on a part of the square of side s = ${exact(side)}.`;
  const size = Math.max(
    ...corners.map((corner) => Math.hypot(...corner.map((value, axis) => value - Number(values[axis])))),
  );
  // corners of a curved image can lie where those of the parallelogram lie, the edges between them cannot all
  if (!size)
    return (
      `J = 0: to first order, the square becomes a point; at s = ${exact(side)} its image is still up to ` +
      `${number(apart, Math.min(digits, 3))} away from it.`
    );
  if (apart <= SAME * size) return `At s = ${exact(side)} the image is the parallelogram.`;
  return (
    `At s = ${exact(side)} the image is up to ${number((100 * apart) / size, Math.min(digits, 3))} % off ` +
    `the parallelogram.`
  );
}

/**
 * The largest distance between the image of the boundary and what the matrix makes of it.
 * @param {number[][]} corners
 * @param {import("./local_map.js").Vector[]} image
 */
function distanceOfCorners([origin, first, across, second], image) {
  const pieces = (image.length - 1) / 4;
  const ends = [origin, first, across, second, origin];
  let most = 0;
  for (const [index, point] of image.entries()) {
    if (point.some((value) => value === null)) return null;
    const edge = Math.min(3, Math.floor(index / pieces));
    const share = index / pieces - edge;
    most = Math.max(
      most,
      Math.hypot(
        ...point.map(
          (value, axis) => Number(value) - ends[edge][axis] - share * (ends[edge + 1][axis] - ends[edge][axis]),
        ),
      ),
    );
  }
  return most;
}

/** @param {LocalMap} map @param {number} digits */
function determinantSentence({ determinant, matrix }, digits) {
  if (determinant === null || isFlat(determinant, matrix)) return "det J = 0: the square is pressed flat.";
  const turned = determinant < 0 ? ", and the square is turned over" : "";
  return (
    `det J = ${number(determinant, digits)}: areas are multiplied by ` +
    `${number(Math.abs(determinant), digits)}${turned}.`
  );
}

/**
 * Whether a determinant is 0 but for round-off.
 * @param {number} determinant @param {import("./local_map.js").Vector[]} matrix
 */
function isFlat(determinant, matrix) {
  const size = Math.max(...matrix.flat().map((entry) => Math.abs(Number(entry))));
  return Math.abs(determinant) <= FLAT * size * size;
}

/** @param {LocalMap} map @param {number} digits */
const surfaceSentence = ({ factor }, digits) => `On the surface, areas are multiplied by ${number(factor, digits)}.`;

/** @param {any} answer @param {LocalMap} map @param {number} digits */
function rowSentence(answer, map, digits) {
  const [gain, real] = [map.linear?.[0], map.change[0]];
  return (
    `With one output the Jacobian is a single row, the gradient: J = ` +
    `${entriesText(answer, map, { row: 0 }, digits)}. J Δx = ${number(gain, digits)}, and f really changes by ` +
    `${number(real, digits)}.`
  );
}
