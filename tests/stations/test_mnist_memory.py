"""The MNIST page keeps what was trained: looking stores nothing; other slides, the arc and other tabs find the run."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.live_server import LiveServer
from tests.stations.conftest import open_run

pytestmark = pytest.mark.mnist


@pytest.fixture
def stored(live_server: LiveServer, mnist_home: Path) -> Callable[[], int]:
    """How many runs are in the server's database."""
    database = live_server.data_dir / "runs.sqlite3"

    def count() -> int:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM runs").fetchone()[0])

    return count


def look(page: Page, address: str) -> None:
    """Open an address and wait until its digits are there."""
    page.goto(address)
    expect(page.locator("#digit-grid .digit").first).to_be_visible()


def test_looking_stores_nothing(calm_page: Page, stored: Callable[[], int]) -> None:
    before = stored()
    for address in ("/mnist", "/slide/57", "/slide/58", "/slide/59", "/mnist?preset=mnist-minibatch"):
        look(calm_page, address)
        expect(calm_page.locator("#says")).to_have_text("Nothing is trained yet.")
    expect(calm_page.locator("#epoch")).to_have_text("0")
    expect(calm_page.locator("#loss")).to_have_text("–")
    expect(calm_page.locator("#recipe")).to_have_text("784 → 128 → 10, squared error, batches of 128")
    calm_page.fill("[name=seed]", "7")
    calm_page.locator("[name=seed]").blur()
    calm_page.keyboard.press("r")
    calm_page.click("#digits-next")
    expect(calm_page.locator("#digit-grid .digit").first).to_have_attribute("aria-label", re.compile("Test digit 24,"))
    assert stored() == before


def test_what_was_trained_is_there_on_every_slide_and_after_the_arc(calm_page: Page, stored: Callable[[], int]) -> None:
    before = stored()
    look(calm_page, "/slide/57")
    calm_page.click("#step")
    expect(calm_page.locator("#epoch")).to_have_text("1")
    run = calm_page.url.split("run=")[1].split("&")[0]
    for slide in (58, 59):
        calm_page.keyboard.press("PageDown")
        calm_page.wait_for_url(re.compile(f"slide={slide}"))
        expect(calm_page.locator("#epoch")).to_have_text("1")
        expect(calm_page.locator("#says")).to_have_text("The run stands at step 1, epoch 1.")
    calm_page.goto("/loss")
    calm_page.locator(".arc a", has_text="MNIST").click()
    calm_page.wait_for_url(re.compile("/mnist"))
    expect(calm_page.locator("#epoch")).to_have_text("1")
    calm_page.click("#step")
    expect(calm_page.locator("#epoch")).to_have_text("2")
    expect(calm_page).to_have_url(re.compile(run))
    assert stored() == before + 1


def test_a_new_run_begins_when_it_is_asked_for(calm_page: Page, stored: Callable[[], int]) -> None:
    before = stored()
    look(calm_page, "/mnist?preset=mnist-lecture&slide=59")
    calm_page.click("#step")
    expect(calm_page.locator("#epoch")).to_have_text("1")
    calm_page.fill("[name=seed]", "5")
    calm_page.locator("[name=seed]").blur()
    expect(calm_page.locator("#reset")).to_have_text("New run")
    calm_page.click("#reset")
    expect(calm_page.locator("#loss")).to_have_text("–")
    assert stored() == before + 1
    calm_page.click("#step")
    expect(calm_page).to_have_url(re.compile("run="))
    expect(calm_page.locator("#epoch")).to_have_text("1")
    assert stored() == before + 2
    look(calm_page, "/slide/57")
    expect(calm_page.locator("#epoch")).to_have_text("1")
    expect(calm_page.locator("[name=seed]")).to_have_value("5")


def test_a_tab_that_only_looks_learns_of_the_first_step_of_another(
    context: BrowserContext, stored: Callable[[], int]
) -> None:
    before = stored()
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        look(tab, "/slide/59")
    tabs[0].click("#step")
    for tab in tabs:
        expect(tab.locator("#epoch")).to_have_text("1")
        expect(tab.locator("#digit-grid .digit .answer").first).not_to_have_text("?")
    tabs[1].click("#step")
    expect(tabs[0].locator("#epoch")).to_have_text("2")
    assert stored() == before + 1


def test_two_first_steps_at_once_make_one_run(context: BrowserContext, stored: Callable[[], int]) -> None:
    before = stored()
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        look(tab, "/slide/59")
    for tab in tabs:
        tab.evaluate("document.getElementById('step').click()")
    for tab in tabs:
        expect(tab.locator("#epoch")).to_have_text("2")
    assert stored() == before + 1


def test_a_remembered_run_that_was_deleted_is_not_missed(
    calm_page: Page, live_server: LiveServer, complaints: list[str], mnist_home: Path
) -> None:
    calm_page.goto("/mnist")
    calm_page.evaluate("localStorage.setItem('downhill.run.mnist/last', JSON.stringify({ id: 'gone', asked: null }))")
    look(calm_page, "/mnist")
    expect(calm_page.locator("#says")).to_have_text("Nothing is trained yet.")
    expect(calm_page.locator("[data-banner]")).to_have_count(0)
    complaints[:] = [text for text in complaints if "404" not in text]


def test_a_drawing_is_not_answered_before_the_first_step(calm_page: Page, stored: Callable[[], int]) -> None:
    before = stored()
    look(calm_page, "/mnist")
    calm_page.locator("#digit-grid .digit").first.click()
    expect(calm_page.locator("#verdict")).to_contain_text("it has learned nothing yet")
    calm_page.click("#step")
    expect(calm_page.locator("#verdict")).to_contain_text("it reads a")
    assert stored() == before + 1


def test_a_shared_run_is_not_ones_own(calm_page: Page, live_server: LiveServer, mnist_page: Page) -> None:
    mnist_page.click("[data-code=link]")
    address = mnist_page.locator("#code-text").inner_text()
    mnist_page.evaluate("localStorage.clear()")
    open_run(mnist_page, address)
    look(mnist_page, "/mnist")
    expect(mnist_page.locator("#says")).to_have_text("Nothing is trained yet.")
