import { createCodeDialog } from "../../controls/code_dialog.js";
import { bodyOf } from "./checking.js";

/** @typedef {import("./model.js").State} State */

/**
 * The exercises of the sheet with an answer in them; the present one where nothing is answered.
 * @param {State} state
 */
function exercisesOf(state) {
  const answered = state.exercises.filter((exercise) => Object.keys(bodyOf(state, exercise).answers).length);
  return answered.length ? answered : state.exercises.filter(({ name }) => name === state.exercise);
}

/** The check of the sheet, for a shell. @param {State} state @param {string} origin */
const asCurl = (state, origin) =>
  [
    `API=${origin}/api/v1`,
    ...exercisesOf(state).flatMap((exercise) => [
      `curl -sS "$API/exercises/${exercise.name}?seed=${state.seed}" | python3 -m json.tool`,
      `curl -sS "$API/exercises/${exercise.name}/grade" \\`,
      "  -H 'content-type: application/json' \\",
      `  -d '${JSON.stringify(bodyOf(state, exercise)).replaceAll("'", "'\\''")}' | python3 -m json.tool`,
    ]),
  ].join("\n");

/** The same in Python. @param {State} state @param {string} origin */
function asPython(state, origin) {
  const bodies = Object.fromEntries(exercisesOf(state).map((exercise) => [exercise.name, bodyOf(state, exercise)]));
  return [
    "import json",
    "",
    "import httpx",
    "",
    `api = httpx.Client(base_url="${origin}/api/v1")`,
    `requests = json.loads(${JSON.stringify(JSON.stringify(bodies))})`,
    "for name, request in requests.items():",
    '    exercise = api.get(f"/exercises/{name}", params={"seed": request["seed"]}).raise_for_status().json()',
    '    for given, matrix in exercise["given"].items():',
    '        print(given, "=", matrix["values"])',
    '    answer = api.post(f"/exercises/{name}/grade", json=request).raise_for_status().json()',
    '    for field, found in answer["fields"].items():',
    "        print(f\"{field}: {found['state']}, {found['rule']}. {found['message']}\")",
  ].join("\n");
}

/** The buttons that show how these numbers are had elsewhere. @param {() => State} state */
export function wireElsewhere(state) {
  const show = createCodeDialog();
  /** @type {Record<string, () => void>} */
  const kinds = {
    curl: () => show("The same check with curl", "Paste it into a shell.", asCurl(state(), location.origin)),
    python: () => show("The same check in Python", "Needs httpx.", asPython(state(), location.origin)),
    link: () =>
      show(
        "A link to these numbers",
        "It opens the same exercise with the same numbers, without your answers.",
        location.href,
      ),
  };
  for (const button of document.querySelectorAll("[data-code]"))
    button.addEventListener("click", () => kinds[/** @type {HTMLElement} */ (button).dataset.code ?? ""]?.());
}
