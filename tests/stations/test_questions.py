"""What a station asks before it shows: asked, judged, shown by the figure, remembered."""

import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from core.lecture.questions import QUESTIONS
from tests.live_server import LiveServer
from tests.stations.arrivals import arrive, open_page
from tests.stations.planes import SETTLED, soon

PAGES = list(dict.fromkeys(f"/{each.station}{f'?view={each.view}' if each.view else ''}" for each in QUESTIONS))


def strip(page: Page) -> Locator:
    return page.locator("#question")


def answer(page: Page, text: str) -> None:
    """Type a number and send it."""
    page.locator("#question-answer").fill(text)
    page.keyboard.press("Enter")


def press(page: Page, *buttons: str) -> None:
    """Press buttons of the strip: check (which is also the way to the next question), tell, close."""
    for button in buttons:
        page.locator(f"#question-{button}").click()


def skip_to_the_arrow(page: Page) -> None:
    """Open the gradient's page and go on to its second question."""
    page.goto("/gradient")
    press(page, "tell")
    expect(page.locator("#question-check")).to_have_text("Next question")
    press(page, "check")


def strip_says(page: Page, text: str) -> None:
    """See which question it is, or what became of it."""
    expect(page.locator("#question-count")).to_have_text(text)


def told(server: LiveServer, name: str) -> dict[str, Any]:
    address = f"{server.url}/api/v1/questions/{name}/answer"
    return dict(httpx.post(address, json={"answer": None}, timeout=60).json())


@pytest.mark.parametrize("address", PAGES)
def test_every_question_is_answered_and_shown(
    calm_page: Page, live_server: LiveServer, mnist_home: object, address: str
) -> None:
    page = calm_page
    station, _, view = address[1:].partition("?view=")
    questions = [each for each in QUESTIONS if (each.station, each.view) == (station, view)]
    page.goto(f"{address}{'&' if '?' in address else '?'}theme=light")
    expect(strip(page)).to_be_visible()
    bars_nobodys_way(page)
    for index, question in enumerate(questions):
        strip_says(page, f"Before you look, {index + 1} of {len(questions)}:")
        value = told(live_server, question.name)["value"]
        if question.kind == "number":
            answer(page, str(value).replace("-", "−"))
        elif question.kind == "choice":
            text = next(text for text, number in question.choices if number == value)
            page.get_by_label(text, exact=True).check()
            press(page, "check")
        else:
            turn(page, value)
            press(page, "check")
        strip_says(page, "✓ Yes.")
        for move in question.reveal:
            page.locator(move.control).first.wait_for(state="attached")
        shown(page, question.reveal)
        press(page, "check")
    expect(strip(page)).to_be_hidden()


def turn(page: Page, way: list[float]) -> None:
    """Pull the arrow that way."""
    box = page.locator("svg.dial").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    size = 25 / (way[0] ** 2 + way[1] ** 2) ** 0.5
    page.mouse.move(x + 20, y)
    page.mouse.down()
    page.mouse.move(x + size * way[0], y - size * way[1], steps=4)
    page.mouse.up()


def shown(page: Page, moves: tuple[Any, ...]) -> None:
    """See that the page stands where the answer is."""

    def is_there() -> bool:
        fields = {move.control: move.to for move in moves if move.to is not None}
        values = {name: page.locator(f"{name} input[type=text]").input_value() for name in fields}
        return all(float(values[name].replace("−", "-")) == to for name, to in fields.items())

    soon(page, is_there)


def test_a_mistake_is_named_and_the_answer_told(
    calm_page: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    page = calm_page
    page.goto("/derivative")
    press(page, "check")
    expect(page.locator("#question-fault")).to_have_text("Type a number first.")
    page.locator("#question-answer").fill("four")
    press(page, "check")
    # what cannot be read is no answer: it is asked again
    expect(page.locator("#question-fault")).to_contain_text("number")
    complaints[:] = [text for text in complaints if "422" not in text]
    page.locator("#question-answer").fill("4")
    press(page, "check")
    strip_says(page, "✗ The right size, with the wrong sign.")
    expect(page.locator("#question-text")).to_contain_text("It is −4.")
    expect(page.locator("#at input[type=text]")).to_have_value("−2")
    press(page, "check", "tell")
    expect(page.locator("#question-text")).to_contain_text("The answer: there is none.")


def test_the_arrow_turns_by_keys(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    skip_to_the_arrow(page)
    dial = page.locator("svg.dial")
    dial.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(dial).to_have_attribute("aria-valuenow", "-120")
    expect(dial).to_have_attribute("aria-valuetext", "−120° from the x-axis: y falls, x falls")
    page.keyboard.press("Enter")
    strip_says(page, "✓ Yes.")


def test_it_comes_by_itself_only_at_a_beginning(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    for address, comes in {
        "/derivative": True,
        "/slide/12": True,
        "/slide/13": False,
        "/derivative?example=sine": False,
        "/chain-rule?theme=dark": True,
        "/layer?projector": False,
    }.items():
        open_page(page, address)
        if comes:
            expect(strip(page)).to_be_visible()
        else:
            page.wait_for_timeout(300)
            expect(strip(page)).to_be_hidden()


def test_what_was_answered_or_closed_is_remembered(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/derivative")
    page.locator("#question-answer").fill("-4")
    press(page, "check")
    strip_says(page, "✓ Yes.")
    page.goto("/derivative")
    strip_says(page, "Before you look, 1 of 2:")
    press(page, "close")
    expect(strip(page)).to_be_hidden()
    open_page(page, "/derivative")
    page.wait_for_timeout(300)
    expect(strip(page)).to_be_hidden()
    # its button and its key bring it back
    page.keyboard.press("q")
    expect(strip(page)).to_be_visible()
    page.keyboard.press("q")
    expect(strip(page)).to_be_hidden()
    page.locator("#ask").click()
    strip_says(page, "Before you look, 1 of 2:")


def test_a_server_that_is_gone_is_said_and_the_question_stays(page: Page, live_server: LiveServer) -> None:
    page.goto("/derivative")
    page.route("**/api/v1/questions/**", lambda route: route.abort())
    page.locator("#question-answer").fill("-4")
    press(page, "check")
    expect(page.locator("#question-fault")).to_contain_text("does not answer")
    page.unroute("**/api/v1/questions/**")
    press(page, "check")
    strip_says(page, "✓ Yes.")


def bars_nobodys_way(page: Page) -> None:
    """See that the strip can be used by everybody, and that the page still fits."""
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [1280, 720]
    says, foot = (page.locator(part).bounding_box() for part in ("#says", ".foot"))
    assert says
    assert foot
    assert says["y"] + says["height"] <= foot["y"] + 1
    for theme in ("light", "dark"):
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        page.wait_for_function(SETTLED)
        found = Axe().run(page, context="#question")
        assert found.violations_count == 0, (theme, found.generate_report())
        page.keyboard.press("t")


def test_on_a_phone_it_keeps_to_the_column(calm_page: Page, live_server: LiveServer) -> None:
    calm_page.set_viewport_size({"width": 390, "height": 844})
    open_page(calm_page, "/derivative")
    calm_page.wait_for_timeout(300)
    expect(strip(calm_page)).to_be_hidden()
    calm_page.locator("#ask").click()
    expect(strip(calm_page)).to_be_visible()
    assert calm_page.evaluate("document.documentElement.scrollWidth") <= 390
    field = calm_page.locator("#question-answer")
    expect(field).to_have_attribute("inputmode", "decimal")


def test_the_focus_goes_along_from_question_to_question(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/derivative")
    expect(strip(page)).to_be_visible()
    # what comes by itself takes no focus
    expect(page.locator("#question-answer")).not_to_be_focused()
    answer(page, "-4")
    expect(page.locator("#question-check")).to_be_focused()
    expect(page.locator("#question-spoken")).to_contain_text("It is −4.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("−1", exact=True)).to_be_focused()
    page.locator("#question-close").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ask")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("−1", exact=True)).to_be_focused()


def test_a_late_verdict_is_not_put_on_another_question(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/derivative")
    held: list[Any] = []
    page.route("**/api/v1/questions/*/answer", lambda route: held.append(route))
    answer(page, "-4")
    page.keyboard.press("Enter")
    press(page, "tell")
    soon(page, lambda: len(held) == 1)
    press(page, "close")
    held[0].continue_()
    page.unroute("**/api/v1/questions/*/answer")
    page.locator("#ask").click()
    # nothing was answered, so it is asked again
    strip_says(page, "Before you look, 1 of 3:")
    expect(page.locator("#at input[type=text]")).to_have_value("1.5")


# a showing that is ended before its first frame
ENDED = """async () => {
    const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
    const { reveal } = await import(`${root}/js/station/reveal.js`);
    const ending = new AbortController();
    const done = reveal([{ control: "#at", to: -2 }, { control: "[data-example=sine]", to: null }], ending.signal);
    ending.abort();
    await done;
}"""


def test_a_showing_that_is_ended_moves_nothing_more(page: Page, live_server: LiveServer) -> None:
    page.goto("/derivative?example=square")
    expect(page.locator("#at input[type=text]")).to_have_value("1.5")
    page.evaluate(ENDED)
    expect(page.locator("#at input[type=text]")).to_have_value("1.5")
    expect(page.locator("[data-example=square]")).to_have_attribute("aria-pressed", "true")


def test_a_reload_goes_on_asking(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/derivative")
    expect(strip(page)).to_be_visible()
    expect(page).to_have_url(re.compile("expression"))
    page.reload()
    strip_says(page, "Before you look, 1 of 3:")


def test_what_the_visitor_did_is_not_undone_by_the_invitation(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    held: list[Any] = []
    page.route("**/api/v1/catalog", lambda route: held.append(route))
    page.goto("/derivative")
    page.locator("#ask").click()
    page.locator("#question-answer").fill("-4")
    soon(page, lambda: bool(held))
    held[0].continue_()
    arrive(page)
    expect(page.locator("#question-answer")).to_have_value("-4")


def test_questions_that_cannot_be_read_are_asked_for_again(page: Page, live_server: LiveServer) -> None:
    page.goto("/derivative?example=square")
    page.route("**/api/v1/questions*", lambda route: route.abort())
    page.locator("#ask").click()
    expect(page.locator("#question-fault")).to_contain_text("cannot be read")
    page.unroute("**/api/v1/questions*")
    page.get_by_role("button", name="Try again").click()
    strip_says(page, "Before you look, 1 of 3:")
    expect(page.locator("#question-fault")).to_have_text("")


def test_an_arrow_that_was_not_turned_is_no_answer(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    skip_to_the_arrow(page)
    press(page, "check")
    expect(page.locator("#question-fault")).to_have_text("Turn the arrow first.")
    press(page, "tell")
    expect(page.locator("#question-text")).to_contain_text("Down is (−2, −4).")


def test_answers_shown_on_other_slides_do_not_lead_a_clicker_on(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/slide/17")
    expect(strip(page)).to_be_visible()
    press(page, "tell")
    expect(page.locator(".tools .slides")).to_have_text("Slide 24 / 60")
    page.keyboard.press("PageDown")
    expect(page.locator(".tools .slides")).to_have_text("Slide 18 / 60")
    expect(strip(page)).to_be_hidden()
    # asked again, and closed: back to where one was
    page.keyboard.press("q")
    press(page, "tell")
    expect(page.locator(".tools .slides")).not_to_have_text("Slide 18 / 60")
    press(page, "close")
    expect(page.locator(".tools .slides")).to_have_text("Slide 18 / 60")


def test_the_strip_leaves_the_figure_its_size_and_its_switches(calm_page: Page, live_server) -> None:
    page = calm_page
    for address, figure in {"/slide/30": "#figure", "/network": "#drawing", "/derivative": "#function-plane"}.items():
        open_page(page, address)
        if strip(page).is_visible():
            press(page, "close")
        before = page.locator(figure).bounding_box()
        page.keyboard.press("q")
        expect(strip(page)).to_be_visible()
        after = page.locator(figure).bounding_box()
        assert before
        assert after
        assert after["height"] > 0.84 * before["height"]
        beside = strip(page).bounding_box()
        assert beside
        for switch in page.locator(".heading .head :is(button, a)").all():
            box = switch.bounding_box()
            assert box is None or box["x"] >= beside["x"] + beside["width"]
