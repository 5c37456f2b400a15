import { closeUp, gridImage } from "../figures/grid_image.js";
import { inputGrid } from "../figures/input_grid.js";
import { localMap } from "../figures/local_map.js";
import { samplePolar } from "../figures/sample_polar.js";
import { valueLine } from "../figures/value_line.js";
import { palette } from "../theme.js";
import { createJacobianMatrix } from "../views/jacobian_matrix.js";
import { part } from "../views/parts.js";
import { createPlane } from "../views/plane.js";

const AT = [1.2, 0.7];
const SIDE = 0.5;

/** The Jacobian's figures on sample data; answers the function that draws them. */
export function createJacobianSamples() {
  const place = (/** @type {string} */ name) => part(`sample-${name}`, HTMLElement);
  const [inputs, images, near, single] = ["inputs", "image", "close-up", "value-line"].map((name) => createPlane(place(name)));
  const [polar, radius] = [samplePolar([0, 1]), samplePolar([0])];
  const [map, one] = [localMap(polar, AT, SIDE), localMap(radius, AT, SIDE)];
  const matrix = createJacobianMatrix(place("matrix"), (asked) => draw(asked));

  /** @param {import("../figures/input_grid.js").Asked|null} asked */
  function draw(asked = null) {
    const seen = { answer: polar, map, asked, digits: 4, colors: palette() };
    inputs.show(inputGrid({ ...seen, domain: [[0, 2], [0, 3]] }), null);
    images.show(gridImage(seen), null);
    near.show(closeUp(seen), null);
    single.show(valueLine({ ...seen, answer: radius, map: one, close: false }), null);
    matrix({ answer: polar, map, asked, places: 4, filled: false });
  }
  return draw;
}
