"""A run that diverges: every page of runs names the η that did it and the ways back; two tabs show one η."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer
from tests.stations.arrivals import open_page
from tests.stations.conftest import stands
from tests.stations.planes import soon

RISING = 12  # the step at which η is raised
FIELDS = {"/network": "#rate input", "/batches?view=quadratic": "#eta"}  # where a page shows η
BODIES: dict[str, dict[str, Any]] = {
    "/network": {"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.001}},
    "/batches?view=quadratic": {"preset": "lab-quadratic", "optimizer": {"learning_rate": 0.0001}},
}


def ask(server: LiveServer, address: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = httpx.post(f"{server.url}/api/v1{address}", json=body, timeout=60)
    assert answer.status_code < 300, answer.text
    return dict(answer.json())


def sound(server: LiveServer, address: str) -> str:
    """A run whose loss fell at each of its first steps."""
    run = str(ask(server, "/runs", BODIES[address])["id"])
    for record in ask(server, f"/runs/{run}/step", {"count": RISING})["records"]:
        assert record["loss_after"] < record["loss_before"]
    return run


@pytest.mark.parametrize("address", BODIES)
@pytest.mark.parametrize("watched", [False, True])
def test_a_page_names_what_did_it_and_leads_back(
    calm_page: Page, live_server: LiveServer, address: str, watched: bool
) -> None:
    run = sound(live_server, address)
    page, join = calm_page, "&" if "?" in address else "?"
    share = stands(live_server, run)["share_id"]
    open_page(page, f"{address}{join}{f'shared={share}' if watched else f'run={run}'}")
    # it happens while the page looks on
    ask(live_server, f"/runs/{run}/step", {"count": 400, "learning_rate": 1000})
    banner = page.locator("[data-banner=diverged]")
    expect(banner).to_contain_text(f"Diverged with η = 1000: the loss last fell at step {RISING}, and at step")
    if watched:
        expect(banner.get_by_role("button")).to_have_count(0)
        return
    trains = page.locator("[data-trains]").first
    expect(trains).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("u" if address == "/network" else "s")
    expect(page.locator("#says")).to_contain_text("there is no next update")
    # the η that is offered is below 2/λ of the step to go back to
    limit = httpx.get(f"{live_server.url}/api/v1/runs/{run}/curvature?step={RISING}", timeout=60).json()["speed_limit"]
    back = banner.get_by_role("button", name=f"Rewind to step {RISING}, η = ")
    expect(back).to_contain_text(f"below 2/λ = {limit:.3g}")
    back.click()
    expect(banner).to_have_count(0)
    assert stands(live_server, run)["step"] == RISING
    soon(page, lambda: limit / 10 < float(page.locator(FIELDS[address]).last.input_value()) < limit)
    expect(trains).not_to_have_attribute("aria-disabled", "true")
    assert "no next update" not in str(trains.get_attribute("title"))


def test_mnists_landscape_names_what_did_it(calm_page: Page, live_server: LiveServer, mnist_home: object) -> None:
    data = {"samples": 512}
    run = ask(live_server, "/runs", {"preset": "mnist-minibatch", "data": data, "batch_size": 4})["id"]
    ask(live_server, f"/runs/{run}/step", {"count": 40})
    ask(live_server, f"/runs/{run}/step", {"count": 50, "learning_rate": 900})
    divergence = stands(live_server, run)["divergence"]
    assert divergence["learning_rate"] == 900
    page = calm_page
    page.goto(f"/mnist?view=landscape&run={run}")
    banner = page.locator("[data-banner=diverged]")
    expect(banner).to_contain_text(f"Diverged with η = 900: the loss last fell at step {divergence['last_fall']}")
    banner.get_by_role("button", name="From the start, η ÷ 10").click()
    expect(banner).to_have_count(0)
    soon(page, lambda: float(page.locator("#rate input").last.input_value()) == 90)


@pytest.mark.parametrize("address", BODIES)
def test_a_page_shows_the_learning_rate_that_another_client_gave(
    calm_page: Page, live_server: LiveServer, address: str
) -> None:
    run = sound(live_server, address)
    calm_page.goto(f"{address}{'&' if '?' in address else '?'}run={run}")
    field = calm_page.locator(FIELDS[address]).last
    expect(field).to_be_visible()
    ask(live_server, f"/runs/{run}/step", {"count": 1, "learning_rate": 0.0007})
    expect(field).to_have_value("0.0007")


def test_mnist_shows_the_learning_rate_that_another_client_gave(
    calm_page: Page, live_server: LiveServer, mnist_home: object
) -> None:
    run = ask(live_server, "/runs", {"preset": "mnist-minibatch", "data": {"samples": 512}})["id"]
    calm_page.goto(f"/mnist?run={run}")
    expect(calm_page.locator("#epoch")).to_have_text("0")
    ask(live_server, f"/runs/{run}/step", {"count": 1, "learning_rate": 0.0007})
    expect(calm_page.locator("[name=rate]")).to_have_value("0.0007")


# names on the axes of the loss that cover one another
COVERED = """() => {
    const boxes = [...document.querySelectorAll("#history text")]
        .filter((each) => each.textContent.match(/^[0-9·⁰¹²³⁴⁵⁶⁷⁸⁹k]+$/)).map((each) => each.getBoundingClientRect());
    return [boxes.length, boxes.filter((a, k) => boxes.slice(0, k).some((b) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)).length];
}"""


def test_the_axis_of_a_diverged_loss_can_be_read(calm_page: Page, live_server: LiveServer) -> None:
    address = "/batches?view=quadratic"
    run = sound(live_server, address)
    ask(live_server, f"/runs/{run}/step", {"count": 400, "learning_rate": 1000})
    calm_page.goto(f"{address}&run={run}")
    expect(calm_page.locator("[data-banner=diverged]")).to_be_visible()
    soon(calm_page, lambda: calm_page.evaluate(COVERED)[0] > 4)
    soon(calm_page, lambda: calm_page.evaluate(COVERED)[1] == 0)
