"""Limits are stated, and kept; states thin out as they age."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from app.main import create_app
from app.runs.pace import KEPT_SLICE_BYTES, spacing_of
from app.settings import Limits, Settings
from tests.app.runs.test_examples import ONE_LAYER, create
from tests.app.runs.test_runs import MINI_BATCHES, step

Start = Callable[[Limits], TestClient]


@pytest.fixture
def start(data_dir: Path) -> Iterator[Start]:
    """Start an application with other limits."""
    with ExitStack() as stack:

        def begin(limits: Limits) -> TestClient:
            app = create_app(Settings(data_dir=data_dir, limits=limits))
            return stack.enter_context(TestClient(app, base_url="http://localhost/api/v1"))

        yield begin


def test_states_thin_out_and_every_step_stays_readable(start: Start, data_dir: Path) -> None:
    client = start(Limits(run_state_bytes=8000))
    run = create(client, MINI_BATCHES)["id"]
    seen = {k: step(client, run)["updated"] for k in range(1, 41)}
    with connect(data_dir / "runs.sqlite3") as database:
        [(count, size)] = database.execute("select count(*), sum(length(blob)) from states")
        kept = {row[0] for row in database.execute("select step from states")}
    assert size <= 8000
    assert count < 20
    assert {0, 40} <= kept
    for k, parameters in seen.items():
        assert client.get(f"/runs/{run}/steps/{k}").json()["parameters"] == parameters


def test_learning_rates_of_the_past_are_used_again(start: Start) -> None:
    client = start(Limits(run_state_bytes=3000))
    run = create(client, MINI_BATCHES)["id"]
    seen = {k: step(client, run, learning_rate=0.01 * (1 + k % 3))["updated"] for k in range(1, 21)}
    for k, parameters in seen.items():
        assert client.get(f"/runs/{run}/steps/{k}").json()["parameters"] == parameters


def test_state_before_a_divergence_is_kept(start: Start, data_dir: Path) -> None:
    client = start(Limits(run_state_bytes=2000))
    run = create(client, {**ONE_LAYER, "optimizer": {"learning_rate": 1000}, "network": {
        **ONE_LAYER["network"], "activations": ["linear"]}})["id"]  # fmt: skip
    found = step(client, run, 1000)
    with connect(data_dir / "runs.sqlite3") as database:
        kept = {row[0] for row in database.execute("select step from states")}
    assert {found["diverged_at"], found["diverged_at"] - 1} <= kept


def test_a_long_request_keeps_states_all_along(start: Start, data_dir: Path) -> None:
    client = start(Limits(step_seconds=1))
    run = create(client, MINI_BATCHES)["id"]
    done = step(client, run, 100_000)["step"]
    with connect(data_dir / "runs.sqlite3") as database:
        kept = [row[0] for row in database.execute("select step from states order by step")]
    assert done > 256
    # what lies between two states is computed again in a fiftieth of a second: about 0.1 ms a step
    assert max(after - before for before, after in pairwise(kept)) <= 256


def test_states_are_kept_by_seconds_of_work() -> None:
    # a tenth of a second a step: each is kept; a tenth of a millisecond: one every 128; never off the grid
    assert spacing_of(1, 10, 0.1, 1000) == 1
    assert spacing_of(1, 10, 1e-4, 1000) == 128
    assert spacing_of(8, 10, 0.1, 1000) == 8
    assert spacing_of(3, 10, 1e-3, 1000) == 12


def test_what_one_slice_keeps_is_bounded() -> None:
    assert spacing_of(1, 8, 1, KEPT_SLICE_BYTES) == 8
    assert spacing_of(1, 30, 1, 10 * KEPT_SLICE_BYTES) == 32


def test_stored_bytes(start: Start) -> None:
    client = start(Limits(stored_bytes=1000))
    first, second = create(client, ONE_LAYER)["id"], create(client, MINI_BATCHES)["id"]
    answer = client.post("/runs", json=ONE_LAYER)
    assert answer.status_code == client.post(f"/runs/{first}/branch").status_code == 429
    assert "bytes" in answer.json()["detail"]
    client.delete(f"/runs/{second}")
    client.delete(f"/runs/{first}")
    create(client, ONE_LAYER)


def test_number_of_runs(start: Start) -> None:
    client = start(Limits(runs=1))
    create(client, ONE_LAYER)
    answer = client.post("/runs", json=ONE_LAYER)
    assert answer.status_code == 429
    assert answer.headers["retry-after"]


def test_number_of_playing_runs(start: Start) -> None:
    client = start(Limits(playing_runs=1))
    first, second = create(client, MINI_BATCHES)["id"], create(client, MINI_BATCHES)["id"]
    assert client.post(f"/runs/{first}/play", json={"rate": 1}).status_code == 200
    assert client.post(f"/runs/{second}/play").status_code == 429
    assert client.get(f"/runs/{second}").json()["status"] == "ready"
    client.post(f"/runs/{first}/pause")
    assert client.post(f"/runs/{second}/play").status_code == 200


def test_number_of_streams(start: Start) -> None:
    client = start(Limits(streams=0))
    run = create(client, ONE_LAYER)["id"]
    assert client.get(f"/runs/{run}/events").status_code == 429


def test_full_queue(start: Start) -> None:
    client = start(Limits(concurrent_jobs=1, queued_jobs=-1))
    assert client.post("/runs", json=ONE_LAYER).status_code == 429
    assert client.get("/health").status_code == 200


def test_steps_of_a_run(start: Start) -> None:
    client = start(Limits(steps_per_run=3))
    run = create(client, ONE_LAYER)["id"]
    assert client.post(f"/runs/{run}/step", json={"count": 4}).status_code == 413
    step(client, run, 3)
    assert client.post(f"/runs/{run}/step", json={"count": 1}).status_code == 413


def test_layers_of_a_large_network(start: Start) -> None:
    client = start(Limits(default_layer_parameters=5, response_values=50))
    run = create(client, ONE_LAYER)["id"]
    assert step(client, run)["layers"] is None
    assert step(client, run, include=["layers"])["layers"] is not None
    run = create(client, MINI_BATCHES)["id"]
    assert client.post(f"/runs/{run}/step", json={"include": ["layers"]}).status_code == 413
    assert client.get(f"/runs/{run}").json()["step"] == 0


def test_time_limit_keeps_what_was_done(start: Start) -> None:
    client = start(Limits(step_seconds=0.05))
    run = create(client, MINI_BATCHES)["id"]
    found = step(client, run, 100_000)
    assert found["completed"] is False
    assert 0 < len(found["records"]) == found["step"] == client.get(f"/runs/{run}").json()["step"]


def test_a_locked_database_does_not_acknowledge(start: Start, data_dir: Path) -> None:
    client = start(Limits(busy_milliseconds=50))
    run = create(client, ONE_LAYER)["id"]
    other = connect(data_dir / "runs.sqlite3")
    other.execute("begin immediate")
    for call, body in (
        (f"/runs/{run}/step", {"count": 1}),
        (f"/runs/{run}/branch", {}),
        (f"/runs/{run}/rewind", {"step": 0}),
        ("/runs", ONE_LAYER),
    ):
        answer = client.post(call, json=body)
        assert answer.status_code == 503
        assert answer.json()["detail"].startswith("The database did not take the change")
    with connect(data_dir / "runs.sqlite3") as reader:
        assert reader.execute("select count(*) from runs").fetchone() == (1,)
    other.rollback()
    other.close()
    assert client.get(f"/runs/{run}").json()["step"] == 0
    assert step(client, run)["step"] == 1


def test_a_full_disk_does_not_acknowledge(start: Start) -> None:
    client = start(Limits())
    run = create(client, MINI_BATCHES)["id"]
    engine = client.app.state.backend.store.engine  # type: ignore[attr-defined]

    def fill(connection: Any, _: Any) -> None:
        # SQLite says "database or disk is full" when it may not add a page
        connection.execute("pragma max_page_count = 1")

    event.listen(engine, "connect", fill)
    engine.dispose()
    acknowledged, answer = 0, client.post(f"/runs/{run}/step")
    while answer.status_code == 200:
        acknowledged, answer = answer.json()["step"], client.post(f"/runs/{run}/step")
    assert answer.status_code == 503
    assert "disk is full" in answer.json()["detail"]
    event.remove(engine, "connect", fill)
    engine.dispose()
    assert client.get(f"/runs/{run}").json()["step"] == acknowledged
    assert step(client, run)["step"] == acknowledged + 1


def test_the_catalog_states_the_limits(start: Start) -> None:
    assert start(Limits(runs=7)).get("/catalog").json()["limits"]["runs"] == 7
