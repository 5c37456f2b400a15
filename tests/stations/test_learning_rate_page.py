"""The learning rate: the step as a curve, twenty steps at every η, and a guess before it shows."""

import re

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.live_server import LiveServer
from tests.stations.planes import soon

# labels of the figure that lie over one another or outside the picture
COVERED = """() => {
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    const sheet = document.querySelector("#curve").getBoundingClientRect();
    const labels = [...document.querySelectorAll("#curve text:not(.sign-words, .pill-words)")]
        .map((each) => [each.textContent, each.getBoundingClientRect()]);
    const outside = labels.filter(([, box]) => box.left < sheet.left - 2 || box.right > sheet.right + 2);
    const covered = labels.filter(([, box], k) => labels.slice(0, k).some(([, other]) => over(box, other)));
    return [...outside, ...covered].map(([words]) => words);
}"""


def open_page(page: Page, query: str = "") -> Page:
    page.goto(f"/learning-rate?{query}")
    expect(page.locator("#walks .walk")).to_have_count(5)
    expect(page.locator("#strip")).to_be_visible()
    return page


def ask(server: LiveServer, call: str, body: dict) -> dict:
    return httpx.post(f"{server.url}/api/v1/backpropagation{call}", json=body, timeout=60).json()


def test_slide_34_shows_the_numbers_of_the_api(calm_page: Page, live_server: LiveServer) -> None:
    calm_page.goto("/slide/34")
    page = calm_page
    found = ask(live_server, "/line", {"preset": "lab-two-layer", "learning_rates": [0, 0.06]})
    expect(page.locator("#lambda")).to_have_text(f"{found['curvature']['largest_eigenvalue']:.4g}")
    expect(page.locator("#limit-now")).to_have_text(f"{found['curvature']['speed_limit']:.4g}")
    for place, value in ((".truth", found["loss"][1]), (".parabola", found["parabola"][1])):
        expect(page.locator(f"#curve text{place}")).to_contain_text(f"{value:.4g}")
    walks = {"preset": "lab-two-layer", "learning_rates": [0.1], "include": ["curvature"]}
    (last,) = ask(live_server, "/walks", walks)["walks"]
    row = page.locator("#walks [data-eta='0.1']")
    expect(row).to_contain_text("all living units die")
    expect(row).to_contain_text(f"{last['losses'][-1]:.3g}")
    expect(page.locator("#says")).to_contain_text("1.4 × the limit")
    # the rule of the slide, and one weight of the API
    change = {"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.06}, "include": []}
    why = ask(live_server, "", change | {"why": "updated[0].weights[0][0]"})["why"]
    expect(page.locator("#update")).to_contain_text("W←W−η∂L∂W")
    expect(page.locator("#update .numbers .math")).to_have_text(why["name"])
    expect(page.locator("#update .numbers math")).to_contain_text(f"≈{why['value']:.4g}")
    for size in ((1280, 720), (390, 844)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        soon(page, lambda: page.evaluate(COVERED) == [])


def test_a_step_leads_where_the_curve_said_and_the_address_keeps_it(calm_page: Page, live_server: LiveServer) -> None:
    page = open_page(calm_page)
    page.locator("#walks [data-eta='0.1']").click()
    expect(page.locator("#curve text.truth")).to_contain_text("38.86")
    page.keyboard.press("s")
    expect(page.locator("#curve text.soft").first).to_have_text("now 38.86")
    expect(page.locator("#update .numbers")).to_be_hidden()  # of the first update alone
    page.keyboard.press("s")
    expect(page.locator("#curve text.soft").first).to_have_text("now 20.08")
    expect(page.locator("#count")).to_have_text("step 2 of 20")
    expect(page.locator("#lambda")).to_have_text("1")
    expect(page).to_have_url(re.compile(r"made=0\.1%2C0\.1"))
    page.reload()
    expect(page.locator("#curve text.soft").first).to_have_text("now 20.08")
    page.keyboard.press(" ")
    expect(page.locator("#says")).to_contain_text("After 20 steps the loss went from 3.478 to 0.4524")
    expect(page.locator("#step")).to_be_disabled()
    page.keyboard.press("r")
    expect(page.locator("#count")).to_have_text("step 0 of 20")


def test_what_is_predicted_happens(calm_page: Page, live_server: LiveServer) -> None:
    page = open_page(calm_page)
    page.keyboard.press("g")
    right = 0
    for guess, eta in enumerate(("0.02", "0.045", "0.06"), 1):
        field = page.locator("#rate input[type=text]")
        field.fill(eta)
        field.press("Enter")
        expect(page.locator("#strip")).to_be_hidden()
        expect(page.locator("#curve path.truth")).to_have_count(0)
        expect(page.locator("#curve .pill-words")).to_have_text(eta)
        # the limit alone: above it the parabola rises
        over = page.locator("#times.over").count()
        body = {"preset": "lab-two-layer", "learning_rates": [0, float(eta)]}
        start, after = ask(live_server, "/line", body)["loss"]
        page.keyboard.press("ArrowUp" if over else "ArrowDown")
        right += (after > start) == bool(over)
        expect(page.locator("#says")).to_contain_text("Right" if (after > start) == bool(over) else "Not so")
        expect(page.locator("#says")).to_contain_text(f"{right} of {guess} right")
        expect(page.locator("#curve path.truth")).to_have_count(1)
    assert right == 2  # between 2/λ and where the step breaks even the parabola is wrong


def test_a_guess_is_judged_by_the_answer_about_its_own_step(calm_page: Page) -> None:
    page = open_page(calm_page, "eta=0.1")
    page.keyboard.press("g")
    held: list[Route] = []
    page.route("**/backpropagation/line", lambda route: held.append(route))
    page.locator("#rate input[type=text]").fill("0.02")
    with page.expect_request("**/backpropagation/line"):
        page.keyboard.press("Enter")
    # the curve of 0.1, at which the loss rises, is still the newest: 0.02 is not judged by it
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(200)
    expect(page.locator("#says")).to_contain_text("Will the loss fall or rise?")
    expect(page.locator("#step")).to_be_disabled()
    for route in held:
        route.continue_()
    page.unroute("**/backpropagation/line")
    expect(page.locator("#says")).to_contain_text("Right: it falls")
    expect(page.locator("#says")).to_contain_text("So far 1 of 1 right")


def test_kinks_of_the_lecture_s_layer_and_one_weight(calm_page: Page, live_server: LiveServer) -> None:
    page = open_page(calm_page, "preset=lab-one-layer")
    expect(page.locator("#curve .kink")).to_have_count(3)
    expect(page.locator("#says")).to_contain_text("the true loss is 4.125: a unit switches on the way")
    box = page.locator("#curve").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 60)
    expect(page.locator("#rate input[type=text]")).not_to_have_value("0.3")
    page.locator("[data-example=one-weight]").click()
    expect(page.locator("#factor")).to_have_text("1 − ηλ = 0.4")
    expect(page.locator("#walks [data-eta='1']")).to_contain_text("stays where it was")
    field = page.locator("#rate input[type=text]")
    field.fill("abc")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#factor")).to_have_text("1 − ηλ = 0.4")


def test_nothing_bars_the_way_of_a_guess(calm_page: Page, live_server: LiveServer) -> None:
    calm_page.goto("/learning-rate?mode=predict&theme=light")
    expect(calm_page.locator("#walks .walk")).to_have_count(5)
    for _ in ("light", "dark"):
        calm_page.wait_for_function("() => document.getAnimations().every((one) => !(one instanceof CSSTransition))")
        found = Axe().run(calm_page)
        assert found.violations_count == 0, found.generate_report()
        calm_page.keyboard.press("t")


@pytest.mark.parametrize(
    ("eta", "sentence", "meaning"),
    [
        (1, "η is the limit itself: the parabola comes back to 1, and so does the step.", "stays as large as it is"),
        (0.5, "the parabola takes 1 down to 0, and so does the step.", "it is gone at once"),
    ],
)
def test_on_x2_the_limit_and_the_best_step_are_exact(
    calm_page: Page, live_server, eta: float, sentence: str, meaning: str
) -> None:
    calm_page.goto("/learning-rate")
    calm_page.get_by_role("button", name="x²").click()
    field = calm_page.locator("#rate input[type=text]")
    field.fill(str(eta))
    field.press("Enter")
    expect(calm_page.locator("#says")).to_contain_text(sentence)
    expect(calm_page.locator("#factor-says")).to_contain_text(meaning)
