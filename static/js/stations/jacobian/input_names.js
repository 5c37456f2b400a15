/** What the two inputs may be called on this page. */
const NAMES = [
  ["x1", "x2"],
  ["x", "y"],
];

/** Where a name stands by itself: the x of 2x, not that of exp or x1. @param {string} name */
const alone = (name) => new RegExp(`(?<![a-z_])${name}(?![a-z0-9_])`, "gi");

/**
 * The outputs with the names of the inputs that the newest one uses: who types x and y in one means them in all.
 * @param {string[]} expressions @param {string[]} variables as they are called now @param {number} newest
 * @returns {{expressions: string[], variables: string[]}}
 */
export function namedAlike(expressions, variables, newest) {
  const isKnown = NAMES.some((names) => names.join() === variables.join());
  const others = NAMES.find((names) => names.join() !== variables.join()) ?? variables;
  const uses = (/** @type {string[]} */ names) => names.some((name) => alone(name).test(expressions[newest]));
  if (!isKnown || !uses(others) || uses(variables)) return { expressions, variables };
  const renamed = (/** @type {string} */ text) =>
    variables.reduce((now, name, axis) => now.replace(alone(name), others[axis]), text);
  return { expressions: expressions.map((text, row) => (row === newest ? text : renamed(text))), variables: others };
}
