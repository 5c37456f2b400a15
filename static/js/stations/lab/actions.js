import { askExercise, Problem, readExercise, readExercises, Unreachable } from "../../base/api.js";
import { patiently } from "../../base/patience.js";
import { recall } from "./memory.js";
import { fieldNamed } from "./model.js";

/** @typedef {import("./model.js").Store} Store */

/** Exercises of one sheet, with its numbers and what was typed there. @param {string} name @param {number} seed */
export async function open(name, seed) {
  const { exercises: all } = await readExercises();
  const chosen = all.find((/** @type {any} */ each) => each.name === name) ?? all[0];
  const own = all.filter((/** @type {any} */ each) => each.sheet === chosen.sheet);
  const shown = await Promise.all(own.map((/** @type {any} */ each) => readExercise(each.name, seed)));
  /** @type {import("./model.js").Exercise[]} */
  const exercises = shown.map((exercise) => ({
    ...exercise,
    fields: exercise.fields.map((/** @type {any} */ field) => ({ ...field, exercise: exercise.name })),
  }));
  return { exercises, exercise: chosen.name, seed, ...recall(chosen.sheet, seed) };
}

/** @param {Store} store @param {(field: string) => void} check */
export function createActions(store, check) {
  const isLost = (/** @type {unknown} */ fault) => fault instanceof Unreachable && store.set({ connection: "lost" });
  const refused = (/** @type {unknown} */ fault) => {
    if (!(fault instanceof Problem)) throw fault;
    store.set({ problem: fault });
  };
  let asked = 0;
  /** @type {{exercise?: string, seed?: number}} what is on its way */
  let wish = {};
  /** Go to an exercise, to other numbers, or to both one after the other. @param {typeof wish} change */
  const go = async (change) => {
    const mine = (asked += 1);
    wish = { ...wish, ...change };
    const { exercise, seed } = { ...store.get(), ...wish };
    try {
      const found = await patiently(() => open(exercise, seed), isLost);
      if (mine !== asked) return;
      wish = {};
      const field = found.exercises.find((each) => each.name === found.exercise)?.fields[0].name;
      store.set({ ...found, field, judged: {}, shown: {}, courses: null, connection: "live", problem: null });
      check("");
    } catch (fault) {
      if (mine === asked) wish = {};
      refused(fault);
    }
  };
  /** Show answers, or hide them again. @param {string[]} names */
  const reveal = async (names) => {
    const state = store.get();
    const hidden = names.filter((name) => !state.shown[name]);
    if (!hidden.length) {
      const shown = Object.fromEntries(Object.entries(state.shown).filter(([name]) => !names.includes(name)));
      return store.set({ shown });
    }
    const own = state.exercises.filter(({ fields }) => fields.some(({ name }) => hidden.includes(name)));
    try {
      const answers = await patiently(
        () =>
          Promise.all(
            own.map(({ name, fields }) =>
              askExercise(name, "reveal", {
                seed: state.seed,
                fields: fields.map((field) => field.name).filter((each) => hidden.includes(each)),
              }),
            ),
          ),
        isLost,
      );
      if (store.get().exercises !== state.exercises) return;
      const found = Object.assign({}, ...answers.map(({ fields }) => fields));
      const values = Object.fromEntries(Object.entries(found).map(([name, { values }]) => [name, values]));
      store.set({ shown: { ...store.get().shown, ...values }, connection: "live" });
    } catch (fault) {
      refused(fault);
    }
  };
  const hint = () => {
    const { hints, field: name } = store.get();
    const most = fieldNamed(store.get(), name).hints.length;
    store.set({ hints: { ...hints, [name]: Math.min((hints[name] ?? 0) + 1, most) } });
  };
  const clear = () => store.set({ typed: {}, judged: {}, shown: {}, hints: {}, courses: null });
  return { go, reveal, hint, clear };
}
