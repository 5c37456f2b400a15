import { holding, isSame, widened, zoomed } from "../base/view_domain.js";
import { viewKeys } from "../drawing/plane_view.js";

/** @typedef {import("../base/scales.js").Domain} Domain */
/** @typedef {import("../base/view_domain.js").ViewChange} ViewChange */

/**
 * The part of its planes that a station shows: a domain for each of its axes, kept in its state.
 * @template {object} S
 * @param {{get: () => S, set: (change: Partial<S>) => void}} store
 * @param {{chosenOf: (state: S) => Domain[], homeOf: (state: S) => Domain[], pointOf: (state: S) => number[],
 *   ballOf?: (state: S) => number[], seenOf?: (state: S) => Domain[], fieldsOf: (domains: Domain[]) => Partial<S>,
 *   moved: (keyof S)[]}} parts
 *   `chosenOf` the state's own domains, which `fieldsOf` writes; `homeOf` those of the function by itself; `pointOf`
 *   the place that can be typed, and `ballOf` what stays in a zoomed picture, where that is another; `seenOf` what is
 *   drawn, where that is more than was chosen; `moved` what a press on a plane may change
 */
export function createView(store, { chosenOf, homeOf, pointOf, fieldsOf, moved, ...parts }) {
  const { ballOf = pointOf, seenOf = chosenOf } = parts;
  const wholeOf = (/** @type {S} */ state) =>
    homeOf(state).map((domain, axis) => widened(domain, pointOf(state)[axis]));
  /** What hears the zooming of a plane with these axes. @param {number[]} [axes] to the right, and upwards */
  const onView = (axes = [0, 1]) => {
    return (/** @type {ViewChange|null} */ change) => {
      const state = store.get();
      if (!change) return store.set(fieldsOf(wholeOf(state)));
      const next = seenOf(state).map((domain, axis) =>
        axes.includes(axis) ? zoomed(domain, change, axes.indexOf(axis), ballOf(state)[axis]) : domain,
      );
      return store.set(fieldsOf(next));
    };
  };
  const shares = () => {
    const state = store.get();
    return seenOf(state).map(({ low, high }, axis) => (ballOf(state)[axis] - low) / (high - low));
  };
  return {
    onView,
    /**
     * What hears the zooming of a plane that shows where the seen part leads: about the place that is looked at.
     * @param {ViewChange|null} change
     */
    onImage: (change) => onView()(change && { factor: change.factor, at: [...shares(), 0], by: [0, 0] }),
    keys: viewKeys(onView(), () => [...shares(), 0]),
    /** Whether another part than the whole view is seen. @param {S} state */
    isPart: (state) => chosenOf(state).some((domain, axis) => !isSame(domain, wholeOf(state)[axis])),
    /** The fields of the narrowest change that shows a point, of the same width. @param {number[]} point */
    holding: (point) => fieldsOf(chosenOf(store.get()).map((domain, axis) => holding(domain, point[axis]))),
    /** The fields of a view that is widened for a point. @param {number[]} point */
    widened: (point) => fieldsOf(chosenOf(store.get()).map((domain, axis) => widened(domain, point[axis]))),
    /** Remember what a press may change; answers what puts it back. */
    remember() {
      const state = store.get();
      const before = /** @type {Partial<S>} */ (Object.fromEntries(moved.map((name) => [name, state[name]])));
      return () => store.set(before);
    },
  };
}
