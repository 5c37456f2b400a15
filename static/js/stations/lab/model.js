/**
 * A field to fill, as the server describes it, and the exercise that it belongs to.
 * @typedef {{name: string, label: string, symbol: string, shape: [number, number], inputs: string[], hints: string[],
 *   exercise: string}} Field
 */
/**
 * @typedef {{name: string, title: string, slides: string, task: string, sheet: string, seed: number, earlier: string[],
 *   given: Record<string, {label: string, symbol: string, values: number[][]}>, fields: Field[],
 *   configuration: Record<string, any>}} Exercise */
/** @typedef {string[][]} Cells what was typed, row by row */
/**
 * One answer that was judged, as it is kept for the table of a class.
 * @typedef {{exercise: string, seed: number, field: string, attempt: number, answer: string, state: string,
 *   rule: string, score: number, time: string}} Attempt
 */
/**
 * `judged` holds what the server said of the text that stood there then; `shown` the fields whose answer is shown;
 * `courses` the loss with the mistakes that are on the sheet, and without.
 * @typedef {{exercise: string, seed: number, exercises: Exercise[], field: string, typed: Record<string, Cells>,
 *   judged: Record<string, {text: string, result: any}>, shown: Record<string, number[][]>,
 *   hints: Record<string, number>,   attempts: Attempt[], courses: any, said: string, connection: "live"|"lost",
 *   problem: import("../../base/api.js").Problem|null}} State
 */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void,
 *   subscribe: (listener: (state: State, before: State) => void) => void}} Store */

/** Every field of the sheet, in order. @param {State} state */
export const fieldsOf = ({ exercises }) => exercises.flatMap((exercise) => exercise.fields);

/** What a field is called, without what it equals. @param {{label: string}} field */
export const shortName = ({ label }) => label.split(" = ")[0];

/** A field by its name. @param {State} state @param {string} name */
export const fieldNamed = (state, name) => fieldsOf(state).find((field) => field.name === name) ?? fieldsOf(state)[0];

/** Cells without anything in them. @param {readonly number[]} shape */
export const blank = ([rows, columns]) => Array.from({ length: rows }, () => Array.from({ length: columns }, () => ""));

/** What stands in a field: as typed, or blank. @param {State} state @param {Field} field */
export const cellsOf = (state, field) => state.typed[field.name] ?? blank(field.shape);

/** Cells as one text, to know whether they changed. @param {Cells} cells */
export const textOf = (cells) => cells.map((row) => row.join(" ")).join("; ");

/** Whether anything stands in a field. @param {Cells|undefined} cells */
export const isTouched = (cells) => Boolean(cells?.some((row) => row.some((cell) => cell.trim())));

/** Whether every cell is filled. @param {Cells} cells */
export const isFull = (cells) => cells.every((row) => row.every((cell) => cell.trim()));

/**
 * What the server said of what stands in a field now, null where it has not been asked.
 * @param {State} state @param {Field} field
 */
export function resultOf(state, field) {
  const judged = state.judged[field.name];
  return judged && judged.text === textOf(cellsOf(state, field)) ? judged.result : null;
}

/**
 * How a field stands: what the server said, "follow" for right from one's own numbers, "typed" before it was asked.
 * @param {State} state @param {Field} field
 */
export function standing(state, field) {
  if (state.shown[field.name]) return "shown";
  const result = resultOf(state, field);
  if (result) return result.carried_forward ? "follow" : result.state;
  return isTouched(state.typed[field.name]) ? "typed" : "empty";
}

/** Whether a field counts as right. @param {string} standing */
export const isRight = (standing) => ["exact", "rounded", "follow"].includes(standing);

/** The sign of a standing, and what it is called. */
export const SIGNS = /** @type {Record<string, {sign: string, name: string}>} */ ({
  exact: { sign: "✓", name: "exact" },
  rounded: { sign: "≈", name: "rounded" },
  close: { sign: "~", name: "close" },
  wrong: { sign: "✗", name: "wrong" },
  follow: { sign: "↪", name: "right from yours" },
  invalid: { sign: "?", name: "cannot be read" },
  shown: { sign: "◉", name: "shown" },
  typed: { sign: "…", name: "not checked" },
  empty: { sign: "", name: "empty" },
});

/** How often a field was answered. @param {State} state @param {string} field */
export const triesOf = ({ attempts, seed }, field) =>
  attempts.filter((attempt) => attempt.seed === seed && attempt.field === field).length;
