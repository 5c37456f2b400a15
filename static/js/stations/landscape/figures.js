import { shown } from "../../base/format.js";
import { palette } from "../../base/theme.js";
import { part } from "../../controls/parts.js";
import { contours } from "../../drawing/contours.js";
import { createPlane } from "../../drawing/plane.js";
import { planeLayout } from "../../drawing/plane_axes.js";
import { createScene } from "../../drawing/scene.js";
import { traced } from "../../drawing/space_lines.js";
import { functionSurface } from "../../drawing/surface.js";
import { hiding } from "../../drawing/viewpoint.js";
import { sheetOf } from "../../runs/loss_sheet.js";
import { pointOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */

const ARROW = 0.2; // of the picture: as long as −∇L would be if all of it lay in the plane

/**
 * The sheet in space and from above, with the walk at its true losses.
 * @param {import("./state.js").Store} store
 * @param {(change: import("../../base/view_domain.js").ViewChange|null) => void} onView hears how the view is zoomed
 * @returns {(state: State) => void}
 */
export function createFigures(store, onView) {
  const scene = createScene(part("sheet-in-space", HTMLElement), (angles) => store.set(angles));
  const map = createPlane(part("map", HTMLElement), {
    onPress: (id) => store.set({ k: Number(id) }),
    onView,
  });
  return (state) => {
    if (!state.answer) return;
    const sheet = sheetOf(state.answer, state.height === "log");
    const { step, generation, directions, x } = state.answer;
    const version = [step, generation, directions, state.height, x[0], x[x.length - 1]];
    const colors = palette();
    scene.show((distance) => inSpace(state, sheet, { turn: state.turn, tilt: state.tilt, distance }, colors), version);
    map.show({ ...fromAbove(state, sheet, colors), isPart: state.span !== null }, version);
  };
}

/**
 * @param {State} state @param {import("../../runs/loss_sheet.js").Sheet} sheet
 * @param {import("../../drawing/viewpoint.js").Camera} camera @param {import("../../base/theme.js").Palette} colors
 */
function inSpace(state, sheet, camera, colors) {
  const { trajectory } = state.answer;
  const { surface, box, height } = sheet;
  const now = pointOf(state);
  const hidden = hiding(camera, box, surface);
  const at = [now.x, now.y, height(now.loss)];
  const foot = [now.x, now.y, height(sheet.at(now.x, now.y))];
  /** @type {Mark[]} */
  const ball = [
    { kind: "segment", from: foot, to: at, symbol: "soft", dash: "2 4" },
    { kind: "point", at: foot, symbol: "soft", hollow: true },
    { kind: "point", at, symbol: "L ball" },
    { kind: "label", at, text: shown(now.loss), symbol: "L", shift: [12, 5], free: true },
  ];
  const marks = [...traced(seenOf(trajectory, sheet), "L", hidden), ...(sheet.holds(now) ? ball : [])];
  const names = [
    { text: "1st", symbol: "soft" },
    { text: "2nd", symbol: "soft" },
    { text: state.height === "log" ? "log₁₀ L" : "L", symbol: "L" },
  ];
  return functionSurface({ surface, box, camera, marks, colors, names, tones: sheet.tones });
}

/**
 * The stretches of the walk that lie over the sheet, at their true losses.
 * @param {any[]} trajectory @param {import("../../runs/loss_sheet.js").Sheet} sheet
 */
function seenOf(trajectory, { holds, height }) {
  /** @type {number[][][]} */
  const stretches = [[]];
  for (const { x, y, loss } of trajectory) {
    if (holds({ x, y })) stretches[stretches.length - 1].push([x, y, height(loss)]);
    else if (stretches[stretches.length - 1].length) stretches.push([]);
  }
  return stretches;
}

/**
 * @param {State} state @param {import("../../runs/loss_sheet.js").Sheet} sheet
 * @param {import("../../base/theme.js").Palette} colors
 */
function fromAbove(state, sheet, colors) {
  const { trajectory, gradient, center } = state.answer;
  const { surface, box } = sheet;
  const now = pointOf(state);
  const reach = (ARROW * (box.x[1] - box.x[0])) / (gradient.norm || 1);
  const end = [0, 1].map((axis) => center[axis] - reach * gradient.coordinates[axis]);
  /** @type {Mark[]} */
  const arrow = gradient.share
    ? [
        { kind: "arrow", from: center, to: end, symbol: "dx" },
        {
          kind: "label",
          at: end,
          text: `−∇L: ${Math.round(100 * gradient.share)} % of it`,
          symbol: "dx",
          shift: [8, -4],
          free: true,
        },
      ]
    : [];
  const points = trajectory.map((/** @type {any} */ { x, y }) => [x, y]);
  /** @type {Mark[]} */
  const steps = trajectory.map((/** @type {any} */ { x, y, step }, /** @type {number} */ index) => ({
    ...{ kind: "point", at: [x, y], symbol: "L trail", hollow: true },
    press: { id: String(index), label: `step ${step}` },
  }));
  return {
    data: [contours(surface, sheet.tones, colors)],
    layout: planeLayout({ x: box.x, y: box.y, colors, margin: { l: 54, r: 8, t: 8, b: 26 } }),
    square: true,
    marks: /** @type {Mark[]} */ ([
      { kind: "path", points, symbol: "L" },
      ...steps,
      ...arrow,
      { kind: "label", at: points[0], text: "start", symbol: "soft", shift: [-8, -8], anchor: "end", free: true },
      { kind: "point", at: [now.x, now.y], symbol: "L ball" },
    ]),
  };
}
