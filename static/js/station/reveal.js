/** @typedef {{control: string, to: number|null}} Move a control that is pressed, or whose field gets a number */

const SECONDS = 0.9;
const PATIENCE = 3000; // milliseconds

/**
 * Show an answer on the page as a hand would: press the controls, and pull the numbers to where they belong. It ends
 * where `signal` says so.
 * @param {Move[]} moves @param {AbortSignal} signal
 */
export async function reveal(moves, signal) {
  for (const { control, to } of moves) {
    const element = await found(control, signal);
    if (signal.aborted) return;
    if (!element) continue;
    if (to === null) element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    else await pull(element, to, signal);
    await nextFrame();
    await nextFrame();
  }
}

/** What is drawn only after the move before is waited for. @param {string} control @param {AbortSignal} signal */
async function found(control, signal) {
  for (const until = performance.now() + PATIENCE; performance.now() < until && !signal.aborted; await nextFrame()) {
    const element = document.querySelector(control);
    if (element) return element;
  }
  return null;
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** @param {Element} knob @param {number} to @param {AbortSignal} signal */
async function pull(knob, to, signal) {
  const field = /** @type {HTMLInputElement|null} */ (knob.querySelector("input[type=text]"));
  if (!field) return;
  const from = Number(field.value.replace("−", "-"));
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches || !Number.isFinite(from);
  const start = performance.now();
  for (let part = isCalm ? 1 : 0; part < 1;) {
    await nextFrame();
    if (signal.aborted) return;
    part = Math.min(1, (performance.now() - start) / 1000 / SECONDS);
    const eased = part * part * (3 - 2 * part);
    if (part < 1) type(field, Number((from + (to - from) * eased).toFixed(3)));
  }
  type(field, to);
}

/** @param {HTMLInputElement} field @param {number} value */
function type(field, value) {
  field.value = String(value).replace("-", "−");
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
