"""The MNIST page in time: the loss curve is the slider of the run's history, and a second run leaves it anywhere."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer
from tests.stations.conftest import open_run, quick_run, stands

pytestmark = pytest.mark.mnist

STEPS = 15  # an epoch of `quick_run`


def trained(server: LiveServer, epochs: int, **more: Any) -> str:
    """A run that has learned for some epochs."""
    run = quick_run(server, **more)
    answer = httpx.post(f"{server.url}/api/v1/runs/{run}/step", json={"count": STEPS * epochs}, timeout=120)
    assert answer.status_code == 200, answer.text
    return run


def read(server: LiveServer, run: str, rest: str) -> dict[str, Any]:
    """Something below a run."""
    return dict(httpx.get(f"{server.url}/api/v1/runs/{run}/{rest}", timeout=60).json())


def evaluations(server: LiveServer, run: str) -> dict[int, dict[str, Any]]:
    """A run's evaluations by their steps."""
    found = read(server, run, "losses?evaluations_only=true&since=-1")["evaluations"]
    return {evaluation["step"]: evaluation for evaluation in found}


def on_page(page: Page, name: str) -> float:
    """One of the large numbers."""
    return float(re.sub(r"[^\d.]", "", page.locator(f"#{name}").inner_text()))


@pytest.fixture
def past_page(calm_page: Page, live_server: LiveServer, mnist_home: object) -> tuple[Page, str]:
    """A page with a run of three epochs, and a test digit on the pad."""
    run = trained(live_server, 3)
    page = open_run(calm_page, f"/mnist?run={run}")
    page.locator("#digit-grid .digit").nth(2).click()
    expect(page.locator("#verdict")).to_contain_text("it reads a")
    return page, run


def test_every_view_follows_the_slider(past_page: tuple[Page, str], live_server: LiveServer) -> None:
    page, run = past_page
    slider = page.locator("#history-slider")
    slider.focus()
    for epoch in (2, 1, 0):
        page.keyboard.press("ArrowLeft")
        step = STEPS * epoch
        expect(page.locator("#epoch-name")).to_have_text(f"epoch · step {step}")
        expect(page.locator("#epoch")).to_have_text(str(epoch))
        expect(page.locator(".behind")).to_have_count(0)
        then = evaluations(live_server, run)[step]
        assert on_page(page, "loss") == pytest.approx(then["train_loss"], rel=6e-4)
        assert on_page(page, "accuracy") == pytest.approx(100 * then["test_accuracy"], abs=0.1)
        digits = read(live_server, run, f"answers?count=24&step={step}")["digits"]
        shown = [text.removeprefix("✗ ") for text in page.locator("#digit-grid .answer").all_inner_texts()]
        assert shown == [str(digit["prediction"]) for digit in digits]
        values = page.locator("#drawing-bars .value").all_inner_texts()
        outputs = [float(text.replace("−", "-")) for text in values]
        assert outputs == pytest.approx(digits[2]["outputs"], abs=0.0051)
        expect(slider).to_have_attribute("aria-valuetext", re.compile(f"epoch {epoch} of 3"))
    page.keyboard.press("Escape")
    expect(page.locator("#epoch")).to_have_text("3")
    expect(page.locator("#train")).to_be_visible()
    assert stands(live_server, run)["step"] == 3 * STEPS


def test_the_curve_itself_can_be_pulled(past_page: tuple[Page, str]) -> None:
    page, _ = past_page
    box = page.locator("#loss-plot .nsewdrag").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.9, middle)
    page.mouse.down()
    expect(page.locator("#epoch")).to_have_text("3")
    for share, epoch in ((0.62, 2), (0.3, 1), (0.01, 0), (0.33, 1)):
        page.mouse.move(box["x"] + box["width"] * share, middle, steps=3)
        expect(page.locator("#epoch")).to_have_text(str(epoch))
    page.mouse.up()
    expect(page.locator("#says")).to_contain_text("Looking back at epoch 1 of 3: train loss")
    page.mouse.move(box["x"] + box["width"] * 0.62, middle)
    expect(page.locator("#epoch")).to_have_text("1")


def test_training_goes_on_from_now_and_rewind_from_then(past_page: tuple[Page, str], live_server: LiveServer) -> None:
    page, run = past_page
    page.locator("#history-slider").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#epoch")).to_have_text("1")
    page.keyboard.press("s")
    expect(page.locator("#says")).to_contain_text(f"Step {3 * STEPS + 1}: the loss on this batch")
    page.locator("#history-slider").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.click("#rewind")
    expect(page.locator("#says")).to_have_text(f"Back at step {STEPS}.")
    expect(page.locator("#train")).to_be_visible()
    assert stands(live_server, run)["step"] == STEPS


# names at the ends of the lines that are cut off or cover one another
CROWDED = """(plot) => {
    const border = plot.getBoundingClientRect().right;
    const boxes = [...plot.querySelectorAll(".annotation")].map((each) => [each, each.getBoundingClientRect()]);
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
    return boxes.filter(([, box], k) => box.right > border + 1 || boxes.slice(0, k).some(([, one]) => over(box, one)))
        .map(([each]) => each.textContent);
}"""


def test_a_branch_is_drawn_beside_the_first_run(past_page: tuple[Page, str], live_server: LiveServer) -> None:
    page, run = past_page
    page.locator("#history-slider").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.fill("#branch-rate", "0.001")
    page.click("#branch")
    banner = page.locator("[data-banner=branch]")
    expect(banner).to_contain_text("Branch from epoch 1, step 15 with η = 0.001, at epoch 4")
    expect(banner).to_contain_text("the first run has not come so far")
    expect(page.locator("#loss-plot .annotation", has_text="branch")).to_have_count(1)
    for plot in ("#loss-plot", "#accuracy-plot"):
        assert page.locator(plot).evaluate(CROWDED) == []
    assert stands(live_server, run)["step"] == 3 * STEPS
    said = banner.inner_text()
    banner.get_by_role("button", name="Go on with it").click()
    expect(page).not_to_have_url(re.compile(run))
    second = page.url.split("run=")[1]
    expect(page.locator("#epoch")).to_have_text("4")
    then = evaluations(live_server, second)[4 * STEPS]
    told = re.search(r"train loss ([\d.]+), ([\d.]+)", said)
    assert told is not None
    assert float(told[1]) == pytest.approx(then["train_loss"], rel=6e-4)
    assert float(told[2]) == pytest.approx(100 * then["test_accuracy"], abs=0.1)
    assert stands(live_server, second)["optimizer"]["learning_rate"] == 0.001


def test_a_shared_run_can_be_looked_at_in_time(calm_page: Page, live_server: LiveServer, mnist_home: object) -> None:
    run = trained(live_server, 2)
    page = open_run(calm_page, f"/mnist?shared={stands(live_server, run)['share_id']}")
    page.locator("#history-slider").focus()
    page.keyboard.press("Home")
    expect(page.locator("#epoch")).to_have_text("0")
    expect(page.locator("#branch")).to_be_hidden()
    expect(page.locator(".behind")).to_have_count(0)
    page.click("#now")
    expect(page.locator("#epoch")).to_have_text("2")


def test_divergence_names_what_did_it(calm_page: Page, live_server: LiveServer, mnist_home: object) -> None:
    run = trained(live_server, 2)
    body = {"count": 10 * STEPS, "learning_rate": 900}
    httpx.post(f"{live_server.url}/api/v1/runs/{run}/step", json=body, timeout=120)
    httpx.post(f"{live_server.url}/api/v1/runs/{run}/step", json={"count": 1, "learning_rate": 0.5}, timeout=120)
    divergence = stands(live_server, run)["divergence"]
    page = calm_page
    page.goto(f"/mnist?run={run}")
    banner = page.locator("[data-banner=diverged]")
    expect(banner).to_contain_text(f"Diverged with η = 900: the loss last fell at step {divergence['last_fall']}")
    banner.get_by_role("button", name=f"Rewind to step {divergence['last_fall']}, η ÷ 10").click()
    expect(banner).to_have_count(0)
    assert stands(live_server, run)["step"] == divergence["last_fall"] == 2 * STEPS
    expect(page.locator("[name=rate]")).to_have_value("90")
