"""A real server in its own process, for tests that crash it, stream from it, or show it to a browser."""

import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

import httpx

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
ADDRESS = re.compile(r"http://\S+?(?=/ )")


class LiveServer:
    """`downhill serve` over a data directory, on a free port by default; `url` is its address, no slash at the end."""

    def __init__(
        self, data_dir: Path, environment: dict[str, str] | None = None, port: int = 0, code: Path = ROOT
    ) -> None:  # fmt: skip
        self.code = code
        self.data_dir = data_dir
        self.port = port
        self.environment = environment
        self.url = ""
        self.process: subprocess.Popen[str]

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "app.cli", "serve", "--port", str(self.port)]
        command += ["--data-dir", str(self.data_dir)]
        self.process = subprocess.Popen(
            command, cwd=self.code, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        lines: Queue[str] = Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()
        said = ""
        while True:
            try:
                line = lines.get(timeout=START_SECONDS)
            except Empty:
                self.stop()
                raise RuntimeError(f"The server did not start: {said}") from None
            said += line
            if not line:
                self.process.wait()
                raise RuntimeError(f"The server ended: {said}")
            if found := ADDRESS.search(line):
                self.url = found.group()
                return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it as a power cut would: nothing of its own is run any more."""
        self.process.kill()
        self.process.wait()

    def _read(self, lines: "Queue[str]") -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                lines.put(line)
        lines.put("")


def landscape(server: LiveServer, place: str, body: dict[str, Any]) -> dict[str, Any]:
    """What is around a place below the API, waited for where it takes long."""
    answer = httpx.post(f"{server.url}/api/v1/{place}/landscape", json=body, timeout=60)
    while answer.status_code == 202:
        time.sleep(0.1)
        answer = httpx.get(f"{server.url}{answer.headers['Location']}", timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
