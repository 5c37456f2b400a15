import { count, number, percent, short } from "../../base/format.js";
import { whenOf } from "./sentences.js";

const MOST = 4;
const GRAVEST_FIRST = ["dead_units", "overshot"]; // of a divergence a banner tells

/** @typedef {{kind: ""|"good"|"warn"|"bad", text: string}} Fact */

/**
 * What can be said about the run, the gravest first.
 * @param {import("./state.js").MnistState} state @param {boolean} [isPast] whether that is how it was
 * @returns {Fact[]}
 */
export function runFacts(state, isPast = false) {
  const { run, rate } = state;
  if (!run) return notStored(state);
  const facts = diagnosed(run);
  if (isPast) facts.unshift({ kind: "", text: `As it was at ${whenOf(run)}.` });
  if (rate !== null) facts.push({ kind: "", text: `The next step uses η = ${short(rate)}.` });
  if (run.step === 0) return [...facts, ...amplified(state), ...untrained(run)];
  return [...facts, ...amplified(state), ...progress(state), ...alive(run)].slice(0, Math.max(MOST, facts.length));
}

/** What is known before anything is computed. @param {import("./state.js").MnistState} state @returns {Fact[]} */
function notStored({ configuration }) {
  const seed = configuration?.network?.initialization?.seed;
  const begins = seed === undefined ? "" : ` from random weights of seed ${seed}`;
  return [
    { kind: "", text: `Nothing is trained yet: the first step starts the run${begins}.` },
    { kind: "", text: "Until then there is nothing to keep, and no answer to a digit." },
  ];
}

/** The newest word of each kind. @param {any} run @returns {Fact[]} */
function diagnosed({ diagnostics: told }) {
  const diagnostics = told ?? []; // of a past step they come after its other numbers
  /** @type {Map<string, any>} */
  const newest = new Map();
  for (const one of diagnostics) {
    const key = `${one.kind} ${one.layer ?? ""}`;
    if ((newest.get(key)?.step ?? -1) <= one.step) newest.set(key, one);
  }
  const known = GRAVEST_FIRST.flatMap((kind) => [...newest.values()].filter((one) => one.kind === kind));
  return known.map((one) => ({ kind: "warn", text: one.message }));
}

/** @param {import("./state.js").MnistState} state @returns {Fact[]} */
function progress({ evaluations }) {
  const last = evaluations.at(-1);
  const before = evaluations.at(-11) ?? evaluations[0];
  /** @type {Fact[]} */
  const facts = [];
  if (!last || last.train_loss === null) return facts;
  if (before !== last)
    facts.push({
      kind: "",
      text:
        `Train loss ${number(before.train_loss)} at epoch ${count(before.epoch)}, ` +
        `${number(last.train_loss)} at epoch ${count(last.epoch)}.`,
    });
  if (last.train_accuracy !== null)
    facts.push({
      kind: "",
      text:
        `It reads ${percent(last.train_accuracy)} of the training digits and ${percent(last.test_accuracy)} of the ` +
        `test digits.`,
    });
  return facts;
}

/**
 * What makes the test loss of the lecture's recipe so large.
 * @param {import("./state.js").MnistState} state
 * @returns {Fact[]}
 */
function amplified({ run, evaluations }) {
  const last = evaluations.at(-1);
  const huge = last?.test_loss && last.train_loss && last.test_loss > 100 * last.train_loss;
  if (!huge || run.configuration?.data?.constant_pixels !== "amplify") return [];
  return [
    {
      kind: "",
      text: "The test loss is huge: some pixels never vary in the training set, and the recipe divides them by 10⁻⁶.",
    },
  ];
}

/** Only ReLU units can die: where none did, that is worth knowing. @param {any} run @returns {Fact[]} */
function alive({ network, diagnostics, diverged }) {
  const canDie = diagnostics && !diverged && network.activations.slice(0, -1).includes("relu");
  return canDie && !diagnostics.some((/** @type {any} */ one) => one.kind === "dead_units")
    ? [{ kind: "good", text: "No hidden unit is dead." }]
    : [];
}

/** @param {any} run @returns {Fact[]} */
function untrained({ parameters, network }) {
  const seed = network.initialization?.seed;
  return [
    { kind: "", text: `${count(parameters)} weights and biases${seed === undefined ? "" : `, seed ${seed}`}.` },
    { kind: "", text: "Untrained: its answers are guesses." },
  ];
}
