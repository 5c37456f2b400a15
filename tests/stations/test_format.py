"""Numbers and formulas as the pages write them, run in a real browser."""

import math

from playwright.sync_api import Page

WRITTEN = {
    "x**2 - 2*x": "x² − 2x",
    "tan(x)**2 + 1": "tan(x)² + 1",
    "sin(x)/x": "sin(x)/x",
    "x*cos(x) - sin(x)": "x·cos x − sin x",
    "exp(x)**2": "exp(x)²",
    "2*exp(-x)": "2e^−x",
    "exp(2)*x": "e²·x",
    "exp(2*x)": "exp(2x)",
    "sqrt(x)**3": "√(x)³",
    "1/(2*sqrt(x))": "1/(2·√x)",
    "x1 + 2*x2": "x₁ + 2x₂",
}
EXACT = {"-1e-05": "−10⁻⁵", "1e-05": "10⁻⁵", "-2.5e-07": "−2.5·10⁻⁷", "-0.25": "−0.25", "0": "0", "-3000000": "−3·10⁶"}
NUMBERS = {"-1898.2": "−1898", "1898.2": "1898", "-21878": "−21\u202f878", "3": "3.000", "-0.00012346": "−0.0001235"}


def test_formulas_and_numbers_are_written_as_on_a_board(calm_page: Page, live_server) -> None:
    calm_page.goto("/")
    found = calm_page.evaluate(
        """async ([texts, chosen, computed]) => {
            const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
            const { written, exact, number } = await import(`${root}/js/base/format.js`);
            const [a, b] = [chosen.map(Number), computed.map(Number)];
            return [texts.map(written), a.map((each) => exact(each)), b.map((each) => number(each))];
        }""",
        [list(WRITTEN), list(EXACT), list(NUMBERS)],
    )
    assert found == [list(WRITTEN.values()), list(EXACT.values()), list(NUMBERS.values())]


READ = {"−0,5": -0.5, "1/3": 1 / 3, "π/2": math.pi / 2, "-2pi": -2 * math.pi, "0.5 π": math.pi / 2, "−10⁻⁵": -1e-5}
UNREADABLE = ["", "pie", "π π", "1/0", "π/0", "2π/x"]


def test_numbers_are_read_as_people_type_them(calm_page: Page, live_server) -> None:
    calm_page.goto("/")
    found = calm_page.evaluate(
        """async (texts) => {
            const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
            const { readNumber } = await import(`${root}/js/base/typed_number.js`);
            return texts.map(readNumber);
        }""",
        [*READ, *UNREADABLE],
    )
    assert found == [*READ.values(), *(None for _ in UNREADABLE)]
