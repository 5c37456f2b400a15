import { shown } from "../../base/format.js";
import { palette } from "../../base/theme.js";
import { part } from "../../controls/parts.js";
import { contours } from "../../drawing/contours.js";
import { createPlane } from "../../drawing/plane.js";
import { planeLayout } from "../../drawing/plane_axes.js";
import { createScene } from "../../drawing/scene.js";
import { functionSurface } from "../../drawing/surface.js";
import { hiding } from "../../drawing/viewpoint.js";
import { createInset } from "./inset.js";
import { createRaceCurves } from "./race_curves.js";
import { nameOf } from "./race_looks.js";
import { narrow } from "./race_words.js";
import { fromAbove, inSpace } from "./race_marks.js";
import { chosenOf, momentOf, momentsOf, rulesOf } from "./race_state.js";
import { sheetOf } from "../../runs/loss_sheet.js";

/** @typedef {import("./race_state.js").Racing} Racing */
/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */

const STRIP = 3; // times as wide as high, or as high as wide
const KEY = 0.02; // of the plane's half width: an arrow key moves the start so far

/**
 * What differs between a race over a network's loss and one over a function: what the axes and the height are called,
 * the rows of the curves, whether the start can be moved, and points that are known.
 * @typedef {{axes: {text: string, symbol: string}[], height: string, rows: {names: string[], isLog: boolean,
 *   key: string, isOnSheet?: boolean}[], isFree: (state: any) => boolean, known?: (state: any) => number[][]}} Kind
 */

/**
 * The race in space and from above, and its curves.
 * @param {import("./race_state.js").RacingStore} store @param {{name: string, label: string}[]} optimizers
 * @param {() => Kind} kindOf
 * @param {(start: number[]) => void} onStart where on the plane the start was put
 * @returns {(state: Racing) => void}
 */
export function createRaceFigures(store, optimizers, kindOf, onStart) {
  const scene = createScene(part("sheet-in-space", HTMLElement), (angles) => store.set(angles));
  const map = createPlane(part("map", HTMLElement), {
    onMove: (_, x, y) => onStart([x, y]),
    onKey: (_, dx, dy) => {
      const { answer } = store.get();
      const [x, y] = startOf(answer);
      const step = (KEY * (answer.x.at(-1) - answer.x[0])) / 2;
      onStart([x + dx * step, y + dy * step]);
    },
  });
  const versionOf = createVersions();
  const inset = createInset(part("inset", HTMLElement));
  const curves = createRaceCurves(part("curves", HTMLElement), (k) => store.set({ k }));
  return (state) => {
    const { answer } = state;
    if (!answer) return;
    const kind = kindOf();
    const sheet = sheetOf(answer, state.height === "log");
    const racers = drawnOf(state, optimizers);
    const colors = palette();
    const version = [versionOf(answer), state.height];
    scene.show((distance) => {
      const camera = { turn: state.turn, tilt: state.tilt, distance };
      const marks = inSpace(racers, chosenOf(state), sheet, hiding(camera, sheet.box, sheet.surface));
      return functionSurface({ ...sheet, camera, marks, colors, tones: sheet.tones, names: namesOf(state, kind) });
    }, version);
    map.show(mapOf(state, sheet, racers, colors, kind), version);
    inset(state.unfolded ? insetOf(state, map.mapping()) : null);
    curves(curvesOf(state, sheet, kind));
  };
}

/**
 * A number for each sheet: Plotly draws again when it is another. A race that starts elsewhere on the same sheet leaves
 * it as it is.
 */
function createVersions() {
  let version = 0;
  /** @type {number[][]} */
  let last = [];
  return (/** @type {any} */ { x, y, loss }) => {
    const rows = [x, y, ...loss];
    const isSame = rows.length === last.length && rows.every((row, k) => row === last[k] || isEqual(row, last[k]));
    if (!isSame) version += 1;
    last = rows;
    return version;
  };
}

/** @param {number[]} one @param {number[]} other */
const isEqual = (one, other) => one.length === other.length && one.every((value, k) => value === other[k]);

/** @param {Racing} state @param {Kind} kind */
const namesOf = ({ height }, kind) => [
  ...kind.axes,
  { text: height === "log" ? `log₁₀ ${kind.height}` : kind.height, symbol: "L" },
];

/** @param {any} answer @returns {number[]} */
const startOf = ({ race }) => [race.racers[0].points[0].x, race.racers[0].points[0].y];

/** @param {Racing} state @param {{name: string, label: string}[]} optimizers */
const drawnOf = (state, optimizers) =>
  state.answer.race.racers.map((/** @type {any} */ { points }, /** @type {number} */ index) => {
    const now = Math.min(momentOf(state), points.length - 1);
    const name = nameOf(rulesOf(state.answer), index, optimizers, true);
    return { points, now, name, text: shown(points[now].loss, 3) };
  });

/**
 * @param {Racing} state @param {import("../../runs/loss_sheet.js").Sheet} sheet
 * @param {import("./race_marks.js").Drawn[]} racers
 * @param {import("../../base/theme.js").Palette} colors @param {Kind} kind
 */
function mapOf(state, sheet, racers, colors, kind) {
  const { answer } = state;
  const { surface, box } = sheet;
  const [wide, high] = [box.x[1] - box.x[0], box.y[1] - box.y[0]];
  const start = startOf(answer);
  const value = start.map((place, axis) => `${kind.axes[axis].text} ${shown(place, 3)}`).join(", ");
  const handle = { id: "start", label: "Start of the race", value, now: start[0] };
  /** @type {Mark[]} */
  const marks = [
    ...(kind.known?.(state) ?? []).map((at) => ({
      ...{
        kind: /** @type {const} */ ("point"),
        at,
        symbol: "L",
        hollow: true,
        shape: /** @type {const} */ ("square"),
      },
    })),
    ...fromAbove(racers, chosenOf(state)),
    { kind: "label", at: start, text: "start", symbol: "ink", shift: [-10, -10], anchor: "end", free: true },
    { kind: "point", at: start, symbol: "ink", hollow: true, ...(kind.isFree(state) ? { handle } : {}) },
    ...(state.unfolded ? unfolded(state) : []),
  ];
  return {
    data: [contours(surface, sheet.tones, colors)],
    layout: planeLayout({ x: box.x, y: box.y, colors, margin: { l: 54, r: 8, t: 8, b: 26 } }),
    // a strip would be too thin to see anything on
    square: Math.max(wide / high, high / wide) < STRIP,
    marks,
  };
}

/**
 * The same enlarged: its parts, and where on the map they belong.
 * @param {Racing} state @param {import("../../drawing/plane_axes.js").Mapping|null} map
 */
function insetOf(state, map) {
  const { points, updates } = state.answer.race.racers[chosenOf(state)];
  const k = Math.min(momentOf(state), points.length - 1);
  const update = updates?.[k];
  if (!update || !map) return null;
  const [at, one] = [map.toPixels([points[k].x, points[k].y]), map.toPixels([points[k].x + 1, points[k].y])];
  const memory = rulesOf(state.answer)[chosenOf(state)].method === "momentum";
  const [downhill, move] = [update.downhill.coordinates, update.move.coordinates];
  return {
    at,
    unit: one[0] - at[0],
    box: map.box,
    downhill,
    move,
    rest: memory ? "memory −ηβv" : "what the rule adds",
  };
}

/**
 * The next update of the racer that is spoken of, its parts as long as they are.
 * @param {Racing} state @returns {Mark[]}
 */
function unfolded(state) {
  const { points, updates } = state.answer.race.racers[chosenOf(state)];
  const k = Math.min(momentOf(state), points.length - 1);
  const update = updates?.[k];
  if (!update) return [];
  const from = [points[k].x, points[k].y];
  const ghost = [0, 1].map((axis) => from[axis] + update.downhill.coordinates[axis]);
  const to = [0, 1].map((axis) => from[axis] + update.move.coordinates[axis]);
  return [
    { kind: "arrow", from, to, symbol: "ink", dash: "6 4" },
    { kind: "arrow", from, to: ghost, symbol: "dx" },
    { kind: "arrow", from: ghost, to, symbol: "memory" },
    { kind: "point", at: ghost, symbol: "dx", hollow: true },
    { kind: "point", at: to, symbol: "ink", hollow: true },
  ];
}

/** @param {Racing} state @param {import("../../runs/loss_sheet.js").Sheet} sheet @param {Kind} kind */
function curvesOf(state, sheet, kind) {
  const { answer } = state;
  const values = (/** @type {string} */ key) =>
    answer.race.racers.map((/** @type {any} */ { points }) => points.map((/** @type {any} */ point) => point[key]));
  return {
    steps: momentsOf(answer).map((/** @type {any} */ { step }) => step),
    now: momentOf(state),
    chosen: chosenOf(state),
    rows: kind.rows.map(({ names, isLog, key, isOnSheet }) => ({
      ...{ names, isLog, values: values(key), text: narrow },
      ...(isOnSheet ? { range: sheet.tones } : {}),
    })),
  };
}
