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
 * Take the run out of the address: what is there is not stored yet.
 * @param {string} preset @param {boolean} replace whether the page before should not be gone back to
 */
export function leaveRun(preset, replace) {
  const { slide } = readPlace();
  const query = new URLSearchParams({ ...(preset ? { preset } : {}), ...(slide ? { slide } : {}) });
  history[replace ? "replaceState" : "pushState"](null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
}

/**
 * The full address of a run on this page.
 * @param {"run"|"shared"} kind @param {string} id
 */
export const linkTo = (kind, id) => `${location.origin}${location.pathname}?${kind}=${encodeURIComponent(id)}`;

/**
 * A run's name in an address; before the run is read, the one that this address asks for.
 * @param {{id: string}|null} run @param {string|null} [shared] what it may be watched by
 */
export function queryOfRun(run, shared = null) {
  const id = run?.id ?? readPlace().run;
  return shared ? `shared=${encodeURIComponent(shared)}` : id ? `run=${encodeURIComponent(id)}` : "";
}

/**
 * Where the loss around a run is seen.
 * @param {{id: string}|null} run @param {string|null} [shared] what it may be watched by
 */
export function landscapeOf(run, shared = null) {
  const query = queryOfRun(run, shared);
  return `/landscape${query ? `?${query}` : ""}`;
}

/**
 * @typedef {{text: string, texts: string[], number: number, numbers: number[], count: number, flag: boolean}} Kinds
 *   `texts` repeats its name, `numbers` stand between commas, a `count` is whole and not below 0
 */

/**
 * The fields of the address that a station keeps there; numbers that are none are left out.
 * @template {Record<string, keyof Kinds>} F
 * @param {F} fields what kind each is @param {URLSearchParams} [query] another address than the page's own
 * @returns {{[K in keyof F]?: Kinds[F[K]]}}
 */
export function readFields(fields, query = new URLSearchParams(location.search)) {
  /** @type {Record<string, any>} */
  const found = {};
  for (const [name, kind] of Object.entries(fields)) {
    if (query.has(name)) found[name] = valueOf(query.getAll(name), kind);
    if (found[name] === undefined) delete found[name];
  }
  return /** @type {any} */ (found);
}

/** @param {string[]} texts @param {keyof Kinds} kind */
function valueOf(texts, kind) {
  const numbers = texts[0].split(",").map((text) => (text.trim() === "" ? NaN : Number(text)));
  if (kind === "texts") return texts;
  if (kind === "text") return texts[0];
  if (kind === "flag") return texts[0] !== "0";
  if (!numbers.every(Number.isFinite)) return undefined;
  if (kind === "numbers") return numbers;
  const isOne = numbers.length === 1 && (kind !== "count" || (Number.isInteger(numbers[0]) && numbers[0] >= 0));
  return isOne ? numbers[0] : undefined;
}
