"""Where a station was left: the arc leads back there."""

import re

from playwright.sync_api import Page, Route, expect


def test_slide_29_is_the_outer_product_and_what_was_typed_is_there_after_the_arc(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/28")
    expect(calm_page.locator("#claim")).to_contain_text("the error that gets through")
    calm_page.keyboard.press("PageDown")
    expect(calm_page.locator("#claim")).to_have_text("The gradient is δᵀx")
    gradient = calm_page.locator("#figure [data-number='layers[0].weight_gradients[2][1]']")
    expect(gradient).to_have_text("10")
    calm_page.locator("[data-number='inputs[0][1]'] input, input[data-number='inputs[0][1]']").first.fill("3")
    calm_page.keyboard.press("Enter")
    expect(gradient).not_to_have_text("10")
    typed = gradient.text_content() or ""
    expect(calm_page).to_have_url(re.compile("x=1%2C3"))
    calm_page.locator(".arc a[href^='/lab'] text").click()
    expect(calm_page).to_have_url(re.compile("/lab"))
    calm_page.locator(".arc a[href^='/layer?'] text").click()
    expect(gradient).to_have_text(typed)
    calm_page.keyboard.press(" ")
    expect(calm_page.locator("#claim")).to_contain_text("the error that gets through")


def test_a_typed_function_goes_along_to_the_other_view_and_comes_back(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/derivative")
    formula = page.locator("#expression")
    formula.fill("x^3 - x")
    page.locator("#at input[type=text]").fill("-1.25")
    page.keyboard.press("Enter")
    expect(page.locator("#function-plane")).to_contain_text("y = x³ − x")
    page.get_by_role("link", name="Going downhill").click()
    expect(formula).to_have_value("x^3 - x")
    expect(page.locator("#start input[type=text]")).to_have_value("−1.25")
    page.locator("#start input[type=text]").fill("2")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="The limit").click()
    expect(formula).to_have_value("x^3 - x")
    expect(page.locator("#at input[type=text]")).to_have_value("2")


def test_a_typed_function_goes_along_to_the_next_station(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/derivative")
    page.locator("#expression").fill("sin(t)")
    page.keyboard.press("Enter")
    expect(page.locator("#function-plane")).to_contain_text("y = sin t")
    page.locator(".thread").click()
    expect(page.locator("#expression")).to_have_value("sin(x) + sin(y)")
    expect(page.locator("#x input[type=text]")).to_have_value("1.5")
    page.locator("#expression").fill("x y")
    page.keyboard.press("Enter")
    expect(page.locator("#partial-x")).to_contain_text("y")
    page.locator(".thread").click()
    expect(page).to_have_url(re.compile("/jacobian"))
    expect(page.locator("#outputs input[type=text]").first).to_have_value("x y")
    expect(page.locator("#matrix")).to_contain_text("1.5")


def test_the_lectures_function_stays_where_it_is(calm_page: Page, live_server) -> None:
    calm_page.goto("/derivative?example=sine")
    expect(calm_page.locator("#function-plane")).to_contain_text("y = sin x")
    calm_page.locator(".thread").click()
    expect(calm_page.locator("#expression")).to_have_value("x^2 + 3y")


def test_what_is_typed_before_the_page_is_ready_is_taken(calm_page: Page, live_server) -> None:
    held: list[Route] = []
    calm_page.route("**/catalog", lambda route: held.append(route))
    calm_page.goto("/derivative")
    calm_page.locator("#expression").fill("sin(t)")
    calm_page.locator("#at input[type=text]").fill("0.25")
    calm_page.keyboard.press("Enter")
    expect(calm_page.locator("#function-plane")).to_be_empty()
    for route in held:
        route.continue_()
    plane = calm_page.locator("#function-plane")
    expect(plane).to_contain_text("y = sin t")
    expect(plane).to_contain_text("t₀ = 0.25")
