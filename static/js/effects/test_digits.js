import { readImages, readRun } from "../api.js";
import { isProjected, onThemeChange } from "../theme.js";
import { newestWins } from "./newest_wins.js";

const ROW = 12;

/**
 * Keep the digits on show and the network's answers current while it learns.
 * @param {{store: import("./run_session.js").RunStore, grid: ReturnType<typeof import("../views/digit_grid.js").createDigitGrid>, address: () => string}} parts
 */
export function createTestDigits({ store, grid, address }) {
  /** @type {Map<number, import("../views/digit_grid.js").Picture>} */
  const pictures = new Map();
  let shown = "";
  const places = () => (isProjected() ? ROW : 2 * ROW);

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
    if (run?.dataset !== "mnist") return;
    const answer = await readRun(address(), `answers?split=test&first=${first}&count=${places()}${wrong ? "&wrong=true" : ""}`);
    const choice = wrong ? answer.total - answer.total_correct : answer.total;
    // While it learns there may come to be fewer wrong ones than were turned to.
    if (first > 0 && first >= choice) return store.set({ first: Math.floor(Math.max(0, choice - 1) / places()) * places() });
    await show(answer.digits.map((/** @type {any} */ digit) => digit.index));
    store.set({ answers: answer.digits, choice, tested: answer.total, chosen: wrong ? "wrong" : "all" });
    grid.setAnswers(answer.digits);
  }, 500);
  store.subscribe((state, before) => {
    const moved = state.run && (state.run.step !== before.run?.step || state.run.share_id !== before.run?.share_id || state.run.status !== before.run?.status);
    const turned = state.first !== before.first || state.wrong !== before.wrong;
    if (moved || turned) refresh(turned);
  });
  onThemeChange(() => refresh(true));
  return {
    /** @param {number} way -1 for back, 1 for on */
    turn(way) {
      const { first, choice } = store.get();
      const next = first + way * places();
      if (next < choice) store.set({ first: Math.max(0, next) });
    },
  };
}
