// One connection per run for all tabs of a browser: it opens only six to one server, and a stream holds one for good.
const EVENTS = ["status", "step", "evaluation", "diagnostic", "end"];

/** @typedef {{source: EventSource, ports: Set<MessagePort>}} Stream */
/** @type {Map<string, Stream>} */
const streams = new Map();

/** @param {MessagePort} port @param {string} address */
function join(port, address) {
  const running = streams.get(address);
  if (running) {
    running.ports.add(port);
    if (running.source.readyState === EventSource.OPEN) port.postMessage({ name: "joined", data: "null" });
    return;
  }
  const source = new EventSource(`${address}/events`);
  const stream = { source, ports: new Set([port]) };
  streams.set(address, stream);
  for (const name of EVENTS)
    source.addEventListener(name, (event) => tell(stream, name, /** @type {MessageEvent} */ (event).data));
  source.addEventListener("end", () => drop(address));
  source.onerror = () => {
    tell(stream, "lost", "null");
    drop(address);
  };
}

/** @param {Stream} stream @param {string} name @param {string} data */
function tell(stream, name, data) {
  for (const port of stream.ports) port.postMessage({ name, data });
}

/** @param {string} address */
function drop(address) {
  streams.get(address)?.source.close();
  streams.delete(address);
}

/** @param {MessagePort} port */
function leave(port) {
  for (const [address, { ports }] of streams) {
    if (ports.delete(port) && !ports.size) drop(address);
  }
}

/** @type {any} */ (globalThis).onconnect = (/** @type {MessageEvent} */ { ports: [port] }) => {
  port.onmessage = ({ data }) => {
    leave(port);
    if (data.address) join(port, data.address);
  };
};
