import { traced } from "../../drawing/space_lines.js";
import { hiding } from "../../drawing/viewpoint.js";

/** @typedef {import("./gradient_here.js").Here} Here */
/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */
/** @typedef {import("../../drawing/viewpoint.js").Box} Box */
/** @typedef {import("../../drawing/viewpoint.js").Camera} Camera */
/** @typedef {import("../../drawing/viewpoint.js").Surface} Surface */
/**
 * @typedef {{here: Here, surface: Surface, box: Box, camera: Camera}} Seen the point, and from where one looks at it
 */

const NAMES = ["x", "y"];
const PARTS = 24; // of a straight line, to see which of them are hidden

/**
 * The two planes that cut the surface, their slices and the tangents at the point; what the surface hides is dotted.
 * @param {Seen & {slices: number[][][][]}} input
 * @returns {Mark[]}
 */
export function sliceMarks({ here, surface, box, camera, slices }) {
  const hidden = hiding(camera, box, surface);
  const inSpace = slices.map((pieces, axis) =>
    pieces.map((piece) =>
      piece.map(([position, height]) => (axis ? [here.point[0], position, height] : [position, here.point[1], height])),
    ),
  );
  const curves = inSpace.flatMap((pieces, axis) =>
    pieces.flatMap((piece) => [...glass(piece, box, NAMES[axis]), ...traced(inside(piece, box), NAMES[axis], hidden)]),
  );
  return [
    ...curves,
    ...[0, 1].flatMap((axis) => tangent({ here, axis, box, camera, hidden })),
    ...ball(here, "x", hidden),
  ];
}

/**
 * The contour line through the point, lifted to its height, the way up and the way down, and the steps so far.
 * @param {Seen & {level: number[][][], path: import("../../descent/hill.js").Place[]}} input
 * @returns {Mark[]}
 */
export function gradientMarks({ here, surface, box, camera, level, path }) {
  const hidden = hiding(camera, box, surface);
  const { value } = here;
  const places = path
    .filter((place) => place.value !== null)
    .map((place) => [...place.point, /** @type {number} */ (place.value)]);
  const steps =
    places.length > 1
      ? [
          ...traced([places], "L", hidden, true),
          .../** @type {Mark[]} */ (
            places.slice(0, -1).map((at) => ({ kind: "point", at, symbol: "L trail", hollow: true }))
          ),
        ]
      : [];
  if (value === null) return steps;
  const ring = level.flatMap((piece) => traced([piece.map(([x, y]) => [x, y, value])], "f", hidden));
  return [...ring, ...steps, ...upAndDown(here, box), ...ball(here, "L", hidden)];
}

/** A curve without what is above or below the box. @param {number[][]} piece @param {Box} box */
function inside(piece, { z: [low, high] }) {
  /** @type {number[][][]} */
  const pieces = [[]];
  for (const point of piece) {
    if (point[2] >= low && point[2] <= high) pieces[pieces.length - 1].push(point);
    else if (pieces[pieces.length - 1].length) pieces.push([]);
  }
  return pieces;
}

/**
 * How far a line of this slope is drawn, so that a steep one does not leave the picture.
 * @param {number} slope
 * @param {number} reach
 * @param {Box} box
 */
const within = (slope, reach, { z: [low, high] }) => Math.min(reach, (0.4 * (high - low)) / Math.abs(slope));

/**
 * The cutting plane, as far as it stands out of the surface.
 * @param {number[][]} piece
 * @param {Box} box
 * @param {string} symbol
 * @returns {Mark[]}
 */
function glass(piece, { z: [low, high] }, symbol) {
  const rim = piece.map(([x, y, height]) => [x, y, Math.min(high, Math.max(low, height))]);
  const top = [rim[rim.length - 1], rim[0]].map(([x, y]) => [x, y, high]);
  return [{ kind: "path", points: [...rim, ...top, rim[0]], symbol: `${symbol} glass`, filled: true, thin: true }];
}

/**
 * @param {{here: Here, axis: number, box: Box, camera: Camera, hidden: (point: number[]) => boolean}} input
 * @returns {Mark[]}
 */
function tangent({
  here: {
    point: [x, y],
    value,
    gradient,
  },
  axis,
  box,
  camera,
  hidden,
}) {
  const slope = gradient[axis];
  if (slope === null || value === null) return [];
  const [low, high] = axis ? box.y : box.x;
  const reach = within(slope, (high - low) / 4, box);
  const to = (/** @type {number} */ by) => (axis ? [x, y + by, value + by * slope] : [x + by, y, value + by * slope]);
  // the name along x stands at the end to the right on the screen, that along y at the one to the left
  const around = (camera.turn * Math.PI) / 180;
  const end = to((axis ? -Math.cos(around) : -Math.sin(around)) > 0 ? reach : -reach);
  const points = Array.from({ length: PARTS + 1 }, (_, index) => to(reach * ((2 * index) / PARTS - 1)));
  return [
    ...traced([points], "slope", hidden),
    {
      kind: "label",
      at: end,
      text: `∂f/∂${NAMES[axis]}`,
      symbol: "slope",
      shift: axis ? [-8, 16] : [8, 16],
      anchor: axis ? "end" : "start",
    },
  ];
}

/** The gradient and its negative on the tangent plane. @param {Here} here @param {Box} box @returns {Mark[]} */
function upAndDown({ point: [x, y], value, gradient: [gx, gy], norm }, box) {
  if (value === null || gx === null || gy === null || !norm) return [];
  const reach = within(norm, (box.x[1] - box.x[0]) / 6, box) / norm;
  const to = (/** @type {number} */ share) => [
    x + share * reach * gx,
    y + share * reach * gy,
    value + share * reach * norm * norm,
  ];
  const from = [x, y, value];
  return [
    { kind: "arrow", from, to: to(-1), symbol: "dx", dash: "7 6" },
    { kind: "arrow", from, to: to(1), symbol: "dx" },
    { kind: "label", at: to(1), text: "∇f", symbol: "dx", shift: [8, -6] },
    { kind: "label", at: to(-1), text: "−∇f", symbol: "dx", shift: [-8, 18], anchor: "end" },
  ];
}

/** @param {Here} here @param {string} symbol @param {(point: number[]) => boolean} hidden @returns {Mark[]} */
const ball = ({ point, value }, symbol, hidden) =>
  value === null
    ? []
    : [{ kind: "point", at: [...point, value], symbol: `${symbol} ball`, hollow: hidden([...point, value]) }];
