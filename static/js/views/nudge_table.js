import { number } from "../format.js";

/** @typedef {import("../figures/nudge.js").Nudge} Nudge */

/**
 * du and dy as they are, as the slopes alone foretell them, and how far both are apart.
 * @param {HTMLElement} place @param {Nudge} nudge @param {number} places
 */
export function showNudgeTable(place, { du, dy, duLinear, dyLinear }, places) {
  const table = document.createElement("table");
  table.className = "limit nudge";
  const head = table.createTHead().insertRow();
  for (const title of ["", "true", "by the slopes", "apart"]) head.append(Object.assign(document.createElement(title ? "th" : "td"), title ? { scope: "col", textContent: title } : {}));
  const body = table.createTBody();
  for (const [name, real, linear] of /** @type {const} */ ([["du", du, duLinear], ["dy", dy, dyLinear]])) {
    const line = body.insertRow();
    line.append(Object.assign(document.createElement("th"), { scope: "row", textContent: name, className: "dx" }));
    const apart = real === null || linear === null ? null : real - linear;
    for (const text of [number(real, places), number(linear, places), number(apart, 2)]) line.insertCell().textContent = text;
  }
  place.replaceChildren(table);
}
