import { FIRST_STATE } from "../../station/state.js";
import { LONGEST, MOST, racerOf, textOf } from "./race_state.js";

/**
 * A function with known minima, as the catalog has it, and the race that shows it.
 * @typedef {{name: string, title: string, note: string, expression: string, domain: Record<string, number[]>,
 *   minima: {point: Record<string, number>}[], minimum: number|null, start: Record<string, number>,
 *   racers: import("./race_state.js").Racer[], steps: number}} Surface
 * @typedef {import("../../station/state.js").StationState & import("./race_state.js").Racing & {surface: Surface,
 *   start: number[], example: string|null}} State
 */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void,
 *   subscribe: (listener: (state: State, before: State) => void) => void}} Store */

export const FIELDS = /** @type {const} */ ({
  surface: "text",
  height: "text",
  racer: "texts",
  steps: "count",
  start: "numbers",
  k: "count",
  chosen: "count",
  unfolded: "flag",
  turn: "number",
  tilt: "number",
  precise: "flag",
});

const USUAL = "himmelblau";
const SIDE = 61; // points to each side of the sheet
const FROM = { turn: -58, tilt: 40 };
const DIGITS = 4; // of a start that is dragged

/** What a function begins with. @param {Surface} surface */
export const startOf = (surface) => ({
  surface,
  racers: surface.racers,
  steps: surface.steps,
  start: Object.values(surface.start),
  k: null,
  chosen: 0,
});

/**
 * @param {Record<string, any>} asked by the address @param {Surface[]} surfaces @param {string[]} methods
 * @returns {State}
 */
export function firstState(asked, surfaces, methods) {
  const named = (/** @type {string} */ name) => surfaces.find((surface) => surface.name === name);
  const surface = /** @type {Surface} */ (named(asked.surface) ?? named(USUAL) ?? surfaces[0]);
  const racers = (asked.racer ?? []).flatMap((/** @type {string} */ text) => racerOf(text, methods)).slice(0, MOST);
  const usual = startOf(surface);
  return {
    ...FIRST_STATE,
    ...usual,
    example: null,
    height: asked.height === "linear" || surface.minimum === null ? "linear" : "log",
    racers: racers.length ? racers : usual.racers,
    steps: asked.steps >= 1 && asked.steps <= LONGEST ? asked.steps : usual.steps,
    start: asked.start?.length === 2 ? asked.start : usual.start,
    k: asked.k ?? null,
    chosen: asked.chosen ?? 0,
    unfolded: asked.unfolded ?? false,
    turn: asked.turn ?? FROM.turn,
    tilt: asked.tilt ?? FROM.tilt,
    precise: asked.precise ?? false,
    answer: null,
  };
}

/** What the address keeps. @param {State} state */
export const addressOf = (state) => ({
  surface: state.surface.name,
  height: state.height === "log" || state.surface.minimum === null ? null : state.height,
  racer: state.racers.map(textOf),
  steps: state.steps,
  start: state.start.join(),
  k: state.k,
  chosen: state.chosen || null,
  unfolded: state.unfolded || null,
  turn: state.turn === FROM.turn ? null : Math.round(state.turn),
  tilt: state.tilt === FROM.tilt ? null : Math.round(state.tilt),
  precise: state.precise || null,
});

/** A place on the map, inside the function's domain, in so many digits. @param {State} state @param {number[]} place */
export const placed = ({ surface }, place) =>
  Object.values(surface.domain).map(([low, high], axis) =>
    Number(Math.min(high, Math.max(low, place[axis])).toPrecision(DIGITS)),
  );

/** The race, as the server is asked. @param {State} state */
export const raceOf = ({ surface, racers, steps, start }) => {
  const names = Object.keys(surface.start);
  return {
    expression: surface.expression,
    start: Object.fromEntries(names.map((name, axis) => [name, start[axis]])),
    racers,
    steps,
    minima: surface.minima.map(({ point }) => point),
  };
};

/** The sheet, as the server is asked: it does not depend on the race. @param {State} state */
const sheetOf = ({ surface }) => ({
  expression: surface.expression,
  at: surface.start,
  domain: surface.domain,
  samples: SIDE,
});

/** @param {State} state */
export const requestOf = (state) => ({ sheet: sheetOf(state), race: raceOf(state) });

/**
 * Sheet and race as one picture, in the form that a race over a network's loss has.
 * @param {any} surface @param {any} race
 */
export const pictureOf = ({ x, y, z }, race) => ({
  ...{ x, y, loss: z, center_loss: null, expression: race.expression },
  race: {
    ...race,
    racers: race.racers.map((/** @type {any} */ racer) => ({
      ...racer,
      points: racer.points.map((/** @type {any} */ { step, point, value, distance }) => ({
        ...{ step, x: point[0], y: point[1], loss: value, distance },
      })),
    })),
  },
});
