const WINDOW = 4000; // milliseconds over which the speed is averaged

/**
 * Measure epochs per second from the steps that arrive while the run plays.
 * @param {import("./session.js").RunStore} store
 */
export function watchSpeed(store) {
  /** @type {{time: number, epochs: number}[]} */
  let marks = [];
  store.subscribe(({ run }, before) => {
    if (!run || run.status !== "playing") {
      marks = [];
      return;
    }
    if (run.step === before.run?.step) return;
    const now = performance.now();
    marks.push({ time: now, epochs: run.step / run.steps_per_epoch });
    while (marks.length > 2 && now - marks[0].time > WINDOW) marks.shift();
    const first = marks[0];
    const epochs = run.step / run.steps_per_epoch - first.epochs;
    if (now - first.time > 300 && epochs > 0) store.set({ speed: (epochs / (now - first.time)) * 1000 });
  });
}
