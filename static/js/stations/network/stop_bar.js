const PASSES = { forward: "Forward →", backward: "← Backward", update: "Update ↓" };
const MOST_NAMED = 20; // calculations whose names stand side by side
const MOST_LETTERS = 45; // whose letters do

/** @typedef {import("./model.js").Model} Model */

/**
 * The calculations of one update in their three passes; those that are done are filled.
 * @param {HTMLElement} place @param {(stop: number) => void} onChoose
 * @returns {(model: Model) => void}
 */
export function createStopBar(place, onChoose) {
  let built = "";
  place.classList.add("stops");
  place.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest("[data-stop]"));
    if (button) onChoose(Number(button.dataset.stop));
  });
  return ({ stops, stop }) => {
    const shape = stops.map(({ name }) => name).join();
    if (shape !== built) place.replaceChildren(...passesOf(stops));
    built = shape;
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-stop]"))) {
      const index = Number(button.dataset.stop);
      button.classList.toggle("passed", index < stop);
      if (index !== stop) button.removeAttribute("aria-current");
      else if (!button.hasAttribute("aria-current")) {
        button.setAttribute("aria-current", "step");
        place.scrollTo({ left: button.offsetLeft - place.clientWidth / 2 + button.offsetWidth / 2 });
      }
    }
  };
}

/** @param {import("./stops.js").Stop[]} stops */
function passesOf(stops) {
  return Object.entries(PASSES).map(([pass, title]) => {
    const group = document.createElement("div");
    const [head, row] = [document.createElement("span"), document.createElement("div")];
    const own = stops.flatMap((stop, index) => (stop.pass === pass ? [{ ...stop, index }] : []));
    group.className = `pass ${pass}`;
    group.classList.toggle("many", stops.length > MOST_NAMED);
    group.classList.toggle("crowded", stops.length > MOST_LETTERS);
    group.style.setProperty("--count", String(own.length));
    head.className = "pass-name";
    head.textContent = title;
    row.className = "pass-stops";
    row.append(...own.map(({ name, index }) => button(name, index)));
    group.append(head, row);
    return group;
  });
}

/** @param {string} name @param {number} index */
function button(name, index) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "stop math", textContent: name, title: name });
  made.dataset.letter = /\p{L}\u0302?/u.exec(name)?.[0] ?? "";
  made.setAttribute("aria-label", `Calculation ${index + 1}: ${name}`);
  made.dataset.stop = String(index);
  return made;
}
