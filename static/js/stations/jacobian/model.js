import { SHARED_FIELDS } from "../../station/state.js";
import { readFields } from "../../base/url.js";
import { widened } from "../../base/view_domain.js";
import { localMap } from "./local_map.js";
import { MOST_OUTPUTS } from "./typed_outputs.js";

/**
 * @typedef {{expressions: string[], variables: string[], at: number[], low: number[], high: number[], home:
 *   import("../../base/scales.js").Domain[], side: number, view: string, tab: string, turn: number, tilt: number}}
 *   Settings
 */
/**
 * @typedef {import("../../station/state.js").StationState & Settings & {asked: import("./input_grid.js").Asked|null,
 *   answer: any, arrived: number|null}} State
 */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void}} Store */

const FIELDS = /** @type {const} */ ({
  expressions: "texts",
  variables: "text",
  at: "numbers",
  low: "numbers",
  high: "numbers",
  side: "number",
  view: "text",
  tab: "text",
  turn: "number",
  tilt: "number",
  ...SHARED_FIELDS,
});
export const SIDES = { smallest: 1e-4, largest: 2 };
export const FROM = { turn: -58, tilt: 24 }; // where one stands before the picture in space at first

/** @param {import("../../station/station.js").Example} example */
export function settingsOf({ name, request }) {
  const variables = Object.keys(request.at);
  const end = (/** @type {0|1} */ which) => variables.map((variable) => request.domain[variable][which]);
  return {
    example: name,
    expressions: request.expressions,
    variables,
    at: variables.map((variable) => request.at[variable]),
    low: end(0),
    high: end(1),
    home: variables.map((variable) => ({ low: request.domain[variable][0], high: request.domain[variable][1] })),
    side: request.side,
    asked: null,
    problem: null,
  };
}

/** @param {State} state */
export function requestOf({ expressions, variables, at, low, high, side }) {
  const named = (/** @type {(axis: number) => any} */ value) =>
    Object.fromEntries(variables.map((variable, axis) => [variable, value(axis)]));
  return { expressions, at: named((axis) => at[axis]), domain: named((axis) => [low[axis], high[axis]]), side };
}

/** @param {State} state @param {number} axis */
export const domainOf = ({ low, high }, axis) => ({ low: low[axis], high: high[axis] });

/** A value kept within the domain of an input. @param {State} state @param {number} axis @param {number} value */
export const inDomain = ({ low, high }, axis, value) =>
  Math.min(high[axis], Math.max(low[axis], Number(value.toPrecision(10))));

/** The state's fields for domains of both inputs. @param {import("../../base/scales.js").Domain[]} domains */
export const fieldsOf = (domains) => ({ low: domains.map(({ low }) => low), high: domains.map(({ high }) => high) });

/** @param {number} side */
export const inSides = (side) => Math.min(SIDES.largest, Math.max(SIDES.smallest, Number(side.toPrecision(3))));

/** What is asked about, where the answer still has it. @param {State} state */
export const askedOf = ({ asked, answer }) => (asked && (asked.row ?? 0) < answer.expressions.length ? asked : null);

/** The map near the state's point, worked out once for all views of a frame. */
export const mapOf = (() => {
  /** @type {{key: unknown[], map: import("./local_map.js").LocalMap}|null} */
  let last = null;
  return (/** @type {State} */ { answer, at, side }) => {
    const key = [answer, at, side];
    if (!last || key.some((each, index) => each !== last?.key[index])) last = { key, map: localMap(answer, at, side) };
    return last.map;
  };
})();

/** @param {import("../../station/station.js").Example[]} examples @returns {State} */
export function firstState(examples) {
  const asked = readFields(FIELDS);
  const first = examples.find((example) => example.name === asked.example) ?? examples[0];
  const settings = settingsOf(first);
  const variables = asked.variables?.split(",") ?? settings.variables;
  const pair = (/** @type {number[]|undefined} */ given, /** @type {number[]} */ usual) =>
    given?.length === 2 ? given : usual;
  const at = pair(asked.at, settings.at);
  const seen = fieldsOf(
    [0, 1].map((axis) =>
      widened({ low: pair(asked.low, settings.low)[axis], high: pair(asked.high, settings.high)[axis] }, at[axis]),
    ),
  );
  const state = {
    ...settings,
    tab: "step",
    view: "grid",
    ...FROM,
    numbers: false,
    precise: false,
    connection: /** @type {const} */ ("live"),
    answer: null,
    arrived: null,
    ...asked,
    expressions: (asked.expressions ?? settings.expressions).slice(0, MOST_OUTPUTS),
    variables: variables.length === 2 ? variables : settings.variables,
    ...seen,
    at,
    side: inSides(asked.side ?? settings.side),
  };
  return {
    ...state,
    example: JSON.stringify(state.expressions) === JSON.stringify(settings.expressions) ? first.name : null,
  };
}
