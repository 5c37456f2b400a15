import { askBackpropagation, readCatalog } from "../../base/api.js";
import { exact, shown } from "../../base/format.js";
import { createStore } from "../../base/store.js";
import { readNumber } from "../../base/typed_number.js";
import { readFields } from "../../base/url.js";
import { part, write } from "../../controls/parts.js";
import { createLimitedRate } from "../../controls/rate_knob.js";
import { keepAddress } from "../../station/address.js";
import { keepAnswers } from "../../station/answers.js";
import { startPage, untilAnswered, wireStation } from "../../station/station.js";
import { createHessianFigure } from "./hessian_figure.js";
import * as state from "./hessian_state.js";
import { claimOf, sentenceOf } from "./hessian_words.js";

/** @typedef {import("./hessian_state.js").State} State */
/** @typedef {import("./hessian_state.js").Store} Store */

/** The sample of one layer, typed, and whether it has biases. @param {Store} store */
function createSample(store) {
  const fields = /** @type {HTMLInputElement[]} */ (["x-1", "x-2"].map((id) => part(id, HTMLInputElement)));
  const bias = part("bias", HTMLInputElement);
  bias.addEventListener("change", () => store.set({ bias: bias.checked, chosen: 0 }));
  const now = () => store.get().x ?? store.get().answer?.inputs[0] ?? [0, 0];
  fields.forEach((field, axis) => {
    const use = (/** @type {number|null} */ value) => {
      const isFit = value !== null && Math.abs(value) <= state.FARTHEST;
      field.setAttribute("aria-invalid", String(!isFit));
      field.title = isFit ? "" : `Give a number from −${state.FARTHEST} to ${state.FARTHEST}, as 1.5.`;
      if (isFit) store.set({ x: now().with(axis, value) });
    };
    for (const kind of ["input", "change"]) field.addEventListener(kind, () => use(readNumber(field.value)));
    field.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (event.key === "Enter") field.blur();
      if (!by) return;
      event.preventDefault();
      field.value = exact(Math.round((now()[axis] + by * (event.shiftKey ? 1 : 0.1)) * 10) / 10);
      use(readNumber(field.value));
    });
  });
  return (/** @type {State} */ { preset, x, bias: has, answer }) => {
    const { isOneLayer } = state.STARTS[preset];
    part("sample", HTMLElement).hidden = !isOneLayer;
    bias.checked = has;
    const values = x ?? answer?.inputs[0];
    if (!values || !isOneLayer) return;
    fields.forEach((field, axis) => {
      if (document.activeElement !== field) field.value = exact(values[axis] ?? 0);
    });
  };
}

/** The learning rate with its limit, and the numbers beside it. @param {Store} store */
function createNumbers(store) {
  const [claim, says, lambda, limit, product] = ["claim", "says", "lambda", "limit-now", "product"].map((id) =>
    part(id, HTMLElement),
  );
  const knob = createLimitedRate(part("rate", HTMLElement), part("limit", HTMLElement), {
    ...state.LIMITS,
    onRate: (eta) => store.set({ eta }),
  });
  return (/** @type {State} */ now) => {
    const hessian = now.answer?.hessian ?? null;
    const largest = hessian?.eigenvalues[0] ?? null;
    knob(now.eta, largest > 0 ? 2 / largest : null);
    write(claim, claimOf(now));
    if (!hessian) return;
    write(lambda, shown(largest));
    write(limit, largest > 0 ? shown(2 / largest) : "none");
    write(product, state.STARTS[now.preset].isOneLayer ? "H = I ⊗ x xᵀ" : "H of all layers");
    part("one-layer", HTMLElement).hidden = !state.STARTS[now.preset].isOneLayer;
    part("many-layers", HTMLElement).hidden = state.STARTS[now.preset].isOneLayer;
    write(says, sentenceOf(now));
  };
}

async function start() {
  const catalog = await untilAnswered(readCatalog);
  const presets = Object.keys(state.STARTS).map((name) =>
    catalog.presets.find((/** @type {any} */ one) => one.name === name),
  );
  const store = /** @type {Store} */ (createStore(state.firstState(readFields(state.FIELDS))));
  const drawing = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.getElementById("hessian")));
  const show = createHessianFigure(drawing, (chosen) => store.set({ chosen }));
  const move = (/** @type {number} */ by) => {
    const { answer } = store.get();
    if (!answer) return;
    const last = answer.hessian.eigenvalues.length - 1;
    store.set({ chosen: Math.min(last, Math.max(0, state.chosenOf(store.get()) + by)) });
  };
  wireStation(store, {
    views: [createSample(store), createNumbers(store), show],
    examples: presets,
    choose: ({ name }) => store.set(state.startOf(name)),
    chosen: ({ preset, x, bias }) => (x || bias ? null : preset),
    question: () => ({ call: "", room: "backpropagation", request: state.requestOf(store.get()), shown: ["hessian"] }),
    keys: {
      ...{ ArrowDown: () => move(1), ArrowUp: () => move(-1), " ": () => move(1) },
      b: () => state.STARTS[store.get().preset].isOneLayer && store.set({ bias: !store.get().bias, chosen: 0 }),
    },
  });
  new ResizeObserver(() => show(store.get())).observe(/** @type {HTMLElement} */ (drawing.parentElement));
  keepAddress(store, state.addressOf);
  keepAnswers(store, { ask: askBackpropagation, key: "answer", requestOf: state.requestOf });
}

startPage(start);
