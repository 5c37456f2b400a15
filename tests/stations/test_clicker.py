"""The clicker and the space bar: they act wherever the focus is."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.lecture.slides import SLIDES
from tests.stations.arrivals import arrive, open_page
from tests.stations.planes import soon


def open_until_written(page: Page, address: str) -> None:
    """Open a page, and wait until its address says what it shows."""
    open_page(page, address)
    expect(page).to_have_url(re.compile("expression|example|yhat"))


def page_of(number: int) -> str:
    """The page of a slide, as the link to the slide leads to it."""
    slide = SLIDES[number - 1]
    return f"{slide.station}?{slide.state}"


# where the page wants to go; it stays
STAY = """() => {
    window.ways = [];
    navigation.addEventListener("navigate", (event) => {
        const { pathname } = new URL(event.destination.url);
        if (!pathname.startsWith("/slide/")) return;
        event.preventDefault();
        window.ways.push(pathname);
    });
}"""


def turns(page: Page, key: str, slide: int) -> None:
    """The key asks for the slide, at once."""
    page.keyboard.press(key)
    soon(page, lambda: page.evaluate("window.ways.splice(0)") == [f"/slide/{slide}"])


def test_the_clicker_moves_on_from_any_focus(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/9")
    expect(calm_page.locator("#function-plane [data-handle=at]")).to_be_visible()
    calm_page.evaluate(STAY)
    for focus in (
        "#expression",
        "#at input[type=text]",
        "#at input[type=range]",
        "#shifted",
        "[data-example=sine]",
        "#function-plane [data-handle=at]",
        "#tab-table",
        "#limit-table",
    ):
        calm_page.locator(focus).focus()
        turns(calm_page, "PageDown", 10)


def test_the_clicker_moves_on_behind_a_dialog(calm_page: Page, live_server) -> None:
    open_until_written(calm_page, "/slide/9")
    calm_page.keyboard.press("?")
    expect(calm_page.locator("#help")).to_be_visible()
    calm_page.keyboard.press("PageUp")
    calm_page.wait_for_url(re.compile("slide=8"))


@pytest.mark.parametrize(
    ("address", "forward", "back"),
    [
        ("/derivative?example=translations", 12, 10),
        ("/derivative?example=square&tab=algebra", 11, 9),
        ("/derivative?view=downhill", 5, 3),
        ("/derivative?expression=x^4", 7, 5),
        ("/gradient?view=gradient", 14, 12),
        ("/jacobian?view=close", 16, 14),
        ("/loss", 3, 1),
    ],
)
def test_without_a_slide_the_clicker_goes_on_from_what_is_shown(
    calm_page: Page, live_server, address: str, forward: int, back: int
) -> None:
    open_until_written(calm_page, address)
    calm_page.evaluate(STAY)
    for key, slide in (("PageDown", forward), ("PageUp", back)):
        turns(calm_page, key, slide)


def test_what_is_chosen_meanwhile_is_what_the_clicker_goes_on_from(calm_page: Page, live_server) -> None:
    open_until_written(calm_page, "/derivative")
    calm_page.evaluate(STAY)
    calm_page.locator("[data-example=translations]").click()
    expect(calm_page).to_have_url(re.compile("example=translations"))
    turns(calm_page, "PageDown", 12)


def test_enter_leaves_a_field_and_the_keys_of_the_page_work_again(calm_page: Page, live_server) -> None:
    open_until_written(calm_page, "/derivative?example=square")
    calm_page.locator("#expression").fill("x^3")
    calm_page.keyboard.press("Enter")
    expect(calm_page.locator("#expression")).not_to_be_focused()
    expect(calm_page.locator("#function-plane")).to_contain_text("y = x³")
    calm_page.keyboard.press("s")
    expect(calm_page.locator("#delta input[type=text]")).to_have_value(re.compile("−"))
    calm_page.locator("#at input[type=text]").fill("abc")
    calm_page.keyboard.press("Enter")
    # what cannot be used is mended where it stands
    expect(calm_page.locator("#at input[type=text]")).to_be_focused()


@pytest.mark.parametrize("clicked", ["[data-example=sine]", "#tab-error", "#shifted", "[data-toggle=numbers]"])
def test_space_does_what_the_big_button_says_after_a_click(calm_page: Page, live_server, clicked: str) -> None:
    open_until_written(calm_page, "/derivative?example=square")
    calm_page.locator(clicked).click()
    state = calm_page.locator(clicked).evaluate("(node) => node.checked ?? node.getAttribute('aria-pressed')")
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#shrink-name")).to_have_text("Pause")
    assert state == calm_page.locator(clicked).evaluate("(node) => node.checked ?? node.getAttribute('aria-pressed')")


def test_space_on_a_button_reached_by_keyboard_presses_it(calm_page: Page, live_server) -> None:
    open_until_written(calm_page, "/derivative?example=square")
    calm_page.locator("#shrink").focus()
    calm_page.keyboard.press("Tab")
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#examples button").first).to_have_attribute("aria-pressed", "true")
    expect(calm_page.locator("#shrink-name")).to_have_text("Let Δx → 0")


@pytest.mark.parametrize("slide", [36, 44, 53, 58])
def test_the_clicker_moves_on_in_networks_and_labs(calm_page: Page, live_server, slide: int) -> None:
    open_page(calm_page, f"{live_server.url}/{page_of(slide)}&slide={slide}")
    calm_page.evaluate(STAY)
    for key, to in (("PageDown", slide + 1), ("PageUp", slide - 1)):
        turns(calm_page, key, to)


@pytest.mark.parametrize("address", ["/loss", "/derivative", "/derivative?view=downhill", "/chain-rule", "/jacobian"])
def test_the_key_of_the_big_button_is_space(calm_page: Page, live_server, address: str) -> None:
    open_until_written(calm_page, address)
    expect(calm_page.locator(".foot .primary:visible kbd")).to_have_text("space")


KINDS = (
    "main",
    ".foot button:not([disabled])",
    "input[type=range]",
    "input[type=text]",
    "select",
    ".top a",
    "[data-handle]",
    ".quiet.icon",
    "[tabindex='0']",
)


def test_page_down_alone_walks_the_whole_lecture_from_each_kind_of_focus(
    calm_page: Page, live_server, mnist_home: object
) -> None:
    page = calm_page
    page.goto("/slide/1")
    focused = set()
    for slide in SLIDES[1:]:
        kinds = KINDS[slide.number % len(KINDS) :] + KINDS[: slide.number % len(KINDS)]
        for kind in kinds:
            there = page.locator(f"{kind}:visible").first
            if kind == "[data-handle]" and "/derivative" in page.url:
                there.wait_for()  # drawn when the API has answered
            if there.count():
                there.focus()
                focused.add(kind)
                break
        page.keyboard.press("PageDown")
        page.wait_for_url(re.compile(rf"[?&]slide={slide.number}\b"))
        expect(page.locator(".tools .slides")).to_contain_text(f"Slide {slide.number} / 60")
    assert focused == set(KINDS)
    expect(page.locator("h1")).to_have_text("Thanks!")
    for slide in reversed(SLIDES[-4:-1]):
        page.keyboard.press("PageUp")
        page.wait_for_url(re.compile(rf"[?&]slide={slide.number}\b"))


def test_no_press_of_a_clicker_is_lost_while_the_page_still_waits(page: Page, live_server) -> None:
    page.route("**/api/v1/**", lambda route: None)  # never answered
    page.goto("/slide/35")
    expect(page.locator("#says")).to_have_text("Getting ready.")
    page.wait_for_load_state("load")
    page.keyboard.press("PageDown")
    page.wait_for_url(re.compile("slide=36"))


@pytest.mark.parametrize("view", ["", "?view=race", "?view=functions"])
def test_beside_the_slides_a_clicker_goes_on_with_the_lecture(calm_page: Page, live_server, view: str) -> None:
    open_page(calm_page, f"/landscape{view}")
    onward = calm_page.locator("a.thread").get_attribute("href") or ""
    calm_page.keyboard.press("PageDown")
    calm_page.wait_for_url(lambda url: "/landscape" not in url)
    assert onward.startswith("/slide/60")


def test_the_landscape_leads_back_to_the_slide_that_offered_it(calm_page: Page, live_server) -> None:
    for key, slide in {"PageUp": 34, "PageDown": 35}.items():
        calm_page.goto("/slide/34")
        calm_page.locator("a[href^='/landscape']").first.click()
        arrive(calm_page)
        calm_page.keyboard.press(key)
        calm_page.wait_for_url(re.compile(f"slide={slide}\\b"))
