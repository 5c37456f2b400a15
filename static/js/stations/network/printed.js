import { shown } from "../../base/format.js";

const DECIMALS = 4; // as the lecture's script prints them
const MOST = 60; // lines, the newest

/**
 * The losses of the run one below the other, as the script of slide 51 prints them; each line goes to its update.
 * @param {HTMLElement} list @param {(step: number) => void} onStep
 */
export function createPrinted(list, onStep) {
  list.addEventListener("click", ({ target }) => {
    const line = target instanceof Element ? target.closest("[data-step]") : null;
    if (line instanceof HTMLElement) onStep(Number(line.dataset.step));
  });
  let written = "";
  /** @param {(number|null)[]} losses from the start on @param {number} step the one that is looked at */
  return (losses, step) => {
    const first = Math.max(0, losses.length - MOST);
    const key = JSON.stringify([losses.length, losses.at(-1), losses[0], step]);
    if (key === written) return;
    written = key;
    const lines = losses.slice(first).map((loss, index) => lineOf(first + index, loss, first + index === step));
    list.replaceChildren(...lines);
    const now = list.querySelector("[aria-current]");
    const box = list.parentElement;
    if (now instanceof HTMLElement && box) box.scrollTop = now.offsetTop - box.clientHeight / 2;
  };
}

/** @param {number} step @param {number|null} loss @param {boolean} isNow */
function lineOf(step, loss, isNow) {
  const [item, button, at, value] = ["li", "button", "span", "b"].map((tag) => document.createElement(tag));
  at.textContent = step ? `update ${step}` : "at the start";
  value.textContent = printed(loss);
  button.setAttribute("type", "button");
  button.className = "quiet small";
  button.dataset.step = String(step);
  if (isNow) button.setAttribute("aria-current", "true");
  button.append(at, " ", value);
  item.append(button);
  return item;
}

/** @param {number|null} loss */
const printed = (loss) => (loss === null || loss >= 1e6 ? shown(loss) : loss.toFixed(DECIMALS));
