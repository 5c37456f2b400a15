"""The Jacobian, in a real browser: the matrix and what lights with it, dragging, keys, typed formulas, addresses."""

import math
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.stations.planes import drag, handle, middle, number_of


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/jacobian?{query}")
    expect(point(page)).to_be_visible()
    expect(entry(page, 1, 1)).to_be_visible()


def point(page: Page) -> Locator:
    return handle(page, "input-plane", "at")


def entry(page: Page, row: int, column: int) -> Locator:
    """A cell of the matrix by its row and column from 1; 0 is a name beside it."""
    return page.locator(f"#matrix [data-cell='{row} {column}']")


def value(page: Page, row: int, column: int) -> Locator:
    return entry(page, row, column).locator(".entry-value")


def coordinates(page: Page) -> list[float]:
    """Where the point is, as the page says it."""
    return [float(text) for text in re.findall(r"-?[\d.]+", (page.locator("#point").inner_text()).replace("−", "-"))]


def ask(page: Page, **request: Any) -> dict[str, Any]:
    return page.request.post("/api/v1/functions/jacobian", data=request).json()


def test_the_lecture_s_matrix_stands_there_everywhere(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/14")
    expect(value(calm_page, 1, 1)).to_have_text("1")
    for _ in range(2):
        expect(calm_page.locator("#matrix .entry-value")).to_have_text(["1", "2", "3", "−1"])
        expect(calm_page.locator("#matrix .shape")).to_have_text("2×2")
        expect(calm_page.locator("#says")).to_contain_text("det J = −7.000")
        expect(calm_page.locator("#says")).to_contain_text("turned over")
        x, y = middle(point(calm_page))
        drag(calm_page, point(calm_page), (x - 130, y + 90))
    assert coordinates(calm_page)[0] < 0
    expect(calm_page.locator("#linear-step tbody tr").first).to_contain_text("1.500")
    expect(calm_page.locator("#linear-step tbody tr").last).to_contain_text("1.000")
    calm_page.keyboard.press("PageDown")
    calm_page.wait_for_url(re.compile("slide=15"))
    expect(calm_page.locator("#image-plane")).to_contain_text("∂f/∂x₁ = (1, 3)")
    expect(calm_page.locator("#image-plane")).to_contain_text("∂f/∂x₂ = (2, −1)")


def test_names_of_rows_and_columns(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=polar")
    expect(entry(calm_page, 2, 0)).to_have_text("∇f₂")
    expect(entry(calm_page, 0, 1)).to_have_text("∂/∂r")
    expect(calm_page.locator("#input-0 label span").first).to_have_text("r")
    expect(calm_page.locator("#input-plane")).to_contain_text("Δr")


def test_an_entry_lights_what_it_stands_for(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture&view=close")
    entry(calm_page, 1, 2).hover()
    expect(entry(calm_page, 1, 2)).to_have_class(re.compile(r"\bask\b"))
    expect(entry(calm_page, 1, 0)).to_have_class(re.compile(r"\blit\b"))
    expect(entry(calm_page, 0, 2)).to_have_class(re.compile(r"\blit\b"))
    expect(calm_page.locator("#input-1")).to_have_class(re.compile(r"\blit\b"))
    expect(calm_page.locator(".formula.lit")).to_have_count(1)
    expect(calm_page.locator("#linear-step tr.now")).to_have_text(re.compile("^f₁"))
    expect(calm_page.locator("#says")).to_have_text(
        "∂f₁/∂x₂ = 2: f₁ grows 2 times as fast as x₂ grows, while x₁ is held."
    )
    # one column's arrow stays, the other is thin
    expect(calm_page.locator("#image-plane line.slope:not(.thin)")).to_have_count(1)
    calm_page.locator("h1").hover()
    expect(calm_page.locator("#says")).to_contain_text("det J")


def test_by_keyboard_alone(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture")
    entry(calm_page, 1, 1).focus()
    calm_page.keyboard.press("ArrowDown")
    expect(entry(calm_page, 2, 1)).to_be_focused()
    expect(calm_page.locator("#says")).to_contain_text("∂f₂/∂x₁ = 3")
    calm_page.keyboard.press("ArrowLeft")
    expect(calm_page.locator("#says")).to_contain_text("Row 2 is the gradient of f₂: ∇f₂ = (3, −1)")
    expect(calm_page.locator("#input-plane")).to_contain_text("∇f₂ = (3, −1)")
    calm_page.keyboard.press("Escape")
    expect(calm_page.locator("#says")).to_contain_text("det J")
    point(calm_page).focus()
    before = coordinates(calm_page)
    calm_page.keyboard.press("ArrowLeft")
    calm_page.keyboard.press("Shift+ArrowUp")
    expect(calm_page.locator("#input-1 input[type=text]")).not_to_have_value("1")
    after = coordinates(calm_page)
    assert after[0] < before[0]
    assert after[1] - before[1] == pytest.approx(10 * (before[0] - after[0]))
    handle(calm_page, "input-plane", "side").focus()
    calm_page.keyboard.press("ArrowLeft")
    expect(handle(calm_page, "input-plane", "side")).to_have_attribute("aria-valuenow", re.compile(r"^0\.4"))
    calm_page.keyboard.press("c")
    expect(calm_page.locator("#views [aria-current]")).to_have_text("Close-up")
    calm_page.locator("#tab-step").focus()
    calm_page.keyboard.press("ArrowRight")
    expect(calm_page.locator("#area-factor")).to_be_visible()


def test_the_image_becomes_the_parallelogram(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=polar")
    expect(calm_page.locator("#says")).to_contain_text("off the parallelogram")
    calm_page.locator("#main").focus()
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#views [aria-current]")).to_have_text("Close-up")
    expect(calm_page.locator("#shrink-name")).to_have_text("Pause")
    side = handle(calm_page, "input-plane", "side")
    expect(side).to_have_attribute("aria-valuenow", re.compile(r"^0\.000"), timeout=20_000)
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#shrink-name")).to_have_text("Let s → 0")
    off = re.search(r"([\d.·⁻]+) % off", calm_page.locator("#says").inner_text())
    assert off
    assert "·10" in off[1] or float(off[1]) < 0.2
    calm_page.locator("#tab-area").click()
    areas = [float(text) for text in calm_page.locator("#area-factor tbody td:last-child").all_inner_texts()]
    # r = 1: the determinant is r
    assert areas[1:] == [pytest.approx(1, abs=2e-3)] * 2


def test_the_square_goes_to_0_and_ends_on_the_determinant(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=polar&side=1e-3")
    calm_page.locator("#shrink").click()
    claim = "As s → 0, the image of the square becomes the parallelogram of J, and its area / s² → |det J| = 1.000."
    expect(calm_page.locator("#says")).to_have_text(claim, timeout=30_000)
    expect(calm_page.locator("#shrink-name")).to_have_text("Let s → 0")


def test_dragging_the_corner_changes_the_side(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=rotation")
    x, y = middle(handle(calm_page, "input-plane", "side"))
    drag(calm_page, handle(calm_page, "input-plane", "side"), (x - 20, y + 20))
    side = number_of(handle(calm_page, "input-plane", "side"))
    assert 0.1 < side < 0.4
    expect(calm_page).to_have_url(re.compile(f"side={side:g}"))


@pytest.mark.parametrize("example", ["lecture", "polar", "three-outputs"])
def test_the_page_draws_what_the_server_computes(calm_page: Page, live_server, example: str) -> None:
    catalog = calm_page.request.get("/api/v1/catalog").json()
    request = next(
        each["request"] for each in catalog["examples"] if each["call"] == "jacobian" and each["name"] == example
    )
    answer = ask(calm_page, **request)
    # at a point the server was not asked about, the page is on its own
    elsewhere = {name: value - 0.25 for name, value in request["at"].items()}
    their = ask(calm_page, **{**request, "at": elsewhere, "side": 0.25})
    calm_page.goto("/")
    ours = calm_page.evaluate(
        """async ([answer, at]) => {
            const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
            const { localMap } = await import(`${root}/js/stations/jacobian/local_map.js`);
            return localMap(answer, at, 0.25);
        }""",
        [answer, list(elsewhere.values())],
    )
    assert ours["values"] == pytest.approx(their["values"])
    for row, line in enumerate(their["matrix"]):
        assert ours["matrix"][row] == pytest.approx(line)
    if their["determinant"] is not None:
        assert ours["determinant"] == pytest.approx(their["determinant"])
    assert ours["areas"] == pytest.approx(their["square"]["areas"])
    for name in ("change", "linear"):
        assert ours[name] == pytest.approx(their["square"]["step"][name])
    for name in ("image", "parallelogram"):
        flat = [list(point) for point in zip(*their["square"][name], strict=True)]
        assert len(ours[name]) == len(flat)
        for our, point_there in zip(ours[name], flat, strict=True):
            assert our == pytest.approx(point_there)


def test_outputs_come_and_go(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture")
    calm_page.locator("#fewer-outputs").click()
    expect(calm_page.locator("#matrix .entry-value")).to_have_text(["1", "2"])
    expect(calm_page.locator("#matrix .shape")).to_have_text("1×2")
    expect(calm_page.locator("#says")).to_contain_text("a single row, the gradient: J = (1, 2)")
    expect(calm_page.locator("#fewer-outputs")).to_be_disabled()
    calm_page.locator("#tab-area").click()
    expect(calm_page.locator("#area-factor")).to_contain_text("no area")
    calm_page.locator("#more-outputs").click()
    expect(calm_page.locator("#expressions-1")).to_have_value("3x1 - x2")
    expect(calm_page.locator("#expressions-1")).to_be_focused()
    expect(calm_page.locator("#matrix .entry-value")).to_have_text(["1", "2", "3", "−1"])
    calm_page.locator("#more-outputs").click()
    expect(calm_page.locator("#matrix .shape")).to_have_text("3×2")
    calm_page.locator("#expressions-2").fill("x1 x2")
    expect(value(calm_page, 3, 1)).to_have_text("1.000")
    expect(calm_page).to_have_url(re.compile(r"expressions=x1\+x2(&|$)"))
    calm_page.reload()
    expect(value(calm_page, 3, 1)).to_have_text("1.000")
    expect(calm_page.locator("#expressions-2")).to_have_value("x1 x2")


def test_three_outputs_are_turned_by_keys(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=three-outputs&view=close")
    scene = calm_page.locator("#image-scene")
    expect(scene).to_contain_text("Δf₃ / s")
    expect(calm_page.locator("#image-plane")).to_be_hidden()
    tip = scene.locator("line.slope").first
    before = tip.get_attribute("x2")
    scene.focus()
    calm_page.keyboard.press("ArrowRight")
    expect(tip).not_to_have_attribute("x2", before or "")
    expect(calm_page).to_have_url(re.compile("turn="))


def test_a_point_without_a_jacobian_says_why(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expressions=|x1| %2B x2&expressions=x2&at=0,1")
    answer = ask(calm_page, expressions=["|x1| + x2", "x2"], at={"x1": 0, "x2": 1})
    assert not answer["differentiable"]
    expect(calm_page.locator("#says")).to_have_text(
        "No Jacobian at x = (0, 1). " + answer["reason"].replace("x1", "x₁").replace("x2", "x₂")
    )
    expect(calm_page.locator("#image-plane line.slope")).to_have_count(0)
    expect(calm_page.locator("#image-plane path.f.filled")).to_have_count(1)
    calm_page.locator("#input-0 input[type=text]").fill("0.5")
    calm_page.keyboard.press("Enter")
    expect(calm_page.locator("#says")).to_contain_text("det J = 1.000")


def test_where_f_has_no_value(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expressions=ln(x1)&expressions=x2&at=-1,1")
    expect(calm_page.locator("#says")).to_contain_text("No Jacobian at x = (−1, 1)")
    expect(value(calm_page, 1, 1)).to_have_text("–")


def test_what_cannot_be_read_is_shown_and_the_picture_stays(
    calm_page: Page, live_server, complaints: list[str]
) -> None:
    open_page(calm_page, "example=lecture")
    calm_page.locator("#expressions-1").fill("sen(x1)")
    message = calm_page.locator("#expressions-1-message")
    expect(message.locator("mark")).to_have_text("sen")
    expect(calm_page.locator("#expressions-0-message")).to_be_hidden()
    expect(calm_page.locator("#matrix .entry-value")).to_have_text(["1", "2", "3", "−1"])
    message.get_by_role("button").click()
    expect(message).to_be_hidden()
    expect(value(calm_page, 2, 1)).to_have_text(f"{math.cos(1):.4f}")
    expect(entry(calm_page, 2, 1).locator(".entry-formula")).to_contain_text("cos")
    calm_page.locator("#expressions-0").fill("x1 + q")
    expect(calm_page.locator("#expressions-0-message")).to_be_visible()
    # the browser reports every 422 on its own
    complaints[:] = [text for text in complaints if "422" not in text]


def test_numbers_are_filled_in(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expressions=x1^2 x2&expressions=x2&at=-1,0.5")
    calm_page.keyboard.press("n")
    expect(entry(calm_page, 1, 1).locator(".entry-formula")).to_have_text("2·(−1)·0.5")
    expect(value(calm_page, 1, 1)).to_have_text("−1.000")
    expect(entry(calm_page, 1, 2).locator(".entry-formula")).to_have_text("(−1)2")
    expect(calm_page.locator("#linear-step math")).to_have_count(1)
    calm_page.keyboard.press("d")
    expect(value(calm_page, 1, 1)).to_have_text("−1.000000000")


def test_numbers_that_are_none_are_refused(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture")
    for knob, texts in {"side": ["0", "-1", "abc"], "input-0": ["3e9", "", "1e999"]}.items():
        field = calm_page.locator(f"#{knob} input[type=text]")
        for text in texts:
            field.fill(text)
            field.press("Enter")
            expect(field).to_have_attribute("aria-invalid", "true")


def test_the_address_brings_everything_back(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture")
    x, y = middle(point(calm_page))
    drag(calm_page, point(calm_page), (x - 61, y + 47))
    calm_page.keyboard.press("c")
    calm_page.locator("#tab-area").click()
    calm_page.locator("#side input[type=text]").fill("0.125")
    calm_page.keyboard.press("Enter")
    at = coordinates(calm_page)
    expect(calm_page).to_have_url(re.compile(f"at={at[0]:g}%2C{at[1]:g}.*side=0.125.*view=close.*tab=area"))
    calm_page.reload()
    expect(calm_page.locator("#area-factor")).to_be_visible()
    expect(calm_page.locator("#views [aria-current]")).to_have_text("Close-up")
    assert coordinates(calm_page) == at
    assert number_of(handle(calm_page, "input-plane", "side")) == 0.125
    calm_page.locator("[data-code=curl]").click()
    expect(calm_page.locator("#code-text")).to_contain_text('"expressions":["x1 + 2 x2","3x1 - x2"]')


def test_what_is_refused_of_no_single_formula_is_said_above(
    calm_page: Page, live_server, complaints: list[str]
) -> None:
    open_page(calm_page)
    error = {"location": "expressions", "message": "This is too complicated."}
    calm_page.route(
        "**/functions/jacobian", lambda route: route.fulfill(status=422, json={"detail": "", "errors": [error]})
    )
    calm_page.locator("#expressions-0").fill("x1^2")
    expect(calm_page.locator("#banners")).to_contain_text("too complicated")
    complaints[:] = [text for text in complaints if "422" not in text]


def test_a_jacobian_of_zeros_makes_a_point(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expressions=x1^2&expressions=x1 x2&at=0,0&view=close")
    expect(calm_page.locator("#says")).to_contain_text("J = 0: to first order, the square becomes a point")
    expect(calm_page.locator("#image-plane path.f.filled")).to_have_count(1)


def test_x_and_y_typed_in_one_output_are_meant_in_all(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=lecture")
    first, second = (calm_page.locator(f"#expressions-{row}") for row in (0, 1))
    first.fill("x y + exp(x)")
    calm_page.keyboard.press("Enter")
    expect(second).to_have_value("3x - y")
    expect(calm_page.locator("#input-1 label")).to_contain_text("y")
    expect(calm_page.locator("#matrix")).to_contain_text("−1")
    expect(calm_page.locator("#expressions-0-message")).to_be_hidden()
    second.fill("x1^2")
    calm_page.keyboard.press("Enter")
    expect(first).to_have_value("x1 x2 + exp(x1)")
    expect(calm_page.locator("#expressions-1-message")).to_be_hidden()
