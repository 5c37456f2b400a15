import { count, percentOf, shown } from "../../base/format.js";
import { palette } from "../../base/theme.js";
import { part, write } from "../../controls/parts.js";
import { createScene } from "../../drawing/scene.js";
import { functionSurface } from "../../drawing/surface.js";
import { traced } from "../../drawing/space_lines.js";
import { hiding } from "../../drawing/viewpoint.js";
import { sheetOf } from "../../runs/loss_sheet.js";
import { planeOf, unitOf } from "./landscape_state.js";

/** @typedef {import("./landscape_state.js").LandscapeState} LandscapeState */
/** @typedef {import("./landscape_state.js").LandscapeStore} LandscapeStore */
/** @typedef {import("../../drawing/plane_axes.js").Mark} Mark */

/** The sheet around the run, with its ball, and what it hides. @param {LandscapeStore} store */
export function wirePlane(store) {
  const scene = createScene(part("sheet", HTMLElement), (angles) => store.set(angles));
  const buttons = [...document.querySelectorAll("[data-plane], [data-height]")].map(
    (button) => /** @type {HTMLButtonElement} */ (button),
  );
  for (const button of buttons)
    button.addEventListener("click", () => {
      const { plane, height } = button.dataset;
      store.set(/** @type {any} */ (plane ? { plane } : { height }));
    });
  let version = 0;
  /** @type {any} */
  let drawn = null;
  return (/** @type {LandscapeState} */ state) => {
    for (const button of buttons) {
      const { plane, height } = button.dataset;
      button.setAttribute("aria-pressed", String(plane ? plane === planeOf(state) : height === state.height));
      if (plane === "trajectory") button.disabled = !state.run?.step;
    }
    const { around } = state;
    write(part("around-step", HTMLElement), around ? aroundWords(state) : "");
    if (!around) return;
    if (around !== drawn) version += 1;
    drawn = around;
    scene.show((distance) => pictureOf(state, distance), [version, state.height, state.film?.scale]);
    showHidden(state);
  };
}

/** For which step the sheet holds, and on how much. @param {LandscapeState} state */
function aroundWords(state) {
  const { around, run } = state;
  const whole = run?.steps_per_epoch ?? 1;
  const per = unitOf(state) === "epoch" ? whole : 1;
  return `around ${unitOf(state)} ${count(around.step / per)}, ${count(around.samples)} samples`;
}

/** @param {LandscapeState} state @param {number} distance */
function pictureOf({ around, height, turn, tilt, film }, distance) {
  const sheet = sheetOf(around, height === "log", film?.scale);
  const { box, surface } = sheet;
  const camera = { turn, tilt, distance };
  const at = [around.center[0], around.center[1], sheet.height(around.center_loss)];
  const walk = around.trajectory
    .filter(sheet.holds)
    .map((/** @type {any} */ { x, y, loss }) => [x, y, sheet.height(loss)]);
  /** @type {Mark[]} */
  const ball = [
    { kind: "point", at, symbol: "L ball" },
    { kind: "label", at, text: `L = ${shown(around.center_loss)}`, symbol: "L", shift: [12, -8], free: true },
  ];
  return functionSurface({
    ...{ surface, box, camera, colors: palette(), tones: sheet.tones },
    marks: [...traced(walk.length > 1 ? [walk] : [], "L", hiding(camera, box, surface)), ...ball],
    names: [
      { text: "1st", symbol: "soft" },
      { text: "2nd", symbol: "soft" },
      { text: height === "log" ? "log₁₀ L" : "L", symbol: "L" },
    ],
  });
}

/** What the plane hides, in numbers. @param {LandscapeState} state */
function showHidden({ around }) {
  const numbers = {
    "of-directions": `2 of ${count(around.parameters)}`,
    "of-gradient": percentOf(around.gradient.share),
    "of-walk": percentOf(around.trajectory_share),
  };
  for (const [id, text] of Object.entries(numbers)) write(part(id, HTMLElement), text);
}
