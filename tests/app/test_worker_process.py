"""A process that is killed, idle or at work, is replaced; whoever waits for it gets an answer soon."""

import operator
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.errors import Problem
from app.main import create_app
from app.settings import Settings
from app.worker_process import WorkerProcess


@pytest.fixture
def process() -> Iterator[WorkerProcess]:
    process = WorkerProcess(os.getpid, "nothing")
    process.call(os.getpid, (), 5)
    yield process
    process.close()


def at_work(process: WorkerProcess, threads: ThreadPoolExecutor) -> "Future[None]":
    call = threads.submit(process.call, time.sleep, (30,), 60)
    time.sleep(0.5)
    return call


def test_ended_while_idle_it_is_replaced(process: WorkerProcess) -> None:
    first = process.call(os.getpid, (), 5)
    os.kill(first, signal.SIGKILL)
    assert process.call(os.getpid, (), 5) != first


def test_ended_at_work_it_is_a_problem_and_is_replaced(process: WorkerProcess) -> None:
    with ThreadPoolExecutor(1) as threads:
        pid = process.call(os.getpid, (), 5)
        call = at_work(process, threads)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(Problem) as caught:
            call.result(timeout=5)
        assert caught.value.status == 503
    start = time.monotonic()
    assert process.call(os.getpid, (), 5) != pid
    assert time.monotonic() - start < 5


def test_over_its_time_it_is_ended(process: WorkerProcess) -> None:
    with pytest.raises(TimeoutError):
        process.call(time.sleep, (30,), 0.1)
    assert process.call(operator.add, (1, 2), 5) == 3


def test_what_is_raised_there_is_raised_here(process: WorkerProcess) -> None:
    with pytest.raises(ZeroDivisionError):
        process.call(operator.truediv, (1, 0), 5)


def test_closing_ends_what_is_under_way(process: WorkerProcess) -> None:
    with ThreadPoolExecutor(1) as threads:
        call = at_work(process, threads)
        process.close()
        with pytest.raises(Problem) as caught:
            call.result(timeout=5)
        assert caught.value.status == 503


def test_training_goes_on_in_a_new_process(data_dir: Path) -> None:
    app = create_app(Settings(data_dir=data_dir, worker_operations=0))
    with TestClient(app, base_url="http://testserver/api/v1") as client:
        run = client.post("/runs", json={"preset": "lab-two-layer"}).json()["id"]
        assert client.post(f"/runs/{run}/step", json={"count": 2}).status_code == 200
        [pid] = app.state.lab.engine._process._pool._pool_manager.worker_manager.workers
        os.kill(pid, signal.SIGKILL)
        answer = client.post(f"/runs/{run}/step", json={"count": 2})
        assert (answer.status_code, answer.json()["step"]) == (200, 4)
