import { accuracyCurve } from "../runs/accuracy_curve.js";
import { differenceError } from "../stations/derivative/difference_error.js";
import { functionSurface } from "../drawing/surface.js";
import { gradientField } from "../stations/gradient/gradient_field.js";
import { hillFigure, slopeSignFigure } from "../descent/hill.js";
import { lossCurve } from "../runs/loss_curve.js";
import {
  SAMPLE_DESCENT,
  SAMPLE_DIVERGED,
  SAMPLE_ERROR,
  SAMPLE_EVALUATIONS,
  SAMPLE_NUDGE,
  SAMPLE_OUTPUTS,
  SAMPLE_SHAPE,
  SAMPLE_SURFACE,
  SAMPLE_TABLE,
} from "./sample_data.js";
import { derivativeFigure } from "../stations/derivative/derivative_curve.js";
import { secantFigure } from "../stations/derivative/secant.js";
import { sliceFigure } from "../stations/gradient/slice_curve.js";
import { squaredErrorFigure } from "../stations/loss/squared_error.js";
import { sliceMarks } from "../stations/gradient/surface_marks.js";
import { onThemeChange, palette } from "../base/theme.js";
import { createChainedPlanes } from "../stations/chain_rule/chained_planes.js";
import { paintDigit } from "../stations/mnist/digit_canvas.js";
import { wireFrame } from "../controls/frame.js";
import { createOutputBars } from "../stations/mnist/output_bars.js";
import { createPlane } from "../drawing/plane.js";
import { createPlot } from "../drawing/plot.js";
import { createScene } from "../drawing/scene.js";
import { createJacobianSamples } from "./gallery_jacobian.js";
import { createNumberSamples } from "./gallery_numbers.js";
import { createRunSamples } from "./gallery_runs.js";

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const plots = {
  loss: createPlot(place("sample-loss")),
  log: createPlot(place("sample-log")),
  diverged: createPlot(place("sample-diverged")),
  accuracy: createPlot(place("sample-accuracy")),
  error: createPlot(place("sample-error")),
};
const [secant, derivative, hill, sign] = ["sample-secant", "sample-derivative", "sample-hill", "sample-sign"].map(
  (id) => createPlane(place(id)),
);
const squaredError = createPlane(place("sample-squared-error"));
const chain = createChainedPlanes(
  place("sample-chain"),
  ["sample-inner", "sample-outer", "sample-composite"].map(place),
);
const [field, slice] = [createPlane(place("sample-field")), createPlane(place("sample-slice"))];
let angles = { turn: -58, tilt: 30 };
const scene = createScene(place("sample-surface"), (turned) => {
  angles = turned;
  drawSurface();
});
const drawJacobian = createJacobianSamples();
const drawRuns = createRunSamples();
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
  drawRuns();
  paintDigit(/** @type {HTMLCanvasElement} */ (place("sample-digit")), gradient, 1, colors);
}

function drawCurves() {
  const colors = palette();
  const limit = { answer: SAMPLE_SHAPE, at: 1.5, delta: 1, digits: 4, colors, others: [] };
  secant.show(secantFigure(limit), null);
  derivative.show(derivativeFigure(limit), null);
  plots.error.show(() => differenceError({ table: SAMPLE_TABLE, delta: 0.01, error: 0.01, step: "Δx", colors }));
  const descent = {
    shape: SAMPLE_SHAPE,
    path: SAMPLE_DESCENT.slice(0, 2),
    next: SAMPLE_DESCENT[2],
    rate: 0.2,
    digits: 4,
    colors,
  };
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
createNumberSamples();
onThemeChange(draw);
draw();
wireFrame();
