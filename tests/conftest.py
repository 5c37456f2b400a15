"""Fixtures shared by all tests."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from platformdirs import user_data_dir

from app.computing.threads import one_thread_a_product
from core.data import mnist
from tests.live_server import LiveServer

one_thread_a_product()

# Shared machines are slow at times; a slow example is not a wrong one.
hypothesis_settings.register_profile("downhill", deadline=None, print_blob=True)
hypothesis_settings.load_profile("downhill")


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test marked `no_cover` is traced by no one.

    Where tests are spread over processes, each process is traced twice: as every process that tests start, and by the
    plugin for coverage, which leaves off at the mark, but only itself.
    """
    tracer = sys.gettrace()
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="session")
def mnist_home() -> Path:
    """The data directory that MNIST was fetched into; without it the test is skipped."""
    home = Path(os.environ.get("DOWNHILL_DATA_DIR") or user_data_dir("downhill"))
    if mnist.status(home) != "ready":
        pytest.skip("MNIST is not here; fetch it with: downhill fetch mnist")
    return home


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data directory."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def data_dir_with_mnist(data_dir: Path, mnist_home: Path) -> Path:
    """A data directory of its own that shares the fetched MNIST."""
    (data_dir / "mnist").symlink_to(mnist.directory(mnist_home), target_is_directory=True)
    return data_dir


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One real server for all tests that only talk to it; it has MNIST when this machine has."""
    folder = tmp_path_factory.mktemp("server")
    home = Path(os.environ.get("DOWNHILL_DATA_DIR") or user_data_dir("downhill"))
    if mnist.status(home) == "ready":
        (folder / "mnist").symlink_to(mnist.directory(home), target_is_directory=True)
    # the tests beside it measure what is passed through; this one is as quick as for its users
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    with LiveServer(folder, environment) as server:
        yield server
