import { trimmed } from "../../base/format.js";
import { snap } from "../../base/scales.js";
import { onThemeChange } from "../../base/theme.js";
import { set, svg } from "../../drawing/svg.js";
import { digitsOf } from "../../station/state.js";
import { levelPath, paintMap, signedColors } from "./map_painter.js";
import { numberOf, pointNow } from "./lab_state.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {"targets"|"outputs"|"errors"} Kind */

const KINDS = /** @type {Kind[]} */ (["targets", "outputs", "errors"]);
const SYMBOLS = { targets: "y", outputs: "h", errors: "delta" };
const WORDS = { targets: "Target", outputs: "Network", errors: "Error" };
const SHARES = [0.25, 0.5, 0.75]; // of the largest target: where its level lines are
const SIDE = 128; // of a map in its own units
const PIXELS = 256;
const CHIP_DIGITS = 4;
const LARGE = 1e6; // from there on a power of ten takes the room of the digits

/**
 * Targets, outputs and errors side by side over the square, with one crosshair through all nine.
 * @param {HTMLElement} place @param {{names: string[], onPoint: (at: [number, number]) => void}} parts
 */
export function createPlaneMaps(place, { names, onPoint }) {
  const maps = names.flatMap((name, output) => KINDS.map((kind) => createMap(name, kind, output)));
  place.replaceChildren(
    document.createElement("span"),
    ...KINDS.map((kind) =>
      Object.assign(document.createElement("span"), { className: "column", id: `column-${kind}` }),
    ),
    ...names.flatMap((name, output) => [
      rowName(name),
      ...maps.slice(KINDS.length * output, KINDS.length * (output + 1)).map(({ box }) => box),
    ]),
  );
  /** @type {LabState|null} */
  let now = null;
  listenToPointing(place, (share) => {
    const axis = now?.plane?.x;
    if (!axis) return;
    const domain = { low: axis[0], high: axis[axis.length - 1] };
    const [x1, x2] = share.map((part) => snap(domain.low + part * (domain.high - domain.low), domain));
    onPoint([x1, x2]);
  });
  const draw = (/** @type {boolean} */ anew) => {
    if (!now?.plane) return;
    const colors = signedColors();
    for (const map of maps) drawMap(map, now, colors, anew);
    head(now);
  };
  onThemeChange(() => draw(true));
  return (/** @type {LabState} */ state) => {
    now = state;
    draw(false);
  };
}

/** @param {string} name @param {Kind} kind @param {number} output */
function createMap(name, kind, output) {
  const box = Object.assign(document.createElement("div"), { className: "map" });
  const canvas = Object.assign(document.createElement("canvas"), { width: PIXELS, height: PIXELS });
  const lines = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" });
  const [above, below] = [svg("path", { class: "level" }), svg("path", { class: "level minus" })];
  const [across, up] = [svg("line", { class: "cross" }), svg("line", { class: "cross" })];
  const dot = svg("circle", { class: "query", r: 4.6 });
  lines.append(above, below, across, up, dot);
  const chip = Object.assign(document.createElement("b"), { className: SYMBOLS[kind] });
  const range = Object.assign(document.createElement("span"), { className: "range" });
  box.append(canvas, lines, chip, range);
  box.dataset.map = `${kind} ${output}`;
  box.setAttribute("role", "img");
  /** @type {{values: any, levels: boolean}} */
  const shown = { values: null, levels: false };
  return { box, canvas, above, below, across, up, dot, chip, range, name, kind, output, shown };
}

/**
 * @param {ReturnType<typeof createMap>} map
 * @param {LabState} state
 * @param {ReturnType<typeof signedColors>} colors
 * @param {boolean} anew
 */
function drawMap(map, state, colors, anew) {
  const { plane, levels } = state;
  if (!plane) return;
  const { kind, output, shown } = map;
  const values = plane[kind][output];
  const extent = largestOf((kind === "errors" ? plane.errors : plane.targets)[output]);
  if (anew || shown.values !== values || shown.levels !== levels) {
    paintMap(map.canvas, values, extent || 1, colors);
    const grid = { x: plane.x, y: plane.y, z: values };
    const drawn = levels && kind !== "errors";
    set(map.above, {
      d: drawn
        ? levelPath(
            grid,
            SHARES.map((share) => share * extent),
            SIDE,
          )
        : "",
    });
    set(map.below, {
      d: drawn
        ? levelPath(
            grid,
            SHARES.map((share) => -share * extent),
            SIDE,
          )
        : "",
    });
    Object.assign(shown, { values, levels });
    map.range.textContent = kind === "errors" ? `± ${trimmed(extent, 2)}` : "";
  }
  cross(map, state);
}

/** @param {ReturnType<typeof createMap>} map @param {LabState} state */
function cross(map, state) {
  const { plane, at } = state;
  const { x } = /** @type {import("./lab_state.js").Plane} */ (plane);
  const share = (/** @type {number} */ value) => (SIDE * (value - x[0])) / (x[x.length - 1] - x[0]);
  const [left, top] = [share(at[0]), SIDE - share(at[1])];
  set(map.across, { x1: 0, x2: SIDE, y1: top, y2: top });
  set(map.up, { x1: left, x2: left, y1: 0, y2: SIDE });
  set(map.dot, { cx: left, cy: top });
  const point = pointNow(state);
  const text = point ? valueText(point[map.kind][map.output], state) : "…";
  if (map.chip.textContent !== text) map.chip.textContent = text;
  const number = point && numberOf(point, map.kind, map.output);
  if (number) map.chip.dataset.number = number;
  else delete map.chip.dataset.number;
  map.box.setAttribute("aria-label", `${WORDS[map.kind]} ${map.name}: ${text} at (${at.join(", ")})`);
}

/** @param {number|null} value @param {{precise: boolean}} state */
export const valueText = (value, state) =>
  value === null ? "∞" : trimmed(value, Math.abs(value) > LARGE ? 2 : state.precise ? digitsOf(state) : CHIP_DIGITS);

/** The largest size in a map; what is not finite does not count. @param {(number|null)[][]} values */
function largestOf(values) {
  let largest = 0;
  for (const row of values) for (const value of row) largest = Math.max(largest, Math.abs(value ?? 0));
  return largest;
}

/** @param {string} name */
function rowName(name) {
  return Object.assign(document.createElement("span"), { className: "row-name math h", textContent: name });
}

/** @param {LabState} state */
function head({ plane }) {
  const texts = { targets: "target y", outputs: `ŷ at epoch ${plane?.step}`, errors: "error ŷ − y" };
  for (const kind of KINDS) {
    const column = /** @type {HTMLElement} */ (document.getElementById(`column-${kind}`));
    if (column.textContent !== texts[kind]) column.textContent = texts[kind];
    column.classList.add(SYMBOLS[kind]);
  }
}

/**
 * A press, or a drag with the mouse, chooses a point; a finger that moves scrolls the page.
 * @param {HTMLElement} place @param {(share: [number, number]) => void} onShare
 */
function listenToPointing(place, onShare) {
  /** @type {HTMLElement|null} */
  let held = null;
  const tell = (/** @type {PointerEvent|MouseEvent} */ event, /** @type {HTMLElement} */ map) => {
    const { left, top, width, height } = map.getBoundingClientRect();
    const within = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));
    onShare([within((event.clientX - left) / width), within(1 - (event.clientY - top) / height)]);
  };
  const mapAt = (/** @type {Event} */ event) =>
    /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest(".map"));
  place.addEventListener("pointerdown", (event) => {
    const map = mapAt(event);
    if (!map || event.pointerType === "touch" || event.button) return;
    held = map;
    map.setPointerCapture(event.pointerId);
  });
  place.addEventListener("pointermove", (event) => held && tell(event, held));
  for (const end of ["pointerup", "pointercancel"]) place.addEventListener(end, () => (held = null));
  place.addEventListener("click", (event) => {
    const map = mapAt(event);
    if (map) tell(event, map);
  });
}
