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

/**
 * The fields of the address that a station keeps there; numbers that are none are left out.
 * @template {Record<string, "text"|"number"|"flag">} F
 * @param {F} fields what kind each is
 * @returns {{[K in keyof F]?: F[K] extends "text" ? string : F[K] extends "number" ? number : boolean}}
 */
export function readFields(fields) {
  const query = new URLSearchParams(location.search);
  /** @type {Record<string, any>} */
  const found = {};
  for (const [name, kind] of Object.entries(fields)) {
    const text = query.get(name);
    if (text === null || (kind === "number" && (text.trim() === "" || !Number.isFinite(Number(text))))) continue;
    found[name] = kind === "text" ? text : kind === "number" ? Number(text) : text !== "0";
  }
  return /** @type {any} */ (found);
}
