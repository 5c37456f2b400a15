import { accuracyCurve } from "../figures/accuracy_curve.js";
import { differenceError } from "../figures/difference_error.js";
import { functionSurface } from "../figures/function_surface.js";
import { gradientField } from "../figures/gradient_field.js";
import { hillFigure, slopeSignFigure } from "../figures/hill.js";
import { lossCurve } from "../figures/loss_curve.js";
import {
  SAMPLE_DESCENT, SAMPLE_DIVERGED, SAMPLE_ERROR, SAMPLE_EVALUATIONS, SAMPLE_NUDGE, SAMPLE_OUTPUTS, SAMPLE_SHAPE, SAMPLE_SURFACE, SAMPLE_TABLE,
} from "../figures/sample_data.js";
import { derivativeFigure, secantFigure } from "../figures/secant.js";
import { sliceFigure } from "../figures/slice_curve.js";
import { squaredErrorFigure } from "../figures/squared_error.js";
import { sliceMarks } from "../figures/surface_marks.js";
import { onThemeChange, palette } from "../theme.js";
import { createChainedPlanes } from "../views/chained_planes.js";
import { paintDigit } from "../views/digit_canvas.js";
import { wireFrame } from "../views/frame.js";
import { createOutputBars } from "../views/output_bars.js";
import { createPlane } from "../views/plane.js";
import { createPlot } from "../views/plot.js";
import { createScene } from "../views/scene.js";
import { createJacobianSamples } from "./gallery_jacobian.js";

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const plots = {
  loss: createPlot(place("sample-loss")), log: createPlot(place("sample-log")), diverged: createPlot(place("sample-diverged")), accuracy: createPlot(place("sample-accuracy")), error: createPlot(place("sample-error")),
};
const [secant, derivative, hill, sign] = ["sample-secant", "sample-derivative", "sample-hill", "sample-sign"].map((id) => createPlane(place(id)));
const squaredError = createPlane(place("sample-squared-error"));
const chain = createChainedPlanes(place("sample-chain"), ["sample-inner", "sample-outer", "sample-composite"].map(place));
const [field, slice] = [createPlane(place("sample-field")), createPlane(place("sample-slice"))];
let angles = { turn: -58, tilt: 30 };
const scene = createScene(place("sample-surface"), (turned) => {
  angles = turned;
  drawSurface();
});
const drawJacobian = createJacobianSamples();
const gradient = Array.from({ length: 784 }, (_, index) => ((index % 28) + Math.floor(index / 28)) / 54);

function draw() {
  const colors = palette();
  plots.loss.show(() => lossCurve({ evaluations: SAMPLE_EVALUATIONS, logarithmic: false, colors }));
  plots.log.show(() => lossCurve({ evaluations: SAMPLE_EVALUATIONS, logarithmic: true, colors }));
  plots.diverged.show(() => lossCurve({ evaluations: SAMPLE_DIVERGED, logarithmic: true, colors }));
  plots.accuracy.show(() => accuracyCurve({ evaluations: SAMPLE_EVALUATIONS, colors }));
  squaredError.show((size) => squaredErrorFigure({ ...SAMPLE_ERROR, size, digits: 4, colors }), null);
  chain({ ...SAMPLE_NUDGE, progress: 3, digits: 4, colors });
  const { box, here, slices } = SAMPLE_SURFACE;
  field.show(gradientField({ ...SAMPLE_SURFACE, heights: box.z, path: [], next: null, digits: 4, colors }), null);
  slice.show(sliceFigure({ here, along: 0, pieces: slices[0], range: box.x, heights: box.z, digits: 4, colors }), null);
  drawCurves();
  drawSurface();
  drawJacobian();
  paintDigit(/** @type {HTMLCanvasElement} */ (place("sample-digit")), gradient, 1, colors);
}

function drawCurves() {
  const colors = palette();
  const limit = { answer: SAMPLE_SHAPE, at: 1.5, delta: 1, digits: 4, colors, others: [] };
  secant.show(secantFigure(limit), null);
  derivative.show(derivativeFigure(limit), null);
  plots.error.show(() => differenceError({ table: SAMPLE_TABLE, delta: 0.01, error: 0.01, step: "Δx", colors }));
  const descent = { shape: SAMPLE_SHAPE, path: SAMPLE_DESCENT.slice(0, 2), next: SAMPLE_DESCENT[2], rate: 0.2, digits: 4, colors };
  hill.show(hillFigure(descent), null);
  sign.show(slopeSignFigure(descent), null);
}

function drawSurface() {
  scene.show((distance) => {
    const seen = { ...SAMPLE_SURFACE, camera: { ...angles, distance } };
    return functionSurface({ ...seen, marks: sliceMarks(seen), colors: palette() });
  }, null);
}

createOutputBars(place("sample-bars"))(SAMPLE_OUTPUTS);
onThemeChange(draw);
draw();
wireFrame();
