import { exact } from "../base/format.js";
import { linearScale } from "../base/scales.js";
import { placeFault } from "../base/view_domain.js";
import { createKnob } from "./knob.js";
import { part } from "./parts.js";

/** @typedef {import("../base/scales.js").Domain} Domain */

/**
 * A knob for a place in a domain of the page's state; its slider follows when the domain becomes another.
 * @template S
 * @param {{get: () => S}} store @param {string} id of the knob
 * @param {{valueOf: (state: S) => number, domainOf: (state: S) => Domain, limitsOf?: (state: S) => Domain, onInput:
 *   (value: number) => void}} place
 *   `limitsOf` says between what a typed number may lie; unless given, anywhere that a view can be
 * @returns {(state: S) => void} shows the state's place
 */
export function wirePlace(store, id, { valueOf, domainOf, limitsOf, onInput }) {
  const allows = (/** @type {number} */ value) => {
    if (!limitsOf) return placeFault(value);
    const limits = limitsOf(store.get());
    return value < limits.low || value > limits.high
      ? `Type a number from ${exact(limits.low)} to ${exact(limits.high)}.`
      : null;
  };
  let shown = domainOf(store.get());
  const knob = createKnob(part(id, HTMLElement), { scale: linearScale(shown), allows, onInput });
  return (state) => {
    const domain = domainOf(state);
    if (domain.low !== shown.low || domain.high !== shown.high) knob.setScale(linearScale(domain));
    shown = domain;
    knob.show(valueOf(state));
  };
}
