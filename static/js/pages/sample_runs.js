/** Made-up losses of a run: its last unit but one dies on the way. */
export const SAMPLE_LOSSES = {
  losses: Array.from({ length: 21 }, (_, step) => 3.4 * Math.exp(-step / 5) + 0.4),
  rate: 0.1,
  deaths: [{ step: 6, words: "a unit dies" }],
};

/** A made-up second run that leaves it at step 4. */
export const SAMPLE_BRANCH = {
  losses: Array.from({ length: 21 }, (_, step) => 1.93 * Math.exp(-Math.max(0, step - 4) / 9)),
  rate: 0.04,
  deaths: [],
};

const STEPS = Array.from({ length: 41 }, (_, step) => step);

/** A made-up run at the edge: λ climbs to 2/η, and the loss swings. */
export const SAMPLE_SHARPNESS = {
  unit: /** @type {const} */ ("step"),
  at: (/** @type {number} */ step) => step,
  named: (/** @type {number} */ step) => String(step),
  isLog: false,
  first: 0,
  last: 40,
  losses: STEPS.map((x) => ({ x, y: 2 * Math.exp(-x / 9) + (x > 24 ? 0.06 * (1 + (-1) ** x) : 0) + 0.02 })),
  sharpness: STEPS.map((x) => ({ x, y: x < 24 ? 3 + x / 4 : 9 + Math.sin(x) / 2 })),
  thresholds: [
    { x: 0, y: 10 },
    { x: 28, y: 10 },
    { x: 28, y: 9 },
    { x: 40, y: 9 },
  ],
  swings: STEPS.map((x) => ({ x, y: 10 ** (-3 + Math.min(x, 30) / 15) })),
  crossings: [{ x: 28, y: 9 + Math.sin(28) / 2 }],
  changes: [{ x: 28, from: 0.2, to: 0.222 }],
};

const RATES = [...Array.from({ length: 121 }, (_, k) => k / 100), 0.3];

/** A made-up step on x² from 1: the loss is its own parabola. */
export const SAMPLE_LINE = {
  learning_rates: RATES,
  loss: RATES.map((eta) => (1 - 2 * eta) ** 2),
  parabola: RATES.map((eta) => (1 - 2 * eta) ** 2),
  curvature: { speed_limit: 1 },
  best_learning_rate: 0.5,
  gradient_norm: 2,
  kinks: [],
};

/** Made-up walks of twenty steps on x². */
export const SAMPLE_STRIP = {
  limits: { step_breaks_even: 1 },
  walks: RATES.slice(1, -1).map((rate) => ({
    learning_rate: rate,
    losses: Array.from({ length: 21 }, (_, k) => (1 - 2 * rate) ** (2 * k)),
    living: Array.from({ length: 21 }, () => 0),
    outcome: rate < 1 ? "falls" : rate === 1 ? "stays" : "diverges",
    largest_eigenvalue: 2,
  })),
};

const ROWS = [
  [1, 2],
  [2, 1],
  [-1, 2],
];

/** A made-up batch of three rows through two layers. @type {any} */
export const SAMPLE_BATCH = {
  layer: 1,
  row: 1,
  precise: false,
  added: null,
  forget: false,
  cell: [0, 0],
  seen: {
    request: {},
    without: { learning_rate: 0.03, loss_after: 4.2 },
    answer: {
      batch_size: 3,
      learning_rate: 0.01,
      loss_before: 5.75,
      loss_after: 5.1,
      inputs: ROWS,
      targets: [[1], [4], [0.5]],
      losses: [0.5, 8, 8.75],
      layers: [
        {
          pre_activations: [
            [2.5, -0.25],
            [1.5, 3],
            [0.75, 0.5],
          ],
          activations: [
            [2.5, 0],
            [1.5, 3],
            [0.75, 0.5],
          ],
          deltas: [
            [0.5, 0],
            [-4, 2],
            [1.5, 3],
          ],
          bias_gradients: [-0.67, 1.67],
        },
        { activations: [[2], [0], [4.68]], deltas: [[1], [-4], [4.18]], bias_gradients: [0.39] },
      ],
    },
  },
};
