import { exact } from "../../base/format.js";
import { readNumber } from "../../base/typed_number.js";
import { wrongRate } from "../../controls/rate_knob.js";
import { shapeOf } from "../../drawing/shapes.js";
import { set, svg } from "../../drawing/svg.js";
import { LOOKS, ruleOf } from "./race_looks.js";

/** @typedef {{method: string, learning_rate: number}} Racer */

/**
 * The racers, a row each: its mark, its update rule, its η, what it has reached; one is spoken of.
 * @param {HTMLElement} place
 * @param {{optimizers: {name: string, label: string}[], limits: {low: number, high: number}, most: number,
 *   onChange: (racers: Racer[]) => void, onChoose: (index: number) => void}} parts
 * @returns {(racers: Racer[], chosen: number, reached: string[], limit?: number|null) => void} `limit`: 2/λ there
 */
export function createRaceRows(place, { optimizers, limits, most, onChange, onChoose }) {
  /** @type {Racer[]} */
  let racers = [];
  const change = (/** @type {number} */ index, /** @type {Partial<Racer>|null} */ to) =>
    onChange(racers.flatMap((one, k) => (k === index ? (to ? [{ ...one, ...to }] : []) : [one])));
  /** @type {ReturnType<typeof rowOf>[]} */
  let rows = [];
  const list = document.createElement("div");
  const add = document.createElement("button");
  list.className = "racers";
  add.type = "button";
  add.className = "quiet small";
  add.textContent = "+ one more";
  add.addEventListener("click", () => onChange([...racers, newcomer(racers, optimizers)]));
  place.replaceChildren(list, add);
  const rowAt = (/** @type {number} */ index) =>
    rowOf(index, { optimizers, limits, change: (to) => change(index, to), choose: () => onChoose(index) });
  return (next, chosen, reached, limit = null) => {
    racers = next;
    if (rows.length !== racers.length) {
      rows = racers.map((_, index) => rows[index] ?? rowAt(index));
      list.replaceChildren(...rows.map(({ row }) => row));
    }
    rows.forEach(({ show }, index) => {
      const isOver =
        limit !== null && racers[index].method === "gradient_descent" && racers[index].learning_rate > limit;
      show(racers[index], { isChosen: index === chosen, isOver, isOnly: racers.length < 2 }, reached[index] ?? "");
    });
    add.hidden = racers.length >= most;
  };
}

/**
 * A rule that does not run yet, with the rate of the last one.
 * @param {Racer[]} racers @param {{name: string}[]} rules
 */
function newcomer(racers, rules) {
  const last = racers[racers.length - 1];
  const free = rules.find(({ name }) => racers.every(({ method }) => method !== name));
  return free ? { ...last, method: free.name } : { ...last, learning_rate: last.learning_rate / 2 };
}

/**
 * @param {number} index
 * @param {{optimizers: {name: string, label: string}[], limits: {low: number, high: number},
 *   change: (to: Partial<Racer>|null) => void, choose: () => void}} parts
 */
function rowOf(index, { optimizers, limits, change, choose }) {
  const row = document.createElement("div");
  const [mark, rule, rate, value, away] = [
    document.createElement("button"),
    document.createElement("select"),
    document.createElement("input"),
    document.createElement("output"),
    document.createElement("button"),
  ];
  row.className = `racer ${LOOKS[index].symbol}`;
  mark.type = away.type = "button";
  mark.className = "quiet mark-button";
  mark.append(markOf(index));
  mark.addEventListener("click", choose);
  rule.replaceChildren(...optimizers.map(({ name }) => new Option(ruleOf(name, optimizers), name)));
  rule.setAttribute("aria-label", `Update rule of racer ${index + 1}`);
  rule.addEventListener("change", () => change({ method: rule.value }));
  rate.type = "text";
  rate.inputMode = "decimal";
  rate.autocomplete = "off";
  rate.setAttribute("aria-label", `η of racer ${index + 1}`);
  let shownRate = NaN;
  const use = () => {
    const typed = readNumber(rate.value);
    const wrong = typed === null ? `Give a number, as 0.04.` : wrongRate(typed, limits);
    rate.setCustomValidity(wrong ?? "");
    rate.setAttribute("aria-invalid", String(wrong !== null));
    rate.title = wrong ?? "Learning rate η";
    if (!wrong && typed !== null) change({ learning_rate: typed });
    else rate.reportValidity();
  };
  rate.addEventListener("change", use);
  rate.addEventListener("keydown", (event) => {
    if (event.key === "Enter") rate.blur();
  });
  away.className = "quiet";
  away.textContent = "×";
  away.setAttribute("aria-label", `Take racer ${index + 1} out`);
  away.addEventListener("click", () => change(null));
  row.append(mark, rule, rate, value, away);
  /** @param {Racer} racer @param {{isChosen: boolean, isOver: boolean, isOnly: boolean}} is @param {string} reached */
  const show = (racer, { isChosen, isOver, isOnly }, reached) => {
    row.classList.toggle("chosen", isChosen);
    mark.setAttribute("aria-pressed", String(isChosen));
    mark.setAttribute("aria-label", `Speak of ${ruleOf(racer.method, optimizers)}, η ${racer.learning_rate}`);
    rule.value = racer.method;
    if (racer.learning_rate !== shownRate) rate.value = exact((shownRate = racer.learning_rate));
    if (value.textContent !== reached) value.textContent = reached;
    away.disabled = isOnly;
    rate.classList.toggle("over", isOver);
    if (rate.getAttribute("aria-invalid") !== "true")
      rate.title = isOver ? "η is over 2/λ of the start" : "Learning rate η";
  };
  return { row, show };
}

/** @param {number} index */
function markOf(index) {
  const drawing = svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" });
  drawing.append(shapeOf(LOOKS[index].shape, [10, 10], 5.5, `dot ${LOOKS[index].symbol}`));
  return set(drawing, { width: 20, height: 20 });
}
