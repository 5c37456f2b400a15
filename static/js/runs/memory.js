/**
 * Which runs this browser made, by a page's name for each, as "mnist/mnist-lecture": so they are found again from
 * another slide, after the arc away and back, and by another tab.
 * @typedef {{id: string, asked: string|null}} Remembered the run, and the configuration it was made from, as text
 */

const PLACE = "downhill.run.";

/** @param {string} name @returns {Remembered|null} */
export function recall(name) {
  try {
    const found = JSON.parse(localStorage.getItem(PLACE + name) ?? "null");
    return typeof found?.id === "string" ? found : null;
  } catch {
    return null; // storage may be forbidden, or hold something else
  }
}

/** @param {string} name @param {string} id @param {any} [configuration] what it was made from */
export function remember(name, id, configuration = null) {
  const asked = configuration && JSON.stringify(configuration);
  try {
    localStorage.setItem(PLACE + name, JSON.stringify({ id, asked }));
  } catch {
    // without storage each visit begins afresh
  }
}

/** @param {string} name */
export function forget(name) {
  try {
    localStorage.removeItem(PLACE + name);
  } catch {
    // nothing is stored where storage is forbidden
  }
}

/** Hear what another tab remembers from now on. @param {(name: string) => void} listener */
export function onRemembered(listener) {
  addEventListener("storage", ({ key, newValue }) => {
    if (key?.startsWith(PLACE) && newValue) listener(key.slice(PLACE.length));
  });
}

/**
 * Do something that one tab at a time may do under a name; where the browser has no locks, at once.
 * @template T
 * @param {string} name @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
export const alone = (name, act) =>
  navigator.locks ? /** @type {Promise<T>} */ (navigator.locks.request(PLACE + name, act)) : act();
