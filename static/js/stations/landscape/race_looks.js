import { exact } from "../../base/format.js";

/**
 * How each racer looks: color, shape and dashes, so that none of them has to be told by color alone.
 * @typedef {"circle"|"square"|"diamond"|"triangle"} Shape
 * @typedef {{symbol: string, shape: Shape, dash?: string}} Look
 */
export const LOOKS = /** @type {Look[]} */ ([
  { symbol: "racer-1", shape: "circle" },
  { symbol: "racer-2", shape: "triangle", dash: "9 5" },
  { symbol: "racer-3", shape: "diamond" },
  { symbol: "racer-4", shape: "square" },
  { symbol: "racer-5", shape: "triangle" },
  { symbol: "racer-6", shape: "diamond", dash: "3 4" },
]);

/** The update rules by names that fit; the others go by the catalog's. */
const NAMES = /** @type {Record<string, string>} */ ({ momentum: "momentum", nesterov: "Nesterov" });

/**
 * The name of a racer: its rule, and its η where another one has the same rule.
 * @param {{method: string, learning_rate: number}[]} racers @param {number} index
 * @param {{name: string, label: string}[]} optimizers @param {boolean} [isShort] as it stands on a map
 */
export function nameOf(racers, index, optimizers, isShort = false) {
  const { method, learning_rate: rate } = racers[index];
  const name = isShort && method === "gradient_descent" ? "descent" : ruleOf(method, optimizers);
  return racers.filter((one) => one.method === method).length > 1 ? `${name} ${exact(rate)}` : name;
}

/** @param {string} method @param {{name: string, label: string}[]} optimizers */
export const ruleOf = (method, optimizers) =>
  NAMES[method] ?? optimizers.find(({ name }) => name === method)?.label ?? method;
