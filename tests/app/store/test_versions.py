"""A data directory of version 0.1 opens; one of a newer version is refused."""

import json
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from safetensors.numpy import save

from app.errors import StoredByNewer
from app.main import create_app
from app.settings import Settings
from app.store.state_bytes import from_bytes
from tests.live_server import ROOT

RUN = "mSJU5GF9CUWAPQF-3l3E7A"
# the lecture's lab with momentum, as version 0.1 stored it
CONFIGURATION = {
    "preset": "lab-one-layer",
    "network": {
        "layer_sizes": [2, 3],
        "activations": ["relu"],
        "bias": False,
        "initialization": {"weights": [[[3, 2], [4, 1], [5, 2]]], "biases": None},
    },
    "loss": "squared_error",
    "data": {"inputs": [[1, 2]], "targets": [[1, 4, 4]]},
    "optimizer": {"method": "momentum", "learning_rate": 0.05, "momentum": 0.9},
    "batch_size": None,
    "precision": "float64",
    "shuffle_seed": 0,
}
TABLES = """
CREATE TABLE runs (id VARCHAR NOT NULL, share_id VARCHAR NOT NULL, created_at VARCHAR NOT NULL, preset VARCHAR,
  configuration TEXT NOT NULL, status VARCHAR NOT NULL, step INTEGER NOT NULL, generation INTEGER NOT NULL,
  learning_rate FLOAT NOT NULL, rate FLOAT, loss FLOAT, loss_step INTEGER NOT NULL, diverged_at INTEGER,
  grid INTEGER NOT NULL, state_bytes INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (share_id));
CREATE INDEX runs_playing ON runs (status);
CREATE TABLE states (run_id VARCHAR NOT NULL, step INTEGER NOT NULL, blob BLOB NOT NULL, PRIMARY KEY (run_id, step),
  FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE);
CREATE TABLE records (run_id VARCHAR NOT NULL, step INTEGER NOT NULL, epoch INTEGER NOT NULL, loss_before FLOAT,
  loss_after FLOAT, learning_rate FLOAT NOT NULL, batch_size INTEGER NOT NULL, PRIMARY KEY (run_id, step),
  FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE) WITHOUT ROWID;
CREATE TABLE evaluations (run_id VARCHAR NOT NULL, step INTEGER NOT NULL, epoch INTEGER NOT NULL, train_loss FLOAT,
  train_accuracy FLOAT, test_loss FLOAT, test_accuracy FLOAT, PRIMARY KEY (run_id, step),
  FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE) WITHOUT ROWID;
"""
SECOND = [[2.205, 0.4099999999999998], [3.735, 0.47000000000000003], [4.3375, 0.6749999999999999]]
# what version 0.1 answered as the third step
THIRD = [
    [1.6582500000000002, -0.6835000000000001],
    [3.55275, 0.10550000000000004],
    [3.8818750000000004, -0.23625000000000018],
]


def state(step: int, loss: float, weights: Sequence[Any], velocity: Sequence[Any]) -> bytes:
    scalars = {
        "step": step,
        "activations": ["relu"],
        "slots": 1,
        "learning_rate": 0.05,
        "loss": loss,
        "loss_step": step,
        "dead_since": [[-1, -1, -1]],
        "overshoots": 0,
        "first_overshoot": None,
        "last_overshoot": None,
        "diverged_at": None,
    }
    header = json.dumps(scalars).encode()
    return struct.pack("<I", len(header)) + header + save({"W0": np.array(weights), "slot0": np.array(velocity)})


def write_version_0_1(data_dir: Path) -> None:
    first = state(0, 32.5, [[3.0, 2.0], [4.0, 1.0], [5.0, 2.0]], np.zeros((3, 2)).tolist())
    second = state(2, 3.701953124999999, SECOND, [[9.9, 19.8], [3.3, 6.6], [8.25, 16.5]])
    run = (RUN, "mkNYIUIJFQBHxeiNBQ2NWA", "2026-11-26T06:03:55.909+00:00", "lab-one-layer", json.dumps(CONFIGURATION))
    stands = ("playing", 2, 0, 0.05, None, 3.701953124999999, 2, None, 2, len(first) + len(second))
    records = [(RUN, 1, 1, 32.5, 18.28125, 0.05, 1), (RUN, 2, 2, 18.28125, 3.701953124999999, 0.05, 1)]
    with closing(connect(data_dir / "runs.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(TABLES)
        database.execute(f"INSERT INTO runs VALUES ({', '.join('?' * 15)})", run + stands)
        database.executemany("INSERT INTO states VALUES (?, ?, ?)", [(RUN, 0, first), (RUN, 2, second)])
        database.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", records)
        database.commit()


def version_of(data_dir: Path) -> int:
    with closing(connect(data_dir / "runs.sqlite3")) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def test_a_data_directory_of_version_0_1_opens_and_goes_on(data_dir: Path) -> None:
    write_version_0_1(data_dir)
    with TestClient(create_app(Settings(data_dir=data_dir)), base_url="http://localhost/api/v1") as client:
        found = client.get(f"/runs/{RUN}").json()
        assert (found["step"], found["status"], found["loss"]) == (2, "paused", 3.701953124999999)
        assert found["configuration"] == CONFIGURATION
        assert client.get(f"/runs/{RUN}/steps/1").json()["parameters"][0]["weights"][0] == pytest.approx([2.7, 1.4])
        after = client.post(f"/runs/{RUN}/step").json()
        assert after["updated"][0]["weights"] == THIRD
        assert after["loss"] == 0.4534892578125001
        assert client.post("/runs", json=found["configuration"]).status_code == 201
    assert version_of(data_dir) == 1
    with TestClient(create_app(Settings(data_dir=data_dir)), base_url="http://localhost/api/v1") as client:
        assert client.get(f"/runs/{RUN}").json()["step"] == 3


def test_a_new_database_knows_its_version(client: TestClient, data_dir: Path) -> None:
    assert client.get("/health").status_code == 200
    assert version_of(data_dir) == 1


def test_a_newer_database_is_refused_in_a_sentence(data_dir: Path) -> None:
    write_version_0_1(data_dir)
    with closing(connect(data_dir / "runs.sqlite3")) as database:
        database.execute("PRAGMA user_version = 2")
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--data-dir", str(data_dir)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("The database was stored by a newer version of Downhill.")
    assert str(data_dir) in ended.stderr
    assert "Traceback" not in ended.stderr
    assert version_of(data_dir) == 2


def test_a_newer_state_is_refused_in_a_sentence() -> None:
    header = json.dumps({"format": 2}).encode()
    with pytest.raises(StoredByNewer, match="The state of this run was stored by a newer version"):
        from_bytes(struct.pack("<I", len(header)) + header + b"something else")
