"""A run as files: its weights, its history."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from app.backend import Backend
from app.errors import Conflict
from app.runs.read import newest
from app.store.rows import EVALUATION_FIELDS, RECORD_FIELDS, Run


def weights(backend: Backend, key: str, shared: bool) -> tuple[bytes, int]:
    """The newest weights as NumPy's own file: W1, b1, W2, …"""
    run, _, network = newest(backend, key, shared)
    arrays: dict[str, Any] = {}
    for number, layer in enumerate(network.layers, 1):
        arrays[f"W{number}"] = layer.W
        if layer.b is not None:
            arrays[f"b{number}"] = layer.b
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue(), run.step


def history_csv(backend: Backend, key: str, shared: bool) -> Iterator[str]:
    """Every record, and its evaluation where there is one, as comma-separated values, page by page."""
    with backend.store.snapshot() as now:
        run = now.run(key, shared)
    return _csv_pages(backend, run)


def _csv_pages(backend: Backend, run: Run) -> Iterator[str]:
    extra = EVALUATION_FIELDS[2:]
    yield ",".join((*RECORD_FIELDS, *extra)) + "\r\n"
    since = 0
    while since < run.step and (page := _page(backend, run, since)):
        yield "".join(",".join("" if value is None else repr(value) for value in row) + "\r\n" for row in page)
        since = page[-1][0]


def _page(backend: Backend, run: Run, since: int) -> list[list[Any]]:
    """The next rows up to where the run stood; a rewind meanwhile ends the download, which must not mix two pasts."""
    most = min(backend.limits.loss_page, run.step - since)
    with backend.store.snapshot() as now:
        if now.run(run.id).generation != run.generation:
            raise Conflict("The run was rewound during the download.")
        records = now.records_after(run.id, since, most)
        evaluated = {e["step"]: e for e in now.evaluations_after(run.id, since, most)}
    return [
        [*record.values(), *(evaluated.get(record["step"], {}).get(name) for name in EVALUATION_FIELDS[2:])]
        for record in records
    ]
