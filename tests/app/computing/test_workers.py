"""Processes that compute: time limit, full queue, cores, and a server that stays quick meanwhile."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.computing import workers
from app.computing.workers import Workers
from app.errors import Problem
from app.functions import answers, worker
from app.main import create_app
from app.settings import Limits, Settings
from core.errors import InvalidInput
from tests import event_loop

# two hundred kinks, each of which is looked at
HARD = {"expression": "max(sin(100x), cos(100x)) + |sin(200x)|"}
HARD_ARGUMENTS = {
    "text": HARD["expression"],
    "variable": "x",
    "at": 1.5,
    "delta": 0.5,
    "domain": (-3.0, 3.0),
    "samples": 5,
}
EASY = {"text": "x^2", "variable": "x", "at": 1.5, "delta": 0.5, "domain": (-3.0, 3.0), "samples": 5}


async def ask(pool: Workers, arguments: dict[str, object], seconds: float = 60) -> bytes:
    """The derivative, as the worker answers."""
    found = await pool.call(worker.answer, ("derivative", arguments), seconds)
    assert found is not None
    return found


def with_pool(limits: Limits, use: Callable[[Workers], Awaitable[None]]) -> None:
    """Let a coroutine use the process for formulas, and close it."""

    async def run() -> None:
        pool = Workers("function calls", worker.prepare, 1, limits.queued_functions, limits.queued_function_seconds)
        try:
            await use(pool)
        finally:
            await asyncio.to_thread(pool.close)

    event_loop.run(run())


def test_too_complicated_is_422_and_the_next_call_works(data_dir: Path) -> None:
    app = create_app(Settings(data_dir=data_dir, limits=Limits(symbolic_seconds=0.05)))
    with TestClient(app, base_url="http://localhost/api/v1") as client:
        answer = client.post("/functions/derivative", json=HARD)
        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        assert error["location"] == "expression"
        assert "too complicated" in error["message"]
        for _ in range(20):
            # a busy machine may need longer than the limit even for this
            answer = client.post("/functions/derivative", json={"expression": "x^2", "samples": 5})
            if answer.status_code == 200:
                break
        assert answer.status_code == 200


def test_health_is_answered_meanwhile(data_dir: Path) -> None:
    with TestClient(create_app(Settings(data_dir=data_dir)), base_url="http://localhost/api/v1") as client:
        client.post("/functions/derivative", json={"expression": "x^2"})
        answered = 0
        with ThreadPoolExecutor(1) as threads:
            hard = threads.submit(client.post, "/functions/derivative", json=HARD)
            while not hard.done():
                assert client.get("/health").status_code == 200
                answered += 1
        assert hard.result().status_code in (200, 422)
        assert answered > 5


def test_an_answer_is_json_at_the_own_priority() -> None:
    async def use(pool: Workers) -> None:
        assert json.loads(await ask(pool, EASY))["value"] == 2.25
        assert pool.pending == 0
        process = pool.processes[0].process_id
        assert process is not None
        assert os.getpriority(os.PRIO_PROCESS, process) == os.getpriority(os.PRIO_PROCESS, 0)

    with_pool(Limits(), use)


def test_invalid_input_comes_back_as_it_was_raised() -> None:
    async def use(pool: Workers) -> None:
        with pytest.raises(InvalidInput) as caught:
            await ask(pool, EASY | {"text": "sqrt(-x^2)"})
        assert caught.value.location == "expression"

    with_pool(Limits(), use)


def test_a_full_queue_turns_away() -> None:
    async def use(pool: Workers) -> None:
        with pytest.raises(Problem) as caught:
            await ask(pool, EASY)
        assert (caught.value.status, caught.value.headers) == (429, {"Retry-After": "1"})

    with_pool(Limits(queued_functions=0), use)


def test_who_waits_too_long_behind_slow_calls_is_turned_away() -> None:
    async def use(pool: Workers) -> None:
        await ask(pool, EASY)
        process = pool.processes[0].process_id
        slow = asyncio.create_task(ask(pool, HARD_ARGUMENTS))
        await asyncio.sleep(0)
        with pytest.raises(Problem) as caught:
            await ask(pool, EASY)
        assert (caught.value.status, caught.value.headers) == (429, {"Retry-After": "1"})
        assert not slow.done()
        # the slow one is not disturbed
        assert json.loads(await slow)["differentiable"]
        assert pool.processes[0].process_id == process
        assert pool.pending == 0

    with_pool(Limits(symbolic_seconds=60, queued_function_seconds=0.05), use)


def test_it_warms_up_in_the_background() -> None:
    async def use(pool: Workers) -> None:
        start = time.monotonic()
        pool.warm()
        assert pool.processes[0].process_id is None
        while pool.processes[0].process_id is None:
            assert time.monotonic() - start < 10
            await asyncio.sleep(0.05)

    with_pool(Limits(), use)


def test_closing_before_it_warms_up_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WARM_AFTER_SECONDS", 0.0)

    async def use(pool: Workers) -> None:
        pool.close()
        pool.warm()
        await asyncio.sleep(0.1)
        assert pool.processes[0].process_id is None

    with_pool(Limits(), use)


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_out_of_memory_is_no_answer(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setitem(answers.CALLS, "derivative", fail)
    assert worker.answer("derivative", EASY) is None


def test_the_memory_of_the_process_is_bounded() -> None:
    code = """
import numpy as np
from app.functions import answers, worker
worker.prepare()
easy = worker.EXAMPLE
assert worker.answer("derivative", easy) is not None
answers.CALLS["derivative"] = lambda **_: np.ones(worker.MEMORY_BYTES)
assert worker.answer("derivative", easy) is None
"""
    subprocess.run([sys.executable, "-c", code], check=True)
