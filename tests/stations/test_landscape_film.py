"""The film of a run's planes: each is the API's, and directions, axes and colors are the same in all of them."""

import json
import re
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer, landscape
from tests.stations.planes import soon
from tests.stations.test_landscape_live import run_of

DRAWN = """() => {
  const { data, layout } = document.querySelector("#sheet .scene-plot");
  const { xaxis, yaxis, zaxis } = layout.scene;
  const ranges = [xaxis, yaxis, zaxis].map(({ range }) => range);
  return { z: data[0].z, scale: [ranges, data[0].cmin, data[0].cmax] };
}"""
WORDS = "around step {}, 20 samples; along the directions of step 100 in every picture, with the same axes and colors"


def shows(page: Page, step: int) -> None:
    expect(page.locator("#film + input + p")).to_have_text(WORDS.format(step))


def assert_drawn(page: Page, found: dict[str, Any]) -> list[Any]:
    """The surface has the API's heights, but for what is beyond the film's scale; returns that scale."""
    expect(page.locator("#sheet")).to_contain_text(f"L = {found['center_loss']:.4g}")
    drawn: dict[str, Any] = {}

    def is_there() -> bool:
        drawn.update(page.evaluate(DRAWN))
        low, high = drawn["scale"][1:]
        expected = np.clip(np.log10(found["loss"]), low, high)
        return bool(np.allclose(drawn["z"], expected, rtol=1e-9, atol=1e-12))

    soon(page, is_there, 20)
    return list(drawn["scale"])


@pytest.fixture
def trained(calm_page: Page) -> Page:
    calm_page.goto("/mnist?view=landscape&preset=edge-of-stability")
    expect(calm_page.locator("#says")).to_contain_text("Nothing is trained yet")
    expect(calm_page.locator("#film")).to_be_disabled()
    calm_page.keyboard.press("e")
    expect(calm_page.locator("#around-step")).to_have_text("around step 100, 20 samples")
    return calm_page


def test_a_film_goes_on_by_itself_and_keeps_its_scale(trained: Page, live_server: LiveServer) -> None:
    page, run = trained, run_of(trained)
    asked: list[dict[str, Any]] = []
    page.on("request", lambda one: one.url.endswith("/landscape") and asked.append(json.loads(one.post_data or "{}")))
    page.keyboard.press("f")
    expect(page.locator("#film-time")).to_be_visible()
    # it plays: another picture comes without a press
    expect(page.locator("#around-step")).to_have_text(re.compile(r"around step [1-9]\d*,"))
    page.keyboard.press("f")
    expect(page.locator("#film")).to_have_attribute("aria-pressed", "false")
    look = {"directions": "random", "resolution": 25}
    last = landscape(live_server, f"runs/{run}", look | {"step": 100})
    common = {"directions_step": 100, "span": last["x"][-1]}
    scales = []
    for frame, step in ((20, 50), (40, 100)):
        page.locator("#film-time").fill(str(frame))
        shows(page, step)
        more = common if step < 100 else {}
        scales.append(assert_drawn(page, landscape(live_server, f"runs/{run}", look | {"step": step} | more)))
    assert scales[0] == scales[1]
    # what was seen once is not asked for again
    page.locator("#film-time").fill("20")
    shows(page, 50)
    assert [body["step"] for body in asked].count(50) == 1
    assert all(body["directions_step"] == 100 for body in asked if body["step"] != 100)
    assert Axe().run(page).violations_count == 0
    # the keys go from picture to picture; the address keeps the film and where it stands
    page.keyboard.press("Escape")
    page.locator("#film-time").evaluate("(slider) => slider.blur()")
    page.keyboard.press("ArrowRight")
    shows(page, 53)
    page.wait_for_url(re.compile(r"(?=.*film=100)(?=.*at=53)"))
    page.reload()
    shows(page, 53)
    page.click("#newest")
    expect(page.locator("#film-time")).to_be_hidden()
    expect(page.locator("#around-step")).to_have_text("around step 100, 20 samples")
    page.wait_for_url(lambda url: "film=" not in url)


def test_a_rewind_ends_the_film(trained: Page) -> None:
    page = trained
    page.keyboard.press("f")
    expect(page.locator("#film-time")).to_be_visible()
    page.click("#reset")
    expect(page.locator("#curves .now")).to_have_text("step 0")
    expect(page.locator("#film-time")).to_be_hidden()
    expect(page.locator("#film")).to_be_disabled()
    expect(page.locator("#around-step")).to_have_text("around step 0, 20 samples")
    expect(page.locator("#banners")).to_be_empty()
