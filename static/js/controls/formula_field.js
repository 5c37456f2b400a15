/**
 * @typedef {{location: string, message: string, position?: number|null, length?: number|null, suggestion?:
 *   string|null}} Refusal
 */

const PATIENCE = 180; // milliseconds without a key before a formula is read

/**
 * A field for a formula, with a line below that says what is wrong, where, and what would be right.
 * @param {{input: HTMLInputElement, message: HTMLElement, onInput: (text: string) => void}} parts
 */
export function createFormulaField({ input, message, onInput }) {
  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    onInput(input.value);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PATIENCE);
  });
  input.addEventListener("change", send);

  let told = "";
  const accept = () => {
    input.removeAttribute("aria-invalid");
    message.hidden = true;
    told = "";
  };
  return {
    accept,
    /** Shows a formula that came from elsewhere. @param {string} text */
    show(text) {
      if (document.activeElement !== input && input.value !== text) input.value = text;
    },
    /** @param {Refusal} refusal */
    refuse(refusal) {
      const key = JSON.stringify([input.value, refusal]);
      // an alert that is written again is read out again
      if (key === told) return;
      told = key;
      input.setAttribute("aria-invalid", "true");
      message.hidden = false;
      message.replaceChildren(...placeOf(input.value, refusal), refusal.message);
      if (refusal.suggestion) message.append(" ", suggestionButton(refusal.suggestion));
    },
  };

  /** @param {string} text */
  function suggestionButton(text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = `Use ${text}`;
    button.addEventListener("click", () => {
      input.value = text;
      accept();
      send();
      input.focus();
    });
    return button;
  }
}

/** The formula with the place at fault marked. @param {string} text @param {Refusal} refusal */
function placeOf(text, { position, length }) {
  if (position === null || position === undefined) return [];
  const line = document.createElement("code");
  const fault = document.createElement("mark");
  // places count characters, of which some are two units of JavaScript's strings
  const signs = [...text];
  const end = position + Math.max(1, length ?? 1);
  fault.textContent = signs.slice(position, end).join("") || "␣";
  line.append(signs.slice(0, position).join(""), fault, signs.slice(end).join(""));
  return [line, document.createElement("br")];
}
