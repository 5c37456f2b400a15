import { keepAddress } from "../../station/address.js";
import { keepAnswered } from "../../station/function_answers.js";
import { createShrinking } from "../../station/shrinking.js";
import { readExamples, startPage, wireStation } from "../../station/station.js";
import { wireControls } from "./controls.js";
import { viewOf, wireFigures } from "./figures.js";
import { jacobianSentence } from "./jacobian_sentence.js";
import { askedOf, firstState, FROM, mapOf, requestOf, settingsOf, SIDES } from "./model.js";
import { exact, written } from "../../base/format.js";
import { digitsOf, sharedFields } from "../../station/state.js";
import { createStore } from "../../base/store.js";
import { onThemeChange } from "../../base/theme.js";
import { showAreaFactor } from "./area_factor.js";
import { createJacobianMatrix } from "./jacobian_matrix.js";
import { showLinearStep } from "./linear_step.js";
import { part, write } from "../../controls/parts.js";
import { createTabs } from "../../controls/tabs.js";
import { createViewSwitch } from "../../controls/view_switch.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {ReturnType<typeof createStore<State>>} Store */

const TABS = { step: "linear-step", area: "area-factor" };

/** @param {State} state */
function invitationOf({ expressions, view }) {
  if (expressions.length === 1) return "Drag x: with one output, J is one row, the gradient.";
  return view === "close"
    ? "In units of s, the arrows are the columns of J."
    : "Drag x: J makes a parallelogram of its square.";
}

/** @param {Store} store */
function wirePanel(store) {
  const showTab = createTabs(/** @type {HTMLElement} */ (document.querySelector("[role=tablist]")), (panel) =>
    store.set({ tab: panel === TABS.area ? "area" : "step" }),
  );
  const showView = createViewSwitch(part("views", HTMLElement), (view) => store.set({ view }));
  const matrix = createJacobianMatrix(
    part("matrix", HTMLElement),
    (asked) => JSON.stringify(asked) !== JSON.stringify(store.get().asked) && store.set({ asked }),
  );
  return (/** @type {State} */ state) => {
    showTab(TABS[/** @type {keyof typeof TABS} */ (state.tab)] ?? TABS.step);
    showView(state.view);
    write(part("invitation", HTMLElement), invitationOf(state));
    const { answer, numbers: filled } = state;
    write(part("point", HTMLElement), `(${state.at.map(exact).join(", ")})`);
    if (!answer) return state.problem ? write(part("says", HTMLElement), state.problem.message) : undefined;
    const [map, places, asked] = [mapOf(state), digitsOf(state), askedOf(state)];
    matrix({ answer, map, asked, places, filled });
    if (state.tab === "area") showAreaFactor(part("area-factor", HTMLElement), { map, places, filled });
    else showLinearStep(part("linear-step", HTMLElement), { answer, map, places, filled, row: asked?.row ?? null });
    return write(
      part("says", HTMLElement),
      jacobianSentence({ answer, map, asked, atLimit: state.arrived === state.side, digits: places }),
    );
  };
}

/** What the page's address says of its state. @param {State} state */
const fieldsOf = (state) => ({
  ...sharedFields(state),
  expressions: state.expressions,
  variables: state.variables.join(),
  at: state.at.join(),
  low: state.low.join(),
  high: state.high.join(),
  side: String(state.side),
  view: state.view === "close" ? "close" : null,
  tab: state.tab === "area" ? "area" : null,
  turn: state.turn === FROM.turn ? null : String(state.turn),
  tilt: state.tilt === FROM.tilt ? null : String(state.tilt),
});

async function start() {
  const examples = (await readExamples("jacobian")).filter((example) => example.call === "jacobian");
  const store = createStore(firstState(examples));
  const view = viewOf(store);
  const views = [wireControls(store, view, examples), wireFigures(store, view), wirePanel(store)];
  const show = (/** @type {State} */ state, /** @type {State} */ before) =>
    views.forEach((each) => each(state, before));
  store.subscribe(show);
  onThemeChange(() => show(store.get(), store.get()));
  const shrinking = createShrinking(store, {
    key: "side",
    symbolOf: () => "s",
    ...SIDES,
    largest: 1,
    onRest: () => store.set({ arrived: store.get().side }),
  });
  const shrink = () => {
    // seen from afar the square only vanishes; in units of s it stays, and becomes the parallelogram
    store.set({ view: "close" });
    shrinking.toggle();
  };
  part("shrink", HTMLButtonElement).addEventListener("click", shrink);
  wireStation(store, {
    examples,
    choose: (example) => store.set(settingsOf(example)),
    question: () => ({
      call: "jacobian",
      request: requestOf(store.get()),
      shown: ["values", "matrix", "determinant", "differentiable"],
    }),
    drawn: ({ answer }) => answer && answer.expressions.map((/** @type {any} */ each) => written(each.text)).join(", "),
    keys: {
      " ": shrink,
      ...view.keys,
      c: () => store.set({ view: store.get().view === "close" ? "grid" : "close" }),
    },
  });
  keepAddress(store, fieldsOf);
  keepAnswered(store, { call: "jacobian", key: "answer", requestOf, instead: settingsOf(examples[0]) });
}

startPage(start);
