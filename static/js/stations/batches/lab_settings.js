import { part } from "../../controls/parts.js";
import { wirePlace } from "../../controls/place_knob.js";
import { branchRateOf } from "./lab_branch.js";
import { field } from "./rows_form.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {import("./lab_state.js").LabStore} LabStore */

const SEED = 2 ** 32 - 1;

/** @param {LabStore} store */
export function wireKnobs(store) {
  const domainOf = (/** @type {LabState} */ { plane }) =>
    plane ? { low: plane.x[0], high: plane.x[plane.x.length - 1] } : { low: -1, high: 1 };
  const knobs = [0, 1].map((index) =>
    wirePlace(store, `x${index + 1}`, {
      valueOf: ({ at }) => at[index],
      domainOf,
      limitsOf: domainOf,
      onInput(value) {
        const at = /** @type {[number, number]} */ ([...store.get().at]);
        at[index] = value;
        store.set({ at });
      },
    }),
  );
  return (/** @type {LabState} */ state) => knobs.forEach((knob) => knob(state));
}

/**
 * @param {LabStore} store @param {ReturnType<typeof import("./lab_actions.js").createLabActions>} actions
 * @param {{units: number, rows: number}} most
 */
export function wireSettings(store, actions, most) {
  const whole = (/** @type {number} */ low, /** @type {number} */ high) => ({
    read: (/** @type {number} */ value) => (Number.isInteger(value) && value >= low && value <= high ? value : null),
    wants: `Type a whole number from ${low} to ${high}.`,
  });
  const fields = /** @type {const} */ (["units", "rows", "seed"]).map((name) => {
    const parts = name === "seed" ? whole(0, SEED) : whole(1, name === "units" ? most.units : most.rows);
    const show = field(part(name, HTMLInputElement), {
      ...parts,
      onInput: (value) => actions.change({ [name]: value }),
    });
    return (/** @type {LabState} */ state) => show(state[name]);
  });
  const rate = {
    read: (/** @type {number} */ value) => (value > 0 ? value : null),
    wants: "Type a number above 0.",
  };
  const eta = field(part("eta", HTMLInputElement), { ...rate, onInput: actions.changeRate });
  const branch = field(part("branch-rate", HTMLInputElement), {
    ...rate,
    onInput: (branchRate) => store.set({ branchRate }),
  });
  return (/** @type {LabState} */ state) => {
    fields.forEach((show) => show(state));
    eta(state.eta);
    branch(branchRateOf(state));
  };
}
