"""For tests: holding a run's turn, so that others have to wait."""

from contextlib import AbstractContextManager

from fastapi.testclient import TestClient

from app.backend import Backend
from app.computing.turns import Line


def backend_of(client: TestClient) -> Backend:
    """The backend behind a test client."""
    backend: Backend = client.app.state.backend  # type: ignore[attr-defined]
    return backend


def turn_of(client: TestClient, run_id: str) -> AbstractContextManager[Line]:
    """Hold a run's turn meanwhile."""
    assert client.portal is not None
    return client.portal.wrap_async_context_manager(backend_of(client).turns.of(run_id))
