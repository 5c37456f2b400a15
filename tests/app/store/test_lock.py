"""One server for one data directory, and files that only their owner reads."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app.store.lock import LOCK, AlreadyServed, DirectoryLock
from tests.live_server import ROOT, LiveServer

HOLDER = "import sys, time; from pathlib import Path; from app.store.lock import DirectoryLock\n"
HOLDER += "lock = DirectoryLock(Path(sys.argv[1])); lock.announce('http://here/'); print('held', flush=True)\n"


def hold(data_dir: Path) -> "subprocess.Popen[str]":
    """Another process that has the directory, and a process of its own that outlives it for a while."""
    script = HOLDER + "import subprocess; subprocess.Popen(['sleep', '3'], close_fds=False, stdout=2); time.sleep(100)"
    command = [sys.executable, "-c", script, str(data_dir)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_one_is_told_who_has_it_and_a_killed_one_has_nothing(data_dir: Path) -> None:
    process = hold(data_dir)
    try:
        with pytest.raises(AlreadyServed, match=f"at http://here/, process {process.pid}"):
            DirectoryLock(data_dir)
        with pytest.raises(AlreadyServed):
            DirectoryLock(data_dir)
    finally:
        process.kill()
        process.communicate()
    with DirectoryLock(data_dir):
        assert (data_dir / LOCK).read_text() == f"process {os.getpid()}\n"
    assert (data_dir / LOCK).read_text() == ""


def test_only_the_owner_reads_the_runs(data_dir: Path) -> None:
    (data_dir / "runs.sqlite3").touch(0o644)
    (data_dir / "runs.sqlite3").chmod(0o644)
    with LiveServer(data_dir) as server:
        assert httpx.post(f"{server.url}/api/v1/runs", json={"preset": "lab-one-layer"}).status_code == 201
        modes = {path.name: path.stat().st_mode & 0o777 for path in data_dir.iterdir() if path.is_file()}
    assert modes == dict.fromkeys(["runs.sqlite3", "runs.sqlite3-wal", "runs.sqlite3-shm", LOCK], 0o600)
