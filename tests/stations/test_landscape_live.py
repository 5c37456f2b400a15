"""The landscape of a run, live: λ, the threshold and the loss are the API's, and η changes them while one looks."""

import re

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer, landscape
from tests.stations.conftest import quick_run


def run_of(page: Page) -> str:
    page.wait_for_url(re.compile("run="))
    found = re.search(r"run=([\w-]+)", page.url)
    assert found
    return found[1]


def curvature(server: LiveServer, run: str, step: int, query: str = "") -> dict[str, float]:
    answer = httpx.get(f"{server.url}/api/v1/runs/{run}/curvatures?steps={step}{query}", timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["curvatures"][0])


def shows(page: Page, part: str, value: float) -> None:
    """The number to four digits, without zeros at its end."""
    expect(page.locator(f"#{part}")).to_have_text(f"{value:#.4g}".rstrip("0").rstrip("."))


def test_the_edge_of_stability(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/mnist?view=landscape&preset=edge-of-stability")
    expect(page.locator("#says")).to_contain_text("Nothing is trained yet")
    page.keyboard.press("e")
    run = run_of(page)
    expect(page.locator("#curves .now")).to_have_text("step 100")
    first = curvature(live_server, run, 100)
    shows(page, "lambda", first["largest_eigenvalue"])
    shows(page, "threshold", 10)
    expect(page.locator("#says")).to_contain_text("Step 100: the loss is 0.")
    expect(page.locator("#limit")).to_have_text(f"2/λ = {2 / first['largest_eigenvalue']:.3f}")
    # another η takes effect with the next step: the threshold follows, and a line says where
    page.fill("#rate input[type=text]", "0.3")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    expect(page.locator("#curves .now")).to_have_text("step 200")
    shows(page, "threshold", 20 / 3)
    shows(page, "lambda", curvature(live_server, run, 200)["largest_eigenvalue"])
    expect(page.locator("#curves")).to_contain_text("η 0.2 → 0.3")
    page.click("[data-value=time]")
    expect(page.locator("#curves .now")).to_have_text("η·step 50")
    page.wait_for_url(re.compile("axis=time"))
    assert Axe().run(page).violations_count == 0
    # what was seen is found again
    page.reload()
    expect(page.locator("#curves .now")).to_have_text("η·step 50")
    expect(page.locator("#curves")).to_contain_text("η 0.2 → 0.3")
    shows(page, "threshold", 20 / 3)
    page.click("[data-code=curl]")
    expect(page.locator("#code-text")).to_contain_text("/curvatures?steps=")
    page.click("#code [data-action=close]")
    page.click("#reset")
    expect(page.locator("#curves .now")).to_have_text("η·step 0")
    expect(page.locator("#rate input[type=text]")).to_have_value("0.2")


@pytest.mark.mnist
def test_a_run_on_digits_and_the_way_back(calm_page: Page, live_server: LiveServer, mnist_home: None) -> None:
    page, run = calm_page, quick_run(live_server)
    page.goto(f"/mnist?run={run}")
    page.click("#landscape")
    shows(page, "lambda", curvature(live_server, run, 0, "&samples=5000")["largest_eigenvalue"])
    page.select_option("#samples", "1000")
    page.keyboard.press("e")
    expect(page.locator("#curves .now")).to_have_text("epoch 1")
    shows(page, "lambda", curvature(live_server, run, 15, "&samples=1000")["largest_eigenvalue"])
    # the plane holds for a whole epoch, on so many samples; what it hides is what the API says
    expect(page.locator("#around-step")).to_have_text("around epoch 1, 1000 samples")
    look = {"directions": "random", "resolution": 25, "samples": 1000}
    found = landscape(live_server, f"runs/{run}", look | {"step": 15})
    expect(page.locator("#sheet")).to_contain_text(f"L = {found['center_loss']:.4g}")
    expect(page.locator("#of-gradient")).to_have_text(f"{round(100 * found['gradient']['share'])}\u00a0%")
    # a step of the past, and the newest again
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#around-step")).to_have_text("around epoch 0, 1000 samples")
    before = landscape(live_server, f"runs/{run}", look | {"step": 0})
    expect(page.locator("#sheet")).to_contain_text(f"L = {before['center_loss']:.4g}")
    expect(page.locator("#says")).to_contain_text("Epoch 0")
    page.click("#newest")
    expect(page.locator("#around-step")).to_have_text("around epoch 1, 1000 samples")
    page.click("#views [data-view='']")
    page.wait_for_url(f"**/mnist?run={run}")
    expect(page.locator("#epoch")).to_have_text("1")
