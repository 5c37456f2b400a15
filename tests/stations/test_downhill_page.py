"""Going downhill, in a real browser: a ball, the sign of the slope, learning rates from crawling to diverging."""

import re

import pytest
from playwright.sync_api import Page, expect


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/derivative?view=downhill&{query}")
    expect(page.locator("#hill-plane [data-handle=ball]")).to_be_visible()


def position(page: Page) -> float:
    return float(page.locator("[data-handle=ball]").get_attribute("aria-valuenow") or "nan")


def test_the_sign_says_the_way(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=x^2&start=2&rate=0.1")
    expect(calm_page.locator("#says")).to_contain_text("positive: f increases to the right")
    calm_page.locator("#step").click()
    expect(calm_page.locator("[data-handle=ball]")).to_have_attribute("aria-valuenow", re.compile(r"^1\.6"))
    calm_page.locator("#reset").click()
    calm_page.locator("#start input[type=text]").fill("-2")
    calm_page.locator("#start input[type=text]").press("Enter")
    expect(calm_page.locator("#says")).to_contain_text("so downhill is to the right")


def test_a_large_learning_rate_overshoots_and_diverges(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=x^2&start=2&rate=1.1")
    calm_page.locator("#main").focus()
    calm_page.keyboard.press("s")
    expect(calm_page.locator("#says")).to_contain_text("Step 1 overshot")
    open_page(calm_page, "expression=x^2&start=2&rate=1.1&count=1000")
    expect(calm_page.locator("#says")).to_contain_text("It diverged")


def test_going_to_and_fro_is_named(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=x%5E2&start=1&rate=1&count=1")
    expect(calm_page.locator("#says")).to_contain_text("The next step moves by")
    calm_page.keyboard.press("s")
    expect(calm_page.locator("#says")).to_have_text(
        "Step 2 is back where step 0 was: with η = 1 the ball goes to and fro for ever. Try a smaller η."
    )


def test_a_hill_without_a_foot_and_a_level_place(calm_page: Page, live_server) -> None:
    open_page(calm_page, "expression=-x^2&start=1&rate=0.1&count=1000")
    expect(calm_page.locator("#says")).to_contain_text(
        "the value fell at every step, and no lowest point came in sight"
    )
    open_page(calm_page, "expression=x^2&start=0&rate=0.1")
    expect(calm_page.locator("#says")).to_have_text("f′(0) = 0: f is level here, so a step goes nowhere.")


def test_every_preset_rolls(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    names, ball = calm_page.locator("#examples button"), calm_page.locator("[data-handle=ball]")
    for index in range(names.count()):
        names.nth(index).click()
        before = ball.get_attribute("aria-valuenow") or ""
        calm_page.locator("#step").click()
        expect(ball).not_to_have_attribute("aria-valuenow", before)


def test_the_ball_is_dragged_and_the_address_keeps_it(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    ball = calm_page.locator("[data-handle=ball] circle.dot").bounding_box()
    assert ball
    calm_page.mouse.move(ball["x"] + 5, ball["y"] + 5)
    calm_page.mouse.down()
    calm_page.mouse.move(ball["x"] - 420, ball["y"], steps=6)
    calm_page.mouse.up()
    calm_page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    dragged = position(calm_page)
    assert dragged < 0
    # on a busy machine the address comes later
    expect(calm_page).to_have_url(re.compile(rf"start={re.escape(f'{dragged:g}')}(&|$)"))
    calm_page.reload()
    expect(calm_page.locator("[data-handle=ball]")).to_have_attribute(
        "aria-valuenow", re.compile(re.escape(f"{dragged:g}"))
    )


def test_the_slider_follows_the_domain_of_the_example(calm_page: Page, live_server) -> None:
    open_page(calm_page)
    slider = calm_page.locator("#start-slider")
    slider.evaluate("slider => { slider.value = slider.max; slider.dispatchEvent(new Event('input')); }")
    expect(calm_page.locator("[data-handle=ball]")).to_have_attribute("aria-valuenow", "3")
    calm_page.get_by_role("button", name="Two valleys").click()
    expect(calm_page.locator("[data-handle=ball]")).to_have_attribute("aria-valuenow", "1.5")
    slider.evaluate("slider => { slider.value = slider.max; slider.dispatchEvent(new Event('input')); }")
    expect(calm_page.locator("[data-handle=ball]")).to_have_attribute("aria-valuenow", "1.75")


def test_the_address_keeps_the_numbers_out_of_the_formula(calm_page: Page, live_server) -> None:
    open_page(calm_page, "count=-1")
    numbers = calm_page.locator("[data-toggle=numbers]")
    expect(numbers).to_have_attribute("aria-pressed", "true")
    numbers.click()
    expect(calm_page).to_have_url(re.compile("numbers=0"))
    calm_page.reload()
    expect(numbers).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("slide", [4, 5])
def test_slides(calm_page: Page, live_server, slide: int) -> None:
    calm_page.goto(f"/slide/{slide}")
    expect(calm_page.locator("h1")).to_contain_text("which way is down")
    expect(calm_page.locator(".tools .slides")).to_have_text(f"Slide {slide} / 60")
