"""The event loop waits for nobody's disk: what reads files does so in a thread."""

import asyncio
import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.stations import BESIDE, STATIONS

PAGES = ["/", "/api", "/docs", "/gallery", "/nothing", "/cards/home.png"]
PAGES += [station.path for station in (*STATIONS, *BESIDE) if station.path]
CALLS = ["openapi.json", "health", "catalog", "datasets/mnist", "datasets/mnist/images", "exercises", "questions"]
CALLS += ["exercises/lab-forward", "backpropagation/cost?layer_sizes=784,128"]


def on_the_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def test_the_event_loop_touches_no_file(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **more: Any) -> Any:
            # the framework looks at our source when a route is asked for the first time
            if on_the_event_loop() and not str(path).endswith(".py"):
                touched.append(f"{address}: {path}")
            return function(path, *args, **more)

        return call

    app = create_app(Settings(data_dir=data_dir, allowed_hosts=("testserver",)))
    with TestClient(app, headers={"Accept": "text/html"}) as client:
        for module, name in ((os, "stat"), (os, "open"), (os, "scandir"), (io, "open"), (builtins, "open")):
            monkeypatch.setattr(module, name, watched(getattr(module, name)))
        static = app.state.assets.root
        for address in [*PAGES, *(f"/api/v1/{call}" for call in CALLS), f"{static}/js/base/api.js"]:
            assert client.get(address).status_code in (200, 404, 503), address
    assert touched == []
