"""The chain rule, in a real browser: three planes that move together, a nudge on its way, slopes that multiply."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.stations.hearing import heard, listen
from tests.stations.planes import drag, handle, middle, number_of, soon

LINE = "outer=u^2&inner=2x-1&low=-3&high=3"


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/chain-rule?{query}")
    expect(point(page)).to_be_visible()


def point(page: Page, plane: str = "inner-plane") -> Locator:
    return handle(page, plane, "at")


def type_into(page: Page, knob: str, text: str) -> None:
    page.locator(f"#{knob} input[type=text]").fill(text)
    page.locator(f"#{knob} input[type=text]").press("Enter")


def numbers_in(text: str) -> list[float]:
    return [float(each.replace("−", "-")) for each in re.findall(r"−?\d+(?:\.\d+)?", text)]


def slopes(page: Page) -> list[float]:
    """dy/dx, dy/du and du/dx as they stand in the rule."""
    row = page.locator("#product-formula mtr").nth(1)
    expect(row).to_have_text(re.compile(r"\d"))
    return numbers_in(row.text_content() or "")


def ask(page: Page, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.post("/api/v1/functions/chain", data=request).json()
    return answer


@pytest.mark.parametrize("example", ["sine-of-square", "squared-error-of-line", "neuron", "bell"])
def test_the_slopes_multiply(calm_page: Page, live_server, example: str) -> None:
    open_page(calm_page)
    calm_page.locator(f"[data-example={example}]").click()
    expect(calm_page.locator(f"[data-example={example}]")).to_have_attribute("aria-pressed", "true")
    inner, outer = (calm_page.locator(f"#{name}").input_value() for name in ("inner", "outer"))
    at = number_of(point(calm_page))
    truth = ask(calm_page, inner=inner, outer=outer, at=at)
    expect(calm_page.locator("#product-formula")).to_contain_text("the same")
    soon(calm_page, lambda: slopes(calm_page)[0] == pytest.approx(truth["product"], rel=1e-3))
    whole, first, second = slopes(calm_page)
    assert first == pytest.approx(truth["outer"]["slope"], rel=1e-3)
    assert second == pytest.approx(truth["inner"]["slope"], rel=1e-3)
    assert whole == pytest.approx(first * second, rel=2e-3)


def test_slide_16(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/16")
    expect(calm_page.locator("#outer")).to_have_value("sin(u)")
    expect(calm_page.locator("#inner-name")).to_contain_text("g(x)")
    expect(calm_page.locator("#says")).to_contain_text("The slopes foretell")


def test_u_and_y_are_level_across_the_planes(calm_page: Page, live_server) -> None:
    open_page(calm_page, "at=0.8")
    second = calm_page.locator("#outer-plane .plane-marks circle.dot.u").bounding_box()
    assert second is not None
    assert second["y"] + second["height"] / 2 == pytest.approx(middle(point(calm_page, "composite-plane"))[1], abs=1.5)
    # u stands as high on the first plane as it lies far to the right on the second
    wire = calm_page.locator(".plane-links path.u").first.get_attribute("d") or ""
    card = calm_page.locator(".plane-links").bounding_box()
    assert card is not None
    start = [float(each) for each in re.findall(r"-?[\d.]+", wire)[:2]]
    end = [float(each) for each in re.findall(r"-?[\d.]+", wire)[-2:]]
    assert start[1] + card["y"] == pytest.approx(middle(point(calm_page))[1], abs=1.5)
    assert end[0] + card["x"] == pytest.approx(second["x"] + second["width"] / 2, abs=1.5)


@pytest.mark.parametrize("plane", ["inner-plane", "composite-plane"])
def test_dragging_x_moves_all_three(calm_page: Page, live_server, plane: str) -> None:
    open_page(calm_page, f"{LINE}&at=1.5&nudge=0.5")
    expect(calm_page.locator("#outer-slope")).to_have_text(re.compile(r"=4\.000$"))
    x, y = middle(point(calm_page, plane))
    drag(calm_page, point(calm_page, plane), (x - 60, y))
    at = number_of(point(calm_page))
    assert at < 1
    assert number_of(point(calm_page, "composite-plane")) == at
    whole, first, second = slopes(calm_page)
    assert (second, first) == (2, pytest.approx(2 * (2 * at - 1), rel=1e-3))
    expect(calm_page).to_have_url(re.compile(rf"at={at:g}&"))
    calm_page.reload()
    expect(point(calm_page)).to_have_attribute("aria-valuenow", f"{at:g}")
    assert slopes(calm_page) == [whole, first, second]


def test_the_difference_shrinks_with_the_nudge(calm_page: Page, live_server) -> None:
    open_page(calm_page, f"{LINE}&at=1.5&nudge=0.5")
    last = calm_page.locator("#nudge-table tr").last
    # (2 · 2 − 1)² − (2 · 1.5 − 1)² = 5, by the slopes 4 · 2 · 0.5 = 4
    expect(last.locator("td")).to_have_text(["5.000", "4.000", "1.0"])
    expect(calm_page.locator("#says")).to_contain_text("closer, the smaller dx")
    type_into(calm_page, "nudge", "-1e-3")
    expect(last.locator("td")).to_have_text(["−0.007996", "−0.008000", re.compile(r"4\.0·10⁻⁶")])
    expect(calm_page.locator("#says")).to_contain_text("all but the same")


def test_the_nudge_goes_to_0_and_ends_on_the_rule(calm_page: Page, live_server) -> None:
    open_page(calm_page, f"{LINE}&at=1.5&nudge=1e-4")
    calm_page.locator("#shrink").click()
    rule = "As dx → 0, du/dx → 2.000 and dy/du → 4.000, so dy/dx → 4.000 · 2.000 = 8.000: the slopes multiply."
    expect(calm_page.locator("#says")).to_have_text(rule, timeout=30_000)
    expect(calm_page.locator("#shrink-name")).to_have_text("Let dx → 0")
    type_into(calm_page, "nudge", "0.1")
    expect(calm_page.locator("#says")).to_contain_text("dx = 0.1 becomes")


def test_each_slider_has_a_name_of_its_own(calm_page: Page, live_server) -> None:
    open_page(calm_page, LINE)
    names = calm_page.locator("[data-handle=at]").evaluate_all("(found) => found.map((each) => each.ariaLabel)")
    assert names == ["x below u = g(x)", "x below y = f(g(x))"]


def test_a_refusal_is_told_once(page: Page, live_server) -> None:
    open_page(page, LINE)
    page.locator("#outer").fill("u^")
    message = page.locator("#outer-message")
    expect(message).to_be_visible()
    listen(page, "#outer-message")
    for key in ("n", "d"):
        page.locator(f"[data-toggle={'numbers' if key == 'n' else 'precise'}]").click()
    expect(message).to_be_visible()
    assert heard(page) == []


def test_a_nudge_is_sent(calm_page: Page, live_server) -> None:
    open_page(calm_page, f"{LINE}&at=1.5&nudge=0.5")
    calm_page.locator("#main").focus()
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#send-name")).to_have_text("Skip")
    expect(calm_page.locator("#composite-plane line.dx")).to_have_count(0)
    expect(calm_page.locator("#says")).to_contain_text("through g it becomes du = 1.000")
    expect(calm_page.locator("#says")).to_contain_text("goes into f and becomes dy = 5.000")
    expect(calm_page.locator("#send-name")).to_have_text("Send the nudge")
    expect(calm_page.locator("#composite-plane line.dx")).to_have_count(2)


def test_without_motion_it_takes_three_beats(calm_page: Page, live_server) -> None:
    calm_page.emulate_media(reduced_motion="reduce")
    open_page(calm_page, f"{LINE}&at=1.5&nudge=0.5")
    seen = calm_page.evaluate(
        """async () => {
            const said = new Set();
            document.getElementById("send").click();
            const ended = () => document.getElementById("send-name").textContent !== "Skip";
            await new Promise((resolve) => setTimeout(resolve, 100));
            while (!ended()) {
                said.add(document.querySelectorAll(".plane-marks line.dx").length);
                await new Promise((resolve) => requestAnimationFrame(resolve));
            }
            return [...said];
        }"""
    )
    assert seen == [2, 4, 6]


def test_a_kink_says_why(calm_page: Page, live_server) -> None:
    open_page(calm_page, "outer=relu(u)&inner=2x-1&at=0.5&nudge=0.5&low=-1&high=2")
    expect(calm_page.locator("#says")).to_contain_text("No derivative at x = 0.5: ")
    expect(calm_page.locator("#product-formula")).to_contain_text("no slope either")
    expect(calm_page.locator("#outer-slope")).to_have_text(re.compile("–$"))
    type_into(calm_page, "at", "1")
    expect(calm_page.locator("#outer-slope")).to_have_text(re.compile(r"1\.000$"))


def test_a_whole_with_a_slope_of_which_a_part_has_none(calm_page: Page, live_server) -> None:
    open_page(calm_page, "outer=u^2&inner=|x|&at=0&nudge=0.5&low=-2&high=2")
    expect(calm_page.locator("#says")).to_contain_text("g has a kink at x = 0")
    expect(calm_page.locator("#composite-slope")).to_have_text(re.compile("=0$"))
    expect(calm_page.locator("#product-formula")).to_contain_text("although a factor has none")


def test_variables_of_any_name_become_u_and_x(calm_page: Page, live_server) -> None:
    open_page(calm_page, "outer=x^2&inner=3t%2B1&at=1&nudge=0.5&low=-2&high=2")
    expect(calm_page.locator("#outer-name")).to_have_text("y=f(u)=u2")
    expect(calm_page.locator("#inner-name")).to_have_text("u=g(x)=3x+1")
    expect(calm_page.locator("#composite-name")).to_have_text("y=f(g(x))=(3x+1)2")


def test_numbers_are_filled_in_on_request(calm_page: Page, live_server) -> None:
    open_page(calm_page, f"{LINE}&at=1.5&nudge=0.5")
    calm_page.keyboard.press("n")
    # never 22.000 for 2 times 2
    expect(calm_page.locator("#product-formula div").first).to_have_text("dy/du=2u =2·2.000 =4.000 ")
    calm_page.keyboard.press("d")
    expect(calm_page.locator("#product-formula")).to_contain_text("4.000000000")


@pytest.mark.parametrize("field", ["outer", "inner"])
def test_what_cannot_be_read_is_shown_and_the_picture_stays(
    calm_page: Page, live_server, complaints: list[str], field: str
) -> None:
    open_page(calm_page, f"{LINE}&at=1.5&nudge=0.5")
    calm_page.locator(f"#{field}").fill("sen(x)")
    message = calm_page.locator(f"#{field}-message")
    expect(message.locator("mark")).to_have_text("sen")
    other = "inner" if field == "outer" else "outer"
    expect(calm_page.locator(f"#{other}-message")).to_be_hidden()
    expect(calm_page.locator("#inner-slope")).to_have_text(re.compile(r"2\.000$"))
    message.get_by_role("button").click()
    expect(message).to_be_hidden()
    expect(calm_page.locator(f"#{field}-name")).to_contain_text("sin")
    # the browser reports every 422 on its own
    complaints[:] = [text for text in complaints if "422" not in text]


def test_by_keyboard_alone(calm_page: Page, live_server) -> None:
    open_page(calm_page, f"{LINE}&at=1.5&nudge=0.5")
    point(calm_page, "composite-plane").focus()
    calm_page.keyboard.press("Shift+ArrowRight")
    expect(point(calm_page)).to_have_attribute("aria-valuenow", re.compile(r"^1\.[5-9]"))
    calm_page.keyboard.press("s")
    expect(calm_page.locator("#nudge input[type=text]")).to_have_value("−0.5")
    for text in ["0", "x", "1e999"]:
        type_into(calm_page, "nudge", text)
        expect(calm_page.locator("#nudge input[type=text]")).to_have_attribute("aria-invalid", "true")
