"""The Hessian as a picture: every number is the API's; x, the bias and η change it at once."""

import re
from typing import Any

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer


def hessian(server: LiveServer, **body: Any) -> dict[str, Any]:
    """What the API says of a start."""
    asked = {"preset": "lab-one-layer", "include": ["hessian"]} | body
    answer = httpx.post(f"{server.url}/api/v1/backpropagation", json=asked, timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["hessian"])


def written(values: list[list[float]]) -> list[str]:
    """The cells of the matrix, row by row."""
    return [f"{value:g}" for row in values for value in row]


def test_three_directions_learn_and_three_are_flat(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/learning-rate")
    page.click("#question-close")
    page.click("#views [data-view=hessian]")
    expect(page.locator("#claim")).to_have_text("Three directions learn, three are flat")
    found = hessian(live_server)
    cells = page.locator("#hessian rect + text:not([class~=W])")
    assert written(found["values"]) == [cells.nth(k).inner_html() for k in range(36)]
    expect(page.locator(".eigen .value")).to_have_text([f"{round(value, 9):g}" for value in found["eigenvalues"]])
    expect(page.locator(".eigen .factor")).to_have_text([f"× {factor:g}" for factor in found["factors"]])
    expect(page.locator("#limit")).to_have_text("2/λ = 0.4")
    # the flat ones, by key and by click
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#says")).to_contain_text("no step moves that way")
    page.locator("[data-eigen='1']").click()
    expect(page.locator("#says")).to_contain_text("λ = 5: a step with η = 0.1")
    # another sample, and biases: one more on the diagonal of each unit
    page.fill("#x-2", "3")
    page.keyboard.press("Enter")
    expect(page.locator("#lambda")).to_have_text("10")
    page.keyboard.press("b")
    largest = hessian(live_server, data={"inputs": [[1, 3]]}, network={"bias": True})["eigenvalues"][0]
    assert abs(largest - 11) < 1e-12
    expect(page.locator("#lambda")).to_have_text("11")
    page.fill("#rate input[type=text]", "0.2")
    page.keyboard.press("Enter")
    expect(page.locator("#says")).to_contain_text("it swings over and grows")
    page.wait_for_url(re.compile("bias=1.*eta=0.2|eta=0.2.*bias=1"))
    page.reload()
    expect(page.locator("#lambda")).to_have_text("11")
    assert Axe().run(page).violations_count == 0


def test_two_layers_bend_together(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/learning-rate?view=hessian&preset=lab-two-layer&eta=0.02&theme=dark")
    found = hessian(live_server, preset="lab-two-layer", optimizer={"learning_rate": 0.02})
    expect(page.locator("#lambda")).to_have_text(f"{found['eigenvalues'][0]:.4g}")
    bent = sum(abs(value) > 1e-9 * found["eigenvalues"][0] for value in found["eigenvalues"])
    words = {7: "Seven directions bend"}
    expect(page.locator("#claim")).to_have_text(f"{words[bent]}, {21 - bent} are flat")
    page.locator(".eigen").last.click()
    expect(page.locator("#says")).to_contain_text("it bends down there")
    expect(page.locator("#sample")).to_be_hidden()
    assert Axe().run(page).violations_count == 0
