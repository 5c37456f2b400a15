import { isAway, patiently } from "../base/patience.js";

/**
 * Actions one after the other, so that no click is lost while the server is slow or away.
 * @param {{onFault: (fault: unknown) => void, onWaiting: (fault: unknown) => void, onIdle: () => void}} listeners
 */
export function createActionQueue({ onFault, onWaiting, onIdle }) {
  /** @type {{key: string|null, act: () => Promise<void>}[]} */
  const waiting = [];
  let running = false;

  const work = async () => {
    if (running) return;
    running = true;
    for (let action = waiting.shift(); action; action = waiting.shift()) {
      try {
        await patiently(action.act, onWaiting, isAway);
      } catch (fault) {
        waiting.length = 0; // what follows was meant for a success
        onFault(fault);
      }
    }
    running = false;
    onIdle();
  };
  return {
    /**
     * @param {() => Promise<void>} act is called again while the server is away: it guards against doing a thing twice
     * @param {string|null} [key] the last waiting action is replaced if it has the same key: its newest value counts
     */
    add(act, key = null) {
      if (key !== null && waiting.at(-1)?.key === key) waiting.pop();
      waiting.push({ key, act });
      void work();
    },
  };
}
