import { evaluate } from "../base/program.js";

/** @typedef {import("../base/program.js").Program} Program */

const [RADIUS, ANGLE] = /** @type {Program[]} */ ([[["variable", 0]], [["variable", 1]]]);
const across = (/** @type {string} */ name) => /** @type {Program} */ ([...RADIUS, ...ANGLE, [name], ["multiply"]]);
const PROGRAMS = {
  values: [across("cos"), across("sin")],
  matrix: [
    [
      [...ANGLE, ["cos"]],
      [...across("sin"), ["negate"]],
    ],
    [[...ANGLE, ["sin"]], across("cos")],
  ],
};
const [COSINE, SINE] = ["cos", "sin"].map((name) => `<mi>${name}</mi><mo>&ApplyFunction;</mo><mi>t</mi>`);
const ENTRIES = [
  [
    { text: "cos(t)", inside: COSINE },
    { text: "-r*sin(t)", inside: `<mo>−</mo><mi>r</mi>${SINE}` },
  ],
  [
    { text: "sin(t)", inside: SINE },
    { text: "r*cos(t)", inside: `<mi>r</mi>${COSINE}` },
  ],
];
const LINES = 7;
const PIECES = 30;

/**
 * A made-up grid of radius and angle and its image, in the shape of the server's answer, with the outputs asked for.
 * @param {number[]} outputs
 */
export function samplePolar(outputs) {
  const programs = {
    values: outputs.map((output) => PROGRAMS.values[output]),
    matrix: outputs.map((output) => PROGRAMS.matrix[output]),
    change: [],
    linear: [],
    determinant: outputs.length === 2 ? RADIUS : null,
    area_factor: outputs.length === 2 ? RADIUS : null,
  };
  const grid = [0, 1].flatMap((moving) =>
    Array.from({ length: LINES }, (_, index) => {
      const points = Array.from({ length: PIECES + 1 }, (__, piece) =>
        moving ? [index / 3, piece / 10] : [piece / 15, index / 2],
      );
      const image = programs.values.map((program) =>
        points.map((point) => evaluate(/** @type {Program} */ (program), point)),
      );
      return { along: "rt"[moving], fixed: index, x: [0, 1].map((axis) => points.map((point) => point[axis])), image };
    }),
  );
  const symbolic = outputs.map((output) =>
    ENTRIES[output].map(({ text, inside }) => ({ text, mathml: `<math>${inside}</math>` })),
  );
  return {
    variables: ["r", "t"],
    at: {},
    programs,
    grid,
    symbolic,
    expressions: symbolic.map(([{ text }]) => ({ text })),
  };
}
