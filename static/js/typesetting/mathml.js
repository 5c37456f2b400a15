import { namesIn } from "./formula_names.js";

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";

/**
 * @typedef {Element|string} Part a piece of a formula; text stands for an operator, a whole formula for what is in it
 */

/**
 * An element of a formula.
 * @param {string} name @param {Part[]} parts @param {string} [symbol] the class that colors it
 */
function element(name, parts, symbol) {
  const node = document.createElementNS(NAMESPACE, name);
  if (symbol) node.setAttribute("class", symbol);
  node.append(
    ...parts.map((part) =>
      typeof part === "string"
        ? operator(part)
        : part.localName === "math"
          ? row(.../** @type {Element[]} */ ([...part.children]))
          : part,
    ),
  );
  return node;
}

/** @param {string} name @param {string} text @param {string} [symbol] */
function leaf(name, text, symbol) {
  const node = document.createElementNS(NAMESPACE, name);
  if (symbol) node.setAttribute("class", symbol);
  node.textContent = text;
  return node;
}

/** An operator or a bracket, which stands close to what it holds. @param {string} sign @param {string} [symbol] */
export function operator(sign, symbol) {
  const node = leaf("mo", sign, symbol);
  if ("()′".includes(sign)) for (const side of ["lspace", "rspace"]) node.setAttribute(side, "0");
  if ("()".includes(sign)) node.setAttribute("stretchy", "false");
  return node;
}

/** A difference, as Δx. @param {string} of @param {string} [symbol] */
export function difference(of, symbol) {
  const delta = name("Δ", symbol);
  delta.setAttribute("mathvariant", "normal");
  return row(delta, name(of, symbol));
}

/** A name in its color. @param {string} name @param {string} [symbol] */
export const name = (name, symbol) => leaf("mi", name, symbol);

/** A name with a hat, as ŷ. @param {string} letter @param {string} [symbol] */
export function hatted(letter, symbol) {
  const hat = operator("ˆ");
  hat.setAttribute("stretchy", "false");
  return element("mover", [name(letter), hat], symbol);
}

/** A number in its color, with a true minus sign. @param {string} digits @param {string} [symbol] */
export const digits = (digits, symbol) => leaf("mn", digits.replace("-", "−"), symbol);

/** A number that is a factor or a base: a negative one in parentheses. @param {string} text @param {string} [symbol] */
export const bracketed = (text, symbol) =>
  text.startsWith("−") ? row("(", digits(text, symbol), ")") : digits(text, symbol);

/** Pieces side by side. @param {Part[]} parts */
export const row = (...parts) => element("mrow", parts);

/** A fraction. @param {Part} above @param {Part} below */
export const fraction = (above, below) => element("mfrac", [row(above), row(below)]);

/** A name with an index. @param {Part} base @param {Part} index @param {string} [symbol] */
export const indexed = (base, index, symbol) => element("msub", [base, index], symbol);

/** A power, or a prime. @param {Part} base @param {Part} exponent */
export const raised = (base, exponent) => element("msup", [base, exponent]);

/** Pieces in rows and columns, fractions as large as on a line of their own. @param {Part[][]} rows */
export function grid(rows) {
  const table = element(
    "mtable",
    rows.map((cells) =>
      element(
        "mtr",
        cells.map((cell) => element("mtd", [cell])),
      ),
    ),
  );
  table.setAttribute("displaystyle", "true");
  return table;
}

/** An operator with something written below it, as a limit. @param {Part} base @param {Part} below */
export const under = (base, below) => element("munder", [base, below]);

/** A square root. @param {Part} of */
export const root = (of) => element("msqrt", [of]);

/** A matrix in square brackets, row by row. @param {Part[][]} rows */
export const matrix = (rows) => row("[", grid(rows), "]");

/** A formula within a line of text. @param {Part[]} parts */
export const inline = (...parts) => element("math", [row(...parts)]);

/** A whole formula on a line of its own. @param {Part[]} parts */
export function formula(...parts) {
  const node = inline(...parts);
  node.setAttribute("display", "block");
  return node;
}

/**
 * A formula that the server typeset, with each name in its color.
 * @param {string} markup MathML
 * @param {Record<string, string>} symbols which class a name has, as {x: "x"}; an index inherits its letter's
 * @returns {Element}
 */
export function typeset(markup, symbols) {
  const parsed = new DOMParser()
    .parseFromString(markup.replace(/<math(?![^>]*xmlns)/, `<math xmlns="${NAMESPACE}"`), "text/html")
    .querySelector("math");
  if (!parsed) throw new TypeError("The server sent a formula that is none.");
  const node = document.importNode(parsed, true);
  for (const both of node.querySelectorAll("msubsup")) {
    // x₁² as the power of x₁, so that its base can be found
    const [base, index, exponent] = /** @type {Element[]} */ ([...both.children]);
    both.replaceWith(raised(indexed(base, index), exponent));
  }
  const signs = [...node.querySelectorAll("mo")].map((sign) => ({
    name: sign.textContent ?? "",
    node: /** @type {Element} */ (sign),
  }));
  for (const { name: text, node: part } of [...signs, ...namesIn(node)]) {
    const symbol = symbols[text] ?? symbols[text.replace(/\d+$/, "")];
    if (symbol) part.setAttribute("class", symbol);
  }
  // a prime that is raised twice, by its glyph and as an exponent, flies away
  for (const raisedPrime of node.querySelectorAll("msup")) {
    if (raisedPrime.lastElementChild?.textContent === "′")
      raisedPrime.replaceWith(row(.../** @type {Element[]} */ ([raisedPrime.firstElementChild, operator("′")])));
  }
  // a difference is one symbol: Δ takes the name behind it along
  const leaves = [...node.querySelectorAll("mi, mo, mn")];
  for (const [index, leafNode] of leaves.entries()) {
    if (leafNode.textContent === "Δ" && symbols.Δ) leaves[index + 1]?.setAttribute("class", symbols.Δ);
  }
  return node;
}

/** What stands in a formula, to become a part of another one. @param {Element} math */
export const inner = (math) => row(.../** @type {Element[]} */ ([...math.children]));
