"""The derivative as a limit, in a real browser: drag, keys, typed formulas, addresses."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.stations.hearing import heard, listen
from tests.stations.planes import drag, middle, number_of


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/derivative?{query}")
    expect(handle(page, "at")).to_be_visible()
    expect(page.locator("#limit-table tbody tr")).to_have_count(16)


def handle(page: Page, name: str) -> Locator:
    return page.locator(f"#function-plane [data-handle={name}]")


@pytest.mark.parametrize("example", ["line", "square", "translations", "cubic", "sine", "root", "reciprocal"])
def test_delta_goes_to_zero(calm_page: Page, live_server, example: str) -> None:
    open_page(calm_page, f"example={example}")
    at = number_of(handle(calm_page, "at"))
    drag(calm_page, handle(calm_page, "delta"), middle(handle(calm_page, "at")))
    assert abs(number_of(handle(calm_page, "delta"))) < 0.05
    field = calm_page.locator("#delta input[type=text]")
    field.fill("1e-7")
    field.press("Enter")
    request = {"expression": calm_page.locator("#expression").input_value(), "at": at, "delta": 1e-7}
    answer = calm_page.request.post("/api/v1/functions/derivative", data=request).json()
    slope = answer["secant"]["slope"]
    assert slope == pytest.approx(answer["derivative"]["value"], abs=1e-6)
    shown = f"{slope:#.4g}".replace("-", "−")
    expect(calm_page.locator("#secant-formula math").first).to_have_text(re.compile(f"={shown}$"))


@pytest.mark.parametrize("example", ["absolute", "relu"])
def test_a_kink_has_two_slopes_and_says_so(calm_page: Page, live_server, example: str) -> None:
    open_page(calm_page, f"example={example}")
    expect(calm_page.locator("#says")).to_contain_text("No derivative at x₀ = 0")
    expect(calm_page.locator("#function-plane")).to_contain_text("left slope")
    expect(calm_page.locator("#function-plane")).to_contain_text("right slope 1.000")


def test_three_translations_have_one_slope(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/11")
    expect(calm_page.locator("#shifted")).to_be_checked()
    expect(calm_page.locator("#function-plane")).to_contain_text("y = x + 2")
    expect(calm_page.locator("#function-plane .plane-marks line.slope")).to_have_count(3)


def test_what_an_example_sets_can_be_unset_and_stays_so(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=translations")
    calm_page.locator("#shifted").uncheck()
    expect(calm_page).to_have_url(re.compile("shifted=0"))
    calm_page.reload()
    expect(handle(calm_page, "at")).to_be_visible()
    expect(calm_page.locator("#shifted")).not_to_be_checked()


def test_translations_do_not_speak_of_a_formula_that_cannot_be_read(
    calm_page: Page, live_server, complaints: list[str]
) -> None:
    open_page(calm_page, "example=translations")
    expect(calm_page.locator("#function-plane")).to_contain_text("y = x + 2")
    calm_page.locator("#expression").fill("sen(x)")
    message = calm_page.locator("#expression-message")
    expect(message.locator("mark")).to_have_text("sen")
    calm_page.wait_for_timeout(500)
    expect(message.get_by_role("button")).to_have_text("Use sin(x)")
    message.get_by_role("button").click()
    expect(calm_page.locator("#function-plane")).to_contain_text("y = sin x + 2")
    complaints[:] = [text for text in complaints if "422" not in text]


def test_dragging_x_follows_and_the_address_keeps_it(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square")
    x, y = middle(handle(calm_page, "at"))
    drag(calm_page, handle(calm_page, "at"), (x - 200, y))
    at = number_of(handle(calm_page, "at"))
    assert at < 0
    expect(calm_page.locator("#limit-table tbody tr").first.locator("td").nth(1)).to_have_text(
        re.compile(f"^{2 * at + 1:.3f}".replace("-", "−"))
    )
    expect(calm_page).to_have_url(re.compile(r"at=-"))
    calm_page.reload()
    expect(handle(calm_page, "at")).to_have_attribute("aria-valuenow", str(at))


def test_by_keyboard_alone(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square")
    handle(calm_page, "at").focus()
    before = number_of(handle(calm_page, "at"))
    calm_page.keyboard.press("ArrowRight")
    calm_page.keyboard.press("Shift+ArrowRight")
    expect(handle(calm_page, "at")).to_have_attribute("aria-valuenow", f"{before + 0.11:g}")
    calm_page.keyboard.press("s")
    expect(handle(calm_page, "delta")).to_have_attribute("aria-valuenow", re.compile("^-"))
    calm_page.locator("#tab-table").focus()
    calm_page.keyboard.press("ArrowRight")
    expect(calm_page.locator("#limit-error")).to_be_visible()
    calm_page.keyboard.press("ArrowRight")
    expect(calm_page.locator("#limit-algebra li")).not_to_have_count(0)
    calm_page.keyboard.press("n")
    expect(calm_page.locator("#secant-formula math")).to_have_count(3)
    calm_page.keyboard.press("d")
    expect(calm_page.locator("#secant-formula")).to_contain_text(re.compile(r"\d\.\d{9}"))


def test_the_limit_plays(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square")
    calm_page.locator("#main").focus()
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#shrink-name")).to_have_text("Pause")
    expect(handle(calm_page, "delta")).to_have_attribute("aria-valuenow", re.compile(r"^0\.00|e-"), timeout=20_000)
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#shrink-name")).to_have_text("Let Δx → 0")


@pytest.mark.parametrize(("query", "limit"), [("square", "3 = f′(1.5)"), ("sine", None), ("line", "1 = f′(")])
def test_the_limit_ends_on_the_tangent(calm_page: Page, live_server, query: str, limit: str | None) -> None:
    open_page(calm_page, f"example={query}&delta=1e-6")
    calm_page.locator("#shrink").click()
    expect(calm_page.locator("#says")).to_contain_text("→ " + (limit or ""), timeout=30_000)
    # sin at 0 has no round-off below: its secant stays exact, and there is nothing further to see
    expect(calm_page.locator("#shrink-name")).to_have_text("Further" if limit else "Let Δx → 0")
    expect(calm_page.locator("#secant-formula")).to_contain_text("→" + (limit or "").replace(" ", ""))
    secant, tangent = (
        calm_page.locator(f"#function-plane line.{name}").first.evaluate(
            "({x1, x2, y1, y2}) => (y2.baseVal.value - y1.baseVal.value) / (x2.baseVal.value - x1.baseVal.value)"
        )
        for name in ("dx", "slope")
    )
    assert secant == pytest.approx(tangent, rel=1e-3)
    expect(calm_page.locator("#function-plane")).not_to_contain_text("secant, slope")


def test_round_off_is_a_second_act_and_the_computers_limit(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square&delta=1e-7")
    calm_page.locator("#shrink").click()
    expect(calm_page.locator("#shrink-name")).to_have_text("Further", timeout=30_000)
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#says")).to_contain_text("The computer’s limit, not the function’s", timeout=30_000)
    expect(calm_page.locator("#says")).to_contain_text("The limit stays 3.")
    expect(calm_page.locator("#shrink-name")).to_have_text("Let Δx → 0", timeout=30_000)


def test_the_limit_makes_two_announcements_at_most(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square&delta=1e-3")
    calm_page.wait_for_timeout(1500)
    listen(calm_page)
    calm_page.locator("#shrink").click()
    expect(calm_page.locator("#shrink-name")).to_have_text("Further", timeout=30_000)
    expect(calm_page.locator("#spoken")).to_contain_text("= f′(1.5)")
    assert 1 <= len(heard(calm_page)) <= 2


@pytest.mark.parametrize(
    ("typed", "suggestion"), [("sen(x)", "sin(x)"), ("x^", None), ("import os", None), ("x+y", None)]
)
def test_what_cannot_be_read_is_shown_and_the_picture_stays(
    calm_page: Page, live_server, complaints: list[str], typed: str, suggestion: str | None
) -> None:
    open_page(calm_page, "example=square")
    calm_page.locator("#expression").fill(typed)
    message = calm_page.locator("#expression-message")
    expect(message).to_be_visible()
    expect(calm_page.locator("#function-plane")).to_contain_text("y = x²")
    # the picture is dimmed, and says whose it is
    figure = calm_page.locator(".stage > .card")
    expect(figure).to_have_attribute("data-still", "still x²")
    expect(calm_page.locator("#function-plane")).to_have_css("opacity", "0.4")
    if suggestion:
        expect(message.locator("mark")).to_have_text("sen")
        message.get_by_role("button").click()
        expect(calm_page.locator("#function-plane")).to_contain_text("y = sin x")
        expect(message).to_be_hidden()
    # the browser reports every 422 on its own
    complaints[:] = [text for text in complaints if "422" not in text]


def test_numbers_that_are_none_are_refused(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square")
    field = calm_page.locator("#delta input[type=text]")
    for text in ["0", "abc", "", "1e999"]:
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_attribute("aria-invalid", "true")
    for text, value in [("−1/4", "-0.25"), ("0,5", "0.5"), ("2·10⁻⁵", "0.00002"), ("−10⁻³", "-0.001")]:
        field.fill(text)
        field.press("Enter")
        expect(handle(calm_page, "delta")).to_have_attribute("aria-valuenow", value)


def test_round_off_is_seen(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square&at=1.1&delta=1e-13")
    expect(calm_page.locator("#says")).to_contain_text("runs out of digits")
    expect(calm_page.locator("#limit-table tr.noise")).not_to_have_count(0)
    expect(calm_page.locator("#limit-table th").last).to_have_text("error ↑ round-off")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("example=line", "the same slope 1.000, whatever Δx is"),
        ("expression=x^3-2x&at=1&delta=-3", "the same slope 1.000 over Δx = −3;"),
        ("expression=sign(x)&at=1&delta=0.5", "the same slope 0 over Δx = 0.5;"),
        ("expression=|x|&at=1&delta=0.5", "the same slope 1.000 over Δx = 0.5;"),
    ],
)
def test_equal_slopes_are_no_rule(calm_page: Page, live_server, query: str, says: str) -> None:
    open_page(calm_page, query)
    expect(calm_page.locator("#says")).to_contain_text(says)


def test_a_derivative_is_named_after_its_variable(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=t1^2&at=1")
    expect(calm_page.locator("#derivative-plane")).to_contain_text("f′(t₁) = 2t₁")
    expect(calm_page.locator("#function-plane")).to_contain_text("Δt₁ = 1")
    calm_page.locator("#expression").fill("t^2")
    expect(calm_page.locator("#function-plane")).to_contain_text("t₀ = 1")
    expect(calm_page.locator("#limit-table th").first).to_have_text("Δt")
    expect(calm_page.locator("#says")).to_contain_text("The secant over Δt = 1")
    expect(calm_page.locator("#shrink-name")).to_have_text("Let Δt → 0")
    expect(calm_page.locator("#secant-formula")).to_contain_text("t0")


def test_a_pole_that_float64_steps_over(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=tan(x)&at=1.5707963267948966&delta=0.5")
    expect(calm_page.locator("#says")).to_contain_text("f is not defined at x = 1.5708")
    expect(calm_page.locator("#secant-formula")).to_have_text(re.compile("=–$"))
    expect(calm_page.locator("#function-plane")).not_to_contain_text("slope")


def test_the_code_reproduces_the_numbers(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square")
    calm_page.locator("[data-code=curl]").click()
    expect(calm_page.locator("#code-text")).to_contain_text('"expression":"x^2"')
    expect(calm_page.locator("#code-text")).to_contain_text("/api/v1/functions/derivative")


def test_a_clicker_goes_through_the_slides(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/9")
    expect(handle(calm_page, "at")).to_be_visible()
    calm_page.keyboard.press("PageDown")
    calm_page.wait_for_url(re.compile("slide=10"))
    expect(calm_page.locator("#limit-algebra")).to_be_visible()
    calm_page.keyboard.press("PageUp")
    calm_page.wait_for_url(re.compile("slide=9"))


def test_without_a_derivative_there_is_no_second_act(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=|x|&at=0&delta=1e-7")
    calm_page.locator("#shrink").click()
    expect(handle(calm_page, "delta")).to_have_attribute("aria-valuenow", "1e-8", timeout=30_000)
    expect(calm_page.locator("#shrink-name")).to_have_text("Let Δx → 0")
    expect(calm_page.locator("#says")).to_contain_text("No derivative at x₀ = 0")
    # once more begins anew
    calm_page.locator("#shrink").click()
    expect(calm_page.locator("#shrink-name")).to_have_text("Pause")
    expect(handle(calm_page, "delta")).to_have_attribute("aria-valuenow", re.compile(r"^(1|0\.\d+)$"))


@pytest.mark.parametrize(
    ("typed", "taken"), [("e^2x", "e2x"), ("1/2x", "12x"), ("log x", "ln x"), ("½x²", "12x2"), ("sinx", "sin x")]
)
def test_what_is_typed_is_seen_as_it_is_taken(
    calm_page: Page, live_server, complaints: list[str], typed: str, taken: str
) -> None:
    open_page(calm_page, "example=square")
    field, reading = calm_page.locator("#expression"), calm_page.locator("#expression-reading")
    expect(reading).to_be_hidden()
    field.fill(typed)
    expect(reading).to_be_visible()
    expect(reading).to_have_text(re.compile("taken as\\s*" + r"\W*".join(taken.replace(" ", ""))))
    box = reading.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 1280
    # what cannot be read is not taken as anything
    field.fill("x^")
    expect(reading).to_be_hidden()
    field.fill("x")
    expect(reading).to_be_visible()
    field.blur()
    expect(reading).to_be_hidden()
    complaints[:] = [text for text in complaints if "422" not in text]


SAID = {
    "expression=sin(x)&at=1.5707963267948966": "f is level here: the slope is 0, but for the rounding of x₀",
    "expression=x^3&at=0.000000001&delta=0.5": "f is increasing here",
    "expression=floor(x)&at=1.5&delta=0.25": "the same slope 0 over Δx = 0.25",
    "expression=2x+1&at=1.5&delta=0.25": "whatever Δx is",
    "expression=-sqrt(x)&at=0&delta=1": "= 0: from the right the slopes of the secants at x = 0 fall without bound",
    "expression=sqrt(x)&at=0&delta=1": "from the right the slopes of the secants at x = 0 grow without bound",
}


@pytest.mark.parametrize("query", SAID)
def test_sentences_say_what_is_so(calm_page: Page, live_server, query: str) -> None:
    calm_page.goto("/derivative?" + query.replace("+", "%2B").replace("^", "%5E"))
    expect(calm_page.locator("#says")).to_contain_text(SAID[query])


def test_a_far_end_of_the_secant_is_refused_at_its_field(calm_page: Page, live_server) -> None:
    open_page(calm_page, "example=square")
    field = calm_page.locator("#delta input[type=text]")
    field.fill("1e308")
    field.press("Enter")
    expect(field).to_have_attribute("title", "Type a number from −1e9 to 1e9.")
