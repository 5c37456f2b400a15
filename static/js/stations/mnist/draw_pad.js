import { onThemeChange, palette } from "../../base/theme.js";
import { paintDigit } from "./digit_canvas.js";

const SIDE = 224; // the pad's own pixels
const SENT = 56; // the side that is sent: fine enough to center and scale well, small enough to send while drawing
const PEN = SIDE / 11; // as thick as the strokes of the scanned digits

/**
 * A pad to draw one digit on with mouse, touch or pen.
 * @param {{pad: HTMLCanvasElement, seen: HTMLCanvasElement, onChange: () => void}} parts
 */
export function createDrawPad({ pad, seen, onChange }) {
  pad.width = pad.height = SIDE;
  seen.width = seen.height = 28;
  const context = /** @type {CanvasRenderingContext2D} */ (pad.getContext("2d", { willReadFrequently: true }));
  let empty = true;
  /** @type {number|null} */
  let digit = null; // which one of the test set is on the pad, untouched
  /** @type {number[]|null} */
  let image = null;

  trackStrokes(pad, (from, to) => {
    empty = false;
    digit = null;
    drawStroke(context, from, to);
    onChange();
  });
  const showSeen = () => paintDigit(seen, image ?? new Array(784).fill(0), 1, palette());
  onThemeChange(() => {
    recolor(context);
    showSeen();
  });
  showSeen();

  return {
    /**
     * What is on the pad, as the server takes it: a digit of the test set, else the drawing as rows of gray values from
     * 0 to 1; null while the pad is empty.
     * @returns {{digit: number}|{drawing: number[][]}|null}
     */
    read() {
      if (digit !== null) return { digit };
      const drawing = empty ? null : readDrawing(pad);
      return drawing && { drawing };
    },
    clear() {
      empty = true;
      digit = null;
      context.clearRect(0, 0, SIDE, SIDE);
      onChange();
    },
    /** @param {number} index of the test set @param {number[]} pixels its 28×28 picture, 0 to 255 */
    load(index, pixels) {
      empty = false;
      digit = index;
      loadPicture(context, pixels);
      onChange();
    },
    /** @param {number[][]|null} rows what the network saw */
    showSeen(rows) {
      image = rows ? rows.flat() : null;
      showSeen();
    },
  };
}

/** @typedef {{x: number, y: number}} Point */

/** @param {HTMLCanvasElement} pad @param {(from: Point, to: Point) => void} onStroke */
function trackStrokes(pad, onStroke) {
  /** @type {Map<number, Point>} */
  const pens = new Map();
  /** @param {PointerEvent} event */
  const at = (event) => {
    const box = pad.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * SIDE, y: ((event.clientY - box.top) / box.height) * SIDE };
  };
  pad.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pad.setPointerCapture(event.pointerId);
    pens.set(event.pointerId, at(event));
    onStroke(at(event), at(event));
  });
  pad.addEventListener("pointermove", (event) => {
    const from = pens.get(event.pointerId);
    if (!from) return;
    let before = from;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const part of between.length ? between : [event]) {
      onStroke(before, at(part));
      before = at(part);
    }
    pens.set(event.pointerId, before);
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    pad.addEventListener(name, (event) => pens.delete(event.pointerId));
  }
}

/** @param {CanvasRenderingContext2D} context @param {Point} from @param {Point} to */
function drawStroke(context, from, to) {
  context.strokeStyle = palette().digitInk;
  context.lineWidth = PEN;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** @param {HTMLCanvasElement} pad */
function readDrawing(pad) {
  const small = document.createElement("canvas");
  small.width = small.height = SENT;
  const context = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d"));
  context.imageSmoothingQuality = "high";
  context.drawImage(pad, 0, 0, SENT, SENT);
  const alpha = context.getImageData(0, 0, SENT, SENT).data;
  const rows = Array.from({ length: SENT }, (_, row) =>
    Array.from({ length: SENT }, (_, column) => Math.round(alpha[4 * (row * SENT + column) + 3] / 2.55) / 100),
  );
  return rows.some((row) => row.some((value) => value > 0)) ? rows : null;
}

/** @param {CanvasRenderingContext2D} context @param {number[]} pixels */
function loadPicture(context, pixels) {
  const small = document.createElement("canvas");
  small.width = small.height = 28;
  const target = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d"));
  const picture = target.createImageData(28, 28);
  pixels.forEach((value, index) => {
    picture.data[4 * index + 3] = value;
  });
  target.putImageData(picture, 0, 0);
  context.clearRect(0, 0, SIDE, SIDE);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, SIDE, SIDE);
  recolor(context);
}

/** @param {CanvasRenderingContext2D} context */
function recolor(context) {
  context.save();
  context.globalCompositeOperation = "source-in";
  context.fillStyle = palette().digitInk;
  context.fillRect(0, 0, SIDE, SIDE);
  context.restore();
}
