import { Problem, Unreachable } from "../api.js";

const PATIENCE = 1500; // milliseconds between two tries while the server does not answer or is too busy

/**
 * Actions one after the other, so that no click is lost while the server is slow or away.
 * @param {{onFault: (fault: unknown) => void, onWaiting: (waiting: boolean) => void, onIdle: () => void}} listeners
 */
export function createActionQueue({ onFault, onWaiting, onIdle }) {
  /** @type {{key: string|null, act: (attempt: number) => Promise<void>}[]} */
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
     * @param {(attempt: number) => Promise<void>} act gets 0 at the first try, so that a repetition can guard against doing it twice
     * @param {string|null} [key] a waiting action of the same key is replaced: its newest value counts
     */
    add(act, key = null) {
      const same = key === null ? undefined : waiting.find((action) => action.key === key);
      if (same) same.act = act;
      else waiting.push({ key, act });
      void work();
    },
  };
}

/** @param {(attempt: number) => Promise<void>} act @param {(waiting: boolean) => void} onWaiting */
async function persist(act, onWaiting) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await act(attempt);
      if (attempt) onWaiting(false);
      return;
    } catch (fault) {
      const passing = fault instanceof Unreachable || (fault instanceof Problem && fault.status === 429);
      if (!passing) throw fault;
      if (fault instanceof Unreachable) onWaiting(true);
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
  }
}
