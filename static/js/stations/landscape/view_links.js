import { queryOfRun } from "../../base/url.js";

/**
 * The ways to the other views go with the run: the same one is there.
 * @param {string|null} shared
 */
export function createViewLinks(shared) {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("#views a"));
  return (/** @type {{run: any}} */ { run }) => {
    for (const link of links) {
      const { view } = link.dataset;
      const query = [view && `view=${view}`, queryOfRun(run, shared)].filter(Boolean).join("&");
      link.href = `/landscape${query ? `?${query}` : ""}`;
    }
  };
}

/**
 * Where the loss around a run, or around a start that is not stored, is asked for.
 * @param {any} run @param {string} address of the run
 */
export function placeOf(run, address) {
  if (!run) return { room: "backpropagation", call: "landscape" };
  const [room, id] = address.split("/").slice(-2);
  return { room, call: `${id}/landscape` };
}
