import { part, write } from "../views/parts.js";

const SECONDS_PER_DECADE = 0.8;

/**
 * Let a setting go to 0, by itself, along a logarithmic scale; once more pauses it. Without motion it takes a power of ten at a time.
 * @template {Record<string, any>} S
 * @param {{get: () => S, set: (change: any) => void}} store
 * @param {{key: keyof S & string, symbolOf: (state: S) => string, smallest: number, largest: number}} setting `largest`: where one that is already at its smallest starts again
 */
export function createShrinking(store, { key, symbolOf, smallest, largest }) {
  let frame = 0;
  let last = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const say = () => write(part("shrink-name", HTMLElement), frame ? "Pause" : `Let ${symbolOf(store.get())} → 0`);
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    say();
  };
  const tick = (/** @type {number} */ now) => {
    const seconds = (now - last) / 1000;
    frame = requestAnimationFrame(tick);
    if (calm.matches && seconds < SECONDS_PER_DECADE) return;
    last = now;
    const delta = store.get()[key];
    const size = Math.abs(delta) * 10 ** -(calm.matches ? 1 : seconds / SECONDS_PER_DECADE);
    if (size <= smallest) stop();
    store.set({ [key]: Math.sign(delta) * Math.max(smallest, Number(size.toPrecision(3))) });
  };
  return {
    /** Names on the button what is let go. */
    show: say,
    toggle() {
      if (frame) return stop();
      const delta = store.get()[key];
      if (Math.abs(delta) <= smallest * 1.01) store.set({ [key]: Math.sign(delta) * largest });
      last = performance.now();
      frame = requestAnimationFrame(tick);
      return say();
    },
  };
}
