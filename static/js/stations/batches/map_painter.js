import { levelLines } from "../../drawing/level_lines.js";

const FADE = 0.85; // how fast small values gain color
const DEEPEST = 235; // opacity of the largest value, of 255

/** The colors of the diverging scale in the present theme. */
export function signedColors() {
  const style = getComputedStyle(document.documentElement);
  const parts = (/** @type {string} */ name) => style.getPropertyValue(name).trim().split(/\s+/).map(Number);
  return { plus: parts("--pos"), minus: parts("--neg") };
}

const sheet = document.createElement("canvas");

/**
 * Paint a map: the color says the sign, its depth the size. Row 0 of the values is at the bottom.
 * @param {HTMLCanvasElement} canvas @param {(number|null)[][]} values @param {number} largest
 * @param {ReturnType<typeof signedColors>} colors
 */
export function paintMap(canvas, values, largest, colors) {
  const side = values.length;
  sheet.width = sheet.height = side;
  const small = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  const pixels = small.createImageData(side, side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const value = values[row][column];
      if (value === null) continue; // not finite: left blank
      const place = ((side - 1 - row) * side + column) * 4;
      const color = value < 0 ? colors.minus : colors.plus;
      for (let part = 0; part < 3; part += 1) pixels.data[place + part] = color[part];
      pixels.data[place + 3] = Math.min(1, Math.abs(value) / largest) ** FADE * DEEPEST;
    }
  }
  small.putImageData(pixels, 0, 0);
  const large = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  large.clearRect(0, 0, canvas.width, canvas.height);
  large.imageSmoothingQuality = "high";
  // the outermost points lie on the edge of the square
  large.drawImage(sheet, 0.5, 0.5, side - 1, side - 1, 0, 0, canvas.width, canvas.height);
}

/**
 * The outline of some levels as a path in a square of a side.
 * @param {{x: number[], y: number[], z: (number|null)[][]}} grid @param {number[]} levels @param {number} side
 */
export function levelPath({ x, y, z }, levels, side) {
  const [left, bottom] = [x[0], y[0]];
  const [width, height] = [x[x.length - 1] - left, y[y.length - 1] - bottom];
  const place = (/** @type {number[]} */ [across, up]) =>
    `${((side * (across - left)) / width).toFixed(1)} ${(side - (side * (up - bottom)) / height).toFixed(1)}`;
  return levels
    .flatMap((level) => levelLines({ x, y, z }, level))
    .map((line) => `M${line.map(place).join("L")}`)
    .join("");
}
