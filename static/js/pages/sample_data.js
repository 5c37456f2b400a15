/** @typedef {import("../runs/loss_curve.js").Evaluation} Evaluation */
/** @typedef {import("../drawing/plane_axes.js").Range} Range */

/** Made-up evaluations: a loss that falls and levels off. */
export const SAMPLE_EVALUATIONS = Array.from({ length: 81 }, (_, epoch) => {
  const loss = 0.25 + 2.2 * Math.exp(-epoch / 14);
  const accuracy = 0.91 - 0.8 * Math.exp(-epoch / 11);
  return {
    step: epoch,
    epoch,
    train_loss: loss,
    train_accuracy: accuracy,
    test_loss: loss * 1.06,
    test_accuracy: accuracy - 0.014,
  };
});

/** Made-up evaluations that grow until there is no number. @type {Evaluation[]} */
export const SAMPLE_DIVERGED = Array.from({ length: 13 }, (_, epoch) => {
  const loss = epoch === 12 ? null : 2.4 * 9 ** epoch;
  return { step: epoch, epoch, train_loss: loss, train_accuracy: 0.1, test_loss: loss, test_accuracy: 0.1 };
});

/** Made-up outputs of a linear layer: some are below zero. */
export const SAMPLE_OUTPUTS = [-0.08, 0.04, 0.12, 0.91, -0.15, 0.33, 0.02, 0.07, 0.26, -0.03];

/** Made-up predictions beside their target, and what each costs. */
export const SAMPLE_ERROR = {
  prediction: 2.5,
  target: 1,
  penalty: 2.25,
  formula: "(ŷ - y)**2",
  view: { middle: 1, top: 5.2 },
  marks: [0, 3],
  penaltyOf: (/** @type {number} */ prediction) => (prediction - 1) ** 2,
  absoluteOf: (/** @type {number} */ prediction) => Math.abs(prediction - 1),
};

/** @param {number} low @param {number} high @param {(x: number) => number} f */
function sampled(low, high, f) {
  const x = Array.from({ length: 81 }, (_, index) => low + ((high - low) * index) / 80);
  return { x, y: x.map(f) };
}

const SQUARE = [["number", 2], ["power"]];

/** A made-up function with its derivative, as a compiled formula and as curves: x². */
export const SAMPLE_SHAPE = {
  variable: "x",
  at: 1.5,
  differentiable: true,
  reason: null,
  one_sided: { left: 3, right: 3 },
  expression: { text: "x**2" },
  derivative: { text: "2*x", value: 3 },
  curve: { ...sampled(-3, 3, (x) => x * x), derivative: sampled(-3, 3, (x) => 2 * x).y },
  programs: {
    value: [["variable", 0], ...SQUARE],
    derivative: [["number", 2], ["variable", 0], ["multiply"]],
    secant: [
      ...[["variable", 0], ["variable", 1], ["add"], ...SQUARE],
      ...[["variable", 0], ...SQUARE, ["subtract"]],
      ...[["variable", 1], ["divide"]],
    ],
  },
};

/** Made-up slopes over ever smaller Δx: the error falls, then round-off lets it rise. */
export const SAMPLE_TABLE = Array.from({ length: 16 }, (_, power) => ({
  delta: 10 ** -power,
  slope: 3,
  error: 10 ** -power + 10 ** (power - 16),
}));

/** A made-up descent on x². */
export const SAMPLE_DESCENT = [2.5, 1.5, 0.9].map((x, step) => ({ step, point: [x], value: x * x, gradient: [2 * x] }));

/** A made-up nudge through sin(x²). */
export const SAMPLE_NUDGE = {
  answer: {
    curves: {
      inner: sampled(-1.6, 1.6, (x) => x * x),
      outer: sampled(0, 2.56, Math.sin),
      composite: sampled(-1.6, 1.6, (x) => Math.sin(x * x)),
    },
    composite: null,
  },
  nudge: {
    x: 0.8,
    u: 0.64,
    y: 0.5972,
    dx: 0.3,
    du: 0.57,
    dy: 0.3384,
    duLinear: 0.48,
    dyLinear: 0.385,
    inner: 1.6,
    outer: 0.8021,
    product: 1.2834,
    composite: 1.2834,
  },
};

const AXIS = Array.from({ length: 31 }, (_, index) => (index - 15) / 5);
const COARSE = AXIS.filter((_, index) => index % 3 === 0);

/** A made-up surface, x² + 3y, with its gradients at some places. */
export const SAMPLE_SURFACE = {
  surface: { x: AXIS, y: AXIS, z: AXIS.map((y) => AXIS.map((x) => x * x + 3 * y)) },
  box: { x: /** @type {Range} */ ([-3, 3]), y: /** @type {Range} */ ([-3, 3]), z: /** @type {Range} */ ([-11, 20]) },
  arrows: {
    x: COARSE.flatMap(() => COARSE),
    y: COARSE.flatMap((y) => COARSE.map(() => y)),
    dx: COARSE.flatMap(() => COARSE.map((x) => 2 * x)),
    dy: COARSE.flatMap(() => COARSE.map(() => 3)),
  },
  here: { point: [1, 2], value: 7, gradient: [2, 3], norm: Math.hypot(2, 3), reason: null, chosen: true },
  slices: [[AXIS.map((x) => [x, x * x + 6])], [AXIS.map((y) => [y, 1 + 3 * y])]],
  level: [AXIS.map((x) => [x, (7 - x * x) / 3])],
};
