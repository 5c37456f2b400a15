import { readImages, readRun } from "../api.js";
import { newestWins } from "./newest_wins.js";

const SHOWN = 24;

/**
 * Keep the digits on show and the network's answers current while it learns.
 * @param {{store: import("./run_session.js").RunStore, grid: ReturnType<typeof import("../views/digit_grid.js").createDigitGrid>, address: () => string}} parts
 */
export function createTestDigits({ store, grid, address }) {
  /** @type {Map<number, import("../views/digit_grid.js").Picture>} */
  const pictures = new Map();
  let shown = "";
  let total = Infinity;

  /** @param {number[]} indices */
  const show = async (indices) => {
    const missing = indices.filter((index) => !pictures.has(index));
    if (missing.length) for (const picture of (await readImages(missing)).images) pictures.set(picture.index, picture);
    const key = indices.join();
    if (key === shown) return;
    shown = key;
    grid.setPictures(indices.map((index) => /** @type {any} */ (pictures.get(index))));
  };
  const refresh = newestWins(async () => {
    const { run, first, wrong } = store.get();
    if (!run) return;
    const answer = await readRun(address(), `answers?split=test&first=${first}&count=${SHOWN}${wrong ? "&wrong=true" : ""}`);
    total = answer.of_total ?? total;
    await show(answer.digits.map((/** @type {any} */ digit) => digit.index));
    store.set({ answers: answer.digits });
    grid.setAnswers(answer.digits);
  }, 500);
  store.subscribe((state, before) => {
    const moved = state.run && (state.run.step !== before.run?.step || state.run.id !== before.run?.id || state.run.status !== before.run?.status);
    if (moved || state.first !== before.first || state.wrong !== before.wrong) refresh();
  });
  return {
    /** @param {number} way -1 for back, 1 for on */
    turn(way) {
      const { first, wrong, answers } = store.get();
      const next = wrong && way > 0 && answers.length ? (answers.at(-1)?.index ?? 0) + 1 : first + way * SHOWN;
      store.set({ first: Math.max(0, next) });
    },
  };
}
