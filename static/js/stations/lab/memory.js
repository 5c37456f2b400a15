/** @typedef {import("./model.js").State} State */
/** @typedef {Pick<State, "typed"|"hints">} Kept */

const SHEETS = "downhill.lab.sheets";
const ATTEMPTS = "downhill.lab.attempts";
const MOST_SHEETS = 40;
const MOST_ATTEMPTS = 2000;
const COLUMNS = /** @type {const} */ ([
  "exercise",
  "seed",
  "field",
  "attempt",
  "answer",
  "state",
  "rule",
  "score",
  "time",
]);

/** @param {string} key @param {any} otherwise */
function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? otherwise;
  } catch {
    return otherwise; // not allowed, or not ours: the page works without
  }
}

/** @param {string} key @param {any} value */
function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // full, or not allowed: what was typed is on the page all the same
  }
}

const keyOf = (/** @type {string} */ sheet, /** @type {number} */ seed) => `${sheet} ${seed}`;

/** What was typed on a sheet with these numbers. @param {string} sheet @param {number} seed @returns {Kept} */
export function recall(sheet, seed) {
  const found = read(SHEETS, {})[keyOf(sheet, seed)] ?? {};
  return { typed: found.typed ?? {}, hints: found.hints ?? {} };
}

/** Keep what is typed; the sheets used last stay. @param {string} sheet @param {number} seed @param {Kept} kept */
export function keep(sheet, seed, { typed, hints }) {
  const { [keyOf(sheet, seed)]: _, ...others } = read(SHEETS, {});
  const entries = [...Object.entries(others), [keyOf(sheet, seed), { typed, hints }]];
  write(SHEETS, Object.fromEntries(entries.slice(-MOST_SHEETS)));
}

/** Every answer that was judged in this browser. @returns {import("./model.js").Attempt[]} */
export const recallAttempts = () => read(ATTEMPTS, []);

/** @param {import("./model.js").Attempt[]} attempts */
export const keepAttempts = (attempts) => write(ATTEMPTS, attempts.slice(-MOST_ATTEMPTS));

/** All of them as a table, a line for each. @param {import("./model.js").Attempt[]} attempts */
export const asTable = (attempts) =>
  [COLUMNS.join(","), ...attempts.map((attempt) => COLUMNS.map((name) => quoted(attempt[name])).join(","))].join(
    "\r\n",
  ) + "\r\n";

/** A value that neither a comma nor a spreadsheet's formula can spoil. @param {string|number} value */
function quoted(value) {
  const text =
    typeof value === "string" && /^[=+\-@\t]/.test(value) && !Number.isFinite(Number(value))
      ? `'${value}`
      : String(value);
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hand a text to the browser as a file. @param {string} name @param {string} text @param {string} type */
export function download(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
