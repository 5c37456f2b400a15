"""Function calls on a real server: the round trip of a drag against GET /health, and the memory with the worker.

Everything is measured on one server process, in turns within one run; what counts are the ratios.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.server import API, milliseconds, percentile, resident_megabytes
from tests.live_server import LiveServer

LONG = (
    "sin(x)^2 + cos(x)^2*exp(-x^2/2) + ln(1 + x^2)*sqrt(1 + x^2) + relu(x - 1) + max(x, x^2) "
    "- tanh(3x)/(1 + e^-x) + x^3/(x^2 + 4)"
)
GOAL_MILLISECONDS = 50
CALLS_PER_ROUND = 40

# name → call, and the body at one place of the drag
DRAGS: dict[str, tuple[str, Callable[[float], dict[str, Any]]]] = {
    "derivative of x^2": ("derivative", lambda x: {"expression": "x^2", "at": x}),
    "derivative of 60 nodes": ("derivative", lambda x: {"expression": LONG, "at": x}),
    "derivative, 2001 samples": ("derivative", lambda x: {"expression": "x^2", "at": x, "samples": 2001}),
    "derivative with 6 poles": ("derivative", lambda x: {"expression": "tan(x)", "at": x, "domain": [-9, 9]}),
    "gradient of x^2 + 3y": ("gradient", lambda x: {"expression": "x^2 + 3y", "at": {"x": x, "y": 2}}),
    "jacobian of the lecture": (
        "jacobian",
        lambda x: {"expressions": ["x1 + 2 x2", "3x1 - x2"], "at": {"x1": x, "x2": 1}},
    ),
    "chain sin(x^2)": ("chain", lambda x: {"outer": "sin(u)", "inner": "x^2", "at": x}),
    "descent, 100 steps": ("descent", lambda x: {"expression": "x^2", "start": x, "steps": 100}),
}


def places() -> Iterator[float]:
    """Where the pointer drags to: never the same place twice."""
    return (round(-2.9 + 0.0137 * k % 5.8, 6) for k in count())


def compare_drags_with_health(client: httpx.Client, rounds: int) -> None:
    """Each call, dragged, against GET /health, in turns."""
    health: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in DRAGS}
    where = places()
    for call, body in DRAGS.values():
        # the first answer to a formula also differentiates it
        client.post(f"{API}/functions/{call}", json=body(next(where))).raise_for_status()
    for _ in range(rounds):
        health += milliseconds(lambda: client.get(f"{API}/health").raise_for_status(), CALLS_PER_ROUND)
        for name, (call, body) in DRAGS.items():

            def ask(call: str = call, body: Callable[[float], dict[str, Any]] = body) -> None:
                client.post(f"{API}/functions/{call}", json=body(next(where))).raise_for_status()

            times[name] += milliseconds(ask, CALLS_PER_ROUND)
    print(f"{'':28}{'p50':>10}{'p95':>12}{'p50 / health':>16}")
    for name, found in {"GET /health": health, **times}.items():
        ratio = percentile(found, 0.5) / percentile(health, 0.5)
        print(f"{name:28}{percentile(found, 0.5):8.1f} ms{percentile(found, 0.95):9.1f} ms{ratio:16.1f}")
    slowest = max(percentile(found, 0.5) for found in times.values())
    print(f"{'slowest median':28}{slowest:8.1f} ms    goal: under {GOAL_MILLISECONDS} ms")


def time_first_answer(client: httpx.Client) -> None:
    """The first answer of a warm worker to a formula that it has never seen."""
    start = time.perf_counter()
    client.post(f"{API}/functions/derivative", json={"expression": LONG + " - 1"}).raise_for_status()
    print(f"{'60 nodes, never seen before':28}{1e3 * (time.perf_counter() - start):8.1f} ms")


def main() -> None:
    """Start a server over a throw-away data directory and measure it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with (
        tempfile.TemporaryDirectory() as folder,
        LiveServer(Path(folder)) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        bare = resident_megabytes(server.process.pid)
        client.post(f"{API}/functions/derivative", json={"expression": "x"}).raise_for_status()
        time_first_answer(client)
        compare_drags_with_health(client, rounds)
        full = resident_megabytes(server.process.pid)
        print(f"{'memory before the worker':28}{bare:8.0f} MB")
        print(f"{'memory with it':28}{full:8.0f} MB    {full / bare:.1f} times")


if __name__ == "__main__":
    main()
