import { openEvents } from "../api.js";

const EVENTS = ["status", "step", "evaluation", "diagnostic", "end"];
/** @type {MessagePort|null} */
let port = null;
let shared = "SharedWorker" in globalThis;

/**
 * Follow a run's events, through the one connection that all tabs share where the browser can; answers how to stop.
 * `take` also hears "joined" where others follow already (nothing is told from before) and "lost".
 * @param {string} address @param {(name: string, data: any) => void} take
 * @returns {() => void}
 */
export function followEvents(address, take) {
  return shared ? followShared(address, take) : followAlone(address, take);
}

/** @param {string} address @param {(name: string, data: any) => void} take */
function followShared(address, take) {
  const own = (port ??= connect(() => take("lost", null)));
  let over = false;
  own.onmessage = ({ data }) => over || take(data.name, JSON.parse(data.data));
  own.postMessage({ address });
  return () => {
    if (!over) own.postMessage({ address: null });
    over = true;
  };
}

/** @param {() => void} fail where the worker cannot be had, each tab follows on its own from then on */
function connect(fail) {
  const worker = new SharedWorker(new URL("../stream_worker.js", import.meta.url), { type: "module" });
  worker.onerror = () => {
    shared = false;
    fail();
  };
  return worker.port;
}

/** @param {string} address @param {(name: string, data: any) => void} take */
function followAlone(address, take) {
  const source = openEvents(address);
  for (const name of EVENTS) source.addEventListener(name, (event) => take(name, JSON.parse(/** @type {MessageEvent} */ (event).data)));
  source.onerror = () => {
    source.close();
    take("lost", null);
  };
  return () => source.close();
}
