"""The server under load: steps of the 2-3-3 run, health while MNIST trains, and a ninth client beside eight busy ones.

Everything is measured in turns within one run; what counts are the ratios. With `--before FOLDER`, another checkout of
the code, its steps and its ninth client are measured too, in turns with this one's.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
from platformdirs import user_data_path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.data import mnist
from tests.live_server import ROOT, LiveServer

API = "/api/v1"


def milliseconds(call: Callable[[], object], count: int) -> list[float]:
    """How long each of `count` calls takes."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        call()
        times.append(1e3 * (time.perf_counter() - start))
    return times


def percentile(times: list[float], share: float) -> float:
    """The value below which a share of the times lies."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def resident_megabytes(process: int) -> float:
    """Memory of a process and its children that nobody else holds, plus their share of common pages (Linux PSS)."""
    total = 0
    for pid in [process, *children(process)]:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")))
    return total / 1024


def children(process: int) -> list[int]:
    """All descendants of a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            pid = int(stat.parent.name)
            found += [pid, *children(pid)]
    return found


def compare_step_with_health(client: httpx.Client, rounds: int) -> None:
    """One stored step of lab-two-layer against GET /health, in turns."""
    run = client.post(f"{API}/runs", json={"preset": "lab-two-layer"}).json()["id"]
    health: list[float] = []
    step: list[float] = []
    for _ in range(rounds):
        health += milliseconds(lambda: client.get(f"{API}/health").raise_for_status(), 100)
        step += milliseconds(lambda: client.post(f"{API}/runs/{run}/step", json={}).raise_for_status(), 100)
    ratio = statistics.median(health) / statistics.median(step)
    print(f"{'GET /health, median':44}{statistics.median(health):10.2f} ms")
    print(f"{'one stored 2-3-3 step, median':44}{statistics.median(step):10.2f} ms")
    print(f"{'rate of steps / rate of health':44}{ratio:10.2f}    goal: at least 0.33")


def compare_health_while_training(client: httpx.Client, process: int, rounds: int) -> None:
    """GET /health idle and while a full-batch MNIST run plays, in turns; and the memory meanwhile."""
    run = client.post(f"{API}/runs", json={"preset": "mnist"}).json()["id"]
    idle: list[float] = []
    busy: list[float] = []
    peak = 0.0
    for _ in range(rounds):
        idle += milliseconds(lambda: (client.get(f"{API}/health").raise_for_status(), time.sleep(0.005)), 200)
        client.post(f"{API}/runs/{run}/play", json={}).raise_for_status()
        time.sleep(2)
        busy += milliseconds(lambda: (client.get(f"{API}/health").raise_for_status(), time.sleep(0.005)), 200)
        peak = max(peak, resident_megabytes(process))
        client.post(f"{API}/runs/{run}/pause").raise_for_status()
        time.sleep(1)
    idle, busy = [t - 5 for t in idle], [t - 5 for t in busy]
    for name, share, goal in (("p50", 0.5, 2), ("p99", 0.99, 3)):
        a, b = percentile(idle, share), percentile(busy, share)
        print(f"{f'GET /health {name}: idle, while MNIST trains':44}{a:10.2f} ms {b:8.2f} ms")
        print(f"{f'ratio of {name}':44}{b / a:10.2f}    goal: at most {goal}")
    print(f"{'memory of server and worker while training':44}{peak:10.0f} MB  goal: at most 700")


BUSY_CLIENTS = 8
BUSY_SECONDS = 25.0
PAUSES = 10


@contextmanager
def eight_busy(server: LiveServer, preset: str, count: int) -> Iterator[None]:
    """Eight clients, each with a run of its own, ask for one long step after the other."""
    stop = threading.Event()

    def ask() -> None:
        with suppress(httpx.HTTPError), httpx.Client(base_url=server.url, timeout=120) as client:
            run = client.post(f"{API}/runs", json={"preset": preset}).json()["id"]
            while not stop.is_set():
                client.post(f"{API}/runs/{run}/step", json={"count": count})
                client.post(f"{API}/runs/{run}/rewind", json={"step": 0})

    clients = [threading.Thread(target=ask) for _ in range(BUSY_CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(5)
    yield
    stop.set()
    server.process.kill()  # its clients need not wait for their answers
    for client in clients:
        client.join()


def ninth_client(server: LiveServer) -> tuple[list[float], list[float], int]:
    """How long tiny steps take, and pauses of a run that plays, in milliseconds; and how many were refused."""
    steps: list[float] = []
    pauses: list[float] = []
    refused = 0

    def ask(address: str) -> None:
        nonlocal refused
        refused += not client.post(f"{API}/runs/{run}/{address}").is_success

    with httpx.Client(base_url=server.url, timeout=120) as client:
        while not (made := client.post(f"{API}/runs", json={"preset": "lab-two-layer"})).is_success:
            refused += 1
        run = made.json()["id"]
        end = time.monotonic() + BUSY_SECONDS
        while time.monotonic() < end:
            steps += milliseconds(lambda: ask("step"), 1)
            time.sleep(0.01)
        end = time.monotonic() + BUSY_SECONDS
        while time.monotonic() < end and len(pauses) < PAUSES:
            ask("play")
            time.sleep(0.2)
            pauses += milliseconds(lambda: ask("pause"), 1)
    return steps, pauses, refused


def compare_ninth_client(codes: dict[str, Path], preset: str, count: int, has_digits: bool) -> None:
    """A tiny step and a pause of a ninth client, while eight others are busy."""
    for name, code in codes.items():
        with tempfile.TemporaryDirectory() as folder:
            if has_digits:
                share_digits(Path(folder))
            with LiveServer(Path(folder), code=code) as server, eight_busy(server, preset, count):
                steps, pauses, refused = ninth_client(server)
        title = f"{name}: eight busy with {preset}, the ninth's ({refused} refused)"
        print(f"{title}\n{f'  step p50, p99 ({len(steps)} of them)':44}", end="")
        print(f"{percentile(steps, 0.5):10.1f} ms {percentile(steps, 0.99):8.1f} ms   goal: p99 under 50 ms")
        print(f"{f'  pause p50, most ({len(pauses)} of them)':44}{percentile(pauses, 0.5):10.1f} ms", end="")
        print(f" {max(pauses):8.1f} ms   goal: under 300 ms")


def compare_idle_steps(codes: dict[str, Path], rounds: int) -> None:
    """A tiny step of the only client, this code and another in turns."""
    with ExitStack() as stack:
        asking: dict[str, Callable[[], object]] = {}
        times: dict[str, list[float]] = {name: [] for name in codes}
        for name, code in codes.items():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            server = stack.enter_context(LiveServer(folder, code=code))
            client = stack.enter_context(httpx.Client(base_url=server.url, timeout=60))
            run = client.post(f"{API}/runs", json={"preset": "lab-two-layer"}).json()["id"]
            asking[name] = lambda client=client, run=run: client.post(f"{API}/runs/{run}/step", json={})
        time.sleep(3)  # the processes that a fresh server starts in the background are there
        for _ in range(rounds):
            for name, ask in asking.items():
                times[name] += milliseconds(ask, 100)
    for name, found in times.items():
        print(f"{f'{name}: one idle client, a step p50, p99':44}", end="")
        print(f"{percentile(found, 0.5):10.2f} ms {percentile(found, 0.99):8.2f} ms")


def share_digits(folder: Path) -> None:
    """Let a data directory have the MNIST that was fetched."""
    os.symlink(mnist.directory(user_data_path("downhill")), mnist.directory(folder))


def main() -> None:
    """Start servers over throw-away data directories and measure them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--before", type=Path, help="another checkout, measured in turns with this one")
    parser.add_argument("--only", choices=["one-run", "idle", "busy", "busy-mnist"], help="only one of the parts")
    options = parser.parse_args()
    codes = ({"before": options.before.resolve()} if options.before else {}) | {"now": ROOT}
    has_digits = mnist.status(user_data_path("downhill")) == "ready"
    if not has_digits:
        print("MNIST is not here (downhill fetch mnist): what needs it is left out.")
    if options.only in (None, "one-run"):
        measure_one_server(options.rounds, has_digits)
    if options.only in (None, "idle"):
        compare_idle_steps(codes, options.rounds)
    if options.only in (None, "busy"):
        compare_ninth_client(codes, "lab-two-layer", 100_000, has_digits)
    if options.only in (None, "busy-mnist") and has_digits:
        compare_ninth_client(codes, "mnist", 1000, has_digits)


def measure_one_server(rounds: int, has_digits: bool) -> None:
    """A step and health on one server, idle and while it trains."""
    with tempfile.TemporaryDirectory() as folder:
        if has_digits:
            share_digits(Path(folder))
        with LiveServer(Path(folder)) as server, httpx.Client(base_url=server.url, timeout=60) as client:
            # waits until the worker that a fresh server starts in the background is there
            client.post(f"{API}/functions/derivative", json={"expression": "x^2"}).raise_for_status()
            compare_step_with_health(client, rounds)
            if has_digits:
                compare_health_while_training(client, server.process.pid, rounds)


if __name__ == "__main__":
    main()
