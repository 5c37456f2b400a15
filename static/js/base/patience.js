import { Problem, Unreachable } from "./api.js";

const PAUSE = 1500; // milliseconds between two tries
const BUSY = 429;

/** Whether the same request may succeed later: nobody answered, or the server is too busy. @param {unknown} fault */
export const isAway = (fault) => fault instanceof Unreachable || (fault instanceof Problem && fault.status === BUSY);

/** Whether the same question may be answered later: also where the server failed. @param {unknown} fault */
export const isPassing = (fault) => isAway(fault) || (fault instanceof Problem && fault.status >= 500);

/**
 * Do what needs the server, again and again while it cannot be done; any other fault is thrown.
 * @template T
 * @param {() => Promise<T>} act @param {(fault: unknown) => void} [wait] told what is in the way before each pause,
 *   and null when it is over
 * @param {(fault: unknown) => boolean} [mayPass] which faults are worth another try
 * @returns {Promise<T>}
 */
export async function patiently(act, wait = () => {}, mayPass = isPassing) {
  for (let waited = false; ; waited = true) {
    try {
      const answer = await act();
      if (waited) wait(null);
      return answer;
    } catch (fault) {
      if (!mayPass(fault)) throw fault;
      wait(fault);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
