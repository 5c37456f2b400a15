import { exact } from "../base/format.js";
import { svg } from "../drawing/svg.js";

/**
 * @typedef {{name: string, text: string, kind: string, choices: string[], reveal:
 *   import("./reveal.js").Move[], view: string}} Asked a question, as the API lists it
 * @typedef {{element: Element, read: () => string|number[]|null, focus: () => void}} Field where it is answered; it
 *   reads null where nothing is
 */

const STEP = 15; // degrees that an arrow key turns

/** The place to answer a question. @param {Asked} question @returns {Field} */
export function fieldFor(question) {
  if (question.kind === "choice") return choices(question);
  return question.kind === "direction" ? dial() : typed();
}

/** @returns {Field} */
function typed() {
  const element = document.createElement("input");
  Object.assign(element, { type: "text", id: "question-answer", autocomplete: "off", inputMode: "decimal" });
  element.placeholder = "a number";
  element.setAttribute("aria-labelledby", "question-text");
  return { element, read: () => element.value.trim() || null, focus: () => element.focus() };
}

/** @param {Asked} question @returns {Field} */
function choices({ choices: texts }) {
  const element = document.createElement("span");
  element.className = "answering";
  element.setAttribute("role", "radiogroup");
  element.setAttribute("aria-labelledby", "question-text");
  for (const text of texts) {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "answer", value: text });
    label.append(input, text);
    element.append(label);
  }
  const chosen = () => /** @type {HTMLInputElement|null} */ (element.querySelector("input:checked"));
  const focus = () => /** @type {HTMLElement|null} */ (element.querySelector("input"))?.focus();
  return { element, read: () => chosen()?.value ?? null, focus };
}

/** An arrow that is turned: by dragging its end, or by the arrow keys. @returns {Field} */
function dial() {
  const arrow = svg("path", {});
  const element = svg("svg", { class: "dial", viewBox: "-40 -40 80 80", role: "slider", tabindex: 0 });
  element.setAttribute("aria-labelledby", "question-text");
  element.setAttribute("aria-description", "Turn it with the arrow keys; with shift by one degree.");
  element.setAttribute("aria-valuemin", "-180");
  element.setAttribute("aria-valuemax", "180");
  const names = [svg("text", { x: 28, y: -4 }), svg("text", { x: 4, y: -26 })];
  names.forEach((name, axis) => (name.textContent = "xy"[axis]));
  const cross = [svg("line", { x1: -34, x2: 34 }), svg("line", { y1: -34, y2: 34 })];
  element.append(svg("circle", { r: 38 }), ...cross, ...names, arrow);
  let degrees = 0; // against the clock, from the x-axis
  let isTurned = false;
  const show = () => {
    const [x, y] = wayOf(degrees).map((part) => 28 * part);
    const head = [150, -150].map((turn) => wayOf(degrees + turn).map((part) => 9 * part));
    const tips = head.map(([dx, dy]) => `M${x} ${-y}L${x + dx} ${-y - dy}`).join("");
    arrow.setAttribute("d", `M0 0L${x} ${-y}${tips}`);
    element.setAttribute("aria-valuenow", String(degrees));
    element.setAttribute("aria-valuetext", `${exact(degrees)}° from the x-axis: ${inWords(degrees)}`);
  };
  const turn = (/** @type {number} */ by) => {
    isTurned = true;
    degrees = ((degrees + by + 540) % 360) - 180;
    show();
  };
  wireDial(element, turn, (to) => turn(to - degrees));
  show();
  return { element, read: () => (isTurned ? wayOf(degrees) : null), focus: () => element.focus() };
}

/** @param {Element} element @param {(by: number) => void} turn @param {(to: number) => void} turnTo */
function wireDial(element, turn, turnTo) {
  const target = /** @type {SVGSVGElement} */ (element);
  const follow = (/** @type {PointerEvent} */ event) => {
    const { left, top, width, height } = target.getBoundingClientRect();
    const [x, y] = [event.clientX - left - width / 2, top + height / 2 - event.clientY];
    if (x || y) turnTo(Math.round((Math.atan2(y, x) * 180) / Math.PI));
  };
  target.addEventListener("pointerdown", (event) => {
    target.setPointerCapture(event.pointerId);
    follow(event);
  });
  target.addEventListener("pointermove", (event) => target.hasPointerCapture(event.pointerId) && follow(event));
  target.addEventListener("keydown", (event) => {
    const signs = /** @type {Record<string, number>} */ ({ ArrowLeft: 1, ArrowUp: 1, ArrowRight: -1, ArrowDown: -1 });
    const sign = signs[event.key];
    if (!sign) return;
    event.preventDefault();
    turn(sign * (event.shiftKey ? 1 : STEP));
  });
}

/** A length of 1 that way. @param {number} degrees */
const wayOf = (degrees) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

/** @param {number} degrees */
function inWords(degrees) {
  const [x, y] = wayOf(degrees).map((part) => (Math.abs(part) < 0.2 ? 0 : Math.sign(part)));
  return [["y falls", "", "y grows"][y + 1], ["x falls", "", "x grows"][x + 1]].filter(Boolean).join(", ");
}
