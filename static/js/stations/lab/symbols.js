// names in a text, the longer ones first, and whose color each has
const NAMES = /** @type {[string, string][]} */ ([
  ["[d∂]L/[d∂][Wb]", "grad"],
  ["[d∂]L/[d∂][ŷhz]", "L"],
  ["[d∂]ŷ/[d∂]z", "h"],
  ["[δΔ]", "delta"],
  ["[ŷŶhH]", "h"],
  ["[Ww]", "W"],
  ["[xX]", "x"],
  ["[zZ]", "z"],
  ["[yY]", "y"],
  ["b", "b"],
  ["L", "L"],
]);
const SUBSCRIPTS = "[₀₁₂₃ᵢⱼ]*ᵀ?(?:_new)?[ᵢᵀ]?";
const NAMED = new RegExp(
  `(?<![\\p{L}])(?:${NAMES.map(([name]) => `(${name})`).join("|")})${SUBSCRIPTS}(?![\\p{L}’])`,
  "gu",
);

/** The class that colors what the server calls a symbol. @param {string} symbol */
export const classOf = (symbol) => (symbol === "gradient" ? "grad" : symbol);

/** A name with what is lowered in it: W_new. @param {string} text @param {string} symbol */
export function named(text, symbol) {
  const node = document.createElement("span");
  node.className = `math ${classOf(symbol)}`;
  for (const [index, piece] of text.split("_new").entries()) {
    if (index) {
      const below = document.createElement("sub");
      below.textContent = "new";
      node.append(below);
    }
    node.append(piece);
  }
  return node;
}

/** A sentence whose symbols have their colors. @param {string} text @returns {(string|Node)[]} */
export function colored(text) {
  /** @type {(string|Node)[]} */
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(NAMED)) {
    const symbol = NAMES[found.slice(1).findIndex(Boolean)][1];
    parts.push(text.slice(from, found.index), named(found[0], symbol));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

/** Show a text with its symbols in their colors. @param {HTMLElement} place @param {string} text */
export function showColored(place, text) {
  if (place.dataset.text === text) return;
  place.dataset.text = text;
  place.replaceChildren(...colored(text));
}
