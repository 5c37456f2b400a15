import { rememberPlace } from "../base/places.js";

/**
 * @typedef {Record<string, string|number|boolean|string[]|null>} Fields null leaves a field out, a list repeats its
 *   name
 */

const PAUSE = 200; // browsers refuse addresses that change in every frame

/**
 * Keep what can be shared in the address: a reload, or a link, shows the same.
 * @template S
 * @param {{get: () => S, subscribe: (listener: (state: S, before: S) => void) => void}} store
 * @param {(state: S) => Fields} fieldsOf
 */
export function keepAddress(store, fieldsOf) {
  let timer = 0;
  let last = -PAUSE;
  const write = () => {
    timer = 0;
    // while a run is being read, the address alone knows which
    if (/** @type {any} */ (store.get()).connection === "opening") return;
    last = performance.now();
    history.replaceState(null, "", addressOf(fieldsOf(store.get())));
    rememberPlace(location.search);
  };
  store.subscribe(() => {
    timer ||= setTimeout(write, Math.max(0, last + PAUSE - performance.now()));
  });
}

/**
 * This page's address with these fields; others, as the slide or the theme, stay.
 * @param {Fields} fields
 */
function addressOf(fields) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(fields)) {
    query.delete(name);
    for (const each of [value ?? []].flat())
      query.append(name, String(typeof each === "boolean" ? Number(each) : each));
  }
  return `${location.pathname}?${query}`;
}
