"""What was acknowledged survives a power cut."""

import threading
from pathlib import Path

import httpx
import numpy as np

from app.schemas.configuration import configuration_of
from app.schemas.runs import CreateRunRequest
from app.settings import Limits
from core.training.advance import advance, begin
from tests.app.runs.test_runs import MINI_BATCHES
from tests.live_server import LiveServer

ACKNOWLEDGED_BEFORE_THE_CUT = 60
PATIENCE = 60  # seconds: a busy machine is slow, not wrong
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
        run = httpx.post(f"{server.url}/api/v1/runs", json=MINI_BATCHES, timeout=PATIENCE).json()["id"]
        address = f"{server.url}/api/v1/runs/{run}"
        thread = threading.Thread(target=_step_until_cut, args=(address, acknowledged, enough))
        thread.start()
        assert enough.wait(30)
        server.kill()
        thread.join(10)
    with LiveServer(data_dir) as server:
        address = f"{server.url}/api/v1/runs/{run}"
        stands = httpx.get(address, timeout=PATIENCE).json()["step"]
        # one step may have been stored whose answer the cut swallowed
        assert stands - acknowledged[-1] in (0, 1)
        httpx.post(f"{address}/step", json={"count": ALL - stands}, timeout=PATIENCE)
        parameters = httpx.get(f"{address}/steps/{ALL}", timeout=PATIENCE).json()["parameters"]
        assert len(httpx.get(f"{address}/losses", timeout=PATIENCE).json()["records"]) == ALL
    network, setup = configuration_of(CreateRunRequest(**MINI_BATCHES), Limits()).build(data_dir)
    uninterrupted = advance(begin(network, setup.recipe, 0.05, setup.data).state, setup.recipe, setup.data, ALL)
    for layer, found in zip(uninterrupted.state.network.layers, parameters, strict=True):
        assert np.array_equal(layer.W, np.array(found["weights"]))
        assert layer.b is not None
        assert np.array_equal(layer.b, np.array(found["biases"]))


def test_playing_becomes_paused(data_dir: Path) -> None:
    with LiveServer(data_dir) as server:
        run = httpx.post(f"{server.url}/api/v1/runs", json=MINI_BATCHES, timeout=PATIENCE).json()["id"]
        httpx.post(f"{server.url}/api/v1/runs/{run}/play", json={"rate": 20}, timeout=PATIENCE)
        server.kill()
    with LiveServer(data_dir) as server:
        assert httpx.get(f"{server.url}/api/v1/runs/{run}", timeout=PATIENCE).json()["status"] == "paused"
