import { createPlane } from "../../drawing/plane.js";
import { createView } from "../../station/view.js";
import { createScene } from "../../drawing/scene.js";
import { levelLines } from "../../drawing/level_lines.js";
import { moved, snap } from "../../base/scales.js";
import { digitsOf } from "../../station/state.js";
import { palette } from "../../base/theme.js";
import { part } from "../../controls/parts.js";
import { functionSurface } from "../../drawing/surface.js";
import { gradientField } from "./gradient_field.js";
import { ballOf, boxOf, chosenOf, domainOf, fieldsOf, hereOf, homeOf, limitsOf, shown } from "./model.js";
import { sliceFigure, sliceThrough } from "./slice_curve.js";
import { gradientMarks, sliceMarks } from "./surface_marks.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void}} Store */
/** @typedef {ReturnType<typeof createPlane>} Plane */
/** @typedef {ReturnType<typeof createScene>} Scene */
/**
 * What every figure of a frame shows; `seen` is the surface from a distance.
 * @typedef {{state: State, here: import("./gradient_here.js").Here, box: import("../../drawing/viewpoint.js").Box,
 *   version: unknown, isPart: boolean, digits: number, colors: import("../../base/theme.js").Palette, seen: (distance:
 *   number) => any}} Frame
 */

const ALONG = /** @type {const} */ ([0, 1]);

/** The planes and the surface of both views. @param {Store} store @param {View} view */
export function wireFigures(store, view) {
  const { contour, slices } = createPlanes(store, view);
  const scene = createScene(part("surface", HTMLElement), (camera) => store.set(camera));
  return (/** @type {State} */ state) => {
    if (!state.shape || !state.answer) return;
    const frame = frameOf(state, view.isPart(state));
    if (state.view === "gradient") showGradientView(frame, contour, scene);
    else showSlices(frame, slices, scene);
  };
}

/** What of x and y is seen. @param {Store} store */
export const viewOf = (store) =>
  createView(store, {
    chosenOf,
    homeOf,
    pointOf: ({ x, y }) => [x, y],
    ballOf,
    seenOf: (state) => Object.values(domainOf(state)).map(([low, high]) => ({ low, high })),
    fieldsOf,
    moved: ["x", "y", "count"],
  });

/** @typedef {ReturnType<typeof viewOf>} View */

/** @param {Store} store @param {View} view */
function createPlanes(store, view) {
  const snapped = (/** @type {"x"|"y"} */ name, /** @type {number} */ value) =>
    snap(value, limitsOf(store.get(), name));
  const step = (/** @type {Partial<Record<"x"|"y", number>>} */ by) => {
    const state = store.get();
    const limits = { x: limitsOf(state, "x"), y: limitsOf(state, "y") };
    const [x, y] = /** @type {const} */ (["x", "y"]).map((name) => moved(state[name], by[name] ?? 0, limits[name]));
    store.set({ x, y, count: 0, ...view.holding([x, y]) });
  };
  const contour = createPlane(part("contour-plane", HTMLElement), {
    onMove: (_, x, y) => store.set({ x: snapped("x", x), y: snapped("y", y), count: 0 }),
    onKey: (_, dx, dy) => step({ x: dx, y: dy }),
    onView: view.onView(),
    remember: view.remember,
  });
  const slices = /** @type {const} */ (["x", "y"]).map((name, axis) =>
    createPlane(part(`${name}-slice`, HTMLElement), {
      onMove: (_, position) => store.set({ [name]: snapped(name, position), count: 0 }),
      onKey: (_, by) => step({ [name]: by }),
      onView: view.onView([axis]),
      remember: view.remember,
    }),
  );
  return { contour, slices };
}

/** @param {State} state @param {boolean} isPart @returns {Frame} */
function frameOf(state, isPart) {
  const { shape, turn, tilt } = state;
  const [here, box, colors, digits] = [hereOf(state), boxOf(shape.surface), palette(), digitsOf(state)];
  const seen = (/** @type {number} */ distance) => ({
    here,
    surface: shape.surface,
    box,
    camera: { turn, tilt, distance },
    colors,
  });
  return { state, here, box, colors, digits, seen, version: [shape.expression, box], isPart };
}

/**
 * The contour lines with the gradient, and the same on the surface.
 * @param {Frame} frame @param {Plane} contour @param {Scene} scene
 */
function showGradientView({ state, here, box, colors, digits, seen, version, isPart }, contour, scene) {
  const { shape } = state;
  const level = here.value === null ? [] : levelLines(shape.surface, here.value);
  const places = shown(state);
  const field = gradientField({ ...shape, ...places, heights: box.z, here, level, digits, colors });
  contour.show({ ...field, isPart }, version);
  scene.show((distance) => {
    const marks = gradientMarks({ ...seen(distance), level, path: places.path });
    return functionSurface({ ...seen(distance), marks });
  }, version);
}

/**
 * The two slices with their tangents, and the same on the surface.
 * @param {Frame} frame @param {Plane[]} slices @param {Scene} scene
 */
function showSlices({ state, here, box, colors, digits, seen, version, isPart }, slices, scene) {
  const ranges = [box.x, box.y];
  const cuts = ALONG.map((along) => sliceThrough(state.answer.programs.value, here.point, along, ranges[along]));
  for (const along of ALONG) {
    const [pieces, range] = [cuts[along], ranges[along]];
    const figure = sliceFigure({ here, along, pieces, range, heights: box.z, digits, colors });
    slices[along].show({ ...figure, isPart }, box);
  }
  scene.show(
    (distance) => functionSurface({ ...seen(distance), marks: sliceMarks({ ...seen(distance), slices: cuts }) }),
    version,
  );
}
