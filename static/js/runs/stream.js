import { openEvents } from "../base/api.js";

const EVENTS = ["status", "step", "evaluation", "diagnostic", "end"];
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
  const port = connect(() => take("lost", null));
  port.onmessage = ({ data }) => take(data.name, JSON.parse(data.data));
  port.postMessage({ address });
  return () => {
    port.onmessage = null;
    port.postMessage({ address: null });
    port.close();
  };
}

/** @param {() => void} fail where the worker cannot be had, each tab follows on its own from then on */
function connect(fail) {
  const worker = new SharedWorker(new URL("../base/stream_worker.js", import.meta.url), { type: "module" });
  worker.onerror = () => {
    shared = false;
    fail();
  };
  return worker.port;
}

/** @param {string} address @param {(name: string, data: any) => void} take */
function followAlone(address, take) {
  const source = openEvents(address);
  for (const name of EVENTS)
    source.addEventListener(name, (event) => take(name, JSON.parse(/** @type {MessageEvent} */ (event).data)));
  source.onerror = () => {
    source.close();
    take("lost", null);
  };
  return () => source.close();
}
