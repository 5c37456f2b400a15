import { closeUp, gridImage } from "../stations/jacobian/grid_image.js";
import { inputGrid } from "../stations/jacobian/input_grid.js";
import { localMap } from "../stations/jacobian/local_map.js";
import { samplePolar } from "./sample_polar.js";
import { valueLine } from "../stations/jacobian/value_line.js";
import { palette } from "../base/theme.js";
import { createJacobianMatrix } from "../stations/jacobian/jacobian_matrix.js";
import { part } from "../controls/parts.js";
import { createPlane } from "../drawing/plane.js";

const AT = [1.2, 0.7];
const SIDE = 0.5;

/** The Jacobian's figures on sample data; answers the function that draws them. */
export function createJacobianSamples() {
  const place = (/** @type {string} */ name) => part(`sample-${name}`, HTMLElement);
  const [inputs, images, near, single] = ["inputs", "image", "close-up", "value-line"].map((name) =>
    createPlane(place(name)),
  );
  const [polar, radius] = [samplePolar([0, 1]), samplePolar([0])];
  const [map, one] = [localMap(polar, AT, SIDE), localMap(radius, AT, SIDE)];
  const matrix = createJacobianMatrix(place("matrix"), (asked) => draw(asked));

  /** @param {import("../stations/jacobian/input_grid.js").Asked|null} asked */
  function draw(asked = null) {
    const seen = { answer: polar, map, asked, digits: 4, colors: palette() };
    inputs.show(
      inputGrid({
        ...seen,
        domain: [
          [0, 2],
          [0, 3],
        ],
      }),
      null,
    );
    images.show(gridImage(seen), null);
    near.show(closeUp(seen), null);
    single.show(valueLine({ ...seen, answer: radius, map: one, close: false }), null);
    matrix({ answer: polar, map, asked, places: 4, filled: false });
  }
  return draw;
}
