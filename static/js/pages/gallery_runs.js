import { palette } from "../base/theme.js";
import { part } from "../controls/parts.js";
import { contours } from "../drawing/contours.js";
import { createPlane } from "../drawing/plane.js";
import { planeLayout } from "../drawing/plane_axes.js";
import { createHistory } from "../runs/history.js";
import { createStackedCurves } from "../runs/stacked_curves.js";
import { createBands } from "../stations/batches/bands.js";
import { createFigure } from "../stations/learning_rate/figure.js";
import {
  SAMPLE_BATCH,
  SAMPLE_BRANCH,
  SAMPLE_LINE,
  SAMPLE_LOSSES,
  SAMPLE_SHARPNESS,
  SAMPLE_STRIP,
} from "./sample_runs.js";
import { SAMPLE_SURFACE } from "./sample_data.js";

/** A landscape from above, with a walk on it. */
function createMap() {
  const map = createPlane(part("sample-map", HTMLElement));
  return () => {
    const colors = palette();
    const { surface, box, here } = SAMPLE_SURFACE;
    const points = [[2.4, 2.6], [1.6, 2.1], here.point];
    const data = [contours(surface, box.z, colors)];
    const layout = planeLayout({ x: box.x, y: box.y, colors });
    const marks = /** @type {import("../drawing/plane_axes.js").Mark[]} */ ([
      { kind: "path", points, symbol: "L" },
      { kind: "point", at: here.point, symbol: "L ball" },
    ]);
    map.show({ data, layout, square: true, marks }, null);
  };
}

/** A history that can be gone through, with a branch. */
function createPast() {
  const slider = part("sample-time", HTMLInputElement);
  const history = createHistory(part("sample-history", HTMLElement), slider);
  Object.assign(slider, { max: "20", value: "8" });
  const draw = () =>
    history({ past: SAMPLE_LOSSES, branch: SAMPLE_BRANCH, from: 4, step: Number(slider.value), length: 20 });
  slider.addEventListener("input", draw);
  return draw;
}

/** A step, and twenty steps, at every learning rate. */
function createRates() {
  const drawing = /** @type {SVGSVGElement} */ (document.querySelector("#curve"));
  const rates = createFigure(drawing, part("strip", HTMLCanvasElement));
  const chosen = { preset: "one-weight", eta: 0.3, made: [], mode: "see", told: null };
  return () => rates(/** @type {any} */ ({ ...chosen, line: SAMPLE_LINE, strip: SAMPLE_STRIP }));
}

/** The figures of runs, on sample data; answers what draws them again. */
export function createRunSamples() {
  const live = createStackedCurves(part("sample-live", HTMLElement));
  const bands = createBands(part("sample-bands", HTMLTableElement), { onRow: () => {} });
  const others = [createMap(), createPast(), createRates()];
  return () => {
    for (const draw of others) draw();
    live(SAMPLE_SHARPNESS, { step: 40, loss: 0.02, moment: null });
    bands(SAMPLE_BATCH);
  };
}
