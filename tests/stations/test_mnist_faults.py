"""The MNIST page when things go wrong: nonsense in fields, runs that are gone, a server that dies, many tabs."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.live_server import LiveServer
from tests.stations.conftest import open_run, quick_run, stands

pytestmark = pytest.mark.mnist


@pytest.fixture
def mortal_server(data_dir_with_mnist: Path) -> Iterator[LiveServer]:
    """A server that a test may kill."""
    with LiveServer(data_dir_with_mnist) as server:
        yield server


WIDTH = "Hidden width takes a whole number from 1 to 4096."
SEED = "Seed takes a whole number from 0 to 4\u202f294\u202f967\u202f295."
RATE = "The learning rate takes a number above 0, up to 1\u202f000\u202f000."
NONSENSE = {"width": (["0", "-3", "99999", "1.5", ""], WIDTH), "seed": (["-1", "1.5", "1e20", ""], SEED)}
NONSENSE |= {"rate": (["0", "-1", "1e7", ""], RATE)}


@pytest.mark.parametrize("field", NONSENSE)
def test_nonsense_in_a_field_is_named(mnist_page: Page, field: str) -> None:
    address, control = mnist_page.url, mnist_page.locator(f"[name={field}]")
    good, fault = control.input_value(), mnist_page.locator("#settings-fault")
    texts, words = NONSENSE[field]
    for text in texts:
        control.fill(text)
        control.blur()
        expect(fault).to_have_text(words)
        expect(control).to_have_attribute("aria-invalid", "true")
        control.fill(good)
        control.blur()
        expect(fault).to_be_hidden()
        expect(control).not_to_have_attribute("aria-invalid", "true")
    assert mnist_page.url == address  # the same settings make no new run


def test_a_dead_server_comes_back_and_no_click_is_lost(page: Page, mortal_server: LiveServer) -> None:
    run = quick_run(mortal_server)
    open_run(page, f"{mortal_server.url}/mnist?run={run}")
    page.click("#train")
    expect(page.locator("#epoch-name")).not_to_contain_text("step 0")
    mortal_server.kill()
    expect(page.locator("[data-banner=lost]")).to_be_visible()
    page.click("#step")
    port = int(mortal_server.url.rsplit(":", 1)[1])
    with LiveServer(mortal_server.data_dir, port=port) as again:
        expect(page.locator("[data-banner=lost]")).to_have_count(0)
        expect(page.locator("#says")).to_contain_text(re.compile(r"Step \d+: the loss"))
        step = stands(again, run)["step"]
        assert step > 1
        expect(page.locator("#epoch-name")).to_contain_text(f"step {step}")
        again.kill()
        expect(page.locator("[data-banner=lost]")).to_be_visible()
        with LiveServer(mortal_server.data_dir, port=port):
            expect(page.locator("#says")).to_contain_text(f"The server answers again. The run stands at step {step}")


def test_ten_tabs_of_one_browser_follow_one_run(context: BrowserContext, live_server: LiveServer) -> None:
    """A browser opens six connections to a server; ten streams of their own would stop everything."""
    address = f"/mnist?run={quick_run(live_server)}"
    tabs = [open_run(context.new_page(), address) for _ in range(10)]
    tabs[0].click("#one-epoch")
    for tab in tabs:
        expect(tab.locator("#epoch")).to_have_text("1")
        expect(tab.locator("#accuracy")).to_have_text(tabs[0].locator("#accuracy").inner_text())
    tabs[0].close()
    tabs[-1].click("#step")
    for tab in tabs[1:]:
        expect(tab.locator("#epoch-name")).to_contain_text("step 16")
    assert httpx.get(f"{live_server.url}/api/v1/health", timeout=60).json()["executor"]["streams"] == 1


def test_a_new_run_leaves_none_training(mnist_page: Page, live_server: LiveServer) -> None:
    run = mnist_page.url.split("run=")[1]
    mnist_page.click("#train")
    expect(mnist_page.locator("#epoch-name")).not_to_contain_text("step 0")
    mnist_page.fill("[name=seed]", "5")
    mnist_page.locator("[name=seed]").blur()
    mnist_page.click("#reset")
    expect(mnist_page).not_to_have_url(re.compile(run))
    assert stands(live_server, run)["status"] == "paused"
    mnist_page.go_back()
    expect(mnist_page.locator("#epoch-name")).to_contain_text(f"step {stands(live_server, run)['step']}")


@pytest.mark.parametrize("query", ["run=gone", "shared=gone"])
def test_what_is_not_there_has_a_way_on(page: Page, live_server: LiveServer, mnist_home: Path, query: str) -> None:
    page.goto(f"/mnist?{query}")
    expect(page.locator("[data-banner=gone]")).to_contain_text("not there")
    expect(page.locator("#recipe")).to_have_text("")
    expect(page.locator("#train")).to_be_disabled()
    page.click("[data-banner=gone] button")
    expect(page).not_to_have_url(re.compile("gone"))
    expect(page.locator("#train")).to_be_enabled()
    page.click("#step")
    expect(page).to_have_url(re.compile(r"\?run=(?!gone)"))


def test_a_run_deleted_by_somebody_else(page: Page, live_server: LiveServer, mnist_home: Path) -> None:
    run = quick_run(live_server)
    open_run(page, f"/mnist?run={run}")
    httpx.delete(f"{live_server.url}/api/v1/runs/{run}", timeout=60)
    expect(page.locator("[data-banner=gone]")).to_be_visible()


def test_a_run_on_other_data_says_so(calm_page: Page, live_server: LiveServer, mnist_home: Path) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json={"preset": "lab-two-layer"}, timeout=60).json()["id"]
    calm_page.goto(f"/mnist?run={run}")
    expect(calm_page.locator("[data-banner=other]")).to_be_visible()
    expect(calm_page.locator("#loss")).to_have_text("3.478")


def test_a_preset_that_is_none_is_said(calm_page: Page, live_server: LiveServer, mnist_home: Path) -> None:
    calm_page.goto("/mnist?preset=nonsense")
    expect(calm_page.locator("#says")).to_contain_text(
        "There is no preset “nonsense” for MNIST; this is “All digits at once”."
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_the_way_when_it_diverged(
    calm_page: Page, live_server: LiveServer, theme: str, mnist_home: Path
) -> None:
    run = quick_run(live_server, optimizer={"learning_rate": 1e6})
    httpx.post(f"{live_server.url}/api/v1/runs/{run}/step", json={"count": 15}, timeout=60)
    # digits keep their question marks: a network whose numbers are not finite answers nothing
    calm_page.goto(f"/mnist?run={run}&theme={theme}")
    expect(calm_page.locator("[data-banner=diverged]")).to_contain_text("at step")
    expect(calm_page.locator("#loss")).to_have_text("∞")
    assert calm_page.evaluate("document.documentElement.scrollHeight") <= 720
    found = Axe().run(calm_page)
    assert found.violations_count == 0, found.generate_report()
    calm_page.click("[data-code=python]")
    expect(calm_page.locator("#code-text")).to_contain_text("for goal, rate in")
    found = Axe().run(calm_page)
    assert found.violations_count == 0, found.generate_report()


def test_a_clicker_pauses_before_it_turns_the_slide(mnist_page: Page, live_server: LiveServer) -> None:
    run = mnist_page.url.split("run=")[1]
    mnist_page.click("#train")
    expect(mnist_page.locator("#says")).to_have_text("Training.")
    mnist_page.keyboard.press("PageDown")
    expect(mnist_page.locator("#says")).to_contain_text("Paused")
    # a run that was paused before its first step is as good as new
    assert stands(live_server, run)["status"] in ("paused", "ready")
    mnist_page.keyboard.press("PageDown")
    expect(mnist_page).to_have_url(re.compile("slide=58"))
    # another preset's slide: the page answers keys once it says how its run stands
    expect(mnist_page.locator("#says")).to_have_text("Nothing is trained yet.")
    mnist_page.keyboard.press("PageUp")
    expect(mnist_page).to_have_url(re.compile("slide=57"))
