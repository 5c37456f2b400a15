const THIN = "\u202f";

/**
 * A number to four significant digits, or a dash where there is none.
 * @param {number|null|undefined} value @param {number} [digits]
 */
export function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return power(value, digits);
  return group(value.toPrecision(digits).includes("e") ? String(Math.round(value)) : value.toPrecision(digits)).replace(
    "-",
    "−",
  );
}

/**
 * A computed number without zeros at its end: 4 where `number` writes 4.000.
 * @param {number|null|undefined} value @param {number} [digits]
 */
export const trimmed = (value, digits = 4) =>
  number(value, digits)
    .replace(/(\.\d*?)0+(?=$|·)/, "$1")
    .replace(/\.(?=$|·)/, "");

/**
 * A number as it is shown; what left the finite range is a word.
 * @param {number|null|undefined} value
 * @param {number} [digits]
 */
export const shown = (value, digits = 4) => (value === null || value === undefined ? "∞" : trimmed(value, digits));

/**
 * A whole number in groups of three.
 * @param {number|null|undefined} value
 */
export const count = (value) => (value === null || value === undefined ? "–" : group(String(Math.round(value))));

/**
 * A share as a percentage with one decimal, rounded so that 99.96 % does not read as all.
 * @param {number|null|undefined} share
 */
export const percent = (share) =>
  share === null || share === undefined ? "–" : `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}${THIN}%`;

/** A share as a whole percentage; what is nearly all or nothing is not rounded to it. @param {number|null} share */
export function percentOf(share) {
  if (share === null) return "–";
  if (share > 0 && share < 0.01) return "under 1\u00a0%";
  return share < 1 && share > 0.99 ? "over 99\u00a0%" : `${Math.round(100 * share)}\u00a0%`;
}

/**
 * "1 step", "2 steps".
 * @param {number} value @param {string} noun
 */
export const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/**
 * A number that somebody chose, as they chose it: no zeros added, a true minus sign, powers of ten where it is tiny.
 * @param {number} value
 */
export function exact(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4)
    return power(Number(value.toPrecision(6)), 6)
      .replace(/\.?0+·/, "·")
      .replace(/^(−?)1·/, "$1");
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

/**
 * A formula's text as one writes it on a board: x**2 + 2*x as x² + 2x.
 * @param {string} text
 */
export const written = (text) =>
  lowered(
    text
      .replace(/abs\(([^()]*)\)/g, "|$1|")
      // without parentheses only where nothing behind them could be read as part of the argument: (sin x)² is not sin
      // x²
      .replace(/sqrt\((\w+)\)(?!\*\*)/g, "√$1")
      .replace(/sqrt\(/g, "√(")
      // e to a number as e², so that e²·x is not read as e to 2x
      .replace(/exp\((\d+)\)(?!\*\*)/g, (_, exponent) => `e${superscript(exponent)}`)
      .replace(/exp\((-?\w+)\)(?!\*\*)/g, "e^$1")
      .replace(/\b(sin|cos|tan|ln)\((\w+)\)(?![*/])/g, "$1 $2")
      .replace(/\*\*(\d+)(?![\d.*])/g, (_, exponent) => superscript(exponent))
      .replaceAll("**", "^")
      .replace(/(\d)\*(?=[a-zA-Zŷ(])/g, "$1")
      .replaceAll("*", "·")
      .replaceAll("-", "−"),
  );

/**
 * What is said of x, said of another variable: x₀ and Δx of t as t₀ and Δt.
 * @param {string} text @param {string} variable
 */
export function saidOf(text, variable) {
  const name = lowered(variable);
  return text.replaceAll("Δx", `Δ${name}`).replaceAll("x₀", startOf(variable)).replaceAll("f(x)", `f(${name})`);
}

/** The point one looks at: t₀, and t₁ itself, which has an index already. @param {string} variable */
export const startOf = (variable) => (/\d$/.test(variable) ? lowered(variable) : `${variable}₀`);

/** A text with the indices of its variables lowered: x1 as x₁. @param {string} text */
export const lowered = (text) => text.replace(/([a-zŷδ])(\d+)/g, (_, letter, index) => letter + subscript(index));

/** @param {string} digits */
const superscript = (digits) => [...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");

/** @param {string} digits */
const subscript = (digits) => [...digits].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");

/** A sentence as it goes on after a colon: its first word in small letters. @param {string} sentence */
export const goingOn = (sentence) => sentence.replace(/^[A-Z](?=[a-z]+ )/, (letter) => letter.toLowerCase());

/**
 * A learning rate, short enough for a field, still itself when read back.
 * @param {number} value
 */
export const short = (value) => String(Number(value.toPrecision(3)));

/** @param {number} value @param {number} digits */
function power(value, digits) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return `${mantissa.replace("-", "−")}·10${raised(exponent)}`;
}

/** @param {string} exponent */
const raised = (exponent) =>
  [...String(Number(exponent))].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("");

/** @param {string} digits */
function group(digits) {
  const [whole, rest] = digits.split(".");
  const grouped = whole.replace("-", "").length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
