"""Eight busy clients stop nobody."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx
import pytest

from tests.app.runs.test_leaving import LONG, SLOW
from tests.live_server import LiveServer

BUSY = 8
# an idle machine answers in milliseconds; a client behind eight long steps used to wait 18 to 21 s
SOON = 5.0


@pytest.fixture(scope="module", params=["tiny", "slow"])
def busy_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server whose eight clients ask for more than can be done in the time that they may take."""
    body = {"preset": "lab-two-layer"} if request.param == "tiny" else SLOW
    with LiveServer(tmp_path_factory.mktemp("busy")) as server:
        stop = threading.Event()

        def ask() -> None:
            # at the end the server goes away under them
            with suppress(httpx.HTTPError), httpx.Client(base_url=f"{server.url}/api/v1", timeout=120) as client:
                run = client.post("/runs", json=body).json()["id"]
                while not stop.is_set():
                    answer = client.post(f"/runs/{run}/step", json=LONG)
                    assert answer.status_code == 200 or stop.is_set()
                    client.post(f"/runs/{run}/rewind", json={"step": 0})

        clients = [threading.Thread(target=ask) for _ in range(BUSY)]
        for client in clients:
            client.start()
        wait_for_load(server)
        yield server
        stop.set()
        server.process.terminate()
        for client in clients:
            client.join(60)


def wait_for_load(server: LiveServer) -> None:
    """Until all eight are at work."""
    deadline = time.monotonic() + 60
    while httpx.get(f"{server.url}/api/v1/health").json()["executor"]["running"] < BUSY:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_ninth_client_is_served_at_once(busy_server: LiveServer) -> None:
    with httpx.Client(base_url=f"{busy_server.url}/api/v1", timeout=60) as client:
        run = client.post("/runs", json={"preset": "lab-two-layer"}).json()["id"]
        calls: list[tuple[str, str, dict[str, Any] | None]] = [
            ("POST", f"/runs/{run}/step", {}),
            ("POST", f"/runs/{run}/play", {}),
            ("POST", f"/runs/{run}/pause", None),
            ("GET", f"/runs/{run}/steps/1", None),
            ("POST", f"/runs/{run}/rewind", {"step": 0}),
            ("POST", f"/runs/{run}/branch", {}),
            ("POST", "/runs", {"preset": "lab-one-layer"}),
            ("DELETE", f"/runs/{run}", None),
        ]
        for method, address, body in calls:
            started = time.monotonic()
            assert client.request(method, address, json=body).is_success
            assert time.monotonic() - started < SOON, (method, address)


@pytest.fixture
def long_step(live_server: LiveServer) -> Iterator[tuple[httpx.Client, str, Future[httpx.Response]]]:
    """A run in the middle of a long step."""
    with httpx.Client(base_url=f"{live_server.url}/api/v1", timeout=60) as client, ThreadPoolExecutor(1) as threads:
        run = f"/runs/{client.post('/runs', json=SLOW).json()['id']}"
        asked = threads.submit(client.post, f"{run}/step", json=LONG)
        deadline = time.monotonic() + 30
        while client.get(run).json()["step"] == 0:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield client, run, asked


def test_a_pause_ends_a_long_step(long_step: tuple[httpx.Client, str, Future[httpx.Response]]) -> None:
    client, run, asked = long_step
    started = time.monotonic()
    assert client.post(f"{run}/pause").is_success
    assert time.monotonic() - started < SOON
    answer = asked.result(30).json()
    assert answer["completed"] is False
    assert answer["step"] == len(answer["records"]) == client.get(run).json()["step"]


def test_deleting_ends_a_long_step(long_step: tuple[httpx.Client, str, Future[httpx.Response]]) -> None:
    client, run, asked = long_step
    started = time.monotonic()
    assert client.delete(run).is_success
    assert time.monotonic() - started < SOON
    assert client.get(run).status_code == 404
    # what was stored before is answered as stored
    assert asked.result(30).json()["completed"] is False
