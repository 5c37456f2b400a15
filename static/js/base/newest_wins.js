/**
 * Run an asynchronous task with at most one under way and `pause` ms between two; requests meanwhile become one
 * more run.
 * @param {() => Promise<void>} task @param {number} pause
 * @returns {(urgent?: boolean) => void} an urgent request does not wait for the pause to end
 */
export function newestWins(task, pause) {
  let busy = false;
  let resting = 0;
  let again = false;
  let hurry = false;
  const run = async () => {
    clearTimeout(resting);
    busy = true;
    again = hurry = false;
    await task().catch(() => {}); // the connection's own watcher reports faults; the next request tries again
    busy = false;
    if (hurry) return void run();
    resting = setTimeout(() => {
      resting = 0;
      if (again) void run();
    }, pause);
  };
  return (urgent = false) => {
    if (busy || (resting && !urgent)) {
      again = true;
      hurry ||= urgent;
    } else void run();
  };
}
