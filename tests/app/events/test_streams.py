"""Streams against a real server."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app.events.broker import NEWEST_RECORDS, News, Subscriber
from app.runs import follow
from tests import event_loop
from tests.app.runs.test_runs import MINI_BATCHES
from tests.live_server import LiveServer

Event = tuple[str, dict[str, Any], str]


def events(answer: httpx.Response) -> Iterator[Event]:
    name = identity = ""
    for line in answer.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "id":
            identity = value
        elif field == "data":
            yield name, json.loads(value), identity


def create(server: LiveServer) -> str:
    run = httpx.post(f"{server.url}/api/v1/runs", json=MINI_BATCHES).json()["id"]
    return f"{server.url}/api/v1/runs/{run}"


def test_follow_and_resume(live_server: LiveServer) -> None:
    address = create(live_server)
    with httpx.stream("GET", f"{address}/events", timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        following = events(answer)
        name, data, identity = next(following)
        assert (name, data["status"], identity) == ("status", "ready", "0-0")
        httpx.post(f"{address}/step", json={"count": 3})
        name, data, identity = next(following)
        assert (name, data["step"], identity) == ("step", 3, "0-3")
        assert [record["step"] for record in data["records"]] == [1, 2, 3]
    httpx.post(f"{address}/step", json={"count": 2})
    with httpx.stream("GET", f"{address}/events", headers={"Last-Event-ID": "0-3"}, timeout=10) as answer:
        following = events(answer)
        assert next(following)[0] == "status"
        name, data, identity = next(following)
        assert [record["step"] for record in data["records"]] == [4, 5]
        assert identity == "0-5"


@pytest.mark.parametrize(
    ("seen", "kinds"), [("0-0", ["overshot", "dead_units"]), ("0-1", ["dead_units"]), ("0-2", []), ("9-9", None)]
)
def test_what_was_noticed_meanwhile_is_told(client: TestClient, seen: str, kinds: list[str] | None) -> None:
    run = client.post("/runs", json={"preset": "lab-two-layer"}).json()["id"]
    client.post(f"/runs/{run}/step", json={"count": 3})
    told = b"".join(follow.missed(client.app.state.backend, run, seen).events).decode()  # type: ignore[attr-defined]
    found = re.findall(r'event: diagnostic\ndata: {"kind":"(\w+)"', told)
    # another generation means that the past was rewritten: everything is told again
    assert found == (["overshot", "dead_units"] if kinds is None else kinds)


def test_whoever_comes_late_is_sent_the_newest_and_told_how_many_were_left_out(client: TestClient) -> None:
    run = client.post("/runs", json=MINI_BATCHES).json()["id"]
    client.post(f"/runs/{run}/step", json={"count": NEWEST_RECORDS + 20})
    frames = b"".join(follow.missed(client.app.state.backend, run, "0-0").events).decode()  # type: ignore[attr-defined]
    [sent] = [json.loads(text) for text in re.findall(r"event: step\n(?:id: .*\n)?data: (.*)\n", frames)]
    assert (sent["skipped"], len(sent["records"])) == (20, NEWEST_RECORDS)
    assert [sent["records"][0]["step"], sent["step"]] == [21, NEWEST_RECORDS + 20]


def test_what_a_stream_was_not_told_of_is_counted() -> None:
    stream = Subscriber()
    stream.start(0, 2)
    for first, last in ((2, 4), (6, 7)):  # 2 is known from the start, 5 was lost
        stream.take(News(0, last, tuple((k, b'{"step":%d}' % k) for k in range(first, last + 1))))
        frame = stream.frame()
        assert frame is not None
        assert f'"skipped":{1 if first == 6 else 0}'.encode() in frame
    stream.take(News(1, 3, resets=True))
    stream.take(News(1, 4, ((4, b'{"step":4}'),)))
    frame = stream.frame()
    assert frame is not None
    assert b'"skipped":0' in frame


def test_rewind_and_delete_are_told(live_server: LiveServer) -> None:
    address = create(live_server)
    httpx.post(f"{address}/step", json={"count": 3})
    with httpx.stream("GET", f"{address}/events", timeout=10) as answer:
        following = events(answer)
        next(following)
        httpx.post(f"{address}/rewind", json={"step": 1})
        told = next(event for event in following if event[0] == "status" and event[1]["generation"])
        assert told[1]["step"] == 1
        assert told[2] == "1-1"
        httpx.delete(address)
        assert [event[0] for event in following][-1] == "end"


def test_playing_is_told_and_a_leaving_client_frees_everything(live_server: LiveServer) -> None:
    address = create(live_server)
    with httpx.stream("GET", f"{address}/events", timeout=10) as answer:
        httpx.post(f"{address}/play", json={"until_step": 30})
        steps: list[int] = []
        for name, data, _ in events(answer):
            if name == "step":
                steps += [record["step"] for record in data["records"]]
            if name == "status" and data["status"] == "paused":
                break
        assert steps == list(range(1, 31))
    for _ in range(100):
        if httpx.get(f"{live_server.url}/api/v1/health").json()["executor"]["streams"] == 0:
            return
        time.sleep(0.05)
    raise AssertionError("the stream is still there")


def test_twenty_pages_watch_one_run(live_server: LiveServer) -> None:
    address = create(live_server)

    async def watch(client: httpx.AsyncClient) -> list[int]:
        steps: list[int] = []
        async with client.stream("GET", f"{address}/events") as answer:
            watching.release()
            async for line in answer.aiter_lines():
                if line.startswith('data: {"step"'):
                    steps += [record["step"] for record in json.loads(line[6:]).get("records", [])]
                if '"status":"paused"' in line:
                    return steps
        return steps

    async def all_at_once() -> list[list[int]]:
        async with httpx.AsyncClient(timeout=30) as client:
            pages = [asyncio.create_task(watch(client)) for _ in range(20)]
            for _ in pages:
                await watching.acquire()
            await client.post(f"{address}/play", json={"until_step": 200})
            return await asyncio.gather(*pages)

    watching = asyncio.Semaphore(0)
    assert event_loop.run(all_at_once()) == [list(range(1, 201))] * 20


def test_unknown_run_is_a_problem(live_server: LiveServer) -> None:
    answer = httpx.get(f"{live_server.url}/api/v1/runs/none/events")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_streams_end_with_the_server(data_dir: Path) -> None:
    with LiveServer(data_dir) as server:
        address = create(server)
        with httpx.stream("GET", f"{address}/events", timeout=10) as answer:
            following = events(answer)
            next(following)
            server.process.terminate()
            assert [event[0] for event in following] == ["end"]
        assert server.process.wait(10) is not None
