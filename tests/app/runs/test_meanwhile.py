"""What happens between two parts of a request: a rewind, a divergence, a fault after the commit."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.store.snapshot import Snapshot
from tests.app.runs.test_examples import ONE_LAYER, create
from tests.app.runs.test_runs import MINI_BATCHES, step
from tests.app.runs.turns import backend_of, turn_of

DIVERGES = {
    **ONE_LAYER,
    "network": {**ONE_LAYER["network"], "activations": ["linear"]},
    "optimizer": {"learning_rate": 1e6},
}


@pytest.mark.parametrize("fails", ["publish", "is_watched"])
def test_a_step_whose_news_fail_is_answered_as_stored(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fails: str
) -> None:
    run = create(client, MINI_BATCHES)["id"]
    broker = backend_of(client).broker
    broker.subscribe(run)

    def fault(*_: Any) -> bool:
        raise RuntimeError("a fault")

    monkeypatch.setattr(broker, fails, fault)
    assert step(client, run)["step"] == 1
    assert client.post(f"/runs/{run}/rewind", json={"step": 0}).json()["step"] == 0
    assert client.post(f"/runs/{run}/play", json={"until_step": 2}).status_code == 200
    assert client.post(f"/runs/{run}/pause").status_code == 200
    assert client.delete(f"/runs/{run}").status_code == 204
    assert "a fault" in caplog.text


def test_a_reading_holds_for_one_moment(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    run = create(client, MINI_BATCHES)["id"]
    step(client, run, 15)
    expected = client.get(f"/runs/{run}/steps/15").json()
    nearest_state = Snapshot.nearest_state

    def rewound_meanwhile(now: Snapshot, run_id: str, k: int) -> bytes:
        monkeypatch.setattr(Snapshot, "nearest_state", nearest_state)
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(client.post, f"/runs/{run}/rewind", json={"step": 10}).result().status_code == 200
        return now.nearest_state(run_id, k)

    monkeypatch.setattr(Snapshot, "nearest_state", rewound_meanwhile)
    found = client.get(f"/runs/{run}/steps/15").json()
    assert found["step"] == found["record"]["step"] == 15
    assert found["parameters"] == expected["parameters"]
    assert client.get(f"/runs/{run}").json()["step"] == 10


def test_a_run_that_diverges_meanwhile_does_not_play(client: TestClient) -> None:
    run = create(client, DIVERGES)["id"]
    with ThreadPoolExecutor(2) as threads:
        with turn_of(client, run) as line:
            stepping = threads.submit(client.post, f"/runs/{run}/step", json={"count": 100})
            wait_until(lambda: line.waiting == 1)
            playing = threads.submit(client.post, f"/runs/{run}/play")
            wait_until(lambda: line.waiting == 2)
        assert stepping.result().json()["diverged"]
        assert playing.result().status_code == 409
    assert client.get(f"/runs/{run}").json()["status"] == "diverged"


def test_deleting_does_not_wait_for_the_turn(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    with ThreadPoolExecutor(1) as threads:
        with turn_of(client, run) as line:
            waits = threads.submit(client.post, f"/runs/{run}/step")
            wait_until(lambda: line.waiting == 1)
            assert client.delete(f"/runs/{run}").status_code == 204
        assert waits.result().status_code == 404


def wait_until(condition: Any) -> None:
    """Wait for something that another thread does."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)
