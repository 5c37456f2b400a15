/**
 * Run an asynchronous task with at most one under way; requests meanwhile become one more run, not before `pause` ms.
 * @param {() => Promise<void>} task @param {number} pause
 */
export function newestWins(task, pause) {
  let busy = false;
  let again = false;
  const run = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    const rest = new Promise((resolve) => setTimeout(resolve, pause));
    await task().catch(() => {}); // the connection's own watcher reports faults; the next request tries again
    await rest;
    busy = false;
    if (again) void run();
  };
  return () => void run();
}
