import { evaluate } from "../base/program.js";

/**
 * The ball: where it lies, the steps it has made since it was let go, and what the server told: the function and its
 * derivative compiled.
 * @typedef {{x: number, eta: number, path: number[], rolls: boolean, shape: any, second: any}} State
 */
/** @typedef {{expression: string, domain: [number, number], start: number, rate: number, lowest: number}} Hill */

/** @typedef {{value: number, slope: number, bend: number, next: number}} Here what is so at the ball */

/** f, f′, f″ and the next place, from what the server compiled. @param {State} state @returns {Here} */
export function hereOf({ shape, second, x, eta }) {
  return {
    value: Number(evaluate(shape.programs.value, [x])),
    slope: Number(evaluate(shape.programs.derivative, [x])),
    bend: Number(evaluate(second.programs.derivative, [x])),
    next: Number(evaluate(shape.programs.step, [x, eta])),
  };
}
