"""What a screen reader hears: a sentence that came to rest, not its frames; every slider by a name of its own."""

import pytest
from playwright.sync_api import Page, expect

from tests.stations.hearing import heard, listen
from tests.stations.planes import soon

# page -> a slider that changes what its sentence says
SLIDERS = {
    "/": "#rate-slider",
    "/loss": "#prediction input[type=range]",
    "/derivative": "#at input[type=range]",
    "/derivative?view=downhill": "#start input[type=range]",
    "/gradient": "#x input[type=range]",
    "/gradient?view=gradient": "#y input[type=range]",
    "/jacobian?example=polar": "#input-0 input[type=range]",
    "/chain-rule": "#nudge input[type=range]",
    "/learning-rate": "#rate-slider",
    "/learning-rate?view=hessian": "#rate-slider",
}
NAMES = """() => [...document.querySelectorAll("input[type=range], [role=slider]")]
    .filter((slider) => slider.checkVisibility())
    .map((slider) => slider.ariaLabel ?? [...(slider.labels ?? [])].map((label) => label.textContent.trim()).join())"""


def at_rest(page: Page, address: str) -> None:
    """Open a page and wait until it has said what it shows."""
    page.goto(address)
    expect(page.locator("#spoken")).not_to_be_empty()
    soon(page, lambda: page.evaluate("document.getElementById('spoken').textContent.length > 20"))


@pytest.mark.parametrize("address", SLIDERS)
def test_twenty_keys_on_a_named_slider_make_one_announcement(calm_page: Page, live_server, address: str) -> None:
    at_rest(calm_page, address)
    names = calm_page.evaluate(NAMES)
    assert all(names)
    assert len(set(names)) == len(names)
    listen(calm_page)
    slider = calm_page.locator(SLIDERS[address])
    slider.focus()
    before = calm_page.locator("#spoken").text_content()
    for _ in range(20):
        calm_page.keyboard.press("ArrowLeft")
    expect(calm_page.locator("#spoken")).not_to_have_text(before or "")
    calm_page.wait_for_timeout(1200)  # longer than a sentence rests before it is spoken
    assert len(heard(calm_page)) == 1


def test_a_rolling_ball_is_told_when_it_rests(calm_page: Page, live_server) -> None:
    at_rest(calm_page, "/")
    listen(calm_page)
    calm_page.locator("#go").click()
    expect(calm_page.locator("#go-name")).to_have_text("Hold it")
    expect(calm_page.locator("#go-name")).to_have_text("Let it go")
    calm_page.wait_for_timeout(1500)
    assert 1 <= len(heard(calm_page)) <= 2
