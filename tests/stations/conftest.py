"""A real Chromium before a real server; whatever the browser complains about fails the test."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage, Page, expect

from tests.live_server import LiveServer

# the first draws no window that nobody sees: a fifth less time
NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
# letters are as wide as on a screen
FLAGS += ["--font-render-hinting=none"]
# what Chromium says of the scenes in space that Plotly draws, when software stands in for the graphics card
ABOUT_SPEED = ("GL Driver Message (OpenGL, Performance", "Canvas2D: Multiple readback operations")
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000
# A busy machine is slow, not wrong: what is waited for may take its time.
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and leave it out where there is none."""
    for item in items:
        if "tests/stations" not in item.path.as_posix():
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


@pytest.fixture(scope="session")
def profile(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """One profile for all tests: Chromium keeps there what it compiled of Plotly, which is most of a page's start."""
    folder = tmp_path_factory.mktemp("profile")
    with browser_type.launch_persistent_context(folder, **browser_type_launch_args, **browser_context_args) as context:
        yield context


@pytest.fixture
def context(profile: BrowserContext, live_server: LiveServer) -> Iterator[BrowserContext]:
    """The profile as if nobody had been there: nothing stored, nothing allowed, no page open but an empty one."""
    empty = profile.pages[0]
    session = profile.new_cdp_session(empty)
    session.send("Storage.clearDataForOrigin", {"origin": live_server.url, "storageTypes": "local_storage,cookies"})
    session.detach()
    profile.clear_permissions()
    profile.set_default_timeout(PATIENCE)
    yield profile
    for page in profile.pages[1:]:
        page.close()


def complains(message: ConsoleMessage) -> bool:
    """Whether a message is an error or a warning, and not about speed where no graphics card draws."""
    return message.type in ("error", "warning") and not any(part in message.text for part in ABOUT_SPEED)


def told(message: ConsoleMessage) -> str:
    """What the browser said, and of which address."""
    return f"{message.text} {message.location['url']}"


@pytest.fixture
def complaints() -> list[str]:
    """What the browser said that it should not have."""
    return []


@pytest.fixture
def calm_page(page: Page, complaints: list[str]) -> Iterator[Page]:
    """A page on which neither an error nor a warning may appear, and that asks no other host."""
    page.on("console", lambda message: complaints.append(told(message)) if complains(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def quick_run(server: LiveServer, **more: Any) -> str:
    """Create a run on MNIST whose epochs are quick, and answer its id."""
    body = {"preset": "mnist-minibatch", "network": {"layer_sizes": [784, 16, 10]}, "batch_size": 4096}
    answer = httpx.post(
        f"{server.url}/api/v1/runs", json=body | {"optimizer": {"learning_rate": 0.02}} | more, timeout=60
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def stands(server: LiveServer, run: str) -> dict[str, Any]:
    """How a run stands on the server."""
    return dict(httpx.get(f"{server.url}/api/v1/runs/{run}", timeout=60).json())


def open_run(page: Page, address: str) -> Page:
    """Open the MNIST page and wait until all of it is there."""
    page.goto(address)
    expect(page.locator("#digit-grid .digit .answer").first).not_to_have_text("?")
    return page


@pytest.fixture
def mnist_page(calm_page: Page, live_server: LiveServer, mnist_home: Path) -> Page:
    """The MNIST page with a run of its own."""
    return open_run(calm_page, f"/mnist?run={quick_run(live_server)}")
