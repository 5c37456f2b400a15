/** @typedef {[string, (string|number)?][]} Program a formula compiled by the server, in postfix order */

/** @type {Record<string, (a: number, b: number) => number>} */
const OPERATIONS = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => (b === 0 ? NaN : a / b),
  // what is undefined stays undefined: NaN ** 0 would be 1
  power: (a, b) => (Number.isNaN(a) || (a === 0 && b < 0) ? NaN : a ** b),
  min: Math.min,
  max: Math.max,
};

/** @type {Record<string, (a: number) => number>} */
const FUNCTIONS = {
  negate: (a) => -a,
  abs: Math.abs,
  sign: Math.sign,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  ln: (a) => (a === 0 ? NaN : Math.log(a)),
  log2: (a) => (a === 0 ? NaN : Math.log2(a)),
  log10: (a) => (a === 0 ? NaN : Math.log10(a)),
  relu: (a) => Math.max(a, 0),
  step: (a) => (Number.isNaN(a) ? NaN : a > 0 ? 1 : 0),
  floor: Math.floor,
  ceil: Math.ceil,
  round: (a) => Math.floor(a + 0.5),
  sigmoid: (a) => (a >= 0 ? 1 / (1 + Math.exp(-a)) : Math.exp(a) / (1 + Math.exp(a))),
  softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
};

/**
 * The value of a compiled formula, as the core computes it; null where there is none.
 * @param {Program} program @param {number[]} values the variables in the program's order
 * @returns {number|null}
 */
export function evaluate(program, values) {
  /** @type {number[]} */
  const stack = [];
  for (const [name, operand] of program) {
    if (name === "number") stack.push(Number(operand));
    else if (name === "variable") stack.push(values[Number(operand)]);
    else if (FUNCTIONS[name]) stack.push(FUNCTIONS[name](pop(stack)));
    else {
      const right = pop(stack);
      stack.push(OPERATIONS[name](pop(stack), right));
    }
  }
  const result = pop(stack);
  return Number.isFinite(result) ? result : null;
}

/** @param {number[]} stack */
function pop(stack) {
  const top = stack.pop();
  if (top === undefined) throw new TypeError("A compiled formula ends too early.");
  return top;
}
