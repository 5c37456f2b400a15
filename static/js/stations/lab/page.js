import { patiently } from "../../base/patience.js";
import { createStore } from "../../base/store.js";
import { readFields } from "../../base/url.js";
import { createBanners } from "../../controls/banners.js";
import { wireFrame } from "../../controls/frame.js";
import { part, write } from "../../controls/parts.js";
import { keepAddress } from "../../station/address.js";
import { wireNotebookButton } from "../../station/notebook.js";
import { startPage } from "../../station/station.js";
import { createActions, open } from "./actions.js";
import { goOn, LARGEST_SEED, wireBar } from "./bar.js";
import { createChecking } from "./checking.js";
import { createCourses } from "./courses.js";
import { createDiagnosis } from "./diagnosis.js";
import { wireElsewhere } from "./elsewhere.js";
import { labSentence } from "./lab_sentence.js";
import { keep, recallAttempts } from "./memory.js";
import { cellsOf, fieldNamed, fieldsOf, isFull, isTouched } from "./model.js";
import { createSheet } from "./sheet.js";
import { showColored } from "./symbols.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Store} Store */

const FIELDS = /** @type {const} */ ({ exercise: "text", seed: "count", field: "text", solution: "text" });

/** @param {State} state @returns {import("../../controls/banners.js").Banner[]} */
function bannersOf({ connection, problem }) {
  if (connection === "lost")
    return [{ key: "lost", text: "The server does not answer; trying again… What you type is kept." }];
  if (!problem) return [];
  const where = problem.errors.map((error) => `${error.location}: ${error.message}`).join(" ");
  return [{ key: "problem", bad: true, text: where || problem.message }];
}

/** A letter that no number has asks for a hint, also in a cell. @param {() => void} hint */
function hintInCells(hint) {
  part("sheet", HTMLElement).addEventListener("keydown", (event) => {
    if (event.key !== "h" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    hint();
  });
}

/** Check the field one is in; what is not full is said to be so. @param {Store} store */
const isWorthChecking = (store) => isFull(cellsOf(store.get(), fieldNamed(store.get(), store.get().field)));

/**
 * The first state: what the address asks for, and what was typed there before.
 * @param {{field?: string}} asked
 * @param {Awaited<ReturnType<typeof open>>} found
 * @returns {State}
 */
function firstState(asked, found) {
  const own = found.exercises.find(({ name }) => name === found.exercise)?.fields ?? [];
  const field = own.find(({ name }) => name === asked.field) ?? own[0];
  return {
    ...found,
    field: field.name,
    judged: {},
    shown: {},
    attempts: recallAttempts(),
    courses: null,
    said: "",
    connection: "live",
    problem: null,
  };
}

/**
 * The fields whose answers the address shows: all of its exercise, of those before it what was not answered here.
 * @param {State} state @param {string} [solution] names between commas
 */
const solutionOf = (state, solution = "") =>
  fieldsOf(state)
    .filter(({ name }) => solution.split(",").includes(name))
    .filter(({ name, exercise }) => exercise === state.exercise || !isTouched(state.typed[name]))
    .map(({ name }) => name);

/** @param {Store} store @param {((state: State) => void)[]} views */
function showAll(store, views) {
  const says = part("says", HTMLElement);
  const showBanners = createBanners(part("banners", HTMLElement));
  const show = (/** @type {State} */ state) => {
    for (const view of views) view(state);
    showBanners(bannersOf(state));
    showColored(says, labSentence(state));
  };
  store.subscribe((state, before) => {
    show(state);
    if (state.typed !== before.typed || state.hints !== before.hints) keep(state.exercises[0].sheet, state.seed, state);
  });
  show(store.get());
}

async function start() {
  const asked = readFields(FIELDS);
  const says = part("says", HTMLElement);
  const found = await patiently(
    () => open(asked.exercise ?? "", Math.min(asked.seed ?? 0, LARGEST_SEED)),
    () => write(says, "The server does not answer; trying again…"),
  );
  const store = createStore(firstState(asked, found));
  const check = createChecking(store, (name) => goOn(store, name));
  const actions = createActions(store, check);
  const reveal = () => void actions.reveal([store.get().field]);
  showAll(store, [
    createSheet(store, check),
    createDiagnosis({ hint: actions.hint, reveal }),
    createCourses(),
    wireBar(store, actions, check),
  ]);
  wireElsewhere(store.get);
  wireNotebookButton(part("notebook", HTMLButtonElement), {
    request: () => store.get().exercises[0].configuration,
    name: "downhill-lab",
    say: (sentence) => write(says, sentence),
  });
  hintInCells(actions.hint);
  wireFrame({ h: actions.hint, r: reveal, Enter: () => isWorthChecking(store) && check(store.get().field) });
  keepAddress(store, ({ exercise, seed, field, shown }) => ({
    exercise,
    seed: seed || null,
    field,
    solution: Object.keys(shown).join(",") || null,
  }));
  const solution = solutionOf(store.get(), asked.solution);
  if (solution.length) await actions.reveal(solution);
  check("");
}

startPage(start);
