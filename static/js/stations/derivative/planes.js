import { moved, snap, stepOf, tidy } from "../../base/scales.js";
import { palette } from "../../base/theme.js";
import { part } from "../../controls/parts.js";
import { createPlane } from "../../drawing/plane.js";
import { aligned } from "../../drawing/plane_axes.js";
import { digitsOf } from "../../station/state.js";
import { createView } from "../../station/view.js";
import { derivativeFigure } from "./derivative_curve.js";
import { isAtLimit } from "./model.js";
import { secantFigure } from "./secant.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {{get: () => State, set: (change: Partial<State>) => void}} Store */
/** @typedef {ReturnType<typeof viewOf>} View */

/** What of x is seen, in both planes. @param {Store} store */
export const viewOf = (store) =>
  createView(store, {
    chosenOf: ({ low, high }) => [{ low, high }],
    homeOf: ({ home }) => [home],
    pointOf: ({ at }) => [at],
    fieldsOf: ([x]) => x,
    moved: ["at", "delta"],
  });

/** The function with its secant and tangent, and the derivative below. @param {Store} store @param {View} view */
export function wirePlanes(store, view) {
  const onMove = (/** @type {string} */ id, /** @type {number} */ x) => {
    const state = store.get();
    if (id === "at") return store.set({ at: snap(x, state) });
    const delta = tidy(snap(x, state) - state.at);
    return store.set({ delta: delta === 0 ? Math.sign(state.delta) * stepOf(state) : delta });
  };
  const onKey = (/** @type {string} */ id, /** @type {number} */ dx) => {
    const state = store.get();
    if (id === "at") {
      const at = moved(state.at, dx, state);
      return store.set({ at, ...view.holding([at]) });
    }
    const delta = moved(state.delta, dx, state);
    return store.set({ delta: delta === 0 ? dx * stepOf(state) : delta });
  };
  const [onView, { remember, isPart }] = [view.onView(), view];
  const upper = createPlane(part("function-plane", HTMLElement), { onMove, onKey, onView, remember });
  const lower = createPlane(part("derivative-plane", HTMLElement), {
    onMove: (_, x) => onMove("at", x),
    onView,
    remember,
  });
  return (/** @type {State} */ state) => {
    if (!state.answer) return;
    const input = {
      ...state,
      digits: digitsOf(state),
      atLimit: isAtLimit(state),
      colors: palette(),
      others: [state.plusOne, state.plusTwo].filter(Boolean),
    };
    const { expression, curve } = state.answer;
    const [above, below] = aligned(secantFigure(input), derivativeFigure(input));
    upper.show({ ...above, isPart: isPart(state) }, [expression, curve, input.others.map((other) => other.expression)]);
    lower.show(below, [expression, curve]);
  };
}
