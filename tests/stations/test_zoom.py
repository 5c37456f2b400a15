"""Planes are zoomed and moved: by wheel, fingers, keys and double click; a point outside widens the view."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.stations.planes import handle, middle, number_of, soon
from tests.stations.test_touch import open_phone

# plane, address, the first and last of what it shows, or of what leads to it, in its address
PLANES = {
    "#function-plane": ("/derivative", "low", "high"),
    "#hill-plane": ("/derivative?view=downhill", "low", "high"),
    "#x-slice": ("/gradient", "xlow", "xhigh"),
    "#contour-plane": ("/gradient?view=gradient", "xlow", "xhigh"),
    "#input-plane": ("/jacobian", "low", "high"),
    "#image-plane": ("/jacobian", "low", "high"),
    "#inner-plane": ("/chain-rule", "low", "high"),
    "#outer-plane": ("/chain-rule", "low", "high"),
}


def open_plane(page: Page, address: str, plane: str) -> None:
    """Open a station, and wait until its plane is drawn."""
    page.goto(address)
    expect(page.locator(f"{plane} .plane-marks > *").first).to_be_attached()
    page.keyboard.press("n")  # from now on all of it stands in the address
    expect(page).to_have_url(re.compile("numbers="))


def seen(page: Page, low: str, high: str) -> tuple[float, float]:
    """From where to where the plane shows its first variable."""
    fields = parse_qs(urlsplit(page.url).query)
    return float(fields[low][0].split(",")[0]), float(fields[high][0].split(",")[0])


def spread(page: Page, plane: str) -> float:
    """How wide a view is."""
    low, high = seen(page, *PLANES[plane][1:])
    return high - low


def share(page: Page, plane: str, right: float, up: float) -> tuple[float, float]:
    """A place of a plane on the screen."""
    box = page.locator(f"{plane} .plane-marks").bounding_box()
    assert box is not None
    return box["x"] + right * box["width"], box["y"] + (1 - up) * box["height"]


@pytest.mark.parametrize("plane", PLANES)
def test_the_wheel_zooms_and_the_button_leads_back(calm_page: Page, live_server, plane: str) -> None:
    open_plane(calm_page, PLANES[plane][0], plane)
    before = spread(calm_page, plane)
    whole = calm_page.locator(f"{plane} .whole-view")
    expect(whole).to_be_hidden()
    calm_page.mouse.move(*share(calm_page, plane, 0.5, 0.4))
    calm_page.mouse.wheel(0, -200)
    soon(calm_page, lambda: spread(calm_page, plane) < 0.7 * before)
    calm_page.mouse.wheel(0, 200)
    soon(calm_page, lambda: spread(calm_page, plane) > 0.95 * before)
    calm_page.mouse.wheel(0, 200)
    soon(calm_page, lambda: spread(calm_page, plane) > 1.4 * before)
    whole.click()
    soon(calm_page, lambda: spread(calm_page, plane) == before)
    expect(whole).to_be_hidden()


def test_a_double_click_leads_back_and_moves_nothing(calm_page: Page, live_server) -> None:
    open_plane(calm_page, "/derivative?at=0.123456", "#function-plane")
    calm_page.keyboard.press("+")
    calm_page.keyboard.press("+")
    soon(calm_page, lambda: spread(calm_page, "#function-plane") < 4)
    calm_page.mouse.dblclick(*share(calm_page, "#function-plane", 0.3, 0.4))
    soon(calm_page, lambda: seen(calm_page, "low", "high") == (-3, 3))
    assert number_of(handle(calm_page, "function-plane", "at")) == 0.123456
    assert number_of(handle(calm_page, "function-plane", "delta")) == 1


def test_a_double_click_keeps_the_steps(calm_page: Page, live_server) -> None:
    open_plane(calm_page, "/derivative?view=downhill&count=4", "#hill-plane")
    rows = calm_page.locator("#steps tbody tr")
    expect(rows).to_have_count(5)
    calm_page.keyboard.press("+")
    soon(calm_page, lambda: spread(calm_page, "#hill-plane") < 5.5)
    calm_page.mouse.dblclick(*share(calm_page, "#hill-plane", 0.3, 0.4))
    soon(calm_page, lambda: seen(calm_page, "low", "high") == (-3, 3))
    expect(rows).to_have_count(5)
    assert "start=2.5" in calm_page.url


def test_a_zoomed_view_goes_along_with_the_ball(calm_page: Page, live_server) -> None:
    open_plane(calm_page, "/gradient?view=gradient&xlow=0.9&xhigh=1.1&ylow=1.9&yhigh=2.1", "#contour-plane")
    for _ in range(6):
        calm_page.keyboard.press("s")
    expect(calm_page.locator("#steps tbody tr")).to_have_count(7)
    newest = calm_page.locator("#steps tbody tr").first.locator("td").nth(1)
    x = float(newest.text_content() or "nan")
    assert x < 0.9

    def shown() -> list[float]:
        drawn = calm_page.locator("#contour-plane .js-plotly-plot")
        return list(drawn.evaluate("plot => plot._fullLayout.xaxis.range"))

    soon(calm_page, lambda: shown()[0] <= x + 5e-4 and x - 5e-4 <= shown()[1])
    assert shown()[1] - shown()[0] == pytest.approx(0.2)


def test_a_key_before_the_first_answer_waits(calm_page: Page, live_server) -> None:
    held: list[Route] = []
    calm_page.route("**/functions/descent", lambda route: held.append(route))
    calm_page.goto("/derivative?view=downhill")
    expect(calm_page.locator("#expression")).to_have_value("x^2")
    calm_page.keyboard.press("+")
    for route in held:
        route.continue_()
    soon(calm_page, lambda: "low=" in calm_page.url and spread(calm_page, "#hill-plane") < 5.5)


def test_an_arrow_key_inside_the_view_does_not_change_it(calm_page: Page, live_server) -> None:
    open_plane(calm_page, "/derivative?example=sine", "#function-plane")
    before = seen(calm_page, "low", "high")
    handle(calm_page, "function-plane", "at").focus()
    calm_page.keyboard.press("ArrowRight")
    expect(handle(calm_page, "function-plane", "at")).not_to_have_attribute("aria-valuenow", "1")
    calm_page.keyboard.press("n")
    expect(calm_page).not_to_have_url(re.compile("numbers="))
    assert seen(calm_page, "low", "high") == before
    expect(calm_page.locator("#function-plane .whole-view")).to_be_hidden()


def test_keys_zoom_about_the_point_and_move_the_view(calm_page: Page, live_server) -> None:
    open_plane(calm_page, "/derivative", "#function-plane")
    calm_page.keyboard.press("+")
    soon(calm_page, lambda: seen(calm_page, "low", "high") == (-2.1, 2.7))  # 1.5 stays at three quarters
    calm_page.keyboard.press(">")
    soon(calm_page, lambda: seen(calm_page, "low", "high") == (-1.62, 3.18))
    calm_page.keyboard.press("<")
    calm_page.keyboard.press("-")
    soon(calm_page, lambda: seen(calm_page, "low", "high") == (-3, 3))
    for _ in range(80):
        calm_page.keyboard.press("+")
    soon(calm_page, lambda: spread(calm_page, "#function-plane") < 2e-6)
    expect(calm_page.locator("#says")).to_contain_text("tangent 3.000")
    calm_page.keyboard.press("0")
    soon(calm_page, lambda: seen(calm_page, "low", "high") == (-3, 3))


def test_close_up_a_curve_is_its_tangent(calm_page: Page, live_server) -> None:
    """The derivative's own lesson: the heights of a narrow view are those of a straight line with slope f′."""
    open_plane(calm_page, "/derivative?low=1.4999&high=1.5001&delta=0.00005", "#function-plane")
    expect(calm_page.locator("#function-plane .ytick text").first).to_be_attached()
    ends = calm_page.evaluate(
        """() => { const { _fullLayout } = document.querySelector('#function-plane .js-plotly-plot');
                   return [_fullLayout.xaxis.range, _fullLayout.yaxis.range]; }"""
    )
    (left, right), (low, high) = ends
    air = 1 + 2 * 0.12
    assert (high - low) / air / (right - left) == pytest.approx(3, rel=1e-3)


@pytest.mark.parametrize(
    ("address", "field", "plane", "low", "high"),
    [
        ("/derivative", "#at", "#function-plane", "low", "high"),
        ("/chain-rule", "#at", "#inner-plane", "low", "high"),
        ("/jacobian", "#input-0", "#input-plane", "low", "high"),
        ("/derivative?view=downhill", "#start", "#hill-plane", "low", "high"),
        ("/gradient?view=gradient", "#x", "#contour-plane", "xlow", "xhigh"),
    ],
)
def test_a_point_outside_widens_the_view(
    calm_page: Page, live_server, address: str, field: str, plane: str, low: str, high: str
) -> None:
    open_plane(calm_page, address, plane)
    typed = calm_page.locator(f"{field} input[type=text]")
    typed.fill("-12")
    calm_page.keyboard.press("Enter")
    soon(calm_page, lambda: seen(calm_page, low, high)[0] < -12)
    expect(typed).to_have_value("−12")
    calm_page.reload()
    expect(typed).to_have_value("−12")
    assert seen(calm_page, low, high)[0] < -12
    typed.fill("1e10")
    calm_page.keyboard.press("Enter")
    expect(typed).to_have_attribute("title", "Type a number from −1e9 to 1e9.")


def test_arrows_beyond_the_edge_take_the_view_along(calm_page: Page, live_server) -> None:
    open_plane(calm_page, "/derivative?at=3&low=-3&high=3&delta=-1", "#function-plane")
    handle(calm_page, "function-plane", "at").focus()
    calm_page.keyboard.press("Shift+ArrowRight")
    soon(calm_page, lambda: seen(calm_page, "low", "high") == (-2.9, 3.1))
    assert number_of(handle(calm_page, "function-plane", "at")) == pytest.approx(3.1)


def test_two_fingers_zoom_the_plane_and_not_the_page(calm_page: Page, live_server) -> None:
    fingers = open_phone(calm_page, "/gradient?view=gradient")
    plane = calm_page.locator("#contour-plane .plane-marks")
    plane.scroll_into_view_if_needed()
    # one finger is on the ball, the other beside it
    ball = middle(handle(calm_page, "contour-plane", "point"))

    def touch(kind: str, apart: float) -> None:
        places = (ball[0], ball[0] - apart)
        points = [{"x": x, "y": ball[1], "id": finger} for finger, x in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if apart else []})

    touch("touchStart", 60)
    for apart in (70, 80, 90, 100, 120):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    soon(calm_page, lambda: "xlow=" in calm_page.url and spread(calm_page, "#x-slice") < 0.6 * 6)
    assert calm_page.evaluate("visualViewport.scale") == 1


def test_a_page_that_scrolls_keeps_the_wheel(calm_page: Page, live_server) -> None:
    calm_page.set_viewport_size({"width": 700, "height": 500})
    open_plane(calm_page, "/derivative", "#function-plane")
    calm_page.mouse.move(*share(calm_page, "#function-plane", 0.5, 0.4))
    calm_page.mouse.wheel(0, 120)
    soon(calm_page, lambda: calm_page.evaluate("scrollY") > 0)
    shown = "document.querySelector('#function-plane .js-plotly-plot')._fullLayout.xaxis.range"
    assert calm_page.evaluate(shown) == [-3, 3]
    calm_page.mouse.move(*share(calm_page, "#function-plane", 0.5, 0.4))
    calm_page.keyboard.down("Control")
    calm_page.mouse.wheel(0, -120)
    calm_page.keyboard.up("Control")
    soon(calm_page, lambda: spread(calm_page, "#function-plane") < 5)
