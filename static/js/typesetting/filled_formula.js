import { digits, operator, row } from "./mathml.js";
import { namesIn } from "./formula_names.js";

const OPENINGS = "([|";
const CARRIERS = ["msup", "msub"];

/**
 * Put numbers in place of a typeset formula's variables, each in its variable's color.
 * @param {Element} root the formula, which is changed
 * @param {Record<string, string>} values the numbers as text, as {x: "1.5"}
 * @param {Record<string, string>} symbols
 */
export function fillIn(root, values, symbols) {
  for (const { name, node } of namesIn(root)) {
    if (!(name in values)) continue;
    const number = digits(values[name], symbols[name]);
    const whole = carrierOf(node);
    const before = neighborOf(whole);
    const isOpen = !before || (before.localName === "mo" && OPENINGS.includes(before.textContent ?? ""));
    // 2x becomes 2 · 3, and never 23
    if (before && before.localName !== "mo") whole.before(operator("·"));
    const bracketed = number.textContent?.startsWith("−") && (!isOpen || whole !== node);
    node.replaceWith(bracketed ? row("(", number, ")") : number);
  }
  return root;
}

/** What a name is the base of: in x² the power as a whole. @param {Element} node @returns {Element} */
function carrierOf(node) {
  const around = node.parentElement;
  return around && CARRIERS.includes(around.localName) && around.firstElementChild === node ? carrierOf(around) : node;
}

/** What stands before it on its line. @param {Element} node @returns {Element|null} */
function neighborOf(node) {
  const before = node.previousElementSibling;
  if (["mfrac", ...CARRIERS].includes(node.parentElement?.localName ?? "")) return null;
  return before?.localName === "mspace" ? neighborOf(before) : before;
}
