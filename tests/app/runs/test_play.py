"""Playing: what becomes of a run whose player fails, and of clicks that come at the wrong moment."""

import time
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.runs import play
from app.settings import Limits, Settings
from tests.app.runs.test_examples import create
from tests.app.runs.test_runs import MINI_BATCHES, step, wait_for
from tests.app.runs.turns import backend_of


def test_a_database_that_takes_nothing_more_pauses_the_run(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir, limits=Limits(busy_milliseconds=500))
    with TestClient(create_app(settings), base_url="http://localhost/api/v1") as client:
        run = create(client, MINI_BATCHES)["id"]
        client.post(f"/runs/{run}/play", json={"rate": 100})
        other = connect(data_dir / "runs.sqlite3", timeout=20)
        other.execute("begin immediate")
        stands = wait_for(client, run, "paused")["step"]
        assert client.post(f"/runs/{run}/play").status_code == 503
        other.rollback()
        other.close()
        assert step(client, run)["step"] == stands + 1
        client.post(f"/runs/{run}/play", json={"until_step": stands + 5})
        assert wait_for(client, run, "paused")["step"] == stands + 5


def test_a_fault_of_ours_pauses_the_run(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("a fault")

    run = create(client, MINI_BATCHES)["id"]
    monkeypatch.setattr(play, "train", fails)
    client.post(f"/runs/{run}/play")
    assert wait_for(client, run, "ready")["step"] == 0


def test_a_run_deleted_while_it_plays_is_gone(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    client.post(f"/runs/{run}/play")
    assert client.delete(f"/runs/{run}").status_code == 204
    assert client.get(f"/runs/{run}").status_code == 404
    deadline = time.monotonic() + 5
    while backend_of(client).plays.count and time.monotonic() < deadline:
        time.sleep(0.01)
    assert client.get("/health").json()["executor"]["playing"] == 0
