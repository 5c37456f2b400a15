/**
 * What the address asks for.
 * @returns {{run: string|null, shared: string|null, preset: string|null, slide: string|null}}
 */
export function readPlace() {
  const query = new URLSearchParams(location.search);
  return { run: query.get("run"), shared: query.get("shared"), preset: query.get("preset"), slide: query.get("slide") };
}

/**
 * Put a run into the address, so that a reload finds it again.
 * @param {string} run @param {boolean} replace whether the page before should not be gone back to
 */
export function writeRun(run, replace) {
  const query = new URLSearchParams({ run });
  const slide = readPlace().slide;
  if (slide) query.set("slide", slide);
  history[replace ? "replaceState" : "pushState"](null, "", `${location.pathname}?${query}`);
}

/**
 * The full address of a run on this page.
 * @param {"run"|"shared"} kind @param {string} id
 */
export const linkTo = (kind, id) => `${location.origin}${location.pathname}?${kind}=${encodeURIComponent(id)}`;
