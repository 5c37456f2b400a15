"""The station of slides 43–51: one update walked through, its numbers, its chain of Jacobians, its settings."""

import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer

LAB = {"preset": "lab-two-layer"}
NUMBERS = """all => all.map((one) => [one.dataset.number, one.textContent])"""
TENS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")


def ask(server: LiveServer, body: dict[str, Any]) -> dict[str, Any]:
    """Every number of an update."""
    answer = httpx.post(f"{server.url}/api/v1/backpropagation", json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def read_at(answer: Any, path: str) -> float:
    """The number at a path of the answer."""
    for step in re.findall(r"[^.\[\]]+", path):
        answer = answer[int(step) if step.isdigit() else step]
    return float(answer)


def as_number(text: str) -> float:
    """A number as the page writes it."""
    mantissa, _, power = text.translate(TENS).replace("\u202f", "").partition("·10")
    return float(mantissa) * 10 ** int(power or 0)


def is_rounded(text: str, value: float) -> bool:
    """Whether a text is the value, rounded to three digits or three decimals or more; zeros at the end are left out."""
    shown = as_number(text)
    rounded = [each for d in range(3, 13) for each in (float(f"{value:.{d}g}"), round(value, d))]
    return any(abs(each - shown) <= max(1e-9 * abs(value), 1e-12) for each in rounded)


def rest(page: Page) -> None:
    """Wait until the page shows what it was asked for."""
    expect(page.locator("#drawing .number").first).to_be_visible()
    expect(page.locator("#says")).not_to_have_text("Getting ready.")
    expect(page.locator("#why h2")).to_be_visible()


def open_network(page: Page, query: str = "") -> Page:
    """Open the station and wait for its numbers."""
    page.goto(f"/network{query}")
    if "view=chain" in query:
        expect(page.locator("#chain .factor").first).to_be_visible()
    else:
        rest(page)
    return page


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("?stop=0", LAB),
        ("?stop=4", LAB),
        ("?stop=11&why=layers[1].weight_gradients[1][0]", LAB),
        ("?stop=15", LAB),
        ("?stop=11&edges=gradients", LAB),
        ("?preset=lab-batch&row=4&stop=11", {"preset": "lab-batch"}),
        (
            "?hidden=4,3&f=tanh,sigmoid&seed=3&stop=30",
            {
                **LAB,
                "network": {
                    "layer_sizes": [2, 4, 3, 3],
                    "activations": ["tanh", "tanh", "sigmoid"],
                    "initialization": {"method": "legacy_normal", "seed": 3},
                },
            },
        ),
    ],
)
def test_every_number_on_the_page_is_the_servers(
    calm_page: Page, live_server: LiveServer, query: str, body: dict[str, Any]
) -> None:
    page = open_network(calm_page, query)
    expect(page.locator("#why .why-code")).to_be_visible()
    answer = ask(live_server, body)
    shown = page.locator("[data-number]").evaluate_all(NUMBERS)
    texts = [(number, text.strip("()")) for number, text in shown if text]
    assert len(texts) > 20
    wrong = [(number, text) for number, text in texts if not is_rounded(text, read_at(answer, number))]
    assert wrong == []


def test_what_is_not_computed_yet_is_not_shown(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=0")
    numbers = [number for number, _ in page.locator("[data-number]").evaluate_all(NUMBERS)]
    assert any("pre_activations" in number for number in numbers)
    assert not any("deltas" in number or "gradients" in number for number in numbers)


def test_the_chain_of_slide_44_has_its_shapes_and_its_zeros(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?view=chain&layer=1&piece=5")
    captions = page.locator(".factor figcaption small").all_inner_texts()
    assert [caption.split()[0] for caption in captions] == ["1×3", "3×3", "3×3", "3×3", "3×6"]
    expect(page.locator(".factor.pointed figcaption")).to_contain_text("I ⊗ input")
    expect(page.locator("#says")).to_contain_text("I ⊗ x")
    answer = ask(live_server, LAB | {"include": ["jacobians"]})
    chain = next(one for one in answer["jacobians"]["layers"] if one["layer"] == 1)
    for index, factor in enumerate(chain["factors"]):
        cells = page.locator(".factor").nth(index).locator(".cell").all_inner_texts()
        values = [value for row in factor["values"] for value in row]
        assert all(is_rounded(text, value) for text, value in zip(cells, values, strict=True))
    page.locator("[data-layer='2']").click()
    expect(page.locator(".factor figcaption small").last).to_contain_text("3×9")


def test_why_leads_from_number_to_number_and_lights_its_operands(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=9")
    page.locator("#drawing [data-number='layers[0].deltas[0][0]']").click()
    expect(page.locator("#why h2")).to_contain_text("−1.361")
    lit = page.locator("#drawing [data-lit=operand]").evaluate_all("all => all.map((one) => one.dataset.number)")
    assert "layers[0].activation_gradients[0][0]" in lit
    page.locator("#why [data-why='layers[0].activation_gradients[0][0]']").click()
    expect(page.locator("#why h2")).to_contain_text("∂L/∂h")
    page.locator("#why [data-why=back]").click()
    expect(page.locator("#why h2")).to_contain_text("δ")


def test_the_speed_limit_stands_at_the_learning_rate(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    expect(page.locator("#limit")).to_have_text("2/λ = 0.0428")
    place = """() => {
      const [rail, mark] = ["#rate .rail", "#limit"].map((one) => document.querySelector(one).getBoundingClientRect());
      return [(mark.left - rail.left) / rail.width, (mark.right - rail.left) / rail.width];
    }"""
    # from 0.001 to 10 by even factors: 0.0428 stands at 41 %, and the words to the right of it
    left, _ = page.evaluate(place)
    assert left == pytest.approx(0.41, abs=0.02)
    page.locator("#shape-of summary").click()
    page.locator("#shape [name=inner]").select_option("sigmoid")
    expect(page.locator("#limit")).not_to_have_text("2/λ = 0.0428")
    expect(page.locator("#limit")).to_have_text(re.compile(r"^2/λ = \d"))


def test_bad_settings_say_what_is_right_and_change_nothing(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    page.locator("#shape-of summary").click()
    for name, text, words in [
        ("hidden", "3, many", "with commas between"),
        ("hidden", "0", "from 1 to"),
        ("seed", "-1", "whole number"),
        ("batch", "2", "1 row"),
    ]:
        field = page.locator(f"#shape [name={name}]")
        before = field.input_value()
        field.fill(text)
        field.blur()
        expect(page.locator("#shape-fault")).to_contain_text(words)
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill(before)
        field.blur()
        expect(page.locator("#shape-fault")).to_be_hidden()
    page.locator("#shape [name=hidden]").fill("30")
    page.locator("#shape [name=hidden]").blur()
    expect(page.locator("#part")).to_contain_text("Of the 30 units of layer 1, ")
    expect(page).to_have_url(re.compile("hidden=30"))
    page.locator("#shape [name=hidden]").fill("12")
    page.locator("#shape [name=hidden]").blur()
    expect(page).to_have_url(re.compile("hidden=12"))
    expect(page.locator("#shape-of")).to_contain_text("2 → 12 → 3")
    page.keyboard.press("c")
    wide = page.locator(".factor.weights .cells")
    expect(wide.locator("td").nth(11)).to_be_visible()
    # a matrix that is wider than the page begins at its first column
    assert wide.evaluate("(place) => place.querySelector('td').offsetLeft >= 0 && place.scrollLeft === 0")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_walk_by_keyboard_alone(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    present = page.locator("#stops [aria-current]")
    for name in ("h", "z⁽²⁾", "ŷ", "L", "δ⁽²⁾"):
        page.keyboard.press("ArrowRight")
        expect(present).to_have_text(name)
    page.keyboard.press("ArrowLeft")
    expect(present).to_have_text("L")
    page.keyboard.press("f")
    expect(present).to_have_text("∂b⁽¹⁾")
    page.keyboard.press("f")
    expect(present).to_have_text("b⁽¹⁾")
    expect(page.locator("#says")).to_contain_text("from 3.478 to 38.86")
    expect(page.locator("#says")).to_contain_text("η = 0.1 is over 2/λ = 0.0428")
    assert "run=" not in page.url
    page.keyboard.press(" ")
    expect(page.locator("#loss")).to_have_text("38.86")
    expect(present).to_have_text("z⁽¹⁾")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#loss")).to_have_text("3.478")
    expect(present).to_have_text("b⁽¹⁾")
    page.keyboard.press("g")
    expect(page.locator("#edges")).to_have_value("gradients")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("query", ["stop=11", "view=chain&piece=5", "hidden=30,20,10&stop=9"])
def test_nothing_bars_the_way(calm_page: Page, live_server: LiveServer, query: str, theme: str) -> None:
    page = open_network(calm_page, f"?{query}&theme={theme}")
    page.wait_for_timeout(500)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("slide", range(43, 52))
def test_each_slide_has_a_state_that_fits_the_screen(calm_page: Page, live_server: LiveServer, slide: int) -> None:
    calm_page.goto(f"/slide/{slide}")
    expect(calm_page.locator("#why h2")).to_be_visible()
    assert calm_page.evaluate("document.documentElement.scrollHeight") <= 720
    expect(calm_page.locator(".tools .slides")).to_contain_text(str(slide))


def test_on_a_phone_one_piece_at_a_time(calm_page: Page, live_server: LiveServer) -> None:
    calm_page.set_viewport_size({"width": 390, "height": 844})
    page = open_network(calm_page, "?stop=8")
    expect(page.locator("#strip")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#drawing [data-number^='inputs']").count() == 0
    assert page.locator("#drawing [data-number^='layers[0].activation_gradients']").count() == 3


@pytest.mark.parametrize("query", ["?stop=11", "?view=chain&stop=4"])
def test_a_low_projector_leaves_nothing_out(calm_page: Page, live_server, query: str) -> None:
    open_network(calm_page, f"{query}&projector")
    expect(calm_page.locator("#part")).to_be_hidden()
    for inside in ("#chain", ".five .scroll"):
        left_out = "(box) => box.scrollHeight - box.clientHeight"
        assert calm_page.locator(inside).evaluate(left_out) <= 1, inside


def test_on_a_low_projector_every_unit_stands_after_two_updates(calm_page: Page, live_server) -> None:
    open_network(calm_page, "?projector")
    calm_page.keyboard.press("u")
    expect(calm_page.locator("#step")).to_have_text("1")
    calm_page.keyboard.press("u")
    expect(calm_page.locator("#step")).to_have_text("2")
    expect(calm_page.locator("#remedy")).to_be_visible()
    expect(calm_page.locator("#part")).to_be_hidden()


def test_only_the_largest_error_is_called_so(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=5")
    expect(page.locator("#says")).to_contain_text("δ = −2.161, the largest error.")
    page.locator('#drawing [data-number="layers[1].deltas[0][2]"]').first.click()
    expect(page.locator("#says")).to_have_text("Output 3 is 2.616 and should be 4: δ = −1.384.")


def test_a_restart_keeps_the_learning_rate_that_stands_there(calm_page: Page, live_server) -> None:
    calm_page.goto("/network")
    rate = calm_page.locator("#rate input[type=text]")
    expect(rate).to_have_value("0.1")
    calm_page.keyboard.press("u")
    expect(calm_page.locator("#step")).to_have_text("1")
    rate.fill("0.02")
    rate.press("Enter")
    calm_page.keyboard.press("u")
    expect(calm_page.locator("#step")).to_have_text("2")
    calm_page.keyboard.press("r")
    expect(calm_page.locator("#step")).to_have_text("0")
    expect(rate).to_have_value("0.02")
