"""A real Chromium before a real server; whatever the browser complains about fails the test."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.live_server import LiveServer

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
# what Chromium says of the scenes in space that Plotly draws, when software stands in for the graphics card
ABOUT_SPEED = ("GL Driver Message (OpenGL, Performance", "Canvas2D: Multiple readback operations")
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and leave it out where there is none."""
    for item in items:
        if "tests/browser" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="Chromium is not here: sudo apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, and nothing that calls home."""
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(live_server: LiveServer) -> dict[str, Any]:
    """The smallest projector, and the server under test."""
    return {"viewport": {"width": 1280, "height": 720}, "base_url": live_server.url}


def complains(message: ConsoleMessage) -> bool:
    """Whether a message is an error or a warning, and not about speed where no graphics card draws."""
    return message.type in ("error", "warning") and not any(part in message.text for part in ABOUT_SPEED)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser said that it should not have."""
    return []


@pytest.fixture
def calm_page(page: Page, complaints: list[str]) -> Iterator[Page]:
    """A page on which neither an error nor a warning may appear, and that asks no other host."""
    page.set_default_timeout(30_000)
    page.on("console", lambda message: complaints.append(message.text) if complains(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
