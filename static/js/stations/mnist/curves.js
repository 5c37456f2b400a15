import { onThemeChange, palette } from "../../base/theme.js";
import { part } from "../../controls/parts.js";
import { createPlot } from "../../drawing/plot.js";
import { accuracyCurve } from "../../runs/accuracy_curve.js";
import { lossCurve } from "../../runs/loss_curve.js";
import { pastStep } from "../../runs/moment.js";
import { isLogarithmic } from "./state.js";

/**
 * The loss and the accuracy over epochs, with the second run's, and a mark at the epoch that is looked at.
 * @param {{store: import("./state.js").MnistStore,
 *   beside: (state: import("./state.js").MnistState) => import("../../runs/loss_curve.js").Evaluation[]}} parts
 */
export function wireCurves({ store, beside }) {
  const loss = createPlot(part("loss-plot", HTMLElement));
  const accuracy = createPlot(part("accuracy-plot", HTMLElement));
  let shown = "";
  const draw = () => {
    const state = store.get();
    const logarithmic = isLogarithmic(state);
    const step = pastStep(state);
    const moment = step === null ? null : step / state.run.steps_per_epoch;
    part("log-axis", HTMLButtonElement).setAttribute("aria-pressed", String(logarithmic));
    const { evaluations } = state;
    const both = { evaluations, beside: beside(state), moment };
    loss.show(() => lossCurve({ ...both, logarithmic, colors: palette() }));
    accuracy.show(() => accuracyCurve({ ...both, colors: palette() }));
  };
  store.subscribe((state, before) => {
    const second = beside(state);
    const key = [pastStep(state), second.length, second.at(-1)?.step].join();
    const isOther = state.evaluations !== before.evaluations || state.logarithmic !== before.logarithmic;
    if (!isOther && key === shown) return;
    shown = key;
    draw();
  });
  onThemeChange(draw);
  draw();
}
