const PATIENCE = 400; // milliseconds that a page waits for its letters

/** Switch between light and dark, remember the choice and tell the figures. */
export function toggleTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  remember("theme", root.dataset.theme);
  announce();
}

/** Switch projector sizes on or off, remember the choice and tell the figures. */
export function toggleProjector() {
  const root = document.documentElement;
  const on = root.toggleAttribute("data-projector");
  remember("projector", on ? "on" : "off");
  announce();
}

/** How many times as thick as on a desk strokes are. */
export const thickness = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--thick")) || 1;

/** Once the letters are here, since labels are placed by their widths; a page does not wait for them long. */
export const lettersAreHere = () =>
  Promise.race([
    document.fonts.load('16px "Downhill Text"').catch(() => []),
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ]);

/** Whether sizes are those for a projector. */
export const isProjected = () => document.documentElement.hasAttribute("data-projector");

/**
 * Call a function after each change of theme or size.
 * @param {() => void} listener
 */
export function onThemeChange(listener) {
  document.addEventListener("themechange", listener);
}

/**
 * The current colors and text size, for figures that cannot read CSS variables.
 * @returns {Palette}
 */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const token = (name) => style.getPropertyValue(name).trim();
  return {
    ink: token("--ink"),
    soft: token("--ink-soft"),
    grid: token("--line-soft"),
    line: token("--line"),
    panel: token("--panel"),
    x: token("--x"),
    f: token("--h"),
    u: token("--z"),
    slope: token("--W"),
    loss: token("--L"),
    dx: token("--grad"),
    y: token("--y"),
    train: token("--W"),
    test: token("--L"),
    branch: token("--delta"),
    positive: token("--pos"),
    negative: token("--neg"),
    good: token("--good"),
    bad: token("--bad"),
    warn: token("--warn"),
    digitInk: token("--digit-ink"),
    digitPaper: token("--digit-paper"),
    font: token("--ui"),
    size: parseFloat(token("--tiny")) || 13,
  };
}

/**
 * @typedef {{ink: string, soft: string, grid: string, line: string, panel: string, x: string, f: string, u: string,
 *   slope: string, loss: string, dx: string, y: string, train: string, test: string, branch: string,
 *   positive: string, negative: string, good: string, bad: string, warn:
 *   string, digitInk: string, digitPaper: string, font: string, size: number}} Palette
 */

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
    sessionStorage.setItem(key, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function announce() {
  document.dispatchEvent(new Event("themechange"));
}
