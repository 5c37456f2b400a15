import { count } from "../../base/format.js";

/**
 * How many of the digits on show are right, and whether there are others to turn to.
 * @param {{words: HTMLElement, back: HTMLButtonElement, next: HTMLButtonElement}} parts
 */
export function createDigitCount({ words, back, next }) {
  /** @param {import("./state.js").MnistState} state */
  return ({ answers, tested, chosen, choice, first }) => {
    const right = answers.filter((answer) => answer.correct).length;
    const text = !answers.length
      ? ""
      : chosen === "wrong"
        ? `${count(choice)} wrong of ${count(tested)}`
        : `${right} of ${answers.length} right`;
    if (words.textContent !== text) words.textContent = text;
    back.disabled = first <= 0;
    next.disabled = first + answers.length >= choice;
  };
}
