"""The batches when things go wrong, on every screen, in both themes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer
from tests.stations.test_batches_rows import shown
from tests.stations.test_quadratic_lab import SMALL, opened


@pytest.fixture
def mortal_server(tmp_path: Path) -> Iterator[LiveServer]:
    """A server that a test may kill."""
    with LiveServer(tmp_path) as server:
        yield server


def again(server: LiveServer) -> LiveServer:
    """The same server, come back."""
    return LiveServer(server.data_dir, port=int(server.url.rsplit(":", 1)[1]))


def test_rows_wait_for_a_dead_server_and_go_on(page: Page, mortal_server: LiveServer) -> None:
    page.goto(f"{mortal_server.url}/batches")
    expect(page.locator("#tiles .whole td").first).not_to_have_text("")
    before = shown(page)
    mortal_server.kill()
    page.locator("#m").select_option("2")
    expect(page.locator("[data-banner=lost]")).to_be_visible()
    assert shown(page) == before
    with again(mortal_server):
        expect(page.locator("[data-banner=lost]")).to_have_count(0)
        expect(page.locator("#bands tbody tr")).to_have_count(2)


def test_the_lab_waits_for_a_dead_server_and_no_step_is_lost(page: Page, mortal_server: LiveServer) -> None:
    opened(page, f"{mortal_server.url}{SMALL}")
    page.keyboard.press("s")
    expect(page.locator("#column-outputs")).to_have_text("ŷ at epoch 1")
    mortal_server.kill()
    page.keyboard.press("s")
    expect(page.locator("[data-banner=lost]")).to_be_visible()
    page.keyboard.press("s")
    with again(mortal_server):
        expect(page.locator("#column-outputs")).to_have_text("ŷ at epoch 3")
        expect(page.locator("[data-banner=lost]")).to_have_count(0)


def test_a_diverged_run_is_told_and_can_be_reset(calm_page: Page, live_server: LiveServer) -> None:
    page = opened(calm_page, "/batches?view=quadratic&units=30&rows=50&rate=1000000")
    page.locator("#hundred").click()
    expect(page.locator("[data-banner=diverged]")).to_be_visible()
    expect(page.locator("#says")).to_contain_text("infinite")
    expect(page.locator("[data-map='outputs 0'] b")).to_have_text(re.compile("10[⁰¹²³⁴⁵⁶⁷⁸⁹]+|∞"))
    assert "NaN" not in page.locator("body").inner_text()
    page.locator("[data-banner=diverged] button").click()
    expect(page.locator("#column-outputs")).to_have_text("ŷ at epoch 0")
    expect(page.locator("[data-banner=diverged]")).to_have_count(0)


def test_a_run_that_is_gone_is_told(page: Page, live_server: LiveServer) -> None:
    page.goto("/batches?view=quadratic&run=nothing")
    expect(page.locator("[data-banner=gone]")).to_be_visible()
    page.locator("[data-banner=gone] button").click()
    expect(page.locator("#column-outputs")).to_have_text("ŷ at epoch 0")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_the_way_in_the_lab(calm_page: Page, live_server: LiveServer, theme: str) -> None:
    page = opened(calm_page, f"{SMALL}&theme={theme}")
    page.keyboard.press("s")
    expect(page.locator("#column-outputs")).to_have_text("ŷ at epoch 1")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


TOUCHING = """() => {
  const placeOf = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell.firstElementChild);
    return range.getBoundingClientRect();
  };
  const cells = [...document.querySelectorAll(".by-row td[data-number]")];
  return cells.filter((cell) => {
    const [text, box, next] = [placeOf(cell), cell.getBoundingClientRect(), cell.nextElementSibling];
    const isOut = text.left < box.left - 0.5 || text.right > box.right + 0.5;
    return isOut || (next?.dataset.number && placeOf(next).left - text.right < 2);
  }).map((cell) => `${cell.dataset.number} ${cell.innerText} ${cell.nextElementSibling?.innerText}`);
}"""


@pytest.mark.parametrize("query", ["", "&projector"])
def test_no_number_touches_another(calm_page: Page, live_server: LiveServer, query: str) -> None:
    """Two numbers side by side are not to be read as a sum or as one; nor does the reason leave its panel."""
    for address in ("?", "?precise=1", "?m=6", "?m=6&layer=1", "?m=6&precise=1", "?layer=1&precise=1"):
        calm_page.goto(f"/batches{address}{query}")
        expect(calm_page.locator("#why h2")).to_contain_text("=")
        assert calm_page.evaluate(TOUCHING) == [], address
        for wide in ("#why", ".why-formulas", ".bands-box"):
            assert calm_page.locator(wide).evaluate("(place) => place.scrollWidth <= place.clientWidth"), address


@pytest.mark.parametrize("query", ["", "&projector"])
@pytest.mark.parametrize("address", [SMALL, "/batches?m=6&layer=1"])
def test_it_fits_the_screen(calm_page: Page, live_server: LiveServer, address: str, query: str) -> None:
    calm_page.goto(address + query)
    expect(calm_page.locator("#says")).not_to_have_text(re.compile("Getting ready"))
    height, width = calm_page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert (width <= 1280, height <= 720) == (True, True)
    last, foot = (calm_page.locator(name).bounding_box() for name in (".panel > :last-child", ".foot"))
    assert last
    assert foot
    assert last["y"] + last["height"] <= foot["y"]


CUT = """() => {
  const box = document.querySelector(".card.quadratic").getBoundingClientRect();
  const texts = [...document.querySelectorAll("#history text")].filter((one) => one.textContent);
  const places = texts.map((one) => one.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
  const out = texts.filter((_, k) => places[k].right > box.right || places[k].left < box.left);
  const on = texts.filter((_, k) => places.some((other, j) => j !== k && meet(places[k], other)));
  const facts = document.querySelector(".lab-facts");
  return [...out, ...on].map((one) => one.textContent).concat(facts.scrollHeight > facts.clientHeight ? ["facts"] : []);
}"""


@pytest.mark.parametrize("query", ["", "&theme=dark&projector"])
def test_nothing_of_the_lab_is_cut(calm_page: Page, live_server: LiveServer, query: str) -> None:
    """The lecture's own run: no label on another, none beyond the card; what happened stands whole beside."""
    opened(calm_page, f"/batches?view=quadratic{query}")
    assert calm_page.evaluate(CUT) == []
    calm_page.keyboard.press("h")
    expect(calm_page.locator("#column-outputs")).to_have_text("ŷ at epoch 100")
    expect(calm_page.locator("#facts")).to_contain_text("hidden units are dead")
    expect(calm_page.locator("#answers tbody tr")).to_have_count(4)
    expect(calm_page.locator(".history .value")).to_have_attribute("data-number", "loss")
    assert calm_page.evaluate(CUT) == []


def test_a_phone_has_one_column(calm_page: Page, live_server: LiveServer) -> None:
    calm_page.set_viewport_size({"width": 390, "height": 844})
    opened(calm_page)
    assert calm_page.evaluate("document.documentElement.scrollWidth") <= 390
