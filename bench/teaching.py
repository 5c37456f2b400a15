"""Looking at one update on a real server against GET /health: the numbers, the Jacobians, why, as a dragged cell asks.

Everything is measured on one server process, in turns within one run; what counts are the ratios.
"""

import argparse
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.server import API, milliseconds, percentile
from tests.live_server import LiveServer

GOAL_RATIO = 3
CALLS_PER_ROUND = 50
TWO_LAYERS: dict[str, Any] = {"preset": "lab-two-layer"}

# name → what is added to the body of the 2-3-3 network
ASKED: dict[str, dict[str, Any]] = {
    "2-3-3": {},
    "2-3-3 with jacobians": {"include": ["jacobians"]},
    "2-3-3 with why": {"why": "layers[0].weight_gradients[1][0]"},
}


def compare_with_health(client: httpx.Client, rounds: int) -> None:
    """Each question about the 2-3-3 network, its input dragged, against GET /health, in turns."""
    health: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in ASKED}
    places = count()
    for _ in range(rounds):
        health += milliseconds(lambda: client.get(f"{API}/health").raise_for_status(), CALLS_PER_ROUND)
        for name, more in ASKED.items():

            def ask(more: dict[str, Any] = more) -> None:
                data = {"inputs": [[1 + 0.01 * next(places), 2]], "targets": [[1, 4, 4]]}
                client.post(f"{API}/backpropagation", json=TWO_LAYERS | {"data": data} | more).raise_for_status()

            times[name] += milliseconds(ask, CALLS_PER_ROUND)
    half = percentile(health, 0.5)
    print(f"{'GET /health p50, p99':44}{half:10.2f} ms {percentile(health, 0.99):8.2f} ms")
    for name, found in times.items():
        p50, p99 = percentile(found, 0.5), percentile(found, 0.99)
        goal = f"    goal: at most {GOAL_RATIO}" if "jacobians" in name else ""
        print(f"{f'POST /backpropagation, {name}: p50, p99':44}{p50:10.2f} ms {p99:8.2f} ms")
        print(f"{'ratio of p50 to health':44}{p50 / half:10.2f}{goal}")


def main() -> None:
    """Start a server over a throw-away data directory and measure it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    with (
        tempfile.TemporaryDirectory() as folder,
        LiveServer(Path(folder)) as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        # waits until the worker that a fresh server starts in the background is there
        client.post(f"{API}/functions/derivative", json={"expression": "x^2"}).raise_for_status()
        compare_with_health(client, rounds)


if __name__ == "__main__":
    main()
