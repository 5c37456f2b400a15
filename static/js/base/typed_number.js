const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const OF_PI = /^([-+]?)([\d.]*)\s*\*?\s*(?:π|pi)(?:\s*\/\s*([\d.]+))?$/i;

/**
 * A number as people type it, and as it is shown: minus signs of any kind, a decimal comma, a fraction, a power of ten,
 * a part of π.
 * @param {string} text
 * @returns {number|null}
 */
export function readNumber(text) {
  const plain = text
    .trim()
    .replaceAll("−", "-")
    .replace(/^([-+]?\d*),(\d+)$/, "$1.$2")
    .replace(/^([-+]?)(?:([\d.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, powerOfTen);
  const circle = OF_PI.exec(plain);
  if (circle) {
    const [sign, times, by] = [circle[1], circle[2] || "1", circle[3] || "1"];
    const part = (Number(`${sign}${times}`) * Math.PI) / Number(by);
    return Number.isFinite(part) ? part : null;
  }
  const fraction = /^([-+]?[\d.]+)\s*\/\s*([\d.]+)$/.exec(plain);
  const value = fraction ? Number(fraction[1]) / Number(fraction[2]) : plain === "" ? NaN : Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** @param {string} _ @param {string} sign @param {string|undefined} mantissa @param {string} exponent */
function powerOfTen(_, sign, mantissa, exponent) {
  const lowered = [...exponent].map((digit) => (digit === "⁻" ? "-" : RAISED.indexOf(digit))).join("");
  return `${sign}${mantissa ?? "1"}e${lowered}`;
}
