"""The worked session of /api runs as it is printed, in a shell and in Python."""

import html
import re
import subprocess
import sys

import httpx
import pytest

from tests.live_server import LiveServer

BLOCK = re.compile(r'<pre data-block="([^"]+)" data-lang="([^"]+)"[^>]*>(.*?)</pre>', re.DOTALL)


@pytest.mark.parametrize(("language", "command"), [("curl", ["bash", "-eu"]), ("python", [sys.executable, "-"])])
def test_the_session_runs(live_server: LiveServer, language: str, command: list[str]) -> None:
    page = httpx.get(f"{live_server.url}/api").text
    blocks = [html.unescape(text) for _, lang, text in BLOCK.findall(page) if lang == language]
    assert len(blocks) == 6
    done = subprocess.run(command, input="\n".join(blocks) + "\n", capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "8.125" in done.stdout
    assert "20" in done.stdout
    assert {"curl": "2*x 3.0", "python": "[[1.0, 2.0], [3.0, -1.0]] -7.0"}[language] in done.stdout
