import { cameraOf, distanceFor, projection } from "./viewpoint.js";
import { drawMarks } from "./plane_marks.js";
import { createPlot } from "./plot.js";

/** @typedef {{turn: number, tilt: number}} Angles */
/** @typedef {import("./scene_axes.js").SceneFigure} SceneFigure */

const TURN = 10; // degrees for an arrow key or a button
const SWEEP = 0.5; // degrees for a pixel of the pointer's way
const TILTS = [2, 86]; // from just above the floor to nearly straight down

/**
 * The one place of a page with a scene in space. Plotly draws what stands in space, when it or the camera is another;
 * marks above follow in every frame.
 * It is turned by pointer, arrow keys and buttons. Without WebGL a net stands for it, and a message says so.
 * @param {HTMLElement} element holds a .scene-plot, an svg for marks, buttons [data-turn] and a .scene-message
 * @param {(angles: Angles) => void} onTurn
 */
export function createScene(element, onTurn) {
  const place = /** @type {HTMLElement} */ (element.querySelector(".scene-plot"));
  const over = /** @type {SVGSVGElement} */ (element.querySelector(".plane-marks"));
  /** @type {((distance: number) => SceneFigure)|null} */
  let build = null;
  /** @type {SceneFigure|null} */
  let figure = null;
  let drawn = "";
  let turned = "";
  let usable = hasWebGL();
  let isDrawn = false; // the net stands in until Plotly has drawn
  let [width, height] = [0, 0];

  const drawMarksAbove = () => {
    if (!figure || !width || !height) return;
    const { camera, box, net, marks } = figure;
    const map = {
      toPixels: projection(camera, box, width, height),
      toPoint: () => /** @type {[number, number]} */ ([0, 0]),
      box: { left: 0, top: 0, right: width, bottom: height },
      ranges: { x: box.x, y: box.y },
    };
    drawMarks(over, usable && isDrawn ? marks : [...net(), ...marks], map, element.id);
  };
  const onFirst = () => {
    isDrawn = true;
    drawMarksAbove();
  };
  const plot = createPlot(place, { config: { plotGlPixelRatio: 1, scrollZoom: false }, onFirst });
  const drawSurface = () => plot.show(() => /** @type {SceneFigure} */ (figure));
  const fail = () => {
    usable = false;
    element.classList.add("flat");
    /** @type {HTMLElement} */ (element.querySelector(".scene-message")).hidden = false;
    drawMarksAbove();
  };
  if (!usable) fail();
  // the event does not bubble, so it is met on its way down
  place.addEventListener("webglcontextlost", fail, true);
  new ResizeObserver(() => {
    [width, height] = [element.clientWidth, element.clientHeight];
    if (!build || !width || !height) return;
    figure = build(distanceFor(width, height));
    drawMarksAbove();
    if (usable) drawSurface();
  }).observe(element);
  wireTurning(element, over, () => figure?.camera ?? { turn: 0, tilt: 0 }, onTurn);
  return {
    /**
     * Draws a figure that is built for the distance from which its place shows all of it; Plotly is asked only when the
     * surface or the camera is another.
     * @param {(distance: number) => SceneFigure} next @param {unknown} version what the surface depends on
     */
    show(next, version) {
      build = next;
      if (!width || !height) return;
      figure = next(distanceFor(width, height));
      const root = document.documentElement;
      const key = JSON.stringify([version, figure.box, root.dataset.theme, root.hasAttribute("data-projector")]);
      const camera = JSON.stringify(figure.camera);
      if (usable && key !== drawn) drawSurface();
      else if (usable && camera !== turned) plot.adjust({ "scene.camera": cameraOf(figure.camera) });
      [drawn, turned] = [key, camera];
      drawMarksAbove();
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {SVGSVGElement} over
 * @param {() => Angles} now
 * @param {(angles: Angles) => void} onTurn
 */
function wireTurning(element, over, now, onTurn) {
  const turn = (/** @type {number} */ around, /** @type {number} */ above, from = now()) =>
    onTurn({ turn: wrap(from.turn + around), tilt: Math.min(TILTS[1], Math.max(TILTS[0], from.tilt + above)) });
  /** @type {Record<string, [number, number]>} */
  const ways = { ArrowLeft: [-TURN, 0], ArrowRight: [TURN, 0], ArrowUp: [0, TURN], ArrowDown: [0, -TURN] };
  element.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way || event.target !== element) return;
    event.preventDefault();
    event.stopPropagation();
    turn(...way);
  });
  for (const button of element.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => turn(...ways[/** @type {HTMLElement} */ (button).dataset.turn ?? ""]));
  }
  /** @type {{x: number, y: number, from: Angles}|null} */
  let held = null;
  over.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    held = { x: event.clientX, y: event.clientY, from: now() };
    over.setPointerCapture(event.pointerId);
    over.classList.add("held");
  });
  over.addEventListener("pointermove", (event) => {
    if (held)
      turn(Math.round((held.x - event.clientX) * SWEEP), Math.round((event.clientY - held.y) * SWEEP), held.from);
  });
  const release = () => {
    held = null;
    over.classList.remove("held");
  };
  over.addEventListener("pointerup", release);
  over.addEventListener("pointercancel", release);
}

/** @param {number} degrees */
const wrap = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** Whether the browser draws in space; the context that finds out is given back at once. */
function hasWebGL() {
  const context = document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
