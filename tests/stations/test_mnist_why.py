"""Why an output for the digit on the pad is what it is, down to its pixels."""

import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer
from tests.stations.conftest import open_run
from tests.stations.test_mnist_past import STEPS, trained

pytestmark = pytest.mark.mnist

DIGIT = 3
TONES = """(id) => {
  const { data } = document.getElementById(id).getContext("2d").getImageData(0, 0, 28, 28);
  return Array.from({ length: 784 }, (_, i) => data[4 * i + 2] - data[4 * i]);
}"""


@pytest.fixture
def asking(calm_page: Page, live_server: LiveServer, mnist_home: object) -> tuple[Page, str]:
    """A page with a trained run and a test digit on the pad."""
    run = trained(live_server, 2)
    page = open_run(calm_page, f"/mnist?run={run}")
    page.locator("#digit-grid .digit").nth(DIGIT).click()
    expect(page.locator("#verdict")).to_contain_text("it reads a")
    return page, run


def why(server: LiveServer, run: str, number: str, **more: Any) -> dict[str, Any]:
    """The reason that the server gives."""
    body = {"number": number, "digit": DIGIT, "include": ["contributions"], **more}
    answer = httpx.post(f"{server.url}/api/v1/runs/{run}/why", json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def head(page: Page) -> str:
    return page.locator("#why .why-head h2").inner_text()


def value_in(text: str) -> float:
    """The number at the end of a question."""
    found = re.search(r"= ([−\d.]+)", text)
    assert found is not None, text
    return float(found[1].replace("−", "-"))


def test_from_an_output_to_a_pixel_and_back(asking: tuple[Page, str], live_server: LiveServer) -> None:
    page, run = asking
    page.locator("#drawing-bars .bar").nth(4).click()
    number = "layers[1].activations[0][4]"
    trail = []
    for _ in range(5):
        reason = why(live_server, run, number)
        expect(page.locator("#why .why-head h2")).to_contain_text(reason["name"])
        assert value_in(head(page)) == pytest.approx(reason["value"], rel=6e-4, abs=1e-12)
        expect(page.locator("#why code")).to_have_text(reason["numpy"])
        trail.append(reason["name"])
        if reason["given"]:
            break
        button = page.locator("#why .why-operands button").first
        number = str(button.get_attribute("data-why"))
        button.click()
    assert reason["given"], trail
    assert trail[0] == "ŷ₅"
    assert trail[-1].startswith("x")
    for name in trail[-2::-1]:
        page.locator("#why [data-why=back]").click()
        expect(page.locator("#why .why-head h2")).to_contain_text(name)
    page.keyboard.press("Escape")
    expect(page.locator("#why-card")).to_be_hidden()
    expect(page.locator("#settings")).to_be_visible()


def test_of_a_long_sum_the_largest_terms(asking: tuple[Page, str], live_server: LiveServer) -> None:
    page, run = asking
    page.locator("#drawing-bars .bar").nth(0).click()
    page.locator("#why .why-operands button").first.click()
    expect(page.locator("#why .why-head h2")).to_contain_text("z⁽²⁾₁")
    page.locator("#why .why-operands button").first.click()
    expect(page.locator("#why .why-head h2")).to_contain_text("h⁽¹⁾")
    page.locator("#why .why-operands button").first.click()
    expect(page.locator("#why .why-head h2")).to_contain_text("z⁽¹⁾")
    of = page.locator("#why-of")
    expect(of).to_have_text(re.compile(r"for hidden unit \d+"))
    hidden = int(of.inner_text().removeprefix("for hidden unit ")) - 1
    reason = why(live_server, run, f"layers[0].pre_activations[0][{hidden}]")
    sizes = sorted((abs(term["value"]) for term in reason["terms"]), reverse=True)
    expect(page.locator("#why .why-terms tbody tr")).to_have_count(7)
    shown = page.locator("#why .why-terms tbody tr td:nth-child(3)").all_inner_texts()
    assert [abs(float(text.replace("−", "-"))) for text in shown] == pytest.approx(sizes[:6], rel=6e-4)
    expect(page.locator("#why .why-terms")).to_contain_text("and 779 smaller terms")
    lit = page.locator("#why-pixels [data-lit=operand]")
    largest = sorted(range(785), key=lambda at: -abs(reason["terms"][at]["value"]))[:6]
    names = {factor["number"] for at in largest for factor in reason["terms"][at]["factors"]}
    assert {one.get_attribute("data-number") for one in lit.all()} == {n for n in names if n.startswith("inputs")}


def test_the_pictures_are_the_numbers(asking: tuple[Page, str], live_server: LiveServer) -> None:
    page, run = asking
    page.locator("#history-slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".behind")).to_have_count(0)
    page.locator("#drawing-bars .bar").nth(7).click()
    expect(page.locator("#why-of")).to_have_text("for a 7")
    reason = why(live_server, run, "layers[1].activations[0][7]", step=STEPS)
    expect(page.locator("#why .why-head h2")).to_contain_text(reason["name"])
    assert value_in(head(page)) == pytest.approx(reason["value"], rel=6e-4)
    for name, field in (("why-slopes", "slopes"), ("why-shares", "contributions")):
        values = reason["contributions"][field]
        top = max(abs(value) for value in values)
        tones = page.evaluate(TONES, name)
        for value, tone in zip(values, tones, strict=True):
            if abs(value) > 0.05 * top:
                assert (tone > 0) == (value > 0)
    assert float(page.locator("#why-rest").inner_text().split()[-1].strip(".").replace("−", "-")) == pytest.approx(
        reason["contributions"]["rest"], rel=6e-3
    )


def test_by_keyboard_and_for_a_reader(asking: tuple[Page, str]) -> None:
    page, _ = asking
    bars = page.locator("#drawing-bars .bar")
    bars.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(bars.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#why-card")).to_be_visible()
    expect(page.locator("#why-of")).to_have_text("for a 2")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
    for name in ("document.documentElement", "document.querySelector('#why-card')"):
        assert page.evaluate(f"{name}.scrollHeight - {name}.clientHeight") <= 1


def test_a_test_digit_is_answered_once(asking: tuple[Page, str], live_server: LiveServer) -> None:
    page, run = asking
    query = f"{live_server.url}/api/v1/runs/{run}/answers?first=0&count=24"
    for at in (8, 18):
        [*digits] = httpx.get(query, timeout=60).json()["digits"]
        page.locator("#digit-grid .digit").nth(at).click()
        expect(page.locator("#says")).to_have_text(f"Test digit {at} is on the pad.")
        expect(page.locator("#verdict b")).to_have_text(str(digits[at]["prediction"]))
        values = [f"{output:.2f}".replace("-", "−") for output in digits[at]["outputs"]]
        expect(page.locator("#drawing-bars .value")).to_have_text(values)
