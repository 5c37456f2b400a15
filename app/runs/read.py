"""Reading a run as it stands: all about it, and its gradients checked."""

from typing import Any

from app.backend import Backend
from app.errors import Problem
from app.runs.views import run_view
from app.store.rows import Run
from app.store.state_bytes import from_bytes
from core.network.gradient_check import TOLERANCE, check
from core.network.layers import Network
from core.training.batches import batch_of
from core.training.setup import Setup

CHECKED_ROWS = 32


def read(backend: Backend, key: str, shared: bool) -> dict[str, Any]:
    """Read a run."""
    run, view = _read(backend, key, shared)
    if run.status == "playing" and view["status"] != "playing":
        # it ended while it was read: what it stored last is there now
        run, view = _read(backend, key, shared)
    return view


def _read(backend: Backend, key: str, shared: bool) -> tuple[Run, dict[str, Any]]:
    with backend.store.snapshot() as now:
        run, blob = now.head(now.run(key, shared).id)
        return run, run_view(backend, now, run, from_bytes(blob), shared)


def newest(backend: Backend, key: str, shared: bool) -> tuple[Run, Setup, Network]:
    """A run, its setup, and its network as it stands."""
    with backend.store.snapshot() as now:
        run, blob = now.head(now.run(key, shared).id)
    return run, backend.setup(run.id), from_bytes(blob).network


def gradient_check(backend: Backend, key: str, shared: bool) -> dict[str, Any]:
    """Compare analytic and numeric gradients at the newest step, on its next batch."""
    run, setup, network = newest(backend, key, shared)
    batch = batch_of(setup.recipe, setup.data, run.step).rows(slice(0, CHECKED_ROWS))
    if run.diverged_at is not None:
        raise Problem(409, f"The run diverged at step {run.diverged_at}: there are no gradients. Rewind it first.")
    found = check(network, setup.recipe.loss, batch.inputs, batch.targets)
    return {**vars(found), "tolerance": TOLERANCE, "rows": len(batch.inputs), "step": run.step}
