import { readImages, readMnist, readRun } from "../../base/api.js";
import { isProjected, onThemeChange } from "../../base/theme.js";
import { newestWins } from "../../base/newest_wins.js";
import { pastStep } from "../../runs/moment.js";

const ROW = 12;

/**
 * Keep the digits on show and the network's answers current while it learns.
 * @param {{store: import("./state.js").MnistStore, grid: ReturnType<typeof
 *   import("./digit_grid.js").createDigitGrid>, address: () => string}} parts
 */
export function createTestDigits({ store, grid, address }) {
  /** @type {Map<number, import("./digit_grid.js").Picture>} */
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
  /** Before there is a run there is nothing but the digits. @param {number} first */
  const showUnanswered = async (first) => {
    const tested = store.get().tested || (await readMnist()).test;
    await show(Array.from({ length: Math.min(places(), tested - first) }, (_, at) => first + at));
    grid.setAnswers([]);
    store.set({ answers: [], choice: tested, tested, chosen: "all" });
  };
  const refresh = newestWins(async () => {
    const { run, first, wrong, configuration } = store.get();
    if (configuration) return showUnanswered(first).catch((problem) => store.set({ problem }));
    if (run?.dataset !== "mnist") return;
    const step = pastStep(store.get());
    const query = `split=test&first=${first}&count=${places()}${wrong ? "&wrong=true" : ""}`;
    const answer = await readRun(address(), `answers?${query}${step === null ? "" : `&step=${step}`}`);
    const choice = wrong ? answer.total - answer.total_correct : answer.total;
    // While it learns there may come to be fewer wrong ones than were turned to.
    if (first > 0 && first >= choice)
      return store.set({ first: Math.floor(Math.max(0, choice - 1) / places()) * places() });
    await show(answer.digits.map((/** @type {any} */ digit) => digit.index));
    store.set({
      answers: answer.digits,
      choice,
      tested: answer.total,
      chosen: wrong ? "wrong" : "all",
      answered: answer.step,
    });
    grid.setAnswers(answer.digits);
  }, 500);
  store.subscribe((state, before) => {
    const turned = state.first !== before.first || state.wrong !== before.wrong || pastStep(state) !== pastStep(before);
    if (turned || (pastStep(state) === null && hasMoved(state, before))) refresh(turned);
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

/**
 * Whether the network may answer otherwise.
 * @param {import("./state.js").MnistState} state @param {import("./state.js").MnistState} before
 */
function hasMoved({ run, configuration }, before) {
  if (configuration !== before.configuration) return true;
  return run && ["step", "share_id", "status"].some((name) => run[name] !== before.run?.[name]);
}
