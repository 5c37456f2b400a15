"""The batch row by row (slides 52–54): each number is the API's, the gradient the mean of the rows."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from core.lecture.presets import PRESETS
from tests.live_server import LiveServer

PRESET = PRESETS["lab-batch"]
MORE = PRESET.more_rows or {}
NUMBERS = """() => Object.fromEntries(
  [...document.querySelectorAll(".by-row td[data-number], #mean-note [data-number]")]
    .map((cell) => [cell.dataset.number, cell.innerText.trim()]))"""
UNDIVIDED = "row_gradients[1].weight_sums[3][2][0]"


def ask(server: LiveServer, **more: Any) -> dict[str, Any]:
    body = {"preset": PRESET.name, "include": ["row_gradients"]} | more
    answer = httpx.post(f"{server.url}/api/v1/backpropagation", json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def at(answer: Any, path: str) -> float:
    for step in re.findall(r"[^.\[\]]+", path):
        answer = answer[int(step)] if step.isdigit() else answer[step]
    return float(answer)


def read(text: str) -> tuple[float, float]:
    """A number as the page writes it, and half a unit of its last digit."""
    plain = text.replace("−", "-").replace("\u202f", "")
    decimals = len(plain.partition(".")[2])
    return float(plain), 0.5 * 10.0**-decimals


@pytest.fixture
def rows(calm_page: Page, live_server: LiveServer) -> Page:
    return opened(calm_page, "/batches")


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#tiles .whole td").first).not_to_have_text("")
    expect(page.locator("#why h2")).to_contain_text("=")
    return page


def shown(page: Page) -> dict[str, str]:
    """Every number of the figure by its name."""
    return dict(page.evaluate(NUMBERS))


def assert_numbers(page: Page, answer: dict[str, Any], least: int) -> None:
    found = shown(page)
    assert len(found) >= least
    for number, text in found.items():
        value, half = read(text)
        assert value == pytest.approx(at(answer, number), abs=1.01 * half), number


@pytest.mark.parametrize("query", ["", "?layer=1", "?forget=1", "?precise=1"])
def test_every_number_is_the_server_s(calm_page: Page, live_server: LiveServer, query: str) -> None:
    assert_numbers(opened(calm_page, f"/batches{query}"), ask(live_server), 4 * 18 + 4 * 6 + 6)


@pytest.mark.parametrize("m", [1, 2, 3, 5, 6])
def test_any_number_of_rows(calm_page: Page, live_server: LiveServer, m: int) -> None:
    data = {
        name: (PRESET.configuration["data"][name] + MORE[name])[:m] for name in ("inputs", "targets")
    }  # fmt: skip
    page = opened(calm_page, f"/batches?m={m}&seed=3&eta=0.002")
    network = {"initialization": {"method": "legacy_normal", "seed": 3}}
    answer = ask(live_server, data=data, network=network, optimizer={"learning_rate": 0.002})
    assert_numbers(page, answer, m * 18 + m * 9 + 9)
    expect(page.locator("#formulas [data-shape='layers[1].deltas']")).to_have_text(f"{m}×3")


def test_rows_are_added_one_by_one_and_divided_at_the_end(rows: Page, live_server: LiveServer) -> None:
    answer = ask(live_server)
    title = rows.locator("#tiles .whole .product")
    corner = rows.locator("#tiles .whole td").nth(6)
    for count in (1, 2, 3, 4):
        rows.keyboard.press(" ")
        expect(title).to_have_text(f"sum of {count}")
        value, half = read(corner.inner_text())
        assert value == pytest.approx(answer["row_gradients"][1]["weight_sums"][count - 1][2][0], abs=1.01 * half)
        expect(rows.locator("#tiles .tile.later")).to_have_count(4 - count)
        expect(rows.locator("#bands tr.on button")).to_have_text(str(count))
        expect(rows.locator(".tiles .by")).to_be_hidden()
    expect(rows.locator("#add-name")).to_have_text("Divide by m = 4")
    rows.keyboard.press(" ")
    expect(title).to_have_text("∂L/∂W⁽²⁾")
    expect(rows.locator(".tiles .by")).to_have_text("÷ 4")
    value, half = read(corner.inner_text())
    assert value == pytest.approx(answer["layers"][1]["weight_gradients"][2][0], abs=1.01 * half)
    rows.keyboard.press("ArrowLeft")
    expect(title).to_have_text("sum of 4")


def test_without_the_mean_the_step_is_m_times_as_long(rows: Page, live_server: LiveServer) -> None:
    answer, long = ask(live_server), ask(live_server, optimizer={"learning_rate": 0.04})
    rows.locator("#forget").click()
    expect(rows.locator("#forget")).to_have_attribute("aria-pressed", "true")
    asked = rows.locator(f'#tiles .whole [data-number="{UNDIVIDED}"]')
    value, half = read(asked.inner_text())
    assert value == pytest.approx(4 * answer["layers"][1]["weight_gradients"][2][0], abs=1.01 * half)
    cells = rows.locator("#mean-note tbody tr.now td")
    expect(cells.first).to_have_text("0.04")
    assert read(cells.last.inner_text())[0] == pytest.approx(long["loss_after"], rel=1e-3)
    expect(rows.locator("#says")).to_contain_text("4 times as long")
    expect(rows.locator("#why h2")).to_contain_text("∂ΣL")


def test_why_lights_the_rows_it_is_made_of(rows: Page) -> None:
    expect(rows.locator("#why h2")).to_have_text(re.compile(r"∂L/∂w⁽²⁾₃₁ = 15\.39"))
    lit = rows.locator("#bands [data-lit=operand]")
    expect(lit).to_have_count(8)
    rows.locator('#tiles [data-number="row_gradients[1].weights[3][1][2]"]').click()
    expect(rows.locator("#why h2")).to_contain_text("= 70.26")
    assert set(lit.evaluate_all("(cells) => cells.map((cell) => cell.dataset.number)")) == {
        "layers[1].deltas[3][1]",
        "layers[0].activations[3][2]",
    }
    rows.wait_for_url(re.compile("why=row_gradients"))


def test_every_number_can_be_asked(rows: Page, live_server: LiveServer) -> None:
    for number in shown(rows):
        ask(live_server, why=number, include=[])
    for number in ("inputs[2][0]", "losses[1]", "layers[1].bias_gradients[2]", "loss_before"):
        rows.locator(f'#bands [data-number="{number}"]').click()
        expect(rows.locator("#bands [data-lit=asked]")).to_have_attribute("data-number", number)


def test_by_keyboard_alone(rows: Page) -> None:
    rows.keyboard.press("2")
    expect(rows.locator("#bands tr.on button")).to_have_text("2")
    rows.keyboard.press("w")
    expect(rows.locator("[data-layer='0']")).to_have_attribute("aria-pressed", "true")
    expect(rows.locator("#bands [data-number='layers[0].deltas[0][0]']")).to_be_visible()
    rows.keyboard.press("f")
    expect(rows.locator("#forget")).to_have_attribute("aria-pressed", "true")
    first = rows.locator('#bands [data-number="inputs[0][0]"]')
    first.focus()
    rows.keyboard.press("ArrowRight")
    rows.keyboard.press("ArrowRight")
    rows.keyboard.press("ArrowDown")
    expect(rows.locator('[data-number="layers[0].pre_activations[1][0]"]')).to_be_focused()
    rows.keyboard.press("Enter")
    expect(rows.locator("#why h2")).to_contain_text("z⁽¹⁾₂₁")
    assert rows.locator("#bands td[tabindex='0']").count() == 1


LATE = """(() => {
  const now = window.setTimeout;
  window.setTimeout = (act, wait = 0, ...more) => now(act, Math.max(wait, 700), ...more);
})()"""


def test_the_address_holds_everything(calm_page: Page, live_server: LiveServer) -> None:
    """Also in a browser so busy that its timers come late: a key after Enter is for the page, not for the field."""
    calm_page.add_init_script(LATE)
    rows = opened(calm_page, "/batches")
    rows.locator("#m").select_option("3")
    rows.locator("#seed").fill("7")
    rows.locator("#seed").press("Enter")
    rows.locator("#eta").fill("1e-3")
    rows.locator("#eta").press("Enter")
    rows.keyboard.press("2")
    rows.keyboard.press("w")
    rows.wait_for_url(re.compile(r"/batches\?m=3&seed=7&eta=0\.001&row=2&layer=1$"))
    expect(rows.locator("#eta")).to_have_value("0.001")
    expect(rows.locator("#bands tbody tr")).to_have_count(3)
    expect(rows.locator("#mean-note [data-number=learning_rate]")).to_have_text("0.001")
    expect(rows.locator("#why h2")).to_contain_text("=")
    before = shown(rows)
    again = opened(rows, rows.url)
    assert shown(again) == before
    expect(again.locator("#eta")).to_have_value("0.001")
    expect(again.locator("#bands tr.on button")).to_have_text("2")


@pytest.mark.parametrize(("field", "typed"), [("seed", "−1"), ("seed", "a"), ("eta", "0"), ("eta", "")])
def test_a_field_that_cannot_be_used_says_so(rows: Page, field: str, typed: str) -> None:
    before = shown(rows)
    rows.locator(f"#{field}").fill(typed)
    rows.locator(f"#{field}").press("Enter")
    expect(rows.locator("#field-fault")).to_be_visible()
    expect(rows.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    assert shown(rows) == before
    rows.locator(f"#{field}").fill("1")
    rows.locator(f"#{field}").press("Enter")
    expect(rows.locator("#field-fault")).to_be_hidden()


def test_overflow_is_a_word_never_nan(calm_page: Page, live_server: LiveServer) -> None:
    page = opened(calm_page, "/batches?eta=1000&forget=1")
    assert "NaN" not in page.locator("body").inner_text()
