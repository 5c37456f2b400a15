/** @typedef {import("./plane_axes.js").Range} Range */
/**
 * @typedef {{turn: number, tilt: number, distance: number}} Camera where one stands: degrees around the surface and
 *   above its floor, and how far away
 */
/** @typedef {{x: Range, y: Range, z: Range}} Box */
/** @typedef {{x: number[], y: number[], z: (number|null)[][]}} Surface values of a function, one row for each y */

/** The sides of the box that holds a surface, in the scene's own units. */
export const SIDES = { x: 1, y: 1, z: 0.72 };
const CENTER = { x: 0, y: 0, z: -0.06 };
const HALF_ANGLE = Math.PI / 8; // up and down from the middle: Plotly's lens
const STEPS = 36; // on the way to the eye, to see what is in between
const NEAR = 0.012; // of the height: so near the surface a line counts as on it

/** From how far the whole box is seen in a picture of this size. @param {number} width @param {number} height */
export const distanceFor = (width, height) => 2.3 * Math.max(0.92, height / width);

/** The camera as Plotly wants it. @param {Camera} camera */
export function cameraOf(camera) {
  const [x, y, z] = eyeOf(camera);
  return { eye: { x, y, z }, center: CENTER, up: { x: 0, y: 0, z: 1 }, projection: { type: "perspective" } };
}

/** @param {Camera} camera */
function eyeOf({ turn, tilt, distance }) {
  const [around, above] = [turn, tilt].map((degrees) => (degrees * Math.PI) / 180);
  return [
    distance * Math.cos(above) * Math.cos(around),
    distance * Math.cos(above) * Math.sin(around),
    distance * Math.sin(above),
  ];
}

/**
 * Where the points of a box are on the screen, as Plotly shows them.
 * @param {Camera} camera @param {Box} box @param {number} width @param {number} height
 * @returns {(point: number[]) => [number, number]}
 */
export function projection(camera, box, width, height) {
  const eye = eyeOf(camera);
  const ahead = unit([CENTER.x - eye[0], CENTER.y - eye[1], CENTER.z - eye[2]]);
  const right = unit([ahead[1], -ahead[0], 0]); // ahead × up
  const up = [right[1] * ahead[2], -right[0] * ahead[2], right[0] * ahead[1] - right[1] * ahead[0]]; // right × ahead
  const size = height / 2 / Math.tan(HALF_ANGLE);
  const toScene = sceneOf(box);
  return (point) => {
    const away = toScene(point).map((value, axis) => value - eye[axis]);
    const depth = dot(away, ahead);
    return [width / 2 + (size * dot(away, right)) / depth, height / 2 - (size * dot(away, up)) / depth];
  };
}

/**
 * Whether the surface stands between a point and the eye.
 * @param {Camera} camera @param {Box} box @param {Surface} surface
 * @returns {(point: number[]) => boolean}
 */
export function hiding(camera, box, surface) {
  const near = NEAR * (box.z[1] - box.z[0]);
  const ranges = [box.x, box.y, box.z];
  const eye = eyeOf(camera).map(
    (value, axis) =>
      (value / Object.values(SIDES)[axis]) * (ranges[axis][1] - ranges[axis][0]) +
      (ranges[axis][0] + ranges[axis][1]) / 2,
  );
  return (point) => {
    // outside the box there is no surface: the way ends where it leaves
    const way = eye.map((value, axis) => value - point[axis]);
    const end = Math.min(1, ...way.slice(0, 2).map((by, axis) => shareWithin(ranges[axis], point[axis], by)));
    let [above, below] = [false, false];
    for (let step = 1; step <= STEPS && !(above && below); step += 1) {
      const share = (end * step) / STEPS;
      const height = heightAt(surface, point[0] + share * way[0], point[1] + share * way[1]);
      if (height === null) continue;
      const over = point[2] + share * way[2] - height;
      above ||= over > near;
      below ||= over < -near;
    }
    return above && below;
  };
}

/**
 * How much of a step can be made before it leaves a range; a step of 0 never does.
 * @param {Range} range
 * @param {number} from
 * @param {number} by
 */
const shareWithin = ([low, high], from, by) => (by === 0 ? Infinity : ((by > 0 ? high : low) - from) / by);

/**
 * Between its samples the surface is taken as straight.
 * @param {Surface} surface
 * @param {number} x
 * @param {number} y
 * @returns {number|null}
 */
function heightAt({ x: xs, y: ys, z }, x, y) {
  const [column, right] = cell(xs, x);
  const [row, up] = cell(ys, y);
  const corners = [z[row][column], z[row][column + 1], z[row + 1][column], z[row + 1][column + 1]];
  if (corners.includes(null)) return null;
  const [a, b, c, d] = /** @type {number[]} */ (corners);
  return (a + right * (b - a)) * (1 - up) + (c + right * (d - c)) * up;
}

/**
 * Which gap of evenly spaced positions a place is in, and how far across.
 * @param {number[]} positions
 * @param {number} at
 */
function cell(positions, at) {
  const last = positions.length - 1;
  const share = ((at - positions[0]) / (positions[last] - positions[0])) * last;
  const index = Math.min(last - 1, Math.max(0, Math.floor(share)));
  return [index, Math.min(1, Math.max(0, share - index))];
}

/** @param {Box} box @returns {(point: number[]) => number[]} */
const sceneOf =
  ({ x, y, z }) =>
  (point) =>
    [x, y, z].map(
      ([low, high], axis) => ((point[axis] - (low + high) / 2) / (high - low)) * Object.values(SIDES)[axis],
    );

/** @param {number[]} one @param {number[]} two */
const dot = (one, two) => one[0] * two[0] + one[1] * two[1] + one[2] * two[2];

/** @param {number[]} vector */
const unit = (vector) => vector.map((value) => value / Math.hypot(...vector));
