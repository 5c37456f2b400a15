import { nameOf } from "../base/number_names.js";
import { count, exact, number as written, shown } from "../base/format.js";
import { typeset } from "../typesetting/mathml.js";
import { SYMBOLS } from "../typesetting/symbols.js";

/**
 * Why a number is what it is, as the server answers.
 * @typedef {{number: string, value: number|null, role?: string, name: string}} Operand a number that can be asked in
 *   turn
 * @typedef {{factors: Operand[], value: number|null, operation?: string|null}} Term
 * @typedef {{number: string, value: number|null, name: string, mathml?: string, filled_mathml?: string|null, given?:
 *   boolean,
 * terms?: Term[]|null, terms_divided_by?: number, operands: Operand[], operands_left_out?: number, note?: string|null,
 * numerical: {value: number, difference: number, h: number}|null, numerical_reason: string|null, numpy: string, slide:
 *   number|null}} Reason
 */
/** @typedef {{layers?: number, inputs?: number}} Network */

const CHECK_DIGITS = 9;
const MOST_BUTTONS = 12;
const MOST_TERMS = 24; // of a longer sum only the largest are shown
const LARGEST = 6;
const SMALLEST_SHARE = 0.74; // of a formula's size: smaller ones cannot be read
const A_HAIR = 0.01; // what is rounded must not bring the scroll bar back

/**
 * Show why a number is what it is.
 * @param {HTMLElement} place
 * @param {{number: string, reason: Reason|string, digits: number, network?: Network, goTo: (number: string) => void,
 *   back: (() => void)|null}} parts
 *   a `reason` in words says why there is none
 */
export function showReason(place, { number, reason, digits, network, goTo, back }) {
  const key = JSON.stringify([number, reason, digits, back !== null]);
  if (place.dataset.shown === key) return;
  place.dataset.shown = key;
  if (typeof reason === "string") {
    place.replaceChildren(
      heading(nameOf(number, network).text, number, undefined, digits, network, back),
      line("note", reason),
    );
    return;
  }
  place.replaceChildren(
    heading(reason.name, number, reason.value, digits, network, back),
    formulas(reason),
    middle(reason, digits, network),
    code(reason),
    ...(reason.operands.length ? [operandButtons(reason, network, goTo)] : []),
  );
  fit(/** @type {HTMLElement} */ (place.querySelector(".why-formulas")));
}

/**
 * The sum term by term, and beside it the same number by another way.
 * @param {Reason} reason @param {number} digits @param {Network} [network]
 */
function middle(reason, digits, network) {
  const place = document.createElement("div");
  const proofs = document.createElement("div");
  place.className = "why-middle";
  proofs.className = "why-checks";
  proofs.append(...checks(reason));
  place.append(...(reason.terms?.length ? [termTable(reason, digits, network)] : []), proofs);
  return place;
}

/** Set formulas that are wider than their panel smaller; what is wider still is scrolled. @param {HTMLElement} place */
function fit(place) {
  place.style.removeProperty("--share");
  if (place.scrollWidth <= place.clientWidth) return;
  const share = Math.max(SMALLEST_SHARE, place.clientWidth / place.scrollWidth - A_HAIR);
  place.style.setProperty("--share", share.toFixed(3));
  // by the arrow keys
  if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
}

/**
 * @param {string} name
 * @param {string} number
 * @param {number|null|undefined} value undefined where it is not known, null where it is not finite
 * @param {number} digits
 * @param {Network|undefined} network
 * @param {(() => void)|null} back
 */
function heading(name, number, value, digits, network, back) {
  const head = document.createElement("div");
  const title = document.createElement("h2");
  const { symbol } = nameOf(number, network);
  head.className = "why-head";
  title.append("Why is ", span(`math ${symbol}`, name));
  if (value !== undefined) title.append(" = ", span(symbol, shown(value, digits)));
  title.append("?");
  head.append(title);
  if (back) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "quiet small", textContent: "‹ back" });
    button.dataset.why = "back";
    button.addEventListener("click", back);
    head.append(button);
  }
  return head;
}

/** @param {Reason} reason */
function formulas({ mathml, filled_mathml: filled }) {
  const place = document.createElement("div");
  place.className = "typeset why-formulas";
  place.append(...[mathml, filled].flatMap((markup) => (markup ? [typeset(markup, SYMBOLS)] : [])));
  return place;
}

/**
 * The sum written out, a term a row; the terms of a batch's mean are divided below.
 * @param {Reason} reason
 * @param {number} digits
 * @param {Network} [network]
 */
function termTable({ terms, terms_divided_by: divisor = 1, value, number }, digits, network) {
  const table = document.createElement("table");
  table.className = "why-terms";
  const rows = table.createTBody();
  const told = largest(terms ?? []);
  for (const term of told) {
    const row = rows.insertRow();
    row.classList.toggle("nothing", term.value === 0);
    row.insertCell().append(...termParts(term, digits, network));
    row.insertCell().textContent = "=";
    row.insertCell().textContent = shown(term.value, digits);
  }
  const leftOut = (terms?.length ?? 0) - told.length;
  if (leftOut) {
    const row = rows.insertRow();
    row.className = "nothing";
    Object.assign(row.insertCell(), { colSpan: 3, textContent: `and ${count(leftOut)} smaller terms` });
  }
  if ((terms?.length ?? 0) < 2 && divisor === 1) return table;
  const total = table.createTFoot().insertRow();
  total.insertCell().textContent = divisor === 1 ? "sum" : `sum / ${divisor}`;
  total.insertCell().textContent = "=";
  Object.assign(total.insertCell(), { textContent: shown(value, digits), className: nameOf(number, network).symbol });
  return table;
}

/** The terms that are shown: all, or of a long sum the largest. @param {Term[]} terms */
function largest(terms) {
  if (terms.length <= MOST_TERMS) return terms;
  return [...terms].sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0)).slice(0, LARGEST);
}

/** The operands, or those of the largest terms where not all terms are shown. @param {Reason} reason */
export function weightiest({ operands, terms }) {
  const told = largest(terms ?? []);
  if (told.length === (terms?.length ?? 0)) return operands;
  const first = told.flatMap(({ factors }) => factors.map(({ number }) => number));
  return first.flatMap((number) => operands.filter((operand) => operand.number === number));
}

const SQUARED = "half the squared difference";

/**
 * What one term is made of: a product, or what its operation says.
 * @param {Term} term
 * @param {number} digits
 * @param {Network} [network]
 */
function termParts({ factors, operation }, digits, network) {
  const [first, ...others] = factors.map((factor) => factorText(factor, digits, network));
  if (operation === SQUARED) return ["½ (", first, " − ", ...others, ")²"];
  return [first, ...others.flatMap((other) => [" · ", other]), ...(operation ? [` ${operation}`] : [])];
}

/** A factor that can be lit. @param {Operand} factor @param {number} digits @param {Network} [network] */
function factorText({ number, value }, digits, network) {
  const text = shown(value, digits);
  const node = span(nameOf(number, network).symbol, text.startsWith("−") ? `(${text})` : text);
  node.dataset.number = number;
  return node;
}

/** The same number by another way, or why there is none. @param {Reason} reason */
function checks({ numerical, numerical_reason: why, given, note }) {
  if (numerical) {
    const check = line("why-check", "");
    check.append(
      span("good", `✓ ${written(numerical.value, CHECK_DIGITS)}`),
      ` by nudging, h\u00a0=\u00a0${exact(numerical.h)}; off by ${written(Math.abs(numerical.difference), 2)}`,
    );
    return [check, ...(note ? [line("note", note)] : [])];
  }
  if (given) return [line("note", note ?? "It is given.")];
  return [note, why].flatMap((words) => (words ? [line("note", words)] : []));
}

/** @param {Reason} reason @param {Network|undefined} network @param {(number: string) => void} goTo */
function operandButtons(reason, network, goTo) {
  const { operands, operands_left_out: leftOut = 0 } = reason;
  const place = document.createElement("div");
  place.className = "why-operands";
  const seen = new Map(
    weightiest(reason)
      .slice(0, MOST_BUTTONS)
      .map((operand) => [operand.number, operand]),
  );
  const more = new Set(operands.map(({ number }) => number)).size - seen.size + leftOut;
  place.append(
    "made of",
    ...[...seen.values()].map((operand) => {
      const button = document.createElement("button");
      const { text, symbol } = nameOf(operand.number, network);
      Object.assign(button, { type: "button", className: `math ${symbol}`, textContent: operand.name || text });
      if (operand.role) button.title = operand.role;
      button.dataset.why = operand.number;
      button.addEventListener("click", () => goTo(operand.number));
      return button;
    }),
    ...(more > 0 ? [`and ${more} more`] : []),
  );
  return place;
}

/** The line of NumPy, and the slide that says so. @param {Reason} reason */
function code({ numpy, slide }) {
  const place = document.createElement("p");
  place.className = "why-code";
  place.append(Object.assign(document.createElement("code"), { textContent: numpy }));
  if (slide) place.append(Object.assign(document.createElement("small"), { textContent: `slide ${slide}` }));
  return place;
}

/** @param {string} className @param {string} text */
const line = (className, text) => Object.assign(document.createElement("p"), { className, textContent: text });

/** @param {string} className @param {string} text */
const span = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });
