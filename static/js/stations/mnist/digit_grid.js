import { onThemeChange, palette } from "../../base/theme.js";
import { paintDigit } from "./digit_canvas.js";
import { moveFocus } from "./move_focus.js";
import { createOutputBars } from "./output_bars.js";

/** @typedef {{index: number, label: number, prediction: number|null, correct: boolean, outputs: number[]}} Answer */
/** @typedef {{index: number, label: number, pixels: number[]}} Picture */

/**
 * A grid of digits with the network's answers; arrow keys move between them, focus or hover shows the ten outputs.
 * @param {{grid: HTMLElement, popover: HTMLElement, onPick: (picture: Picture) => void}} parts
 */
export function createDigitGrid({ grid, popover, onPick }) {
  const title = document.createElement("p");
  const bars = document.createElement("div");
  bars.className = "bars";
  popover.append(title, bars);
  const showBars = createOutputBars(bars);
  /** @type {ReturnType<typeof createCell>[]} */
  let cells = [];
  /** @type {Picture[]} */
  let pictures = [];
  /** @type {Map<number, Answer>} */
  let answers = new Map();
  let open = -1;

  const explain = () => {
    popover.hidden = open < 0 || !cells[open];
    if (popover.hidden) return;
    const answer = answers.get(pictures[open].index);
    title.textContent = describe(pictures[open], answer);
    showBars(answer?.outputs ?? null);
    place(popover, cells[open].button, grid);
  };
  const repaint = () => cells.forEach((cell, at) => paintDigit(cell.canvas, pictures[at].pixels, 255, palette()));
  /** @param {number} at */
  const reveal = (at) => {
    open = at;
    explain();
  };
  onThemeChange(repaint);
  document.addEventListener("keydown", (event) => event.key === "Escape" && reveal(-1));
  grid.addEventListener("keydown", (event) =>
    moveFocus(
      event,
      cells.map((cell) => cell.button),
    ),
  );

  return {
    /** @param {Picture[]} shown */
    setPictures(shown) {
      pictures = shown;
      cells = shown.map((picture, at) =>
        createCell(
          at,
          () => reveal(at),
          () => reveal(-1),
          () => onPick(picture),
        ),
      );
      grid.replaceChildren(...cells.map((cell) => cell.button));
      repaint();
    },
    /** @param {Answer[]} shown */
    setAnswers(shown) {
      answers = new Map(shown.map((answer) => [answer.index, answer]));
      cells.forEach((cell, at) => markCell(cell, pictures[at], answers.get(pictures[at].index)));
      explain();
    },
  };
}

/** @param {number} at @param {() => void} show @param {() => void} hide @param {() => void} pick */
function createCell(at, show, hide, pick) {
  const button = document.createElement("button");
  const canvas = document.createElement("canvas");
  const answer = document.createElement("span");
  button.type = "button";
  button.className = "digit";
  button.tabIndex = at === 0 ? 0 : -1;
  canvas.width = canvas.height = 28;
  canvas.setAttribute("aria-hidden", "true");
  answer.className = "answer";
  button.append(canvas, answer);
  button.addEventListener("pointerenter", show);
  button.addEventListener("focus", show);
  button.addEventListener("pointerleave", hide);
  button.addEventListener("blur", hide);
  button.addEventListener("click", pick);
  return { button, answer, canvas };
}

/** @param {ReturnType<typeof createCell>} cell @param {Picture} picture @param {Answer|undefined} answer */
function markCell(cell, picture, answer) {
  const known = answer !== undefined && answer.prediction !== null;
  cell.button.classList.toggle("wrong", known && !answer.correct);
  cell.answer.textContent = !known ? "?" : answer.correct ? String(answer.prediction) : `✗ ${answer.prediction}`;
  cell.button.setAttribute("aria-label", describe(picture, answer));
}

/** @param {Picture} picture @param {Answer|undefined} answer */
function describe(picture, answer) {
  const name = `Test digit ${picture.index}, a ${picture.label}`;
  if (!answer || answer.prediction === null) return `${name}: no answer yet`;
  return answer.correct ? `${name}: answered right` : `${name}: wrongly answered ${answer.prediction}`;
}

/** @param {HTMLElement} popover @param {HTMLElement} cell @param {HTMLElement} grid */
function place(popover, cell, grid) {
  const left = cell.offsetLeft + cell.offsetWidth / 2 - popover.offsetWidth / 2;
  popover.style.left = `${Math.max(0, Math.min(left, grid.offsetLeft + grid.offsetWidth - popover.offsetWidth))}px`;
  popover.style.top = `${cell.offsetTop - popover.offsetHeight - 8}px`;
}
