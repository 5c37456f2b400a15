/** @typedef {{until: number, rate: number}} Stretch steps of one learning rate, up to a step */

/**
 * The calls that make this run again, for a shell.
 * @param {any} run @param {Stretch[]} schedule @param {string} origin
 */
export function asCurl(run, schedule, origin) {
  const body = byLines(run.configuration).replaceAll("'", "'\\''");
  const json = "-H 'content-type: application/json'";
  const lines = [
    `API=${origin}/api/v1`,
    `RUN=$(curl -sS "$API/runs" ${json} -d '${body}' \\`,
    `  | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')`,
  ];
  if (schedule.length) {
    lines.push(
      "",
      "AT=0",
      "step_to() { # a step, and the learning rate on the way there",
      '  while [ "$AT" -lt "$1" ]; do',
      `    AT=$(curl -sS "$API/runs/$RUN/step" ${json} \\`,
      '      -d "{\\"count\\": $(($1 - AT < 10000 ? $1 - AT : 10000)), \\"learning_rate\\": $2}" \\',
      `      | python3 -c 'import json, sys; print(json.load(sys.stdin)["step"])') || return`,
      "  done",
      "}",
      ...schedule.map(({ until, rate }) => `step_to ${until} ${rate}`),
    );
  }
  lines.push("", 'curl -sS "$API/runs/$RUN"');
  return lines.join("\n");
}

/**
 * JSON with one line for each field, however deep its value.
 * @param {Record<string, any>} configuration
 */
const byLines = (configuration) =>
  `{\n${Object.entries(configuration)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${spaced(value)}`)
    .join(",\n")}\n}`;

/** @param {any} value */
const spaced = (value) =>
  JSON.stringify(value, null, 1)
    .replace(/\n\s*(?=[\]}])/g, "")
    .replace(/(?<=[[{])\n\s*/g, "")
    .replace(/\n\s*/g, " ");

/**
 * The calls that make this run again, for Python.
 * @param {any} run @param {Stretch[]} schedule @param {string} origin
 */
export function asPython(run, schedule, origin) {
  const lines = [
    "import json",
    "import httpx",
    "",
    `api = httpx.Client(base_url="${origin}/api/v1", timeout=120)`,
    `configuration = json.loads(r"""${byLines(run.configuration)}""")`,
    'run = api.post("/runs", json=configuration).raise_for_status().json()',
  ];
  if (schedule.length) {
    lines.push(
      `for goal, rate in ${JSON.stringify(schedule.map(({ until, rate }) => [until, rate]))}:`,
      '    while run["step"] < goal:',
      '        body = {"count": min(goal - run["step"], 10_000), "learning_rate": rate}',
      "        answer = api.post(f\"/runs/{run['id']}/step\", json=body)",
      "        run |= answer.raise_for_status().json()",
    );
  }
  lines.push("view = api.get(f\"/runs/{run['id']}\").json()", 'print(view["step"], view["loss"])');
  return lines.join("\n");
}

/**
 * A call that keeps nothing, for a shell.
 * @param {string} call its address below the API's, as functions/chain @param {Record<string, any>} body @param
 *   {string} origin
 */
export function callAsCurl(call, body, origin) {
  const text = JSON.stringify(body).replaceAll("'", "'\\''");
  const lines = [
    `curl -sS ${origin}/api/v1/${call}`,
    `-H 'content-type: application/json'`,
    `-d '${text}' | python3 -m json.tool`,
  ];
  return lines.join(" \\\n  ");
}

/**
 * The same call for Python.
 * @param {string} call @param {Record<string, any>} body @param {string} origin @param {string[]} shown fields of
 *   the answer to print
 */
export function callAsPython(call, body, origin, shown) {
  const lines = ["import json", "", "import httpx", "", `api = httpx.Client(base_url="${origin}/api/v1")`];
  lines.push(
    `request = json.loads(r"""${JSON.stringify(body, null, 1)}""")`,
    `answer = api.post("/${call}", json=request).raise_for_status().json()`,
  );
  return [...lines, ...shown.map((field) => `print("${field}:", answer["${field}"])`)].join("\n");
}
