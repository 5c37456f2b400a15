import { written } from "../../base/format.js";
import { linearScale, logarithmicScale } from "../../base/scales.js";
import { placeFault } from "../../base/view_domain.js";
import { createKnob } from "../../controls/knob.js";
import { part, write } from "../../controls/parts.js";
import { domainOf, SIDES } from "./model.js";
import { MOST_OUTPUTS, wireOutputs } from "./typed_outputs.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Store} Store */

const INPUTS = [0, 1];

/**
 * @param {Store} store @param {import("./figures.js").View} view
 * @param {import("../../station/station.js").Example[]} examples
 */
export function wireControls(store, view, examples) {
  const another = () => {
    const { variables, expressions } = store.get();
    const given = examples
      .filter((example) => Object.keys(example.request.at).join() === variables.join())
      .map((example) => example.request.expressions[expressions.length]);
    return given.find(Boolean) ?? variables.join(" + ");
  };
  const outputs = wireOutputs(store, another);
  const scaleOf = (/** @type {number} */ axis) => linearScale(domainOf(store.get(), axis));
  const moveTo = (/** @type {number} */ axis, /** @type {number} */ value) => {
    const at = store.get().at.with(axis, value);
    store.set({ at, ...view.widened(at) });
  };
  const knobs = INPUTS.map((axis) =>
    createKnob(part(`input-${axis}`, HTMLElement), {
      scale: scaleOf(axis),
      allows: placeFault,
      onInput: (value) => moveTo(axis, value),
    }),
  );
  const positive = (/** @type {number} */ value) =>
    value > 0 ? null : "The side may come as near to 0 as you like, but not be 0.";
  const side = createKnob(part("side", HTMLElement), {
    scale: logarithmicScale(SIDES.smallest, SIDES.largest),
    allows: positive,
    onInput: (value) => store.set({ side: value }),
  });
  return (/** @type {State} */ state, /** @type {State} */ before) => {
    outputs(state);
    for (const [axis, knob] of knobs.entries()) {
      if (state.low[axis] !== before.low[axis] || state.high[axis] !== before.high[axis]) knob.setScale(scaleOf(axis));
      knob.show(state.at[axis]);
      nameInput(part(`input-${axis}`, HTMLElement), written(state.variables[axis]));
      part(`input-${axis}`, HTMLElement).classList.toggle("lit", state.asked?.column === axis);
    }
    for (let row = 0; row < MOST_OUTPUTS; row++)
      part(`expressions-${row}`, HTMLElement)
        .closest(".formula")
        ?.classList.toggle("lit", state.asked?.row === row);
    side.show(state.side);
    write(part("space", HTMLElement), state.expressions.length === 1 ? "ℝ" : `ℝ${"²³"[state.expressions.length - 2]}`);
  };
}

/** @param {HTMLElement} knob @param {string} name */
function nameInput(knob, name) {
  const [shown, unseen] = /** @type {HTMLElement[]} */ ([...knob.querySelectorAll("label span")]);
  write(shown, name);
  write(unseen, `Input ${name}`);
  knob.querySelector("input[type=text]")?.setAttribute("aria-label", `Input ${name}, typed`);
}
