import { LetGo } from "../base/api.js";
import { newestWins } from "../base/newest_wins.js";
import { isAway, patiently } from "../base/patience.js";
import { lightNumbers, listenForNumbers } from "./numbers_on_page.js";
import { showReason, weightiest } from "./why_panel.js";

/** @typedef {import("./why_panel.js").Reason} Reason */

/**
 * The panel that answers “Why?” for every element with `data-number`: pointing at one or giving it the focus asks for a
 * moment, a click or enter keeps it. Operands are lit wherever they stand; each can be asked in turn, and back.
 * @param {HTMLElement} place
 * @param {{ask: (number: string) => Promise<Reason>, onChoose: (number: string|null) => void, network?: {layers?:
 *   number, inputs?: number}, also?: (operand: string, asked: string) => string[], onShow?: (reason: Reason|null) =>
 *   void}} parts
 *   `ask` for the numbers that the page shows now; `onChoose` hears which number is to stay asked; `also` names what an
 *   operand stands as elsewhere on the page; `onShow` hears what is shown, null where there is no reason
 * @returns {(now: {number: string|null, key: string, digits: number}) => void} `key` changes when the page's numbers do
 */
export function createWhy(place, { ask, onChoose, network, also = () => [], onShow = () => {} }) {
  /** @type {{number: string|null, key: string, digits: number}} */
  let now = { number: null, key: "", digits: 4 };
  /** @type {string|null} */
  let passing = null; // what the pointer or the focus is at
  /** @type {string[]} */
  let trail = [];
  let expected = ""; // the number that was chosen here: any other one comes from elsewhere, and begins a new trail
  /** @type {Map<string, Reason|string>} */
  let known = new Map();

  const choose = (/** @type {string|null} */ number) => {
    expected = number ?? "";
    passing = null;
    onChoose(number);
  };
  const goTo = (/** @type {string} */ number) => {
    if (now.number && now.number !== number) trail.push(now.number);
    choose(number);
  };
  const back = () => choose(trail.pop() ?? null);
  const current = () => passing ?? now.number;

  const render = () => {
    const number = current();
    const reason = number === null ? null : known.get(number);
    if (!number) return lightNumbers(null, []);
    if (reason === undefined) return fetchReason();
    const operands = !reason || typeof reason === "string" ? [] : weightiest(reason);
    const hasTrail = trail.length > 0 && passing === null;
    showReason(place, {
      number,
      reason: reason ?? "",
      digits: now.digits,
      network,
      goTo,
      back: hasTrail ? back : null,
    });
    onShow(typeof reason === "string" ? null : reason);
    return lightNumbers(
      number,
      operands.flatMap((operand) => [operand.number, ...also(operand.number, number)]),
    );
  };
  const fetchReason = newestWins(async () => {
    const [number, key] = [current(), now.key];
    if (!number || known.has(number)) return render();
    const stillAsked = async () => (number === current() && key === now.key ? ask(number) : null);
    const reason = await patiently(stillAsked, () => {}, isAway).catch((fault) =>
      fault instanceof LetGo ? undefined : String(fault.message),
    );
    // numbers that have changed meanwhile are asked about anew
    if (key !== now.key || reason === undefined) return fetchReason();
    if (reason !== null) known.set(number, reason);
    if (reason !== null && number === current()) render();
  }, 0);

  listenForNumbers({
    panel: place,
    onPass: (number) => {
      if (number === passing) return;
      passing = number;
      render();
    },
    onChoose: goTo,
  });
  return (next) => {
    if (next.key !== now.key) known = new Map();
    if (next.number !== now.number && next.number !== expected) trail = [];
    now = next;
    render();
  };
}
