import { part, write } from "../controls/parts.js";

const SECONDS_PER_DECADE = 0.7;
const EASE = 1.5; // decades before its end from which the motion slows down
const SLOWEST = 0.25; // of the usual speed

/**
 * Let a setting go to 0, by itself, along a logarithmic scale; once more pauses it. It eases in and rests at `endOf`;
 * from there "further" goes on to the smallest, where that shows something.
 * Without motion it takes a power of ten at a time.
 * @template {Record<string, any>} S
 * @param {{get: () => S, set: (change: any) => void}} store
 * @param {{key: keyof S & string, symbolOf: (state: S) => string, smallest: number, largest: number, endOf?: (state: S)
 *   => number, goesOn?: (state: S) => boolean, onRest?: () => void}} setting
 *   `largest`: where one that is already at its end starts again; `goesOn`: whether there is something to see beyond
 *   the end; `onRest` hears that the end is reached
 */
export function createShrinking(store, setting) {
  const { key, symbolOf, smallest, largest, endOf = () => smallest, goesOn = () => false, onRest = () => {} } = setting;
  let frame = 0;
  let last = 0;
  let end = smallest;
  let further = false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const sizeNow = () => Math.abs(store.get()[key]);
  const isAt = (/** @type {number} */ size) => sizeNow() <= size * 1.01;
  const mayGoOn = () => isAt(endOf(store.get())) && !isAt(smallest) && goesOn(store.get());

  const say = () => {
    const name = mayGoOn() ? "Further" : `Let ${symbolOf(store.get())} → 0`;
    write(part("shrink-name", HTMLElement), frame ? "Pause" : name);
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    say();
  };
  const setSize = (/** @type {number} */ size) => store.set({ [key]: Math.sign(store.get()[key]) * size });
  const tick = (/** @type {number} */ now) => {
    const seconds = (now - last) / 1000;
    frame = requestAnimationFrame(tick);
    if (calm.matches && seconds < SECONDS_PER_DECADE) return;
    last = now;
    const size = Math.max(end, Number((sizeNow() / factor(seconds)).toPrecision(3)));
    setSize(size);
    if (size > end) return;
    if (!further) onRest();
    stop();
  };
  /** By how much it shrinks in a time. @param {number} seconds */
  const factor = (seconds) => {
    if (calm.matches) return 10;
    const left = Math.log10(sizeNow() / end) / EASE;
    const speed = further ? 1 : Math.min(1, Math.max(SLOWEST, left));
    return 10 ** ((speed * seconds) / SECONDS_PER_DECADE);
  };
  return {
    /** Names on the button what is let go. */
    show: say,
    toggle() {
      if (frame) return stop();
      further = mayGoOn();
      end = further ? smallest : endOf(store.get());
      if (isAt(end)) setSize(largest);
      last = performance.now();
      frame = requestAnimationFrame(tick);
      return say();
    },
  };
}
