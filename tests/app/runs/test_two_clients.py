"""Two clients stepping one run: each step happens once, in some order, none is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Limits, Settings
from tests.app.runs.test_runs import MINI_BATCHES
from tests.app.runs.turns import turn_of
from tests.live_server import LiveServer

EACH = 40
CLIENTS = 4


def test_each_step_happens_once(live_server: LiveServer) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json=MINI_BATCHES).json()["id"]
    address = f"{live_server.url}/api/v1/runs/{run}"

    def go(_: int) -> list[int]:
        with httpx.Client(timeout=30) as client:
            return [client.post(f"{address}/step", json={}).json()["step"] for _ in range(EACH)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        seen = [k for steps in pool.map(go, range(CLIENTS)) for k in steps]
    assert sorted(seen) == list(range(1, CLIENTS * EACH + 1))
    records = httpx.get(f"{address}/losses").json()["records"]
    assert [record["step"] for record in records] == sorted(seen)


def test_a_click_is_not_lost_while_it_plays(live_server: LiveServer) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json=MINI_BATCHES).json()["id"]
    address = f"{live_server.url}/api/v1/runs/{run}"
    httpx.post(f"{address}/play", json={})
    before = [httpx.post(f"{address}/step", json={"count": 1}).json() for _ in range(5)]
    view = httpx.post(f"{address}/pause").json()
    assert view["status"] == "paused"
    assert [len(answer["records"]) for answer in before] == [1] * 5
    records = httpx.get(f"{address}/losses", params={"since": max(0, view["step"] - 100)}).json()["records"]
    assert records[-1]["step"] == view["step"]


def test_reading_a_run_does_not_wait_behind_the_steps_of_another(data_dir: Path) -> None:
    app = create_app(Settings(data_dir=data_dir, limits=Limits(concurrent_jobs=1)))
    with TestClient(app, base_url="http://localhost/api/v1") as client, ThreadPoolExecutor(2) as threads:
        busy, other = (client.post("/runs", json={"preset": "lab-two-layer"}).json()["id"] for _ in range(2))
        with turn_of(client, busy):
            waits = threads.submit(client.post, f"/runs/{busy}/step")
            while not client.get("/health").json()["executor"]["running"]:
                assert not waits.done()
            for address in ("", "/losses", "/steps/0"):
                found = threads.submit(client.get, f"/runs/{other}{address}").result(timeout=10)
                assert found.status_code == 200
            assert not waits.done()
        assert waits.result().json()["step"] == 1


def test_a_step_does_not_wait_behind_many_steps_of_another_run(data_dir: Path) -> None:
    app = create_app(Settings(data_dir=data_dir, limits=Limits(concurrent_jobs=2)))
    with TestClient(app, base_url="http://localhost/api/v1") as client, ThreadPoolExecutor(6) as threads:
        busy, other = (client.post("/runs", json={"preset": "lab-two-layer"}).json()["id"] for _ in range(2))
        with turn_of(client, busy):
            waiting = [threads.submit(client.post, f"/runs/{busy}/step") for _ in range(5)]
            while app.state.backend.pending < 5:
                time.sleep(0.01)
            found = threads.submit(client.post, f"/runs/{other}/step").result(timeout=10)
            assert found.json()["step"] == 1
            assert not any(each.done() for each in waiting)
        assert sorted(each.result().json()["step"] for each in waiting) == [1, 2, 3, 4, 5]
