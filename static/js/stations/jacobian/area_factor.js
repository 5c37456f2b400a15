import { exact, number } from "../../base/format.js";
import { bracketed, digits, formula, name, operator, raised, row } from "../../typesetting/mathml.js";
import { addRow, numberTable } from "../../controls/number_table.js";

/** @typedef {import("./local_map.js").LocalMap} LocalMap */

/**
 * The determinant as the factor of areas: the square, its image, and the parallelogram.
 * @param {HTMLElement} place @param {{map: LocalMap, places: number, filled: boolean}} input
 */
export function showAreaFactor(place, { map, places, filled }) {
  if (map.values.length === 1)
    return place.replaceChildren(
      note(
        "One output: f makes a number of each point, so there is no area. The Jacobian is a single row, the gradient.",
      ),
    );
  const ratio = (/** @type {number|null} */ area) => (area === null ? null : area / map.areas.square);
  const rows = /** @type {[string, number|null, string][]} */ ([
    ["square, s²", map.areas.square, "dx"],
    ["its image", map.areas.image, "f"],
    ["parallelogram", map.areas.parallelogram, "slope"],
  ]);
  const { table, body } = numberTable(["", "area", "area / s²"]);
  for (const [text, area, symbol] of rows) {
    const values = [area, ratio(area)].map((each) =>
      each === map.areas.square || each === 1 ? exact(each) : number(each, places),
    );
    addRow(body, [text, ...values]).cells[0].className = symbol;
  }
  place.replaceChildren(factorFormula(map, places, filled), table);
}

/** @param {LocalMap} map @param {number} places @param {boolean} filled */
function factorFormula({ matrix, determinant, factor }, places, filled) {
  const short = Math.min(places, 3);
  if (matrix.length === 3)
    return formula(
      operator("√"),
      row("det", "(", raised(name("J", "slope"), name("T")), name("J", "slope"), ")"),
      "=",
      digits(number(factor, places), "slope"),
    );
  const product = (/** @type {number|null} */ one, /** @type {number|null} */ other) =>
    row(bracketed(number(one, short), "slope"), "·", bracketed(number(other, short), "slope"));
  const [[a, b], [c, d]] = matrix;
  const terms = filled && determinant !== null ? ["=", product(a, d), "−", product(b, c)] : [];
  const line = formula(
    operator("det"),
    name("J", "slope"),
    ...terms,
    "=",
    digits(number(determinant, filled ? short : places), "slope"),
  );
  line.classList.toggle("tight", filled);
  return line;
}

/** @param {string} text */
function note(text) {
  const line = document.createElement("p");
  line.className = "note";
  line.textContent = text;
  return line;
}
