/** Where each station was left in this tab: the arc leads back there, so that nothing typed is lost on the way. */

const KEY = "left ";
const OWN = ["theme", "projector"]; // of the tab, not of a station

/** @param {string} query of this page's address, as it is left */
export function rememberPlace(query) {
  const kept = new URLSearchParams(query);
  for (const name of OWN) kept.delete(name);
  try {
    sessionStorage.setItem(KEY + location.pathname, String(kept));
  } catch {
    // a browser that keeps nothing leads to the station's beginning
  }
}

/** Let the links to other stations lead to where those were left. */
export function leadBack() {
  for (const link of document.querySelectorAll(".arc a, .around a, .thread")) {
    const path = (link.getAttribute("href") ?? "").split("?")[0];
    const query = path === location.pathname ? null : placeOf(path);
    if (query) link.setAttribute("href", `${path}?${query}`);
  }
}

/** @param {string} path */
function placeOf(path) {
  try {
    return sessionStorage.getItem(KEY + path);
  } catch {
    return null;
  }
}
