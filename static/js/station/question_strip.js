import { askQuestion, Problem, readQuestions } from "../base/api.js";
import { trimmed } from "../base/format.js";
import { part, write } from "../controls/parts.js";
import { fieldFor } from "./question_fields.js";
import { keepAsking, recallQuestions, rememberQuestions } from "./questions_memory.js";
import { reveal } from "./reveal.js";

/** @typedef {import("./question_fields.js").Asked} Asked */
/**
 * @typedef {{verdict: string, message: string, value: number|number[]|null, choice: string|null, because: string}}
 *   Judged
 */

const NOTHING = /** @type {Record<string, string>} */ ({
  number: "Type a number first.",
  choice: "Choose one first.",
  direction: "Turn the arrow first.",
});
export const ASKING = "asking"; // the event that says whether the strip asks
const UNHEARD = "The questions cannot be read: the server does not answer.";

/**
 * The strip: it asks, has the answer judged, and shows it.
 * @param {HTMLFormElement} form @param {string} place what is remembered as closed @param {HTMLElement} opener
 */
export function createStrip(form, place, opener) {
  const parts = createParts(form);
  /** @type {Asked[]} */
  let asked = [];
  let at = 0;
  /** @type {import("./question_fields.js").Field|null} the place to answer; null once it is answered */
  let field = null;
  let showing = new AbortController();
  let isJudging = false; // one answer at a time
  let turn = 0; // of opening: the newest counts

  const ask = (/** @type {boolean} */ takesFocus) => {
    showing.abort();
    const question = asked[at];
    field = fieldFor(question);
    parts.show({ head: `Before you look, ${at + 1} of ${asked.length}:`, text: question.text, button: "Check" });
    parts.replaceField(field, takesFocus);
  };
  /** @param {string|number[]|null} answer */
  const judge = async (answer) => {
    const question = asked[at];
    if (isJudging || !question) return;
    isJudging = true;
    parts.clearFault();
    const found = await askQuestion(question.name, answer).catch(faultOf);
    isJudging = false;
    if (form.hidden || question !== asked[at]) return;
    if ("fault" in found) {
      parts.show({ fault: found.fault });
      return void field?.focus();
    }
    field = null;
    const button = at + 1 < asked.length ? "Next question" : "Done";
    parts.show({ ...wordsOf(found, question), button, verdict: found.verdict });
    parts.replaceField(null, true);
    rememberAnswer(question.name, found.verdict);
    showing = new AbortController();
    void reveal(question.reveal, showing.signal);
  };
  const show = (/** @type {boolean} */ isOpen) => {
    form.hidden = !isOpen;
    form.dispatchEvent(new CustomEvent(ASKING, { bubbles: true, detail: isOpen }));
    opener.setAttribute("aria-expanded", String(isOpen));
    keepAsking(isOpen ? place : "");
  };
  const shut = () => {
    showing.abort();
    const hadFocus = form.contains(document.activeElement);
    show(false);
    if (hadFocus) opener.focus();
    rememberClosed(place);
  };
  const answer = (/** @type {string|number[]|null} */ given) => {
    if (given !== null) return void judge(given);
    return parts.show({ fault: NOTHING[asked[at].kind] });
  };
  const onward = () => {
    if (!asked.length) return void open(true);
    if (isJudging) return undefined; // its verdict comes first
    if (field) return answer(field.read());
    if (at + 1 === asked.length) return shut();
    at += 1;
    return ask(true);
  };
  wireForm(form, { onward, tell: () => void judge(null), shut });
  // who takes hold of the page goes on from there
  for (const event of ["pointerdown", "keydown"])
    document.addEventListener(event, ({ target }) => {
      if (!form.contains(/** @type {Node} */ (target))) showing.abort();
    });
  /** @param {boolean} isWanted by its button: also what was answered before, and what keeps it from asking is said */
  async function open(isWanted) {
    turn += 1;
    const mine = turn;
    const all = await readQuestions(String(document.body.dataset.page)).catch(() => null);
    if (mine !== turn) return;
    const here = (all ?? []).filter((/** @type {Asked} */ each) => each.view === form.dataset.view);
    const { answered } = recallQuestions();
    const fresh = here.filter((/** @type {Asked} */ { name }) => !(name in answered));
    asked = fresh.length || !isWanted ? fresh : here;
    at = 0;
    const isUnheard = isWanted && all === null;
    if (asked.length || isUnheard) show(true);
    if (asked.length) ask(isWanted);
    else if (isUnheard) parts.show({ button: "Try again", verdict: "told", fault: UNHEARD });
  }
  /** Gives way, and may come again. */
  const stepAside = () => {
    showing.abort();
    show(false);
  };
  return { close: shut, open, stepAside };
}

/** What is written where in the strip, and spoken. @param {HTMLFormElement} form */
function createParts(form) {
  const [head, text, place, fault, spoken] = ["count", "text", "field", "fault", "spoken"].map((id) =>
    part(`question-${id}`, HTMLElement),
  );
  const [check, tell] = ["check", "tell"].map((id) => part(`question-${id}`, HTMLButtonElement));
  return {
    /** @param {{head?: string, text?: string, button?: string, verdict?: string, fault?: string}} now */
    show(now) {
      write(fault, now.fault ?? "");
      if (now.fault !== undefined && now.button === undefined) return;
      const verdict = now.verdict === "right" || now.verdict === "told" ? now.verdict : "wrong";
      if (now.verdict) form.dataset.verdict = verdict;
      else delete form.dataset.verdict;
      write(head, now.head ?? "");
      write(text, now.text ?? "");
      write(check, now.button ?? "");
      tell.hidden = now.verdict !== undefined;
      // a question is spoken with its field
      write(spoken, now.verdict ? [now.head, now.text].filter(Boolean).join(" ") : "");
    },
    /** The same fault once more is spoken once more. */
    clearFault: () => write(fault, ""),
    /** @param {import("./question_fields.js").Field|null} field @param {boolean} takesFocus */
    replaceField(field, takesFocus) {
      const hadFocus = form.contains(document.activeElement) || document.activeElement === document.body;
      place.replaceChildren(...(field ? [field.element] : []));
      if (field && takesFocus) field.focus();
      else if (hadFocus && takesFocus) check.focus();
    },
  };
}

/** @param {HTMLFormElement} form @param {{onward: () => void, tell: () => void, shut: () => void}} ways */
function wireForm(form, { onward, tell, shut }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onward();
  });
  form.addEventListener("keydown", (event) => {
    // elsewhere the page takes it to leave the field
    if (event.key !== "Enter" || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    onward();
  });
  part("question-tell", HTMLButtonElement).addEventListener("click", tell);
  part("question-close", HTMLButtonElement).addEventListener("click", shut);
}

/** @param {unknown} fault @returns {{fault: string}} */
function faultOf(fault) {
  if (fault instanceof Problem && fault.errors[0]) return { fault: fault.errors[0].message };
  return { fault: fault instanceof Error ? fault.message : String(fault) };
}

/** @param {string} name @param {string} verdict */
function rememberAnswer(name, verdict) {
  const known = recallQuestions();
  rememberQuestions({ ...known, answered: { ...known.answered, [name]: verdict } });
}

/** @param {string} place */
function rememberClosed(place) {
  const known = recallQuestions();
  if (!known.closed.includes(place)) rememberQuestions({ ...known, closed: [...known.closed, place] });
}

/** @param {Judged} found @param {Asked} question */
function wordsOf({ verdict, message, value, choice, because }, { kind }) {
  const text = [because];
  const isRight = verdict === "right";
  if (Array.isArray(value)) text.unshift(`Down is (${value.map((each) => trimmed(each)).join(", ")}).`);
  if (kind === "number") text.unshift(`It is ${trimmed(/** @type {number} */ (value))}.`);
  if (kind === "choice" && !isRight) text.unshift(`The answer: ${choice}.`);
  const head = isRight ? "✓ Yes." : verdict === "told" ? "" : `✗ ${message}`;
  return { head, text: text.join(" ") };
}
