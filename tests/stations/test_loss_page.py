"""The squared error, in a real browser: the lecture's predictions, dragging, growth, comparison."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.stations.planes import drag, handle, middle, number_of

LECTURE = {0.0: "1", 2.0: "1", -1.0: "4", 3.0: "4"}


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/loss?{query}")
    expect(point(page, "prediction")).to_be_visible()
    expect(page.locator("#growth tbody tr")).to_have_count(4)


def point(page: Page, name: str) -> Locator:
    return handle(page, "error-plane", name)


def plane(page: Page) -> Locator:
    return page.locator("#error-plane .plane-marks")


def type_into(page: Page, knob: str, text: str) -> None:
    page.locator(f"#{knob} input[type=text]").fill(text)
    page.locator(f"#{knob} input[type=text]").press("Enter")


def minus(value: float) -> str:
    return f"{value:g}".replace("-", "−")


@pytest.mark.parametrize("slide", [2, 3])
def test_the_slides_show_their_numbers(calm_page: Page, live_server, slide: int) -> None:
    calm_page.goto(f"/slide/{slide}")
    expect(point(calm_page, "target")).to_have_attribute("aria-valuenow", "1")
    buttons = calm_page.locator("#examples button")
    expect(buttons).to_have_text([f"ŷ = {minus(prediction)}" for prediction in LECTURE])
    for prediction, penalty in LECTURE.items():
        buttons.get_by_text(f"ŷ = {minus(prediction)}", exact=True).click()
        expect(calm_page.locator("#penalty-formula math").first).to_have_text(re.compile(rf"= ?{penalty}$"))
        expect(plane(calm_page)).to_contain_text(f"penalty {penalty}")
        expect(calm_page.locator("#examples [aria-pressed=true]")).to_have_text(f"ŷ = {minus(prediction)}")


def test_the_square_is_square_and_as_high_as_the_error(calm_page: Page, live_server) -> None:
    open_page(calm_page, "yhat=-1")
    box = plane(calm_page).locator("path.filled").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=1.5)
    (left, above), (right, below) = middle(point(calm_page, "prediction")), middle(point(calm_page, "target"))
    # an error of 2 is a square of 2 × 2 and a height of 4: twice as high as wide
    assert below - above == pytest.approx(2 * (right - left), abs=2)
    expect(plane(calm_page)).to_contain_text("area 4")


def test_growth_comes_from_the_server(calm_page: Page, live_server) -> None:
    open_page(calm_page, "y=-0.75")
    rows = calm_page.locator("#growth tbody tr")
    expect(rows).to_have_text([re.compile(rf"^{error}\s*{error**2}\s*×{error**2}$") for error in (1, 2, 3, 4)])
    type_into(calm_page, "prediction", "2.25")
    expect(rows.nth(2)).to_have_class("now")


def test_dragging_the_prediction_and_the_target(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    x, y = middle(point(calm_page, "prediction"))
    unit = middle(point(calm_page, "target"))[0] - x
    drag(calm_page, point(calm_page, "prediction"), (x - unit, y))
    assert number_of(point(calm_page, "prediction")) == -1
    x, y = middle(point(calm_page, "target"))
    drag(calm_page, point(calm_page, "target"), (x - 0.6 * unit, y))
    target = number_of(point(calm_page, "target"))
    assert target == pytest.approx(0.4, abs=0.02)
    # the lecture's predictions keep their distance to the target
    expect(plane(calm_page).locator("[data-press]").first).to_have_attribute(
        "data-press", re.compile(f"^{target - 1:g}")
    )
    expect(calm_page).to_have_url(re.compile(rf"yhat=-1&y={target:g}(&|$)"))
    calm_page.reload()
    expect(point(calm_page, "target")).to_have_attribute("aria-valuenow", f"{target:g}")
    expect(point(calm_page, "prediction")).to_have_attribute("aria-valuenow", re.compile("^-"))


def test_a_large_penalty_still_fits_the_picture(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    x, y = middle(point(calm_page, "prediction"))
    calm_page.mouse.move(x, y)
    calm_page.mouse.down()
    calm_page.mouse.move(x - 300, y, steps=5)
    held = number_of(point(calm_page, "prediction"))
    calm_page.mouse.up()
    assert held == pytest.approx(1 - 2.26, abs=0.02)
    type_into(calm_page, "prediction", "21")
    expect(plane(calm_page)).to_contain_text("penalty 400")
    box = calm_page.locator("#error-plane").bounding_box()
    assert box is not None
    assert box["y"] < middle(point(calm_page, "prediction"))[1] < box["y"] + box["height"]


def test_a_mark_can_be_clicked_and_pressed(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    plane(calm_page).locator("[data-press='3']").click()
    expect(point(calm_page, "prediction")).to_have_attribute("aria-valuenow", "3")
    plane(calm_page).locator("[data-press='2']").focus()
    calm_page.keyboard.press("Enter")
    expect(point(calm_page, "prediction")).to_have_attribute("aria-valuenow", "2")
    calm_page.keyboard.press("Shift+Tab")
    calm_page.keyboard.press(" ")
    expect(point(calm_page, "prediction")).to_have_attribute("aria-valuenow", "0")


def test_twice_the_error_by_key(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    calm_page.locator("#main").focus()
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#says")).to_have_text("Twice the error, four times the penalty: 1 became 4.")
    calm_page.keyboard.press("h")
    expect(calm_page.locator("#says")).to_contain_text("a quarter of the penalty: 4 became 1.")
    point(calm_page, "prediction").focus()
    calm_page.keyboard.press("Shift+ArrowRight")
    expect(point(calm_page, "prediction")).to_have_attribute("aria-valuenow", "0.1")
    expect(calm_page.locator("#says")).to_contain_text("0.9 below the target")
    type_into(calm_page, "prediction", "1")
    expect(calm_page.locator("#says")).to_contain_text("no error, no penalty")


def test_compared_with_the_absolute_error(calm_page: Page, live_server) -> None:
    open_page(calm_page, "yhat=3")
    calm_page.locator("#absolute").check()
    expect(plane(calm_page)).to_contain_text("absolute 2")
    expect(calm_page.locator("#says")).to_contain_text("The absolute error is 2, the square 4")
    expect(calm_page.locator("#growth tbody tr").last).to_contain_text("×16")
    expect(calm_page.locator("#growth tbody tr").last.locator("td").last).to_have_text(re.compile(r"^4\s*×4$"))
    type_into(calm_page, "prediction", "1,5")
    expect(calm_page.locator("#says")).to_contain_text("the square only 0.25")
    expect(calm_page).to_have_url(re.compile(r"yhat=1\.5.*absolute=1"))
    calm_page.reload()
    expect(calm_page.locator("#absolute")).to_be_checked()


def test_numbers_are_filled_in_on_request(calm_page: Page, live_server) -> None:
    open_page(calm_page, "yhat=-1")
    calm_page.keyboard.press("n")
    lines = calm_page.locator("#penalty-formula math")
    expect(lines).to_have_count(2)
    # as in (−1 − 1)² = (−2)² = 4
    expect(lines.last).to_have_text(re.compile(r"^\s*=\s*\(\s*−1\s*−\s*1\s*\)\s*2\s*=\s*\(\s*−2\s*\)\s*2\s*=\s*4\s*$"))


def test_numbers_that_are_none_are_refused(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    field = calm_page.locator("#target input[type=text]")
    for text in ["two", "", "1e6"]:
        type_into(calm_page, "target", text)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(point(calm_page, "target")).to_have_attribute("aria-valuenow", "1")


def test_six_times_twice_as_far_stays_a_parabola_that_can_be_read(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/loss?example=squared-error")
    expect(page.locator("#error-plane")).to_contain_text("penalty 1")
    for _ in range(6):
        page.locator("#double").click()
    plane = page.locator("#error-plane")
    expect(plane).to_contain_text("penalty 4096")
    # that the axes are not equal is said, with how much
    expect(plane).to_contain_text(re.compile(r"1 up is 1/\d+ of 1 across"))
    target, prediction = (handle(page, "error-plane", name).bounding_box() for name in ("target", "prediction"))
    frame = plane.bounding_box()
    assert target
    assert prediction
    assert frame
    assert target["x"] - prediction["x"] > frame["width"] / 6
    expect(page.locator("#says")).to_have_text("Twice the error, four times the penalty: 1024 became 4096.")
    for _ in range(6):
        page.locator("#halve").click()
    expect(plane).not_to_contain_text("1 up is")
    expect(plane).to_contain_text("area 1")
