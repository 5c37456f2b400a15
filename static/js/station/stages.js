import { write } from "../controls/parts.js";
import { ASKING } from "./question_strip.js";

/**
 * A stage of a station: its key in the address, its name, the slides it serves, and the pass that it belongs to.
 * @typedef {{key: string, name: string, isFormula?: boolean, slides: string, pass: "forward"|"backward"|"update"}}
 *   Stage
 */

/**
 * A row of stages with their slides, in groups by pass; the stages before the present one are marked as passed.
 * @param {HTMLElement} place @param {Stage[]} stages @param {(key: string) => void} onChoose
 * @returns {(key: string) => void} shows which stage is the present one
 */
export function createStages(place, stages, onChoose) {
  const buttons = stages.map((stage) => {
    const button = document.createElement("button");
    const [name, slides] = [document.createElement("span"), document.createElement("small")];
    button.type = "button";
    button.className = `stage-step ${stage.pass}`;
    button.dataset.stage = stage.key;
    name.textContent = stage.name;
    if (stage.isFormula) name.className = "math";
    slides.textContent = stage.slides;
    slides.title = `Slides ${stage.slides}`;
    button.append(name, slides);
    button.addEventListener("click", () => onChoose(stage.key));
    return button;
  });
  const passes = [...new Set(stages.map((stage) => stage.pass))];
  place.classList.add("stages");
  place.replaceChildren(
    ...passes.map((pass) => {
      const group = document.createElement("li");
      const own = buttons.filter((_, index) => stages[index].pass === pass);
      group.style.setProperty("--count", String(own.length));
      group.append(...own);
      return group;
    }),
  );
  return (key) => {
    const now = stages.findIndex((stage) => stage.key === key);
    for (const [index, button] of buttons.entries()) {
      button.classList.toggle("passed", index < now);
      if (index !== now) button.removeAttribute("aria-current");
      else if (!button.hasAttribute("aria-current")) {
        button.setAttribute("aria-current", "step");
        // in one line on a small screen, the present one in sight
        place.scrollTo({ left: button.offsetLeft - place.clientWidth / 2 + button.offsetWidth / 2 });
      }
    }
  };
}

/**
 * The stage some steps further, or null beyond the ends.
 * @param {Stage[]} stages
 * @param {string} key
 * @param {number} by
 */
export const stageBeside = (stages, key, by) => stages[stages.findIndex((stage) => stage.key === key) + by] ?? null;

/**
 * The slides of this page: a clicker turns them in place, so that what was typed stays; beyond the first and the last
 * it leaves.
 * @param {(slide: number, query: URLSearchParams) => void} onTurn
 */
export function createSlides(onTurn) {
  const { dataset } = document.body;
  /** @type {[slide: number, state: string][]} */
  const states = JSON.parse(dataset.states ?? "[]");
  const queries = new Map(states.map(([slide, state]) => [slide, new URLSearchParams(state)]));
  let now = Number(dataset.slide || states[0]?.[0]);
  /** @type {number|null} the slide at which questions began, whose answers are shown on other ones */
  let askedAt = null;
  const turn = (/** @type {number} */ by) => {
    const next = (askedAt ?? now) + by;
    askedAt = null;
    const query = queries.get(next);
    if (query) onTurn(next, query);
    else if (next >= 1 && next <= Number(dataset.slides)) location.assign(`/slide/${next}`);
  };
  document.addEventListener(ASKING, (event) => {
    const isAsking = /** @type {CustomEvent<boolean>} */ (event).detail;
    const query = isAsking ? null : queries.get(askedAt ?? now);
    if (query && askedAt !== null && askedAt !== now) onTurn(askedAt, query);
    askedAt = isAsking ? now : null;
  });
  return {
    keys: { PageDown: () => turn(1), PageUp: () => turn(-1) },
    /** To the slide after this page's last one. */
    leave: () => location.assign(`/slide/${Math.max(...queries.keys()) + 1}`),
    /** The first slide whose query is of a stage. @param {string} stage */
    firstOf: (stage) => [...queries].find(([, query]) => query.get("stage") === stage)?.[0] ?? null,
    /** Says in the top bar which slide is shown. @param {number|null} slide */
    show(slide) {
      if (slide === null || (slide === now && dataset.slide)) return;
      now = slide;
      dataset.slide = String(slide);
      const line = document.querySelector(".tools .slides");
      if (line) write(line, `Slide ${slide} / ${dataset.slides}`);
    },
  };
}
