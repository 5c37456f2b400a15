import { lowered } from "../../base/format.js";
import { numberOf, pointNow, same } from "./lab_state.js";
import { valueText } from "./plane_maps.js";

/** @typedef {import("./lab_state.js").LabState} LabState */
/** @typedef {{step: number, values: (number|null)[], address: string|null}} Row */

/**
 * What the network answers at the point, through time, above what would be right.
 * @param {HTMLTableElement} table @param {number} outputs
 */
export function createPointTable(table, outputs) {
  table.tHead?.rows[0].append(...Array.from({ length: outputs }, (_, index) => columnName(index)));
  let shown = "";
  /** @param {LabState} state */
  return (state) => {
    const { at, plane, precise } = state;
    if (!plane) return;
    const now = pointNow(state);
    const rows = [
      ...rowsBefore(state),
      { step: plane.step, values: now?.outputs ?? [], address: now?.address ?? null },
    ];
    const all = rows.sort((a, b) => a.step - b.step);
    const key = JSON.stringify([at, all, now?.targets, precise]);
    if (key === shown) return;
    shown = key;
    /** @param {(number|null)[]} values @param {string|null|undefined} address @param {"outputs"|"targets"} kind */
    const cells = (values, address, kind) =>
      plane.outputs.map((_, index) => ({
        text: values[index] === undefined ? "…" : valueText(values[index], state),
        number: address ? numberOf({ address }, kind, index) : null,
      }));
    const title = table.tHead?.rows[0].cells[0];
    if (title) title.textContent = `at (${at.map((value) => valueText(value, state)).join(", ")})`;
    table.tBodies[0].replaceChildren(
      ...all.map(({ step, values, address }) =>
        line(`epoch ${step}`, cells(values, address, "outputs"), step === plane.step ? "now" : ""),
      ),
    );
    table.tFoot?.replaceChildren(line("target", cells(now?.targets ?? [], now?.address, "targets"), "y"));
  };
}

/** What is known of the epochs that the lecture tells of. @param {LabState} state @returns {Row[]} */
function rowsBefore({ through, at, plane, told, run }) {
  const known = through && same(through.point, at) ? through.answers : [];
  return known.flatMap(({ step, outputs: values }, index) => {
    const isPast = told.epochs.includes(step) && step !== plane?.step && step <= (run?.step ?? 0);
    return isPast ? [{ step, values, address: run ? `answers[${index}].` : null }] : [];
  });
}

/** @param {number} output */
function columnName(output) {
  const head = Object.assign(document.createElement("th"), { scope: "col", className: "h" });
  head.append(
    Object.assign(document.createElement("span"), { className: "math", textContent: lowered(`ŷ${output + 1}`) }),
  );
  return head;
}

/** @param {string} name @param {{text: string, number: string|null}[]} cells @param {string} kind */
function line(name, cells, kind) {
  const row = document.createElement("tr");
  row.className = kind;
  row.append(Object.assign(document.createElement("th"), { scope: "row", textContent: name }));
  for (const { text, number } of cells) {
    const cell = row.insertCell();
    cell.textContent = text;
    if (number) cell.dataset.number = number;
  }
  return row;
}
