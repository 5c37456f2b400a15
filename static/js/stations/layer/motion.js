/**
 * Let one setting go from where it is to an end, in time; without motion it is there at once.
 * @template {Record<string, any>} S
 * @param {{get: () => S, set: (change: any) => void}} store
 */
export function createMotion(store) {
  let frame = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  return {
    stop,
    isRunning: () => frame !== 0,
    /** @param {keyof S & string} key @param {number} from @param {number} to @param {number} milliseconds */
    play(key, from, to, milliseconds) {
      stop();
      if (calm.matches || milliseconds <= 0) return store.set({ [key]: to });
      const start = performance.now();
      const tick = (/** @type {number} */ now) => {
        const share = Math.min(1, Math.max(0, (now - start) / milliseconds));
        frame = share < 1 ? requestAnimationFrame(tick) : 0;
        store.set({ [key]: from + (to - from) * share });
      };
      frame = requestAnimationFrame(tick);
      return store.set({ [key]: from });
    },
  };
}

/** @typedef {ReturnType<typeof createMotion>} Motion */

const EXPLICIT_TO_SPARSE = 2200; // milliseconds
const UNFOLD = 1800;

/**
 * What the space bar does at a stage: what its button says, and the motion; null where nothing moves.
 * @param {import("./state.js").State} state
 * @returns {{name: string, move: ["s"|"size"|"run", number, number, number]}
 *   | {name: string, set: Partial<import("./state.js").State>} | null}
 */
export function playOf({ stage, view, s, size, outer }) {
  if (stage === "delta") return { name: outer ? "Back to the gates" : "Times x", set: { outer: !outer } };
  if (stage === "product" && view === "size")
    return { name: "Drag to 784 → 128", move: ["size", size > 1.99 ? 0 : size, 2, 2600] };
  if (stage === "product" && s >= 1.99) return { name: "Unfold", move: ["s", s, 0, UNFOLD] };
  if (stage === "product") {
    const to = s < 0.99 ? 1 : 2;
    return {
      name: to === 1 ? "Fade the zeros" : "Stack the blocks",
      move: ["s", s, to, EXPLICIT_TO_SPARSE * (to - s)],
    };
  }
  if (stage === "graph") return { name: "Send the nudge", move: ["run", 0, 1, 3800] };
  return stage === "update" ? { name: "Make the step", move: ["run", 0, 1, 2000] } : null;
}
