"""Partial derivatives and the gradient, in a real browser: drag, keys, steps, typed formulas, addresses."""

import math
import re
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.stations.planes import drag, handle, middle, soon

ARROW = "#contour-plane line.mark.dx:not([stroke-dasharray='7 6'])"
LINE = "#contour-plane path.mark.f"
IS_DRAWN = "Boolean(document.querySelector('.scene-plot')?._fullLayout?.scene?._scene?.glplot?.axesPixels)"
# how often Plotly was asked to draw
COUNT_DRAWINGS = """() => {
    window.drawings = 0;
    for (const name of ["react", "relayout"]) {
        const own = Plotly[name];
        Plotly[name] = (...parts) => { window.drawings += 1; return own(...parts); };
    }
}"""
NO_WEBGL = """
const own = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return kind.includes("webgl") ? null : own.call(this, kind, ...more);
};
"""


def open_page(page: Page, query: str = "", address: str = "/gradient") -> None:
    page.goto(f"{address}?{query}" if query else address)
    expect(page.locator("[data-handle]").first).to_be_visible(timeout=20_000)


def surface_is_drawn(page: Page) -> None:
    # waiting inside the page would need eval there, which its policy forbids
    for _ in range(200):
        if page.evaluate(IS_DRAWN):
            return
        page.wait_for_timeout(100)
    pytest.fail("The surface was not drawn.")


def line_of(page: Page, selector: str) -> list[float]:
    part = page.locator(selector).first
    return [float(part.get_attribute(name) or "nan") for name in ("x1", "y1", "x2", "y2")]


def points_of(page: Page, selector: str) -> list[tuple[float, float]]:
    paths = page.locator(selector).evaluate_all("(paths) => paths.map((path) => path.getAttribute('d'))")
    pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", " ".join(paths))
    return [(float(x), float(y)) for x, y in pairs]


def test_slide_12_shows_two_slices_with_their_slopes(calm_page: Page, live_server) -> None:
    open_page(calm_page, address="/slide/12")
    expect(calm_page.locator("#x-slice")).to_contain_text("∂f/∂x = 2.000")
    expect(calm_page.locator("#y-slice")).to_contain_text("∂f/∂y = 3.000")
    expect(calm_page.locator("#partial-x math")).to_have_text([re.compile("lim"), "=2x", "=2.000"])
    expect(calm_page.locator("#partial-y math").last).to_have_text("=3.000")
    expect(calm_page.locator("#says")).to_have_text(
        "Hold y at 2: along x the slope is 2. Hold x at 1: along y the slope is 3."
    )
    calm_page.keyboard.press("n")
    expect(calm_page.locator("#partial-x math").nth(2)).to_have_text("=2·1")


def test_slide_13_shows_the_gradient(calm_page: Page, live_server) -> None:
    open_page(calm_page, address="/slide/13")
    expect(calm_page.locator("#gradient-formula math").last).to_have_text("‖∇f‖=3.606")
    expect(calm_page.locator("#says")).to_contain_text(
        "At (1, 2) f grows by 2 per unit of x and by 3 per unit of y; it grows fastest along (2, 3), with slope 3.606"
    )
    expect(calm_page.locator("#contour-plane")).to_contain_text("−∇f")
    x1, y1, x2, y2 = line_of(calm_page, ARROW)
    assert (y1 - y2) / (x2 - x1) == pytest.approx(3 / 2, rel=0.02)


SEEN = """() => {
    const { glplot, dataScale } = document.querySelector(".scene-plot")._fullLayout.scene._scene;
    const { model, view, projection } = glplot.cameraParams;
    const entry = (m, v, row) => m[row] * v[0] + m[4 + row] * v[1] + m[8 + row] * v[2] + m[12 + row] * v[3];
    const times = (m, v) => [0, 1, 2, 3].map((row) => entry(m, v, row));
    const point = [1, 2, 7].map((value, axis) => value * dataScale[axis]);
    const [x, y, , w] = times(projection, times(view, times(model, [...point, 1])));
    const { clientWidth, clientHeight } = document.querySelector("#surface");
    return [(1 + x / w) * clientWidth / 2, (1 - y / w) * clientHeight / 2];
}"""


def test_one_surface_for_both_views_and_what_lies_on_it(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture&view=slices")
    surface_is_drawn(calm_page)
    calm_page.keyboard.press("v")
    expect(handle(calm_page, "contour-plane", "point")).to_be_visible()
    expect(calm_page.locator(".scene-plot canvas")).to_have_count(1)
    # the marks are put where Plotly's own camera sees the point (1, 2, 7)
    ball = calm_page.locator("#surface circle.ball")

    def is_there() -> bool:
        seen = calm_page.evaluate(SEEN)
        return [float(ball.get_attribute(name) or "nan") for name in ("cx", "cy")] == pytest.approx(seen, abs=1)

    soon(calm_page, is_there)


def test_dragging_follows_without_redrawing_the_surface(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=bowl&view=gradient")
    surface_is_drawn(calm_page)
    calm_page.wait_for_timeout(500)
    calm_page.evaluate(COUNT_DRAWINGS)
    point = handle(calm_page, "contour-plane", "point")
    x, y = middle(point)
    drag(calm_page, point, (x - 137, y + 61))
    assert calm_page.evaluate("window.drawings") == 0
    x0, y0 = (calm_page.locator(f"#{name} input[type=text]").input_value() for name in "xy")
    at = [float(text.replace("−", "-")) for text in (x0, y0)]
    slope = 2 * math.hypot(*at)
    expect(calm_page.locator("#gradient-formula math").last).to_have_text(re.compile(f"=.*{slope:.4g}"))
    expect(calm_page).to_have_url(re.compile(f"[?&]x={at[0]:g}&y={at[1]:g}&"))
    # the arrow stands at a right angle to the contour line that passes the point
    x1, y1, x2, y2 = line_of(calm_page, ARROW)
    near = sorted(points_of(calm_page, LINE), key=lambda each: math.hypot(each[0] - x1, each[1] - y1))[:2]
    along = (near[1][0] - near[0][0], near[1][1] - near[0][1])
    across = (x2 - x1, y2 - y1)
    cosine = (along[0] * across[0] + along[1] * across[1]) / math.hypot(*along) / math.hypot(*across)
    assert abs(cosine) < 0.1
    calm_page.reload()
    expect(calm_page.locator("#x input[type=text]")).to_have_value(x0)
    expect(calm_page.locator("#y input[type=text]")).to_have_value(y0)


def test_a_slice_moves_one_variable(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=saddle&view=slices")
    x, y = middle(handle(calm_page, "x-slice", "x"))
    drag(calm_page, handle(calm_page, "x-slice", "x"), (x - 60, y - 40))
    moved = calm_page.locator("#x input[type=text]").input_value()
    assert moved != "1"
    expect(calm_page.locator("#y input[type=text]")).to_have_value("1")
    expect(calm_page.locator("#y-slice")).to_contain_text(f"x is held at {moved}")
    calm_page.click("#views [data-view=gradient]")
    expect(calm_page.locator("h1 span:visible")).to_have_text("The gradient points uphill")
    expect(calm_page.locator("#x input[type=text]")).to_have_value(moved)
    expect(calm_page).to_have_url(re.compile("view=gradient"))


def test_by_keyboard_alone(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture&view=gradient")
    handle(calm_page, "contour-plane", "point").focus()
    for key in ("ArrowRight", "Shift+ArrowUp"):
        calm_page.keyboard.press(key)
    expect(calm_page.locator("#x input[type=text]")).to_have_value("1.01")
    expect(calm_page.locator("#y input[type=text]")).to_have_value("2.1")
    calm_page.locator("#surface").focus()
    calm_page.keyboard.press("ArrowLeft")
    expect(calm_page).to_have_url(re.compile("turn=-68"))
    calm_page.keyboard.press("ArrowUp")
    expect(calm_page).to_have_url(re.compile("tilt=40"))
    calm_page.click("[data-turn=ArrowRight]")
    expect(calm_page).to_have_url(re.compile("turn=-58"))


def test_steps_go_down_and_reset(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=bowl&view=gradient")
    rows = calm_page.locator("#steps tbody tr")
    expect(rows).to_have_count(1)
    for _ in range(3):
        calm_page.keyboard.press("s")
    expect(rows).to_have_count(4)
    values = [float(text) for text in rows.locator("td:nth-child(4)").all_inner_texts()]
    assert values == sorted(values)  # the newest stands first
    expect(calm_page.locator("#says")).to_contain_text("Step 3 went along −∇f, the way down: f fell from")
    expect(calm_page).to_have_url(re.compile("count=3"))
    calm_page.reload()
    expect(rows).to_have_count(4)
    calm_page.keyboard.press("Space")
    expect(calm_page.locator("#roll-name")).to_have_text("Pause")
    expect(rows).not_to_have_count(4)
    calm_page.keyboard.press("Space")
    calm_page.keyboard.press("r")
    expect(rows).to_have_count(1)


def test_a_step_asked_for_early_waits_for_the_server(calm_page: Page, live_server) -> None:
    held: list[Route] = []
    calm_page.route("**/functions/descent", lambda route: held.append(route))
    open_page(calm_page, "example=bowl&view=gradient")
    calm_page.keyboard.press("s")
    for route in held:
        route.continue_()
    expect(calm_page.locator("#steps tbody tr")).to_have_count(2)


def test_a_large_eta_zigzags_and_a_larger_one_diverges(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=valley&view=gradient")
    calm_page.keyboard.press("s")
    expect(calm_page.locator("#says")).to_contain_text("zigzags")
    rate = calm_page.locator("#rate input[type=text]")
    rate.fill("0.12")
    rate.press("Enter")
    rate.blur()
    for _ in range(8):
        calm_page.keyboard.press("s")
    expect(calm_page.locator("#says")).to_contain_text("is too large here")
    # the picture has grown, so that the ball is still in it
    expect(calm_page.locator("#contour-plane .xtick text").first).to_have_text("−20", timeout=20_000)
    plane, ball = (calm_page.locator(part).bounding_box() for part in ("#contour-plane", "[data-handle=point] .dot"))
    assert plane is not None
    assert ball is not None
    assert plane["y"] < ball["y"] < plane["y"] + plane["height"] - 20


def test_going_to_and_fro_is_no_fall(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=x%5E2+%2B+y%5E2&x=1&y=1&rate=1&view=gradient&count=1")
    expect(calm_page.locator("#says")).to_contain_text("Step 1: f stayed at 2, but the slope")
    calm_page.keyboard.press("s")
    expect(calm_page.locator("#says")).to_contain_text("Step 2 is back where step 0 was")


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_the_surface_is_seen_straight_from_a_side(calm_page: Page, live_server, turn: int) -> None:
    open_page(calm_page, f"x=0&y=0&turn={turn}")
    expect(calm_page.locator("#x-slice")).to_contain_text("∂f/∂x = 0")
    expect(calm_page.locator("#surface .mark").first).to_be_attached()


def test_nonsense_is_refused_at_its_place_and_the_picture_stays(
    calm_page: Page, live_server, complaints: list[str]
) -> None:
    open_page(calm_page, "example=lecture&view=slices")
    expect(calm_page.locator("#x-slice")).to_contain_text("∂f/∂x = 2.000")
    calm_page.fill("#expression", "sen(x) + y")
    expect(calm_page.locator("#expression-message mark")).to_have_text("sen")
    expect(calm_page.locator("#x-slice")).to_contain_text("∂f/∂x = 2.000")
    calm_page.click("#expression-message button")
    expect(calm_page.locator("#expression-message")).to_be_hidden()
    expect(calm_page.locator("#x-slice")).to_contain_text("∂f/∂x = 0.5403")
    # the browser reports every 422 on its own
    complaints[:] = [text for text in complaints if "422" not in text]


@pytest.mark.parametrize(
    ("expression", "at", "says"),
    [
        ("|x| + |y|", (0, 0), "No gradient at (0, 0). Along x, with y = 0 held: f has a kink at x = 0"),
        ("sqrt(x^2 + y^2)", (0, 0), "No gradient at (0, 0). Along x, with y = 0 held: f has a kink at x = 0"),
        ("ln(x)", (-1, 1), "f has no value at (−1, 1). Along x, with y = 1 held: f is not defined at x = −1"),
        ("x^2 + y^2", (0, 0), "the gradient is 0"),
    ],
)
def test_a_point_without_a_gradient_says_why(
    calm_page: Page, live_server, expression: str, at: tuple[int, int], says: str
) -> None:
    open_page(calm_page, "example=lecture&view=gradient")
    calm_page.fill("#expression", expression)
    for name, value in zip("xy", at, strict=True):
        knob = calm_page.locator(f"#{name} input[type=text]")
        knob.fill(str(value))
        knob.press("Enter")
    expect(calm_page.locator("#says")).to_contain_text(says, timeout=20_000)
    expect(calm_page.locator(ARROW)).to_have_count(0)


def test_without_webgl_the_page_says_so_and_works(page: Page, live_server) -> None:
    page.add_init_script(NO_WEBGL)
    open_page(page, "example=lecture&view=slices")
    expect(page.locator(".scene-message")).to_be_visible()
    expect(page.locator(".scene-message")).to_contain_text("no WebGL")
    assert page.locator("#surface path.mark.soft").count() > 10
    handle(page, "x-slice", "x").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#x-slice")).to_contain_text("∂f/∂x = 2.020")


def test_the_surface_is_given_back_when_the_page_is_left(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture&view=slices")
    surface_is_drawn(calm_page)
    calm_page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert calm_page.locator(".scene-plot canvas").count() == 0


def test_contour_lines_are_where_the_function_has_the_value(calm_page: Page, live_server) -> None:
    calm_page.goto("/")
    lines = calm_page.evaluate(
        """async () => {
            const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
            const { levelLines } = await import(`${root}/js/drawing/level_lines.js`);
            const axis = Array.from({ length: 61 }, (_, index) => (index - 30) / 10);
            const sample = (f) => ({ x: axis, y: axis, z: axis.map((y) => axis.map((x) => f(x, y))) });
            return {
                circle: levelLines(sample((x, y) => x * x + y * y), 4),
                saddle: levelLines(sample((x, y) => x * x - y * y), 1),
                crossing: levelLines(sample((x, y) => x * y), 0.001),
                half: levelLines(sample((x, y) => (x < 0 ? null : y)), 0.05),
                none: levelLines(sample(() => 1), 2),
            };
        }"""
    )
    assert len(lines["circle"]) == 1
    assert lines["circle"][0][0] == lines["circle"][0][-1]
    assert all(math.hypot(x, y) == pytest.approx(2, abs=2e-3) for x, y in lines["circle"][0])
    assert len(lines["saddle"]) == 2
    assert all(x * x - y * y == pytest.approx(1, abs=6e-3) for line in lines["saddle"] for x, y in line)
    assert sorted({x > 0 for x, _ in line} for line in lines["crossing"]) == [{False}, {True}]
    assert [(min(x for x, _ in line), max(x for x, _ in line)) for line in lines["half"]] == [(0, 3)]
    assert lines["none"] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_the_way_to_the_gradient(calm_page: Page, live_server, theme: str) -> None:
    open_page(calm_page, f"example=valley&view=gradient&count=3&numbers=1&theme={theme}")
    expect(calm_page.locator("#steps tbody tr")).to_have_count(4)
    found = Axe().run(calm_page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("view", ["slices", "gradient"])
def test_everything_fits_a_projector(calm_page: Page, live_server, view: str) -> None:
    open_page(calm_page, f"example=valley&view={view}&numbers=1&projector=1")
    calm_page.wait_for_timeout(300)
    assert calm_page.evaluate("document.documentElement.scrollHeight") <= 720
    controls, foot = (calm_page.locator(part).bounding_box() for part in (".controls", ".foot"))
    assert controls is not None
    assert foot is not None
    assert controls["y"] + controls["height"] <= foot["y"]


@pytest.mark.parametrize(
    ("formula", "pieces"),
    [("floor(x) + y", 6), ("1/(x - 1/3) + y", 2), ("200x^3 + y", 1), ("floor(x) + 5x + y", 6), ("1/x + y", 2)],
)
def test_a_slice_is_apart_where_the_function_jumps(calm_page: Page, live_server, formula: str, pieces: int) -> None:
    fields = {"expression": formula, "x": 0.5, "y": 1, "xlow": -2.5, "xhigh": 2.5, "view": "slices"}
    open_page(calm_page, urlencode(fields))
    expect(calm_page.locator("#x-slice .plane-marks path.mark.x")).to_have_count(pieces)
    expect(calm_page.locator("#y-slice .plane-marks path.mark.y")).to_have_count(1)
