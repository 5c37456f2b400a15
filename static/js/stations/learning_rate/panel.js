import { shown } from "../../base/format.js";
import { createLimitedRate } from "../../controls/rate_knob.js";
import { part, write } from "../../controls/parts.js";
import { pixel, svg } from "../../drawing/svg.js";
import { outcomeOf } from "./outcomes.js";
import { isHidden, LIMITS } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./outcomes.js").Walk} Walk */

const CURVE = { width: 110, height: 34, inset: 4 };
const SAME = 1e-6;
const ROUND_OFF = 12; // decimals of 1 − ηλ that are certain
const DECADES = 12; // of a small curve: a loss of 1e-30 leaves the others apart

/** The limit in numbers, and the slider. @param {import("./state.js").Store} store */
export function createPanel(store) {
  const [lambda, limit, times, factor, below, where] = [
    "lambda",
    "limit-now",
    "times",
    "factor",
    "factor-says",
    "where",
  ].map((id) => part(id, HTMLElement));
  const knob = createLimitedRate(part("rate", HTMLElement), part("limit", HTMLElement), {
    ...LIMITS,
    onRate: (eta) => store.set({ eta, told: null }),
  });
  return (/** @type {State} */ { line, eta, made }) => {
    const bend = line?.curvature ?? null;
    knob(eta, bend?.speed_limit ?? null);
    if (!bend) return;
    const { largest_eigenvalue: largest, speed_limit: most } = bend;
    write(
      where,
      made.length
        ? `How sharp is it after ${made.length === 1 ? "1 step" : `${made.length} steps`}?`
        : "How sharp is it at the start?",
    );
    write(lambda, shown(largest));
    write(limit, most === null ? "none" : shown(most));
    write(times, most === null ? "–" : `${shown(eta / most, 3)} ×`);
    times.classList.toggle("over", most !== null && eta > most);
    const share = Number((1 - eta * largest).toFixed(ROUND_OFF)); // λ is known to so many decimals
    write(factor, `1 − ηλ = ${shown(share)}`);
    factor.classList.toggle("over", Math.abs(share) > 1);
    write(below, meaningOf(share));
  };
}

/** What becomes of a swing along the sharpest direction. @param {number} share */
function meaningOf(share) {
  const each = "per step along the sharpest direction: ";
  if (share === 0) return `${each}it is gone at once`;
  if (Math.abs(share) === 1) return `${each}it ${share < 0 ? "swings over, and " : ""}stays as large as it is`;
  if (share < -1) return `${each}it swings over, and grows`;
  if (share < 0) return `${each}it swings over, but shrinks`;
  return `${each}${share > 1 ? "it grows" : "it shrinks"}`;
}

/** The same start, five learning rates. @param {(eta: number) => void} onChoose */
export function createRows(onChoose) {
  const place = part("walks", HTMLElement);
  let drawn = "";
  return (/** @type {State} */ state) => {
    const walks = /** @type {Walk[]} */ (state.kept?.walks ?? []);
    const hidden = isHidden(state);
    const key = JSON.stringify([walks, state.eta, hidden]);
    if (key === drawn) return;
    drawn = key;
    const focused = place.contains(document.activeElement);
    place.replaceChildren(...walks.map((walk) => rowOf(walk, walk.learning_rate === state.eta, hidden, onChoose)));
    if (focused) /** @type {HTMLElement|null} */ (place.querySelector("[aria-pressed=true]"))?.focus();
  };
}

/** @param {Walk} walk @param {boolean} isChosen @param {boolean} hidden @param {(eta: number) => void} onChoose */
function rowOf(walk, isChosen, hidden, onChoose) {
  const { learning_rate: eta, losses, largest_eigenvalue: largest } = walk;
  const row = document.createElement("button");
  row.type = "button";
  row.className = "walk";
  row.dataset.eta = String(eta);
  row.setAttribute("aria-pressed", String(isChosen));
  row.addEventListener("click", () => onChoose(eta));
  const sharp = largest === null ? "" : `λ ${shown(largest, 3)} ${signOf(largest, 2 / eta)} ${shown(2 / eta, 3)}`;
  row.append(
    pairOf("b", shown(eta), hidden ? "?" : outcomeOf(walk)),
    hidden ? document.createElement("span") : curveOf(losses),
    pairOf("b", hidden ? "?" : shown(losses.at(-1), 3), hidden ? "" : sharp),
  );
  return row;
}

/** @param {number} one @param {number} other */
const signOf = (one, other) => (Math.abs(one / other - 1) < SAME ? "=" : one < other ? "<" : ">");

/** @param {string} name @param {string} large @param {string} small */
function pairOf(name, large, small) {
  const place = document.createElement("span");
  const [first, second] = [document.createElement(name), document.createElement("small")];
  first.textContent = large;
  second.textContent = small;
  place.append(first, second);
  return place;
}

/** The losses of a walk, on a logarithmic axis. @param {(number|null)[]} losses */
function curveOf(losses) {
  const { width, height, inset } = CURVE;
  const start = losses[0] || 1;
  const up = losses.map((loss) =>
    Math.max(-DECADES, Math.min(3, Math.log10(Math.max(loss ?? Infinity, 1e-300) / start))),
  );
  const [low, high] = [Math.min(...up, -1), Math.max(...up, 0.5)];
  const y = (/** @type {number} */ value) => inset + ((height - 2 * inset) * (high - value)) / (high - low);
  const x = (/** @type {number} */ k) => inset + ((width - 2 * inset) * k) / (losses.length - 1);
  const sheet = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  sheet.append(
    svg("path", { class: "now", d: `M0 ${pixel(y(0))}H${width}` }),
    svg("path", { class: "truth", d: `M${up.map((value, k) => `${pixel(x(k))} ${pixel(y(value))}`).join("L")}` }),
  );
  return sheet;
}
