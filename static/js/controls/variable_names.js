import { saidOf } from "../base/format.js";
import { write } from "./parts.js";

/**
 * Texts of a page that speak of x: they are said of the variable of the formula that is typed.
 * @param {Element[]} elements
 * @returns {(variable: string) => void}
 */
export function createVariableNames(elements) {
  const texts = elements.map((element) => element.textContent ?? "");
  return (variable) => elements.forEach((element, index) => write(element, saidOf(texts[index], variable)));
}
