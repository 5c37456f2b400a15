const ACCENTS = "ˆ^"; // how converters write the accent of ŷ

/**
 * The variables of a typeset formula where they stand: x, x1, ŷ.
 * @param {Element} root
 * @returns {{name: string, node: Element}[]}
 */
export function namesIn(root) {
  return [...root.querySelectorAll("mi")].map((leaf) => {
    const around = leaf.parentElement;
    const letter = leaf.textContent ?? "";
    const rest = around?.firstElementChild === leaf ? (around.lastElementChild?.textContent ?? "") : "";
    if (around?.localName === "mover" && ACCENTS.includes(rest))
      return { name: `${letter}\u0302`.normalize("NFC"), node: around };
    if (around?.localName === "msub" && /^\d+$/.test(rest)) return { name: letter + rest, node: around };
    return { name: letter, node: leaf };
  });
}
