/**
 * A store of one plain object: `set` merges, subscribers hear once per animation frame with the newest state.
 * @template {object} S
 * @param {S} initial
 */
export function createStore(initial) {
  let state = initial;
  let heard = initial;
  let scheduled = false;
  /** @type {((state: S, before: S) => void)[]} */
  const listeners = [];

  const tell = () => {
    scheduled = false;
    const before = heard;
    heard = state;
    for (const listener of listeners) listener(state, before);
  };
  return {
    get: () => state,
    /** @param {Partial<S>} change */
    set(change) {
      state = { ...state, ...change };
      if (!scheduled) {
        scheduled = true;
        requestAnimationFrame(tell);
      }
    },
    /** @param {(state: S, before: S) => void} listener */
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
