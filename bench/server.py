"""The server under load: steps of the 2-3-3 run, and health while MNIST trains, each beside its idle twin.

Everything is measured on one server process, in turns within one run; what counts are the ratios.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from platformdirs import user_data_path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core import mnist
from tests.live_server import LiveServer

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


def main() -> None:
    """Start a server over a throw-away data directory and measure it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    digits = user_data_path("downhill")
    with tempfile.TemporaryDirectory() as folder:
        has_digits = mnist.status(digits) == "ready"
        if has_digits:
            os.symlink(mnist.directory(digits), mnist.directory(Path(folder)))
        with LiveServer(Path(folder)) as server, httpx.Client(base_url=server.url, timeout=60) as client:
            # waits until the worker that a fresh server starts in the background is there
            client.post(f"{API}/functions/derivative", json={"expression": "x^2"}).raise_for_status()
            compare_step_with_health(client, rounds)
            if has_digits:
                compare_health_while_training(client, server.process.pid, rounds)
            else:
                print("MNIST is not here (downhill fetch mnist): health while training is left out.")


if __name__ == "__main__":
    main()
