"""What a page shows before Plotly is there, and that Plotly takes the figure over where it stands."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.stations.arrivals import open_page
from tests.stations.planes import handle, middle, soon

PLACE = "(path) => { const at = path.getBoundingClientRect(); return [at.left, at.right, at.top, at.bottom]; }"


@pytest.mark.parametrize("path", ["/derivative", "/landscape"])
def test_a_page_says_and_shows_what_it_can_before_plotly_is_there(calm_page: Page, live_server, path: str) -> None:
    page = calm_page
    held: list[Route] = []
    page.route(re.compile("/static/vendor/.*js"), lambda route: held.append(route))
    open_page(page, path)
    expect(page.locator("#says")).to_contain_text(re.compile(r"\d"))
    if path == "/landscape":
        # its net stands in for the sheet
        expect(page.locator("#sheet-in-space path.mark").first).to_be_attached()
    else:
        curve = page.locator(".stand-in path").nth(2)
        expect(curve).to_have_attribute("d", re.compile("^M"))
    if path == "/derivative":
        before, stood = middle(handle(page, "function-plane", "at")), curve.evaluate(PLACE)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    soon(page, lambda: bool(held))
    held[0].continue_()
    expect(page.locator(".js-plotly-plot").first).to_be_attached()
    expect(page.locator(".stand-in")).to_have_count(0)
    if path == "/derivative":
        # nothing jumps: the point stays, and the curve begins where it began
        assert middle(handle(page, "function-plane", "at")) == before
        drawn = page.locator("#function-plane .scatterlayer path.js-line").first
        assert drawn.evaluate(PLACE) == pytest.approx(stood, abs=2)


def test_plotly_that_did_not_come_is_asked_for_again(page: Page, live_server) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) == 1 else route.continue_()

    page.route(re.compile("/static/vendor/.*js"), answer)
    page.goto("/derivative")
    expect(page.locator("#function-plane .js-plotly-plot")).to_be_attached()
    assert len(asked) == 2
