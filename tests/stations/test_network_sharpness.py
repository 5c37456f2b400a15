"""λ and 2/η beside the loss of the network station: the numbers are the API's, before and after the first step."""

import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer
from tests.stations.test_network_page import as_number, open_network

SAID = re.compile(r"λ = (\S+) is (over|below) 2/η = ([\d.]+)")


def ask(server: LiveServer, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    url = f"{server.url}/api/v1{path}"
    answer = httpx.get(url, timeout=60) if body is None else httpx.post(url, json=body, timeout=60)
    assert answer.status_code < 300, answer.text
    return dict(answer.json())


def made(server: LiveServer, count: int, eta: float) -> dict[str, Any]:
    """A run of the lab."""
    run = ask(server, "/runs", {"preset": "lab-two-layer", "optimizer": {"learning_rate": eta}})
    ask(server, f"/runs/{run['id']}/step", {"count": count})
    return run


def assert_said(page: Page, told: dict[str, Any]) -> None:
    """The sentence has the API's λ and 2/η."""
    says = page.locator("#sharpness-says")
    expect(says).to_contain_text(SAID)
    found = SAID.search(says.inner_text())
    assert found
    assert as_number(found[1]) == pytest.approx(told["largest_eigenvalue"], rel=1e-3)
    assert as_number(found[3]) == pytest.approx(told["stability_threshold"], rel=1e-3)
    assert found[2] == ("over" if told["largest_eigenvalue"] > told["stability_threshold"] else "below")


def test_before_the_first_step_it_is_said_and_nothing_is_stored(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=0")
    page.keyboard.press("v")
    expect(page.locator("#sharpness-view")).to_have_attribute("aria-pressed", "true")
    assert_said(page, ask(live_server, "/backpropagation/sharpness", {"preset": "lab-two-layer"}))
    expect(page.locator("#curves circle.crossing")).to_have_count(1)
    page.locator("#rate input[type=text]").fill("0.02")
    page.locator("#rate input[type=text]").press("Enter")
    expect(page.locator("#sharpness-says")).to_contain_text("is below 2/η = 100")
    expect(page.locator("#curves circle.crossing")).to_have_count(0)
    page.wait_for_url(re.compile(r"(?=.*table=sharpness)(?=.*eta=0\.02)"))
    assert "run=" not in page.url
    page.reload()
    expect(page.locator("#sharpness-says")).to_contain_text("is below 2/η = 100")
    page.keyboard.press("v")
    expect(page.locator("#gradients")).to_be_visible()
    expect(page.locator("#sharpness")).to_be_hidden()


def test_a_student_sees_lambda_over_the_threshold_and_the_loss_rise(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=0&table=sharpness")
    page.keyboard.press("u")
    page.keyboard.press("u")
    expect(page.locator("#step")).to_have_text("2")
    page.wait_for_url(re.compile("run="))
    run = re.findall(r"run=([^&]+)", page.url)[0]
    told = ask(live_server, f"/runs/{run}/curvatures?steps=0,1,2")["curvatures"]
    for step in (2, 1, 0):
        expect(page.locator("#sharpness-says")).to_contain_text("λ = ")
        assert_said(page, told[step])
        page.keyboard.press("[")
        expect(page.locator("#step")).to_have_text(str(max(0, step - 1)))
    # the lecture's losses
    expect(page.locator("#sharpness-says")).to_contain_text("makes the loss rise, from 3.478 to 38.86")
    expect(page.locator("#curves .value.bad")).to_have_text("2/η 20")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_crossing_of_a_shared_run_is_marked(calm_page: Page, live_server: LiveServer, theme: str) -> None:
    run = made(live_server, 20, 0.04)
    steps = ",".join(map(str, range(21)))
    told = ask(live_server, f"/shared/{run['share_id']}/curvatures?steps={steps}")["curvatures"]
    first = next(each["step"] for each in told if each["largest_eigenvalue"] > each["stability_threshold"])
    assert first > 0
    page = open_network(calm_page, f"?shared={run['share_id']}&table=sharpness&at=3&theme={theme}")
    assert_said(page, told[3])
    ring = page.locator("#curves circle.crossing")
    expect(ring).to_have_count(1)
    ends = page.locator("#curves line.base").first
    left, right = (float(ends.get_attribute(name) or 0) for name in ("x1", "x2"))
    place = left + (right - left) * first / 20
    assert float(ring.get_attribute("cx") or 0) == pytest.approx(place, abs=0.5)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_lambda_of_a_branch_stands_beside_that_of_the_run(calm_page: Page, live_server: LiveServer) -> None:
    run = made(live_server, 20, 0.04)
    branch = ask(live_server, f"/runs/{run['id']}/branch", {"step": 2})
    ask(live_server, f"/runs/{branch['id']}/step", {"count": 28, "learning_rate": 0.02})
    told = ask(live_server, f"/runs/{branch['id']}/curvatures?steps=30")["curvatures"][0]
    page = open_network(calm_page, f"?run={run['id']}&branch={branch['id']}&table=sharpness")
    label = page.locator("#curves .value.beside", has_text="λ")
    expect(label).to_have_text(f"λ {told['largest_eigenvalue']:#.4g}".rstrip("0").rstrip("."))
    # the axis reaches as far as the branch does, and its lines begin where it leaves the run
    ends = page.locator("#curves line.base").first
    left, right = (float(ends.get_attribute(name) or 0) for name in ("x1", "x2"))
    place = round(2 * (left + (right - left) * 2 / 30)) / 2
    lines = page.locator("#curves path.curve.beside")
    expect(lines).to_have_count(2)
    for line in (0, 1):  # the loss; then λ, whose newest value is asked for first
        expect(lines.nth(line)).to_have_attribute("d", re.compile(f"^M{place:g} "))


def test_it_fits_a_phone_and_a_projector(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?table=sharpness")
    for width, height, key in ((1280, 720, "Escape"), (1280, 720, "p"), (390, 844, "p")):
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press(key)
        card, curves = page.locator(".five").bounding_box(), page.locator("#curves").bounding_box()
        assert card
        assert curves
        assert curves["height"] > 120
        assert curves["y"] + curves["height"] <= card["y"] + card["height"] + 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width > 900:
            assert page.evaluate("document.documentElement.scrollHeight") <= height
