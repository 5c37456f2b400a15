/**
 * The calls that make this run again, for a shell.
 * @param {any} run @param {string} origin
 */
export function asCurl(run, origin) {
  const body = JSON.stringify(run.configuration, null, 1).replaceAll("'", "'\\''");
  const lines = [`RUN=$(curl -sS ${origin}/api/v1/runs -H 'content-type: application/json' -d '${body}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')`];
  if (run.step) lines.push(`curl -sS ${origin}/api/v1/runs/$RUN/step -H 'content-type: application/json' -d '{"count": ${run.step}}'`);
  lines.push(`curl -sS ${origin}/api/v1/runs/$RUN`);
  return lines.join("\n\n");
}

/**
 * The calls that make this run again, for Python.
 * @param {any} run @param {string} origin
 */
export function asPython(run, origin) {
  const lines = [
    "import json", "import httpx", "",
    `api = httpx.Client(base_url="${origin}/api/v1", timeout=120)`,
    `configuration = json.loads(r"""${JSON.stringify(run.configuration, null, 1)}""")`,
    'run = api.post("/runs", json=configuration).raise_for_status().json()',
  ];
  if (run.step) lines.push(`api.post(f"/runs/{run['id']}/step", json={"count": ${run.step}}).raise_for_status()`);
  lines.push("view = api.get(f\"/runs/{run['id']}\").json()", 'print(view["step"], view["loss"])');
  return lines.join("\n");
}

/**
 * A call about a function, for a shell.
 * @param {string} call @param {Record<string, any>} body @param {string} origin
 */
export function callAsCurl(call, body, origin) {
  const text = JSON.stringify(body).replaceAll("'", "'\\''");
  return `curl -sS ${origin}/api/v1/functions/${call} \\\n  -H 'content-type: application/json' \\\n  -d '${text}' | python3 -m json.tool`;
}

/**
 * A call about a function, for Python.
 * @param {string} call @param {Record<string, any>} body @param {string} origin @param {string[]} shown fields of the answer to print
 */
export function callAsPython(call, body, origin, shown) {
  const lines = ["import json", "", "import httpx", "", `api = httpx.Client(base_url="${origin}/api/v1")`];
  lines.push(`request = json.loads(r"""${JSON.stringify(body, null, 1)}""")`, `answer = api.post("/functions/${call}", json=request).raise_for_status().json()`);
  return [...lines, ...shown.map((field) => `print("${field}:", answer["${field}"])`)].join("\n");
}
