/**
 * An element of the page by its id, of the kind that the caller needs.
 * @template {Element} T
 * @param {string} id @param {new () => T} kind
 * @returns {T}
 */
export function part(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`The page has no ${kind.name} called ${id}.`);
  return element;
}

/**
 * Write a text where it is not there yet, so that nothing is announced twice.
 * @param {Element} element @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
