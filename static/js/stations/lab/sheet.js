import { trimmed } from "../../base/format.js";
import { createAnswerCells, signOf } from "./answer_cells.js";
import { CLAIMS, LAYOUTS } from "./layouts.js";
import { fieldsOf, isRight, standing } from "./model.js";
import { classOf, named } from "./symbols.js";
import { part, write } from "../../controls/parts.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Store} Store */
/** @typedef {import("./model.js").Exercise} Exercise */

/**
 * The sheet: bands with what is given and what is to be filled; built anew for other numbers.
 * @param {Store} store @param {(field: string) => void} onCheck
 */
export function createSheet(store, onCheck) {
  const place = part("sheet", HTMLElement);
  /** @type {Exercise[]|null} */
  let built = null;
  /** @type {((state: State) => void)[]} */
  let views = [];
  const follow = followBand(place);
  return (/** @type {State} */ state) => {
    if (built !== state.exercises) {
      built = state.exercises;
      views = [];
      const layout = LAYOUTS[state.exercises[0].sheet];
      place.replaceChildren(...layout.map((band, index) => createBand(store, state, band, index, onCheck, views)));
      write(part("claim", HTMLElement), CLAIMS[state.exercises[0].sheet]);
    }
    for (const view of views) view(state);
    showScore(state);
    follow();
  };
}

/**
 * Where the sheet is higher than its place, it scrolls to the band one has come to.
 * @param {HTMLElement} place
 */
function followBand(place) {
  /** @type {Element|null} */
  let seen = null;
  const show = () => {
    const [box, room] = [seen?.getBoundingClientRect(), place.getBoundingClientRect()];
    if (box) place.scrollTop += Math.max(0, box.bottom - room.bottom) - Math.max(0, room.top - box.top);
  };
  const onSize = new ResizeObserver(show);
  onSize.observe(place);
  return () => {
    const band = place.querySelector(".band.now");
    if (band === seen || !band) return;
    if (seen) onSize.unobserve(seen);
    onSize.observe(band);
    seen = band;
    show();
  };
}

/**
 * @param {Store} store @param {State} state @param {import("./layouts.js").Band} band @param {number} index
 * @param {(field: string) => void} onCheck @param {((state: State) => void)[]} views
 */
function createBand(store, state, band, index, onCheck, views) {
  const exercise = /** @type {Exercise} */ (state.exercises.find(({ name }) => name === band.exercise));
  const box = document.createElement("section");
  const [head, flow] = [document.createElement("header"), document.createElement("div")];
  const [mark, title, slides, right] = ["span", "b", "span", "span"].map((name) => document.createElement(name));
  box.className = "band";
  box.dataset.exercise = band.exercise;
  box.setAttribute("aria-label", band.title ?? exercise.title);
  mark.className = "part";
  title.textContent = band.title ?? exercise.title;
  slides.textContent = `slides ${exercise.slides}`;
  head.append(mark, title, ...(index && band.title ? [] : [slides]), right);
  flow.className = "flow";
  if (band.given.length) flow.append(createGiven(exercise, band.given, views));
  for (const [at, name] of band.fields.entries()) {
    const field = exercise.fields.find((each) => each.name === name);
    if (!field) continue;
    if (at) flow.append(arrow(band.signs[at - 1]));
    const cells = createAnswerCells(store, field, onCheck);
    flow.append(cells.element);
    views.push(cells.show);
  }
  box.append(head, flow);
  views.push((now) => {
    const own = fieldsOf(now).filter(({ name }) => band.fields.includes(name));
    const done = own.filter((field) => isRight(standing(now, field))).length;
    const isDone = own.length > 0 && done === own.length;
    box.classList.toggle("ok", isDone);
    box.classList.toggle("now", band.fields.includes(now.field));
    write(mark, isDone ? "✓" : own.length ? String(index + (band.title ? 0 : 1)) : "·");
    write(right, own.length ? `${done} of ${own.length} right` : "");
  });
  return box;
}

/** @param {string} sign */
function arrow(sign) {
  const node = document.createElement("span");
  node.className = "arr";
  node.textContent = sign;
  return node;
}

/** @param {Exercise} exercise @param {string[]} names @param {((state: State) => void)[]} views */
function createGiven(exercise, names, views) {
  const box = document.createElement("div");
  box.className = "given";
  for (const name of names) {
    const { label, symbol, values } = exercise.given[name];
    const [one, table] = [document.createElement("div"), document.createElement("table")];
    one.className = "m cells";
    one.dataset.given = name;
    table.className = classOf(symbol);
    table.setAttribute("aria-label", `${label}, given`);
    for (const row of values) {
      const line = table.insertRow();
      for (const value of row) line.insertCell().textContent = trimmed(value, 6);
    }
    one.classList.toggle("one", values.length * values[0].length === 1);
    one.append(named(label, symbol), table);
    box.append(one);
    views.push((state) => {
      const field = fieldsOf(state).find((each) => each.name === state.field);
      one.classList.toggle("lit", field?.inputs.includes(name) ?? false);
    });
  }
  return box;
}

/** How many fields are right, and a sign for each. @param {State} state */
function showScore(state) {
  const place = part("score", HTMLElement);
  const fields = fieldsOf(state);
  const right = fields.filter((field) => isRight(standing(state, field))).length;
  write(part("right", HTMLElement), String(right));
  write(part("all", HTMLElement), `of ${fields.length} right`);
  const pips = fields.map((field, index) => {
    const pip = document.createElement("button");
    const { sign, name } = signOf(state, field);
    pip.type = "button";
    pip.className = "pip";
    pip.dataset.stands = standing(state, field);
    pip.dataset.pip = field.name;
    pip.textContent = sign;
    pip.title = `${field.label}: ${name}`;
    pip.setAttribute("aria-label", `${field.label}: ${name}`);
    pip.classList.toggle("cut", index > 0 && fields[index - 1].exercise !== field.exercise);
    if (field.name === state.field) pip.setAttribute("aria-current", "true");
    return pip;
  });
  const text = pips.map((pip) => `${pip.title}${pip.hasAttribute("aria-current")}`).join();
  if (place.dataset.shown === text) return;
  place.dataset.shown = text;
  const focused = /** @type {HTMLElement|null} */ (
    place.contains(document.activeElement) ? document.activeElement : null
  );
  place.replaceChildren(...pips);
  if (focused) pips.find((pip) => pip.dataset.pip === focused.dataset.pip)?.focus();
}
