/**
 * Draw 28×28 gray values on a canvas in the theme's paper and ink.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} pixels @param {number} top the value of full ink
 * @param {import("../../base/theme.js").Palette} colors
 */
export function paintDigit(canvas, pixels, top, colors) {
  const context = canvas.getContext("2d");
  if (!context) return;
  const paper = parse(colors.digitPaper);
  const ink = parse(colors.digitInk);
  const picture = context.createImageData(28, 28);
  for (let index = 0; index < 784; index += 1) {
    const share = pixels[index] / top;
    for (let channel = 0; channel < 3; channel += 1) {
      picture.data[4 * index + channel] = paper[channel] + (ink[channel] - paper[channel]) * share;
    }
    picture.data[4 * index + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
}

/**
 * Draw 28×28 signed numbers on the diverging scale, from the paper's tone; the largest size is the strongest tone.
 * @param {HTMLCanvasElement} canvas @param {(number|null)[]} values
 * @param {import("../../base/theme.js").Palette} colors
 */
export function paintSigned(canvas, values, colors) {
  const context = canvas.getContext("2d");
  if (!context) return;
  const paper = parse(colors.digitPaper);
  const [positive, negative] = [colors.positive, colors.negative].map((triple) => triple.split(" ").map(Number));
  const top = values.reduce((/** @type {number} */ most, value) => Math.max(most, Math.abs(value ?? 0)), 0) || 1;
  const picture = context.createImageData(28, 28);
  values.forEach((value, index) => {
    const tone = (value ?? 0) < 0 ? negative : positive;
    // the root lets what is small be seen beside the largest
    const share = Math.sqrt(Math.abs(value ?? 0) / top);
    for (let channel = 0; channel < 3; channel += 1) {
      picture.data[4 * index + channel] = paper[channel] + (tone[channel] - paper[channel]) * share;
    }
    picture.data[4 * index + 3] = 255;
  });
  context.putImageData(picture, 0, 0);
}

/** @param {string} hex such as #1b1f24 */
const parse = (hex) => [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
