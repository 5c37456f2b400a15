/** Fields that tell the page of each change; those of a form are read when it is sent. */
const TYPED_INTO = "input:not([type]), input[type=text], input[type=number]";
const TOLD_BY = /** @type {const} */ (["input", "change"]);

/**
 * Keep what is typed before the page has all it asks for, so that none of it is lost.
 * @returns {() => void} gives it to the page, whose fields listen by now
 */
export function keepEarlyTyping() {
  /** @type {Map<HTMLInputElement, {text: string, isDone: boolean}>} done: with Enter, or by leaving the field */
  const kept = new Map();
  const keep = (/** @type {EventTarget|null} */ field, isDone = true) => {
    if (field instanceof HTMLInputElement && field.matches(TYPED_INTO) && !field.form)
      kept.set(field, { text: field.value, isDone });
  };
  const hear = (/** @type {Event} */ event) => keep(event.target, event.type === "change");
  for (const type of TOLD_BY) document.addEventListener(type, hear, { capture: true });
  // before this was there to listen
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(TYPED_INTO));
  for (const field of fields) if (field.value !== field.defaultValue) keep(field, field !== document.activeElement);
  return () => {
    for (const type of TOLD_BY) document.removeEventListener(type, hear, { capture: true });
    for (const [field, { text, isDone }] of kept) {
      const tell = (/** @type {string} */ type) => field.dispatchEvent(new Event(type, { bubbles: true }));
      field.value = text;
      tell("input");
      if (isDone) tell("change");
      else field.addEventListener("blur", () => tell("change"), { once: true });
    }
  };
}
