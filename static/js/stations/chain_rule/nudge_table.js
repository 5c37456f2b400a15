import { number } from "../../base/format.js";
import { addRow, numberTable } from "../../controls/number_table.js";

/** @typedef {import("./nudge.js").Nudge} Nudge */

/**
 * du and dy as they are, as the slopes alone foretell them, and how far both are apart.
 * @param {HTMLElement} place @param {Nudge} nudge @param {number} places
 */
export function showNudgeTable(place, { du, dy, duLinear, dyLinear }, places) {
  const { table, body } = numberTable(["", "true", "by the slopes", "apart"], "nudge");
  for (const [name, real, linear] of /** @type {const} */ ([
    ["du", du, duLinear],
    ["dy", dy, dyLinear],
  ])) {
    const apart = real === null || linear === null ? null : real - linear;
    const line = addRow(body, [number(real, places), number(linear, places), number(apart, 2)]);
    line.prepend(Object.assign(document.createElement("th"), { scope: "row", textContent: name, className: "dx" }));
  }
  place.replaceChildren(table);
}
