"""What was acknowledged survives a power cut."""

import threading
from pathlib import Path

import httpx
import numpy as np

from app.configuration import build, normalize
from app.settings import Limits
from core.training import advance, begin
from tests.app.test_runs import MINI_BATCHES
from tests.live_server import LiveServer

ACKNOWLEDGED_BEFORE_THE_CUT = 60
ALL = 200


def _step_until_cut(address: str, acknowledged: list[int], enough: threading.Event) -> None:
    with httpx.Client(timeout=10) as client:
        while len(acknowledged) < ALL:
            try:
                answer = client.post(f"{address}/step", json={"count": 1})
            except httpx.HTTPError:
                return
            acknowledged.append(answer.json()["step"])
            if len(acknowledged) >= ACKNOWLEDGED_BEFORE_THE_CUT:
                enough.set()


def test_kill_and_go_on(data_dir: Path) -> None:
    acknowledged: list[int] = []
    enough = threading.Event()
    with LiveServer(data_dir) as server:
        run = httpx.post(f"{server.url}/api/v1/runs", json=MINI_BATCHES).json()["id"]
        address = f"{server.url}/api/v1/runs/{run}"
        thread = threading.Thread(target=_step_until_cut, args=(address, acknowledged, enough))
        thread.start()
        assert enough.wait(30)
        server.kill()
        thread.join(10)
    with LiveServer(data_dir) as server:
        address = f"{server.url}/api/v1/runs/{run}"
        stands = httpx.get(address).json()["step"]
        # one step may have been stored whose answer the cut swallowed
        assert stands - acknowledged[-1] in (0, 1)
        httpx.post(f"{address}/step", json={"count": ALL - stands})
        parameters = httpx.get(f"{address}/steps/{ALL}").json()["parameters"]
        assert len(httpx.get(f"{address}/losses").json()["records"]) == ALL
    network, setup = build(normalize(MINI_BATCHES, Limits()), data_dir)
    uninterrupted = advance(begin(network, setup.recipe, 0.05, setup.data).state, setup.recipe, setup.data, ALL)
    for layer, found in zip(uninterrupted.state.network.layers, parameters, strict=True):
        assert np.array_equal(layer.W, np.array(found["weights"]))
        assert layer.b is not None
        assert np.array_equal(layer.b, np.array(found["biases"]))


def test_playing_becomes_paused(data_dir: Path) -> None:
    with LiveServer(data_dir) as server:
        run = httpx.post(f"{server.url}/api/v1/runs", json=MINI_BATCHES).json()["id"]
        httpx.post(f"{server.url}/api/v1/runs/{run}/play", json={"rate": 20})
        server.kill()
    with LiveServer(data_dir) as server:
        assert httpx.get(f"{server.url}/api/v1/runs/{run}").json()["status"] == "paused"
