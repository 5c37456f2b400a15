"""A process for heavy work is replaced when it ended, idle or at work, and what it could not do is said."""

import operator
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.computing.worker_process import WorkerProcess
from app.errors import Problem
from app.main import create_app
from app.runs import training
from app.settings import Limits, Settings
from tests import event_loop
from tests.app.runs.test_examples import create
from tests.app.runs.test_runs import MINI_BATCHES, step

SLOW = {
    "network": {"layer_sizes": [2, 1000, 3], "activations": ["relu", "linear"]},
    "data": {"dataset": "quadratic"},
    "optimizer": {"learning_rate": 1e-6},
}


def nothing() -> None:
    """What a process need not prepare."""


@pytest.fixture
def process() -> Iterator[WorkerProcess]:
    found = WorkerProcess("sums", nothing)
    yield found
    found.close()


def call(process: WorkerProcess, function: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Any:
    """What the function returns or raises over there."""
    return event_loop.run(process.call(function, args, seconds))


def end(process: WorkerProcess) -> int:
    """End the process at once, as the system does when memory runs out."""
    ended = process.process_id
    assert ended is not None
    os.kill(ended, signal.SIGKILL)
    return ended


def test_a_process_ended_while_idle_is_replaced(process: WorkerProcess) -> None:
    for pause in (0.0, 0.5):
        assert call(process, operator.add, (1, 2), 10) == 3
        ended = end(process)
        time.sleep(pause)
        assert call(process, operator.add, (3, 4), 10) == 7
        assert process.process_id != ended


def test_a_process_ended_at_work_is_a_problem_and_is_replaced(process: WorkerProcess) -> None:
    with pytest.raises(Problem, match="The process that computes sums ended unexpectedly") as caught:
        call(process, os._exit, (1,), 30)
    assert caught.value.status == 503
    assert call(process, operator.add, (1, 2), 10) == 3


def test_a_call_over_its_time_ends(process: WorkerProcess) -> None:
    with pytest.raises(TimeoutError):
        call(process, time.sleep, (20,), 0.2)
    assert call(process, operator.add, (1, 2), 10) == 3


def test_what_a_call_raises_is_raised_here(process: WorkerProcess) -> None:
    with pytest.raises(ZeroDivisionError):
        call(process, operator.truediv, (1, 0), 10)


def test_a_process_that_cannot_start_is_a_problem() -> None:
    # called without an argument, it fails
    process = WorkerProcess("sums", operator.neg)
    with pytest.raises(Problem, match="The process that computes sums does not start") as caught:
        call(process, operator.add, (1, 2), 10)
    assert caught.value.status == 503
    process.close()


def test_a_closed_process_calls_nothing(process: WorkerProcess) -> None:
    process.close()
    with pytest.raises(Problem, match="closing"):
        call(process, operator.add, (1, 2), 10)


def test_closing_ends_the_call_under_way(process: WorkerProcess) -> None:
    call(process, operator.add, (1, 2), 10)
    closing = threading.Timer(0.5, process.close)
    closing.start()
    started = time.monotonic()
    with pytest.raises(Problem):
        call(process, time.sleep, (20,), 30)
    assert time.monotonic() - started < 15


@pytest.fixture
def large(data_dir: Path) -> Iterator[TestClient]:
    """An application that makes every step in its process."""
    app = create_app(Settings(data_dir=data_dir, worker_operations=0, limits=Limits(step_seconds=4)))
    with TestClient(app, base_url="http://localhost/api/v1") as client:
        yield client


def end_training(client: TestClient) -> None:
    """End every process that trains."""
    found = client.app.state.backend.training.processes  # type: ignore[attr-defined]
    ended = [end(process) for process in found if process.process_id is not None]
    assert ended


def test_steps_go_on_in_a_new_process(large: TestClient) -> None:
    run = create(large, MINI_BATCHES)["id"]
    first = step(large, run)
    end_training(large)
    second = step(large, run)
    assert (first["step"], second["step"]) == (1, 2)


def test_a_step_whose_process_ends_is_not_acknowledged(large: TestClient) -> None:
    run = create(large, SLOW)["id"]
    step(large, run)
    found: list[Any] = []
    asking = threading.Thread(target=lambda: found.append(large.post(f"/runs/{run}/step", json={"count": 100_000})))
    asking.start()
    time.sleep(1)
    end_training(large)
    asking.join(60)
    [answer] = found
    if answer.status_code == 503:
        assert "ended unexpectedly" in answer.json()["detail"]
        assert large.get(f"/runs/{run}").json()["step"] == 1
    else:  # it had ended between two slices, and the next one found a new process
        assert answer.json()["step"] == large.get(f"/runs/{run}").json()["step"]
    stands = large.get(f"/runs/{run}").json()["step"]
    assert step(large, run)["step"] == stands + 1


def test_a_step_over_its_time_is_not_acknowledged(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "GRACE_SECONDS", 0.0)
    settings = Settings(data_dir=data_dir, worker_operations=0, limits=Limits(step_seconds=1e-3))
    with TestClient(create_app(settings), base_url="http://localhost/api/v1") as client:
        run = create(client, {**SLOW, "network": {"layer_sizes": [2, 1400, 1400, 3], "activations": ["relu"] * 3}})[
            "id"
        ]
        answer = client.post(f"/runs/{run}/step", json={})
        assert answer.status_code == 503
        assert "longer than the time limit step_seconds" in answer.json()["detail"]
        assert client.get(f"/runs/{run}").json()["step"] == 0
