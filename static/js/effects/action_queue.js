import { Problem, Unreachable } from "../api.js";

const PATIENCE = 1500; // milliseconds between two tries while the server does not answer or is too busy

/**
 * Actions one after the other, so that no click is lost while the server is slow or away.
 * @param {{onFault: (fault: unknown) => void, onWaiting: (fault: Unreachable|Problem|null) => void, onIdle: () => void}} listeners
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
        await persist(action.act, onWaiting);
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

/** @param {() => Promise<void>} act @param {(fault: Unreachable|Problem|null) => void} onWaiting */
async function persist(act, onWaiting) {
  for (let waited = false; ; waited = true) {
    try {
      await act();
      if (waited) onWaiting(null);
      return;
    } catch (fault) {
      if (!(fault instanceof Unreachable || (fault instanceof Problem && fault.status === 429))) throw fault;
      onWaiting(fault);
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
  }
}
