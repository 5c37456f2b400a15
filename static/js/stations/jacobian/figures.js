import { moved, snap } from "../../base/scales.js";
import { palette } from "../../base/theme.js";
import { part } from "../../controls/parts.js";
import { createPlane } from "../../drawing/plane.js";
import { createScene } from "../../drawing/scene.js";
import { digitsOf } from "../../station/state.js";
import { createView } from "../../station/view.js";
import { closeUp, gridImage } from "./grid_image.js";
import { gridImageScene } from "./grid_image_scene.js";
import { inputGrid } from "./input_grid.js";
import { askedOf, domainOf, fieldsOf, inDomain, inSides, mapOf } from "./model.js";
import { valueLine } from "./value_line.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Store} Store */

const INPUTS = [0, 1];

/** What of the inputs is seen. @param {Store} store */
export const viewOf = (store) =>
  createView(store, {
    chosenOf: (state) => INPUTS.map((axis) => domainOf(state, axis)),
    homeOf: ({ home }) => home,
    pointOf: ({ at }) => at,
    fieldsOf,
    moved: ["at", "side"],
  });

/** @typedef {ReturnType<typeof viewOf>} View */

/** The plane of the inputs, with the point and the square's corner to pull. @param {Store} store @param {View} view */
function createInputPlane(store, view) {
  const moveTo = (/** @type {number[]} */ point) =>
    store.set({ at: point.map((value, axis) => inDomain(store.get(), axis, value)) });
  return createPlane(part("input-plane", HTMLElement), {
    onMove: (id, x, y) => {
      const state = store.get();
      if (id === "at") return moveTo([snap(x, domainOf(state, 0)), snap(y, domainOf(state, 1))]);
      return store.set({ side: inSides(Math.max(x - state.at[0], y - state.at[1])) });
    },
    onKey: (id, dx, dy) => {
      const state = store.get();
      if (id === "at") {
        const at = state.at.map((value, axis) => moved(value, [dx, dy][axis], domainOf(state, axis)));
        return store.set({ at, ...view.holding(at) });
      }
      return store.set({ side: inSides(state.side * 10 ** ((dx + dy) / 20)) });
    },
    onView: view.onView(),
    remember: view.remember,
  });
}

/** @param {Store} store @param {View} view */
export function wireFigures(store, view) {
  const left = createInputPlane(store, view);
  const right = createPlane(part("image-plane", HTMLElement), {
    // the close-up is as wide as the square
    onView: (change) => store.get().view !== "close" && view.onImage(change),
  });
  const scene = createScene(part("image-scene", HTMLElement), (camera) => store.set(camera));
  return (/** @type {State} */ state) => {
    const { answer, low, high, turn, tilt } = state;
    if (!answer) return;
    const [close, map] = [state.view === "close", mapOf(state)];
    const input = { answer, map, asked: askedOf(state), digits: digitsOf(state), colors: palette() };
    const lines = (answer.grid ?? []).map((/** @type {any} */ line) => line.fixed);
    const outputs = answer.expressions.length;
    const version = [answer.expressions.map((/** @type {any} */ each) => each.text), answer.variables, lines, close];
    const grid = inputGrid({ ...input, domain: INPUTS.map((axis) => [low[axis], high[axis]]) });
    left.show({ ...grid, isPart: view.isPart(state) }, [answer.variables, lines]);
    part("image-scene", HTMLElement).hidden = outputs < 3;
    part("image-plane", HTMLElement).hidden = outputs >= 3;
    if (outputs >= 3)
      scene.show((distance) => gridImageScene({ ...input, close, camera: { turn, tilt, distance } }), version);
    else {
      const image = outputs === 1 ? valueLine({ ...input, close }) : close ? closeUp(input) : gridImage(input);
      right.show({ ...image, isPart: !close && view.isPart(state) }, version);
    }
  };
}
