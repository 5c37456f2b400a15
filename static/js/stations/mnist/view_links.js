import { queryOfRun } from "../../base/url.js";

/**
 * The way to the digits goes with the run: the same one is there.
 * @param {{run: any}} state @param {string|null} shared
 */
export function pointToDigits({ run }, shared) {
  const link = /** @type {HTMLAnchorElement|null} */ (document.querySelector("#views [data-view='']"));
  const place = queryOfRun(run, shared);
  if (link) link.href = `/mnist${place ? `?${place}` : ""}`;
}
