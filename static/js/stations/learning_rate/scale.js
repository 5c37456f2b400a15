/**
 * @typedef {{words: string, style: string, x: number, y: number, anchor?: "start"|"middle"|"end",
 *   free?: boolean}} Label `free`: it steps aside
 */
/**
 * Where a learning rate and a loss stand in the figure, in pixels.
 * @typedef {{x: (eta: number) => number, eta: (x: number) => number, y: (loss: number) => number, left: number,
 *   right: number, top: number, bottom: number, strip: {top: number, height: number}, highest: number, letter: number,
 *   width: number, height: number}} Scale
 */

const TIMES = { least: 1.5, most: 3 }; // of the loss now: how high the axis goes

/**
 * @param {{width: number, height: number, letter: number}} size
 * @param {{top: number, line: any}} shown `top`: the largest learning rate
 * @returns {Scale}
 */
export function scaleOf({ width, height, letter }, { top: most, line }) {
  const [left, right] = [letter * 4.4, width - letter * 1.4];
  const strip = Math.max(60, Math.min(height * 0.2, 150));
  const names = letter * 2.4;
  const stripTop = height - names - strip;
  const top = letter * 0.9;
  const bottom = Math.max(top, stripTop - letter * 2.2); // a window can be lower than the figure needs
  const now = line.loss[0] || 1;
  const next = line.loss.at(-1) ?? Infinity;
  const highest = now * Math.min(TIMES.most, Math.max(TIMES.least, (1.2 * next) / now));
  const lowest = Math.min(0, ...line.parabola.filter((/** @type {number|null} */ one) => one !== null)) * 1.1;
  return {
    ...{ left, right, top, bottom, highest, letter, width, height },
    strip: { top: stripTop, height: strip },
    x: (eta) => left + ((right - left) * eta) / most,
    eta: (x) => (most * (x - left)) / (right - left),
    y: (loss) => bottom - ((bottom - top) * (Math.min(loss, 2 * highest) - lowest)) / (highest - lowest),
  };
}

/** Round numbers between 0 and a largest one. @param {number} most @param {number} count about so many */
export function ticks(most, count) {
  const size = 10 ** Math.floor(Math.log10(most / count));
  const step = [1, 2, 5, 10].map((times) => times * size).find((one) => most / one <= count) ?? 10 * size;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, k) => Number((k * step).toPrecision(6)));
}
