import { epochMargins, epochRange } from "../drawing/epoch_axes.js";

const THUMB = 18; // pixels, as in history.css
const KEYS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 });

/**
 * The steps that can be turned to, and where they stand on an axis of epochs.
 * @typedef {{marks: number[], shown: number, perEpoch: number, last: number, words: string, size: number}} Timeline
 *   `last`: the axis' newest epoch; `words`: what is shown, for who does not see it; `size`: of the text in the plot
 */

/**
 * A curve over epochs as the slider of a run's history: its thumb stands on the axis, and the curve can be pulled.
 * @param {{plot: HTMLElement, slider: HTMLInputElement, onMove: (step: number) => void}} parts
 */
export function createHistorySlider({ plot, slider, onMove }) {
  /** @type {Timeline|null} */
  let now = null;
  let asked = 0; // the page follows a frame later
  /** @param {number} step */
  const nearest = (step) => {
    const marks = now?.marks ?? [];
    return marks.reduce((best, mark) => (Math.abs(mark - step) < Math.abs(best - step) ? mark : best), marks[0]);
  };
  /** @param {number} step */
  const move = (step) => {
    if (!now?.marks.length) return;
    const mark = nearest(step);
    if (mark === asked) return void (slider.value = String(mark));
    asked = mark;
    slider.value = String(mark);
    onMove(mark);
  };
  slider.addEventListener("input", () => move(Number(slider.value)));
  slider.addEventListener("keydown", (event) => {
    if (!now || !(event.key in KEYS)) return;
    event.preventDefault();
    const at = now.marks.indexOf(nearest(asked)) + KEYS[event.key];
    if (at >= 0 && at < now.marks.length) move(now.marks[at]);
  });
  pull(plot, (x) => {
    if (!now) return;
    const { l, r } = epochMargins(now.size);
    const box = plot.getBoundingClientRect();
    const share = (x - box.left - l) / (box.width - l - r);
    move(share * epochRange(now.last)[1] * now.perEpoch);
  });
  /** @param {Timeline} timeline */
  const place = ({ marks, perEpoch, last, size }) => {
    const { l, r, b } = epochMargins(size);
    const width = (plot.clientWidth - l - r) * (marks[marks.length - 1] / perEpoch / epochRange(last)[1]);
    slider.style.left = `${l - THUMB / 2}px`;
    slider.style.width = `${width + THUMB}px`;
    slider.style.bottom = `${b - THUMB / 2}px`;
  };
  new ResizeObserver(() => now && place(now)).observe(plot);
  /** @param {Timeline} timeline */
  return (timeline) => {
    now = timeline;
    asked = timeline.shown;
    slider.hidden = timeline.marks.length < 2;
    if (slider.hidden) return;
    slider.max = String(timeline.marks.at(-1));
    slider.value = String(timeline.shown);
    slider.setAttribute("aria-valuetext", timeline.words);
    place(timeline);
  };
}

/**
 * Hear where the curve is pressed and pulled; a finger scrolls, and takes the thumb.
 * @param {HTMLElement} plot @param {(x: number) => void} onPull
 */
function pull(plot, onPull) {
  let held = false;
  plot.addEventListener("pointerdown", (event) => {
    held = event.button === 0 && event.pointerType !== "touch";
    if (held) onPull(event.clientX);
  });
  addEventListener("pointermove", (event) => held && onPull(event.clientX));
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => (held = false));
}
