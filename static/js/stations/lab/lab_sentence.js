import { exact } from "../../base/format.js";
import { fieldNamed, fieldsOf, isRight, resultOf, shortName, standing } from "./model.js";

/** @typedef {import("./model.js").State} State */

/** What stands on the sheet, in a sentence. @param {State} state */
export function labSentence(state) {
  const fields = fieldsOf(state);
  const by = (/** @type {(standing: string) => boolean} */ test) =>
    fields.filter((field) => test(standing(state, field)));
  const right = by(isRight);
  const wrong = by((stands) => ["wrong", "close"].includes(stands));
  const unread = by((stands) => stands === "invalid");
  if (right.length === fields.length) return "Everything is right. Try it again with new numbers.";
  const field = fieldNamed(state, state.field);
  const result = resultOf(state, field);
  const here = result?.title ? `${shortName(field)}: ${result.title}. ` : "";
  const counted = right.length || wrong.length || unread.length;
  if (!counted && state.shown[field.name]) return shownSentence(state, field);
  if (!counted) return "Type a number into each cell; Enter goes on to the next one, and checks when a field is full.";
  const others = [
    right.length ? `${right.length} of ${fields.length} right` : "",
    wrong.length ? `${names(wrong)} not right` : "",
    unread.length ? `${names(unread)} cannot be read` : "",
  ].filter(Boolean);
  return `${here}${others.join(", ")}.`;
}

/**
 * How a shown answer comes about: by its last hint, which is its formula.
 * @param {State} state @param {import("./model.js").Field} field
 */
function shownSentence({ shown }, field) {
  const [before, after] = [shown.loss, shown.new_loss].map((values) => values?.[0][0]);
  if (field.name === "new_loss" && before !== undefined && after !== undefined)
    return `One step against the gradient, and L went from ${exact(before)} to ${exact(after)}.`;
  return `Shown: ${(field.hints.at(-1) ?? shortName(field)).replace(/\.$/, "")}.`;
}

/** @param {{label: string}[]} fields */
const names = (fields) => fields.map(shortName).join(" and ");
