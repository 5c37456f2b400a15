"""Time travel, branches, failure, two tabs and a server that goes away, at the network station."""

import re
import time

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.live_server import LiveServer
from tests.stations.planes import soon
from tests.stations.test_network_page import open_network

LOSSES = ["3.478", "38.86", "20.08", "16.27", "13.18"]
LECTURE = [3.4776, 38.8598, 20.0820, 16.2665]
LAST = [0.6896, 0.5585]


def loss_at(page: Page, step: int) -> str:
    """The loss that the page shows at a step of the past, once the slider reaches it."""
    page.wait_for_function("(step) => Number(document.querySelector('#time').max) >= step", arg=step)
    page.locator("#time").fill(str(step))
    expect(page.locator("#step")).to_have_text(str(step))
    return page.locator("#loss").inner_text()


def train(page: Page, server: LiveServer, count: int) -> str:
    """Make updates from outside, once the page has stored its run; answers the run's id."""
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile("run="))
    run = re.findall(r"run=([^&]+)", page.url)[0]
    httpx.post(f"{server.url}/api/v1/runs/{run}/step", json={"count": count - 1}, timeout=60)
    expect(page.locator("#step")).to_have_text(str(count))
    # the slider reaches as far as the losses that have come
    expect(page.locator("#time")).to_have_attribute("max", str(count))
    return str(run)


def test_the_lectures_losses_stand_on_the_page(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    train(page, live_server, 20)
    assert [loss_at(page, step) for step in range(5)] == LOSSES
    page.keyboard.press("d")
    expect(page.locator("#loss")).to_have_text(re.compile(r"^13\.\d{8}$"))
    assert [round(float(loss_at(page, step)), 4) for step in range(4)] == LECTURE
    assert [round(float(loss_at(page, step)), 4) for step in (18, 19)] == LAST


def test_slide_51_prints_the_losses_and_says_which_units_died(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/slide/51")
    expect(page.locator("#printed li")).to_have_text(["at the start 3.4776"])
    expect(page.locator("#drawing .verdict-words")).to_have_text(["dead from the start"])
    page.keyboard.press("k")
    expect(page.locator("#printed li")).to_have_count(21)
    lines = page.locator("#printed b").all_inner_texts()
    assert [float(line) for line in lines[:4] + lines[18:20]] == LECTURE + LAST
    expect(page.locator("#drawing .verdict-words")).to_have_text(
        ["dead since update 2", "dead since update 2", "dead from the start"]
    )
    page.locator("#printed [data-step='1']").click()
    expect(page.locator("#step")).to_have_text("1")
    expect(page.locator("#loss")).to_have_text(LOSSES[1])
    expect(page.locator("#drawing .verdict-words")).to_have_text(["dead from the start"])
    page.keyboard.press("l")
    expect(page.locator("#gradients")).to_be_visible()


def test_every_view_follows_through_time_and_at_once(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=11")
    run = train(page, live_server, 20)
    for step in (0, 7, 1, 13):
        loss_at(page, step)
        told = httpx.get(f"{live_server.url}/api/v1/runs/{run}/backpropagation?step={step}", timeout=60).json()
        number = page.locator("#gradients [data-number='layers[1].deltas[0][1]']")
        expect(number).to_have_text(f"{told['layers'][1]['deltas'][0][1]:.4g}".replace("-", "−"))
        expect(page.locator("#drawing [data-number='layers[1].deltas[0][1]']")).to_be_visible()
    page.keyboard.press("]")
    expect(page.locator("#step")).to_have_text("14")
    expect(page).to_have_url(re.compile("at=14"))
    page.reload()
    expect(page.locator("#step")).to_have_text("14")


def test_what_dies_is_said_as_it_happens_and_a_branch_is_offered(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    says = page.locator("#says")
    page.keyboard.press("u")
    expect(says).to_contain_text("made the loss rise, from 3.478 to 38.86: η = 0.1 is over 2/λ = 0.0428")
    page.keyboard.press("u")
    expect(says).to_contain_text("Units 1 and 2 of layer 1 died at update 2, so all 3 are dead")
    expect(says).to_contain_text("∂L/∂W⁽¹⁾ and ∂L/∂b⁽¹⁾ are 0 since then")
    expect(page.locator("#track .death-words")).to_have_text("units 1 and 2 die")
    page.keyboard.press("u")
    expect(says).to_contain_text("0 since update 2")
    remedy = page.locator("#remedy")
    expect(remedy).to_have_text("Branch at update 0, η = 0.04")
    remedy.click()
    expect(page.locator("#track .other")).to_have_text(re.compile(r"branch η = 0\.04: 0\.00286"))
    expect(remedy).to_be_hidden()


def test_in_mini_batches_a_loss_that_nobody_computed_is_not_infinite(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?preset=lab-batch&batch=2")
    run = train(page, live_server, 4)
    address = f"{live_server.url}/api/v1/runs/{run}"
    records = httpx.get(f"{address}/losses?since=0", timeout=60).json()["records"]
    assert [record["loss_after"] for record in records] == [None] * 4
    newest = httpx.get(f"{address}/backpropagation?step=4", timeout=60).json()["loss_before"]
    expect(page.locator("#track")).to_contain_text(f"η = 0.01: {newest:.4g}")
    page.locator("#time").fill("2")
    expect(page.locator("#loss")).to_have_text(f"{records[2]['loss_before']:.4g}")
    expect(page.locator("#time")).to_have_attribute("aria-valuetext", f"update 2, loss {records[2]['loss_before']:.4g}")
    expect(page.locator("#says")).not_to_contain_text("rise")
    expect(page.locator("main")).not_to_contain_text("∞")
    expect(page.locator("#travel")).to_contain_text("Loss of the batch that comes next")


def test_a_branch_that_is_done_before_its_events_are_heard_is_drawn_whole(
    calm_page: Page, live_server: LiveServer
) -> None:
    page = calm_page
    page.add_init_script("delete globalThis.SharedWorker")  # a page's own events can be held
    open_network(page)
    train(page, live_server, 3)
    held: list[Route] = []

    def answer_when_done(route: Route) -> None:
        route.fetch()
        run = route.request.url.removesuffix("/play")
        while (view := httpx.get(run, timeout=60).json())["status"] == "playing":
            time.sleep(0.01)
        route.fulfill(json=view)

    page.route("**/play", answer_when_done)
    page.route("**/events", lambda route: held.append(route))
    page.locator("#remedy").click()
    soon(page, lambda: len(held) == 1)
    expect(page.locator("#track .other")).to_have_text(re.compile(r"branch η = 0\.04: 3\.48"))
    held[0].continue_()
    expect(page.locator("#track .other")).to_have_text(re.compile(r"branch η = 0\.04: 0\.00286"))


def test_a_branch_is_drawn_against_the_first_and_its_weights_compared(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    run = train(page, live_server, 20)
    page.locator("#branch-rate").fill("0.02")
    page.locator("#branch-rate").blur()
    loss_at(page, 0)
    page.keyboard.press("b")
    expect(page.locator("#track .other")).to_contain_text("η = 0.02")
    expect(page).to_have_url(re.compile("branch="))
    other = re.findall(r"branch=([^&]+)", page.url)[0]
    loss_at(page, 5)
    page.locator("#edges").select_option("difference")
    api = f"{live_server.url}/api/v1/runs"
    [own, second] = [
        httpx.get(f"{api}/{one}/steps/5", timeout=60).json()["parameters"][1]["weights"][1][0] for one in (run, other)
    ]
    number = page.locator("#drawing .difference[data-number='layers[1].weights[1][0]']")
    expect(number).to_be_visible()
    assert float((number.text_content() or "").replace("−", "-")) == pytest.approx(own - second, rel=5e-3)
    page.reload()
    expect(page.locator("#track .other")).to_contain_text("η = 0.02")
    page.keyboard.press("b")
    expect(page.locator("#track .other")).to_have_count(0)
    page.keyboard.press("b")
    expect(page.locator("#track .other")).to_have_count(1)


# labels of the loss history that cover one another, or that a curve strikes through
COVERED = """() => {
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    const holds = (box, { x, y }) => x > box.left && x < box.right && y > box.top + 3 && y < box.bottom - 3;
    const labels = [...document.querySelectorAll("#track text")].map((each) => [each, each.getBoundingClientRect()]);
    const inks = [...document.querySelectorAll("#track .curve[d]:not([d=''])")].map((curve) => {
        const [length, onto] = [curve.getTotalLength(), curve.getScreenCTM()];
        return Array.from({ length: 400 }, (_, k) => curve.getPointAtLength((length * k) / 399).matrixTransform(onto));
    });
    return labels.filter(([, box], k) => labels.slice(0, k).some(([, other]) => over(box, other))
        || over(box, document.querySelector("#track .ball").getBoundingClientRect())
        || inks.some((ink) => ink.some((point) => holds(box, point)))).map(([each]) => each.textContent);
}"""
UNDER_THE_BAR = """() => document.querySelector("#track").getBoundingClientRect().bottom
    - document.querySelector("#next").getBoundingClientRect().top"""


def test_no_label_of_the_history_is_covered(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=0")
    train(page, live_server, 20)
    for width, height, key in [(1280, 720, ""), (390, 844, ""), (1280, 720, "p"), (1920, 1080, "")]:
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press(key or "Escape")
        for step in (20, 19, 2, 1):
            page.locator("#time").fill(str(step))
            expect(page.locator("#step")).to_have_text(str(step))
            soon(page, lambda: page.evaluate(COVERED) == [])
        if width < 900:
            assert page.evaluate(UNDER_THE_BAR) <= 0
    loss_at(page, 20)
    page.locator("#branch-rate").fill("0.02")
    page.locator("#branch-rate").blur()
    page.keyboard.press("b")
    expect(page.locator("#track .other")).to_contain_text("η = 0.02")
    # from the newest update a branch goes on as far as the first run did
    expect(page.locator("#track .tick").filter(has_text="40")).to_be_visible()
    soon(page, lambda: page.evaluate(COVERED) == [])


def test_two_tabs_on_one_run_learn_of_each_others_steps(
    calm_page: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    page = open_network(calm_page)
    run = train(page, live_server, 2)
    other = open_network(context.new_page(), f"?run={run}")
    expect(other.locator("#step")).to_have_text("2")
    other.keyboard.press("u")
    expect(other.locator("#step")).to_have_text("3")
    expect(page.locator("#step")).to_have_text("3")
    page.keyboard.press("u")
    for tab in (page, other):
        expect(tab.locator("#step")).to_have_text("4")
        expect(tab.locator("#loss")).to_have_text(LOSSES[4])


def test_play_goes_to_the_twentieth_update_and_rests(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    page.locator("#pace").select_option("max")
    page.locator("#play").click()
    expect(page.locator("#step")).to_have_text("20")
    expect(page.locator("#play")).to_contain_text("Play")
    page.locator("#pace").select_option("4")
    page.locator("#time").fill("3")
    page.locator("#play").click()
    expect(page.locator("#step")).to_have_text("5")
    page.keyboard.press("k")


def test_a_shared_run_is_looked_at_and_not_stepped(calm_page: Page, live_server: LiveServer) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json={"preset": "lab-two-layer"}, timeout=60).json()
    httpx.post(f"{live_server.url}/api/v1/runs/{run['id']}/step", json={"count": 5}, timeout=60)
    page = open_network(calm_page, f"?shared={run['share_id']}&at=3&stop=11")
    expect(page.locator("#loss")).to_have_text(LOSSES[3])
    expect(page.locator("[data-banner=shared]")).to_be_visible()
    expect(page.locator("#why .why-code")).to_be_visible()
    loss_at(page, 5)
    page.keyboard.press("u")
    expect(page.locator("#says")).to_contain_text("its owner's")
    assert httpx.get(f"{live_server.url}/api/v1/runs/{run['id']}", timeout=60).json()["step"] == 5


def test_a_server_that_goes_away_is_said_and_the_page_goes_on(calm_page: Page, tmp_path, complaints) -> None:
    with LiveServer(tmp_path) as server:
        calm_page.goto(f"{server.url}/network?stop=2")
        expect(calm_page.locator("#why h2")).to_be_visible()
        calm_page.keyboard.press("u")
        expect(calm_page.locator("#step")).to_have_text("1")
        port = int(server.url.rsplit(":", 1)[1])
        server.kill()
        calm_page.keyboard.press("u")
        expect(calm_page.locator("[data-banner=lost]")).to_be_visible()
        time.sleep(1)
        with LiveServer(tmp_path, port=port):
            expect(calm_page.locator("#step")).to_have_text("2")
            expect(calm_page.locator("#loss")).to_have_text(LOSSES[2])
            expect(calm_page.locator("[data-banner=lost]")).to_have_count(0)
            calm_page.goto("about:blank")
    complaints.clear()


def test_overflow_is_infinite_in_words_and_never_nan(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?f=linear,linear&eta=1000000&stop=15")
    for step in (1, 2, 3):
        page.keyboard.press("u")
        expect(page.locator("#step")).to_have_text(str(step))
    expect(page.locator("#loss")).to_have_text("∞")
    page.keyboard.press("u")
    expect(page.locator("#says")).to_contain_text("there is no next update")
    page.locator("#stops [data-stop='4']").click()
    expect(page.locator("#why h2")).to_have_text("Why is L = ∞?")
    expect(page.locator("#why tfoot td").last).to_have_text("∞")
    assert page.evaluate("document.body.innerText.match(/NaN|Infinity|undefined|null/g)") is None
    linear = {"network": {"activations": ["linear", "linear"]}}
    before = httpx.post(
        f"{live_server.url}/api/v1/backpropagation", json={"preset": "lab-two-layer", **linear}, timeout=60
    ).json()["loss_before"]
    assert loss_at(page, 0) == f"{before:.4g}"


def test_a_view_of_the_past_is_one_question(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page, "?stop=11")
    train(page, live_server, 20)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    for step in (3, 9, 1, 17):
        asked.clear()
        loss_at(page, step)
        assert len([url for url in asked if f"step={step}" in url and "/backpropagation" in url]) == 1, asked


def test_the_notebook_and_the_codes_are_of_the_step_that_is_looked_at(calm_page: Page, live_server: LiveServer) -> None:
    page = open_network(calm_page)
    run = train(page, live_server, 5)
    assert loss_at(page, 2) == LOSSES[2]
    with page.expect_download() as download:
        page.locator("#notebook").click()
    text = download.value.path().read_text()
    state = httpx.get(f"{live_server.url}/api/v1/runs/{run}/steps/2", timeout=60).json()
    told = repr(state["parameters"][1]["weights"][0][0])
    assert '"nbformat": 4' in text
    assert told in text
    page.locator("[data-code=curl]").click()
    expect(page.locator("#code-text")).to_contain_text("step_to 2 0.1")
    page.keyboard.press("Escape")
    page.locator("[data-code=link]").click()
    expect(page.locator("#code-text")).to_contain_text("shared=")
    expect(page.locator("#code-text")).to_contain_text("at=2")
