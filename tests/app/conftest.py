"""A client on an application of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


@pytest.fixture
def client(data_dir: Path) -> Iterator[TestClient]:
    """The API below /api/v1, without MNIST."""
    with TestClient(create_app(Settings(data_dir=data_dir)), base_url="http://localhost/api/v1") as found:
        yield found


@pytest.fixture(scope="module")
def shared_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One application for all tests of a file that leave nothing behind."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with TestClient(create_app(settings), base_url="http://localhost/api/v1") as found:
        yield found
