/** The classes that color the names in a network's formulas. @type {Record<string, string>} */
export const SYMBOLS = {
  x: "x",
  W: "W",
  w: "W",
  b: "b",
  z: "z",
  h: "h",
  ŷ: "h",
  y: "y",
  L: "L",
  ℓ: "L",
  δ: "delta",
  η: "soft",
};
