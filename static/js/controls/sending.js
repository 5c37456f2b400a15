import { part, write } from "./parts.js";

const SECONDS = 1.5; // that a nudge takes through one of the three planes
const BEAT = 1.4; // seconds between two beats, without motion
const DONE = 0.97; // of a plane: its arrows are there, and the bead has left

/**
 * Send a nudge through the three planes: `sent` goes from 0 to 3, and is null when it has arrived. Once more ends
 * it. Without motion it takes three beats.
 * @param {{get: () => {sent: number|null}, set: (change: any) => void}} store
 */
export function createSending(store) {
  let frame = 0;
  let last = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    store.set({ sent: null });
    write(part("send-name", HTMLElement), "Send the nudge");
  };
  const tick = (/** @type {number} */ now) => {
    frame = requestAnimationFrame(tick);
    const seconds = (now - last) / 1000;
    if (calm.matches && seconds < BEAT) return;
    last = now;
    const sent = (store.get().sent ?? 0) + (calm.matches ? 1 : seconds / SECONDS);
    if (sent >= 3) stop();
    else store.set({ sent });
  };
  return {
    toggle() {
      if (frame) return stop();
      store.set({ sent: calm.matches ? DONE : 0 });
      last = performance.now();
      frame = requestAnimationFrame(tick);
      return write(part("send-name", HTMLElement), "Skip");
    },
  };
}
