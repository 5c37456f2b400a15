"""Long steps end early when nobody waits for them any more, and what was done is kept."""

import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.live_server import LiveServer

# several milliseconds a step: the whole request would take the limit of 20 s
SLOW = {
    "network": {"layer_sizes": [2, 1000, 3], "activations": ["relu", "linear"]},
    "data": {"dataset": "quadratic"},
    "optimizer": {"learning_rate": 1e-6},
}
LONG = {"count": 100_000}


def create(server: LiveServer) -> str:
    return f"{server.url}/api/v1/runs/{httpx.post(f'{server.url}/api/v1/runs', json=SLOW).json()['id']}"


def test_a_client_that_leaves_ends_its_step(live_server: LiveServer) -> None:
    address = create(live_server)
    started = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{address}/step", json=LONG, timeout=httpx.Timeout(10, read=0.5))
    # the next step comes after the one left alone, and long before its 20 s are over
    stands = httpx.post(f"{address}/step", json={}, timeout=30).json()["step"]
    assert time.monotonic() - started < 15
    assert stands > 1
    assert len(httpx.get(f"{address}/losses").json()["records"]) == stands


def test_a_server_that_is_asked_to_end_answers_with_what_was_done(data_dir: Path) -> None:
    found: list[dict[str, Any]] = []
    with LiveServer(data_dir) as server:
        address = create(server)
        client = threading.Thread(
            target=lambda: found.append(httpx.post(f"{address}/step", json=LONG, timeout=30).json())
        )
        client.start()
        time.sleep(1)
        server.process.terminate()
        client.join(30)
        server.process.wait(30)
    assert found[0]["completed"] is False
    with LiveServer(data_dir) as server:
        again = f"{server.url}{httpx.URL(address).path}"
        assert httpx.get(again).json()["step"] == found[0]["step"] > 0
