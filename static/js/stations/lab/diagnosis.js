import { trimmed } from "../../base/format.js";
import { part, write } from "../../controls/parts.js";
import { cellsOf, fieldNamed, isRight, resultOf, shortName, SIGNS, standing, triesOf } from "./model.js";
import { colored, named } from "./symbols.js";

/** @typedef {import("./model.js").State} State */

const TIMES = ["", "1st try", "2nd try", "3rd try"];

/**
 * What is said of the field one is in: its mistake in words, and hints step by step.
 * @param {{hint: () => void, reveal: () => void}} actions
 */
export function createDiagnosis({ hint, reveal }) {
  const [card, name, tries, title, text, ladder] = [
    "diagnosis",
    "diagnosis-name",
    "diagnosis-tries",
    "diagnosis-title",
    "diagnosis-text",
    "hints",
  ].map((id) => part(id, HTMLElement));
  let shown = "";
  return (/** @type {State} */ state) => {
    const field = fieldNamed(state, state.field);
    const { title: heading, message, tone } = saidOf(state, field);
    const open = state.hints[field.name] ?? 0;
    const count = triesOf(state, field.name);
    const key = JSON.stringify([
      field.name,
      field.exercise,
      heading,
      message,
      open,
      count,
      standing(state, field),
      state.seed,
    ]);
    if (key === shown) return;
    shown = key;
    card.dataset.tone = tone;
    name.replaceChildren(named(field.label, field.symbol));
    write(tries, count ? (TIMES[count] ?? `${count}th try`) : "");
    title.replaceChildren(...colored(heading));
    text.replaceChildren(...colored(message));
    const focused = ladder.contains(document.activeElement);
    ladder.replaceChildren(...stepsOf(state, field, open, hint, reveal));
    if (focused) /** @type {HTMLElement|null} */ (ladder.querySelector("button"))?.focus();
  };
}

/** @param {number[][]} values */
const written = (values) => values.map((row) => row.map((value) => trimmed(value, 10)).join("\u2002")).join(" │ ");

/** @param {State} state @param {import("./model.js").Field} field */
function saidOf(state, field) {
  const stands = standing(state, field);
  const result = resultOf(state, field);
  if (stands === "shown")
    return {
      title: "This is the answer",
      message: "It is shown, and does not count. Hide it again to go on with yours.",
      tone: "",
    };
  if (!result) {
    const task = state.exercises.find(({ name }) => name === field.exercise)?.task ?? "";
    const isTyped = stands === "typed";
    return {
      title: isTyped ? "Not checked yet" : "To be filled",
      message: isTyped ? unchecked(cellsOf(state, field).flat()) : task,
      tone: "",
    };
  }
  const [fault] = result.faults;
  const at = fault ? `Row ${fault.cell[0] + 1}, column ${fault.cell[1] + 1}: ` : "";
  const tone = isRight(stands) ? (stands === "follow" ? "warn" : "good") : stands === "wrong" ? "bad" : "warn";
  const exactly = result.exact ? ` Exactly: ${written(result.exact)}.` : "";
  return { title: result.title || SIGNS[stands].name, message: `${at}${result.message}${exactly}`, tone };
}

/** What is missing until a field is checked. @param {string[]} cells */
function unchecked(cells) {
  const filled = cells.filter((cell) => cell.trim()).length;
  if (filled === cells.length) return "Press Enter, or Check.";
  return `${filled} of ${cells.length} cells are filled; Enter goes on to the next empty one.`;
}

/**
 * @param {State} state @param {import("./model.js").Field} field @param {number} open @param {() => void} hint
 * @param {() => void} reveal
 */
function stepsOf(state, field, open, hint, reveal) {
  const isShown = Boolean(state.shown[field.name]);
  const hints = field.hints.map((text, index) => {
    if (index < open) return step(index + 1, "open", ...colored(text));
    if (index === open) return step(index + 1, "", button("small", hint, `Show hint ${index + 1}`));
    return step(index + 1, "shut", "…");
  });
  return [
    ...hints,
    step(
      hints.length + 1,
      "",
      button("small quiet", reveal, ...colored(`${isShown ? "Hide" : "Reveal"} ${shortName(field)}`)),
    ),
  ];
}

/** @param {number} number @param {string} kind @param {(string|Node)[]} content */
function step(number, kind, ...content) {
  const line = document.createElement("li");
  const [mark, body] = [document.createElement("span"), document.createElement("span")];
  line.className = kind;
  mark.className = "k";
  mark.textContent = String(number);
  body.append(...content);
  line.append(mark, body);
  return line;
}

/** @param {string} kind @param {() => void} act @param {(string|Node)[]} content */
function button(kind, act, ...content) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = kind;
  node.append(...content);
  node.addEventListener("click", act);
  return node;
}
