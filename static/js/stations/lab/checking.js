import { askExercise, Problem, Unreachable } from "../../base/api.js";
import { newestWins } from "../../base/newest_wins.js";
import { patiently } from "../../base/patience.js";
import { keepAttempts, recallAttempts } from "./memory.js";
import { cellsOf, fieldsOf, isRight, isTouched, resultOf, standing, textOf, triesOf } from "./model.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Store} Store */

const STEPS = 6; // that the card has room for

/**
 * What the sheet holds, as the server takes it: what was typed, and shown answers in the place of it.
 * @param {State} state
 * @returns {Record<string, (string|number)[][]>}
 */
export function answersOf(state) {
  const filled = fieldsOf(state).filter(({ name }) => state.shown[name] || isTouched(state.typed[name]));
  return Object.fromEntries(filled.map((field) => [field.name, state.shown[field.name] ?? cellsOf(state, field)]));
}

/**
 * The answers to one exercise, and those to the ones before it.
 * @param {State} state @param {import("./model.js").Exercise} exercise
 */
export function bodyOf(state, exercise) {
  const all = Object.entries(answersOf(state));
  const own = new Set(exercise.fields.map(({ name }) => name));
  return {
    seed: state.seed,
    answers: Object.fromEntries(all.filter(([name]) => own.has(name))),
    earlier: Object.fromEntries(all.filter(([name]) => exercise.earlier.includes(name))),
  };
}

/**
 * Have the sheet judged: one question under way, the newest one next. What was typed meanwhile is left as it is.
 * @param {Store} store @param {(asked: string) => void} [onJudged] told the field whose check was asked for
 */
export function createChecking(store, onJudged = () => {}) {
  let asked = "";
  const judge = async () => {
    const state = store.get();
    const exercises = state.exercises.filter((exercise) => Object.keys(bodyOf(state, exercise).answers).length);
    const answers = await Promise.all(
      exercises.map((exercise) => askExercise(exercise.name, "grade", bodyOf(state, exercise))),
    );
    const judged = Object.assign({}, ...answers.map((answer) => answer.fields));
    const texts = new Map(fieldsOf(state).map((field) => [field.name, textOf(cellsOf(state, field))]));
    const courses = await coursesOf(state, judged);
    take(state, judged, texts, courses);
  };
  /**
   * @param {State} before @param {Record<string, any>} judged @param {Map<string, string>} texts @param {any} courses
   */
  const take = (before, judged, texts, courses) => {
    const now = store.get();
    // another sheet, or other numbers: nothing of this is asked any more
    if (now.exercises !== before.exercises) return;
    const fresh = { ...now.judged };
    for (const [name, result] of Object.entries(judged))
      if (!now.shown[name]) fresh[name] = { text: texts.get(name) ?? "", result };
    // another tab may have kept some since
    const attempts = [...recallAttempts(), ...newAttempts({ ...now, judged: fresh })];
    store.set({ judged: fresh, attempts, courses, connection: "live", problem: null });
    keepAttempts(attempts);
    onJudged(asked);
  };
  const run = newestWins(async () => {
    try {
      await patiently(judge, (fault) => fault instanceof Unreachable && store.set({ connection: "lost" }));
    } catch (fault) {
      if (!(fault instanceof Problem)) return reportError(fault);
      store.set({ problem: fault, connection: "live" });
    }
  }, 0);
  return (/** @type {string} */ field) => {
    asked = field;
    run();
  };
}

/**
 * The loss with the mistakes on the sheet and without, where there are mistakes.
 * @param {State} state @param {Record<string, any>} judged
 */
function coursesOf(state, judged) {
  const last = state.exercises[state.exercises.length - 1];
  const isWrong = Object.entries(judged).some(([, { state }]) => state === "wrong" || state === "close");
  return isWrong ? askExercise(last.name, "consequence", { ...bodyOf(state, last), steps: STEPS }) : null;
}

/** Answers that were not judged before, as they are kept; what cannot be read is no attempt. @param {State} state */
function newAttempts(state) {
  return fieldsOf(state).flatMap((field) => {
    const result = resultOf(state, field);
    const answer = textOf(cellsOf(state, field));
    const before = state.attempts.filter(({ seed, field: name }) => seed === state.seed && name === field.name);
    if (!result || ["invalid", "empty"].includes(result.state) || before[before.length - 1]?.answer === answer)
      return [];
    return [
      {
        exercise: field.exercise,
        seed: state.seed,
        field: field.name,
        attempt: triesOf(state, field.name) + 1,
        answer,
        state: isRight(standing(state, field)) && result.carried_forward ? "carried_forward" : result.state,
        rule: result.rule ?? "",
        score: result.score,
        time: new Date().toISOString(),
      },
    ];
  });
}
