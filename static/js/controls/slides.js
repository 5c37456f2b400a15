/** @typedef {[slide: number, state: string]} Shown a slide and the query of the page that shows its numbers */

const WAYS = /** @type {Record<string, number>} */ ({ PageDown: 1, PageUp: -1 });

/**
 * Hear a clicker before the page has all it asks for, so that no press is lost; then the page's own keys take over.
 */
export function listenToClicker() {
  if (document.body.dataset.slides) document.addEventListener("keydown", hearEarly);
}

/** The page hears the clicker's keys itself from now on. */
export const takeClickerOver = () => document.removeEventListener("keydown", hearEarly);

/** @param {KeyboardEvent} event */
function hearEarly(event) {
  const by = WAYS[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  turnSlide(by);
}

/** To the next or the previous slide of the lecture, wherever its station is: a clicker's keys. @param {number} by */
export function turnSlide(by) {
  const now = slideNow();
  if (now === null) return leaveAside(by);
  const next = now + by;
  if (next >= 1 && next <= Number(document.body.dataset.slides)) location.assign(`/slide/${next}`);
}

/**
 * From a page beside the slides on to the slide after the one that led here, or back to that one; to where the page
 * itself leads, where none did.
 * @param {number} by
 */
function leaveAside(by) {
  const from = document.referrer.startsWith(`${location.origin}/`)
    ? Number(new URL(document.referrer).searchParams.get("slide"))
    : 0;
  const onward = document.querySelector("a.thread")?.getAttribute("href") ?? "/";
  const aside = by > 0 ? onward : "/";
  location.assign(from ? `/slide/${by > 0 ? from + 1 : from}` : aside);
}

/**
 * The slide that the address asks for; without one the slide of this station that comes nearest to what is shown, and
 * null on a page that has none.
 */
function slideNow() {
  const { slide, states = "[]" } = document.body.dataset;
  if (slide) return Number(slide);
  /** @type {Shown[]} */
  const shown = JSON.parse(states);
  if (!shown.length) return null;
  const nearness = shown.map(([, state]) => nearnessOf(state));
  return shown[nearness.indexOf(Math.max(...nearness))][0];
}

/**
 * How many fields of a slide's query the address has, less those that it has otherwise or not at all.
 * @param {string} state
 */
function nearnessOf(state) {
  const now = new URLSearchParams(location.search);
  return [...new URLSearchParams(state)].reduce((sum, [name, value]) => sum + (now.get(name) === value ? 1 : -1), 0);
}
