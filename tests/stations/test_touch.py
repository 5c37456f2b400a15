"""A phone: a finger takes points and knobs, and scrolls everywhere else."""

import re

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.stations.arrivals import open_page
from tests.stations.planes import handle, middle, number_of, soon

FIGURES = {
    "/loss": ".plane-marks",
    "/derivative": "#function-plane",
    "/derivative?view=downhill": ".plane-marks",
    "/gradient": "#surface",
    "/gradient?view=gradient": "#contour-plane",
    "/jacobian": ".plane-marks",
    "/chain-rule": ".plane-marks",
    "/derivative?tab=error": "#error-plot",
    "/mnist": "figure",
}


def open_phone(page: Page, address: str) -> CDPSession:
    """The page as a phone shows it, and what touches it."""
    page.set_viewport_size({"width": 390, "height": 844})
    fingers = page.context.new_cdp_session(page)
    fingers.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    open_page(page, address)
    return fingers


def swipe(fingers: CDPSession, start: tuple[float, float], end: tuple[float, float], steps: int = 12) -> None:
    """One finger from here to there."""
    for kind, share in [("touchStart", 0.0), *(("touchMove", step / steps) for step in range(1, steps + 1))]:
        x, y = (low + (high - low) * share for low, high in zip(start, end, strict=True))
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def away_from_points(page: Page, figure: Locator) -> tuple[float, float]:
    """A place on a figure where nothing takes the finger."""
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box is not None
    for share in (0.93, 0.07, 0.8, 0.2, 0.65, 0.35):
        x, y = box["x"] + share * box["width"], box["y"] + 0.55 * box["height"]
        taken = "([x, y]) => document.elementFromPoint(x, y)?.closest('[data-handle], [data-press], button') != null"
        if not page.evaluate(taken, [x, y]):
            return x, y
    raise AssertionError("points everywhere")


@pytest.mark.parametrize("address", FIGURES)
def test_a_swipe_that_starts_on_a_figure_scrolls(calm_page: Page, live_server, address: str) -> None:
    fingers = open_phone(calm_page, address)
    x, y = away_from_points(calm_page, calm_page.locator(FIGURES[address]).first)
    before = calm_page.evaluate("scrollY")
    way = -250 if before == 0 else 250
    swipe(fingers, (x, y), (x, y + way))
    soon(calm_page, lambda: abs(calm_page.evaluate("scrollY") - before) > 60, 5)


def test_a_finger_on_a_point_takes_it(calm_page: Page, live_server) -> None:
    fingers = open_phone(calm_page, "/derivative?example=square")
    at = handle(calm_page, "function-plane", "at")
    expect(at).to_be_visible()
    before, scrolled = number_of(at), calm_page.evaluate("scrollY")
    x, y = middle(at)
    swipe(fingers, (x, y), (x - 70, y + 120))
    soon(calm_page, lambda: number_of(at) < before - 0.5, 5)
    assert calm_page.evaluate("scrollY") == scrolled


def test_a_finger_beside_the_points_leaves_them_alone(calm_page: Page, live_server) -> None:
    fingers = open_phone(calm_page, "/derivative?example=square")
    at, delta = (handle(calm_page, "function-plane", name) for name in ("at", "delta"))
    expect(at).to_be_visible()
    before = number_of(at), number_of(delta)
    x, y = away_from_points(calm_page, calm_page.locator("#function-plane"))
    swipe(fingers, (x, y), (x - 40, y), 4)
    calm_page.wait_for_timeout(200)
    assert (number_of(at), number_of(delta)) == before


def test_a_swipe_sideways_turns_the_scene(calm_page: Page, live_server) -> None:
    fingers = open_phone(calm_page, "/gradient")
    expect(calm_page).to_have_url(re.compile("turn="))
    before = calm_page.url
    x, y = away_from_points(calm_page, calm_page.locator("#surface"))
    swipe(fingers, (x, y), (x - 150 if x > 195 else x + 150, y))
    soon(calm_page, lambda: calm_page.url != before, 5)
    assert "turn=" in calm_page.url
