import { count, number as written } from "../../base/format.js";

const UNITS = /** @type {[number, string][]} */ ([
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
  [1, "bytes"],
]);

/**
 * What the explicit chain of a layer would take, as the API counts it.
 * @param {HTMLElement} place
 * @param {any} costs
 */
export function showCosts(place, costs) {
  const [inputs, outputs] = costs.layer_sizes;
  const key = `${inputs} ${outputs}`;
  if (place.dataset.shown === key) return;
  place.dataset.shown = key;
  const { factors, cost } = costs.layers[0];
  const weights = factors[2];
  const title = document.createElement("h2");
  title.textContent = `${count(inputs)} → ${count(outputs)}, for one sample`;
  const table = document.createElement("table");
  table.className = "costs";
  const rows = /** @type {[string, string, string][]} */ ([
    ["numbers in dz/dW", count(weights.numbers), "hot"],
    ["in memory, float64", bytes(weights.bytes), "hot"],
    ["of them not zero", count(weights.nonzero), ""],
    ["multiplications, explicit", count(cost.multiplications_left_to_right), "hot"],
    ["from the right", count(cost.right_to_left), "hot"],
    ["multiplications, δᵀx", count(cost.collapsed), "cool"],
    ["numbers held, explicit", count(cost.numbers_explicit), "hot"],
    ["numbers held, δᵀx", count(cost.numbers_collapsed), "cool"],
  ]);
  for (const [name, value, heat] of rows) {
    const row = table.insertRow();
    row.className = heat;
    row.append(Object.assign(document.createElement("th"), { scope: "row", textContent: name }));
    row.insertCell().textContent = value;
  }
  const why = document.createElement("p");
  const reason = `dŷ/dz is a diagonal, and dz/dW is the same x, ${count(outputs)} times, on a diagonal. Slide 31.`;
  why.append(Object.assign(document.createElement("b"), { textContent: "Why so little is enough: " }), reason);
  place.replaceChildren(title, table, why);
}

/** A size in memory. @param {number} size */
export function bytes(size) {
  const [unit, name] = UNITS.find(([least]) => size >= least) ?? UNITS[UNITS.length - 1];
  return `${unit === 1 ? count(size) : written(size / unit, 3)} ${name}`;
}
