import { write } from "../controls/parts.js";

const PAUSE = 450; // milliseconds between two steps, long enough to see each

/**
 * Step by itself until there is no further step, or until paused.
 * @param {() => boolean} step takes one step and says whether there is another
 * @param {HTMLElement} name where the button's name stands
 */
export function createRoll(step, name) {
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    write(name, "Roll");
  };
  const go = () => {
    if (!step()) stop();
  };
  return {
    toggle() {
      if (timer) return stop();
      timer = setInterval(go, PAUSE);
      write(name, "Pause");
      return go();
    },
  };
}
