"""The quadratic lab (slides 55–56): maps, point and history are the API's, and every view follows the ball."""

import re
from typing import Any

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from tests.live_server import LiveServer

SMALL = "/batches?view=quadratic&units=60&rows=200&rate=0.003"
BODY = {
    "preset": "lab-quadratic",
    "network": {"layer_sizes": [2, 60, 3]},
    "data": {"samples": 200},
    "optimizer": {"learning_rate": 0.003},
}
PIXEL = """([kind, output, row, column]) => {
  const canvas = document.querySelector(`[data-map="${kind} ${output}"] canvas`);
  const place = (index) => Math.min(255, Math.round((index / 40) * 256));
  return [...canvas.getContext("2d").getImageData(place(column), 256 - place(row), 1, 1).data];
}"""


def api(server: LiveServer, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    url = f"{server.url}/api/v1{path}"
    answer = httpx.get(url, timeout=60) if body is None else httpx.post(url, json=body, timeout=60)
    assert answer.status_code < 300, answer.text
    return dict(answer.json())


def opened(page: Page, address: str = SMALL) -> Page:
    page.goto(address)
    expect(page.locator("[data-map='errors 2'] b")).not_to_have_text(re.compile("^(…|)$"))
    return page


@pytest.fixture
def lab(calm_page: Page, live_server: LiveServer) -> Page:
    return opened(calm_page)


@pytest.fixture
def trained(lab: Page) -> Page:
    """After 12 epochs."""
    for epoch in range(1, 13):
        lab.keyboard.press("s")
        expect(lab.locator("#column-outputs")).to_have_text(f"ŷ at epoch {epoch}")
    return lab


def run_of(page: Page) -> str:
    page.wait_for_url(re.compile("run="))
    found = re.search(r"run=([\w-]+)", page.url)
    assert found
    return found[1]


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("\u202f", ""))


def assert_chips(page: Page, at: dict[str, Any]) -> None:
    for kind in ("targets", "outputs", "errors"):
        for output in range(3):
            chip = number(page.locator(f"[data-map='{kind} {output}'] b").inner_text())
            assert chip == pytest.approx(at[kind][output], rel=1e-3, abs=1e-4), (kind, output)


def test_the_untrained_network_is_there_at_once_and_nothing_is_stored(lab: Page, live_server: LiveServer) -> None:
    found = api(live_server, "/backpropagation/plane", BODY | {"point": [3, -1]})
    assert_chips(lab, found["at"])
    assert found["at"]["targets"] == [9, 1, -6]
    expect(lab.locator("#says")).to_contain_text("Untrained")
    expect(lab.locator("#answers tbody tr")).to_have_count(1)
    assert "run=" not in lab.url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_maps_are_painted_with_the_server_s_numbers(calm_page: Page, live_server: LiveServer, theme: str) -> None:
    page = opened(calm_page, f"{SMALL}&theme={theme}&levels=0")
    found = api(live_server, "/backpropagation/plane", BODY)
    for output, row, column in [(0, 20, 3), (1, 36, 20), (2, 8, 33), (2, 33, 33), (0, 5, 36)]:
        for kind in ("targets", "outputs", "errors"):
            value = found[kind][output][row][column]
            largest = np.abs(found["errors" if kind == "errors" else "targets"][output]).max()
            red, _, blue, alpha = page.evaluate(PIXEL, [kind, output, row, column])
            assert alpha == pytest.approx(235 * min(1, abs(value) / largest) ** 0.85, abs=9), (kind, output)
            if alpha > 30:
                assert (blue > red) == (value > 0), (kind, output)


def test_the_point_through_time(trained: Page, live_server: LiveServer) -> None:
    found = api(live_server, f"/runs/{run_of(trained)}/plane/point?point=3,-1&steps=0,1,10,12")
    rows = trained.locator("#answers tbody tr")
    expect(rows).to_have_count(4)
    for row, answer in enumerate(found["answers"]):
        expect(rows.nth(row).locator("th")).to_have_text(f"epoch {answer['step']}")
        cells = [number(text) for text in rows.nth(row).locator("td").all_inner_texts()]
        assert cells == pytest.approx(answer["outputs"], rel=1e-3, abs=1e-4)
    expect(rows.nth(3)).to_have_class("now")
    assert [number(text) for text in trained.locator("#answers tfoot td").all_inner_texts()] == found["targets"]


def test_the_ball_is_a_slider_of_the_history_and_every_view_follows(trained: Page, live_server: LiveServer) -> None:
    run = run_of(trained)
    slider = trained.locator("#time")
    slider.focus()
    for _ in range(7):
        trained.keyboard.press("ArrowLeft")
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 5")
    found = api(live_server, f"/runs/{run}/plane?step=5&point=3,-1")
    expect(trained.locator("[data-map='outputs 0'] b")).to_have_text(re.compile(r"^−?\d"))
    assert_chips(trained, found["at"])
    expect(trained.locator("#answers tr.now th")).to_have_text("epoch 5")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^epoch 5, loss "))
    shown = number(trained.locator(".history .value").text_content() or "")
    assert shown == pytest.approx(found["loss"], rel=1e-3)
    trained.wait_for_url(re.compile("epoch=5"))
    again = opened(trained, trained.url)
    expect(again.locator("#column-outputs")).to_have_text("ŷ at epoch 5")
    assert_chips(again, found["at"])
    again.locator("#newest").click()
    expect(again.locator("#column-outputs")).to_have_text("ŷ at epoch 12")
    slider.focus()
    again.keyboard.press("Home")
    expect(again.locator("#column-outputs")).to_have_text("ŷ at epoch 0")


def test_a_point_is_chosen_by_press_and_typed_and_goes_into_the_address(lab: Page, live_server: LiveServer) -> None:
    box = lab.locator("[data-map='targets 1']").bounding_box()
    assert box
    lab.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.25)
    expect(lab.locator("#x1 input[type=text]")).to_have_value("5")
    expect(lab.locator("#x2 input[type=text]")).to_have_value("5")
    expect(lab.locator("[data-map='targets 2'] b")).to_have_text("50")
    lab.locator("#x2 input[type=text]").fill("-7")
    lab.locator("#x2 input[type=text]").press("Enter")
    expect(lab.locator("[data-map='targets 2'] b")).to_have_text("−70")
    assert_chips(lab, api(live_server, "/backpropagation/plane", BODY | {"point": [5, -7]})["at"])
    lab.wait_for_url(re.compile("at=5%2C-7"))


def test_rises_and_dead_units_are_said(calm_page: Page, live_server: LiveServer) -> None:
    page = opened(calm_page, "/batches?view=quadratic&units=60&rows=200&rate=0.3")
    page.locator("#hundred").click()
    expect(page.locator(".history .rise").first).to_have_text(re.compile(r"^rises at (epoch )?1"))
    run = run_of(page)
    told = api(live_server, f"/runs/{run}")["diagnostics"]
    for one in told:
        expect(page.locator("#facts")).to_contain_text(one["message"])
    assert "dead_units" in {one["kind"] for one in told} or "diverged" in {one["kind"] for one in told}


def test_what_was_trained_is_found_again(trained: Page) -> None:
    run = run_of(trained)
    trained.locator("#views a[data-view='']").click()
    expect(trained.locator("#bands tbody tr")).to_have_count(4)
    trained.locator("#views a[data-view=quadratic]").click()
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 12")
    trained.goto(SMALL)
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 12")
    assert run_of(trained) == run


def test_train_pause_and_reset_by_keyboard(lab: Page, live_server: LiveServer) -> None:
    lab.keyboard.press(" ")
    expect(lab.locator("#train-name")).to_have_text("Pause")
    expect(lab.locator("#column-outputs")).not_to_have_text("ŷ at epoch 0")
    lab.keyboard.press(" ")
    expect(lab.locator("#train-name")).to_have_text("Train")
    run = run_of(lab)
    step = api(live_server, f"/runs/{run}")["step"]
    assert step > 0
    expect(lab.locator("#column-outputs")).to_have_text(f"ŷ at epoch {step}")
    lab.keyboard.press("r")
    expect(lab.locator("#column-outputs")).to_have_text("ŷ at epoch 0")


def test_settings_make_another_run_and_faults_are_said(trained: Page) -> None:
    trained.locator("#units").fill("0")
    trained.locator("#units").press("Enter")
    expect(trained.locator("#field-fault")).to_contain_text("Units")
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 12")
    trained.locator("#units").fill("20")
    trained.locator("#units").press("Enter")
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 0")
    expect(trained.locator("#kinks")).to_have_text("20")
    expect(trained.locator("#field-fault")).to_be_hidden()
    trained.locator("#units").fill("60")
    trained.locator("#units").press("Enter")
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 12")


def test_a_shared_link_may_watch_not_train(trained: Page, live_server: LiveServer) -> None:
    run = api(live_server, f"/runs/{run_of(trained)}")
    page = opened(trained, f"/batches?view=quadratic&shared={run['share_id']}&epoch=3")
    expect(page.locator("#column-outputs")).to_have_text("ŷ at epoch 3")
    expect(page.locator("#train")).to_be_hidden()


ADDRESSED = """() => [...document.querySelectorAll(":is(.maps, .answers, .history) [data-number]")]
  .map((node) => [node.dataset.number, node.textContent])"""


def read(answer: Any, path: str) -> float:
    for step in re.findall(r"[^.\[\]]+", path):
        answer = answer[int(step)] if step.isdigit() else answer[step]
    return float(answer)


def test_every_number_has_its_address_in_the_api(trained: Page, live_server: LiveServer) -> None:
    """Chips and loss are of the plane's answer, the table's past of the point's through time."""
    run = run_of(trained)
    slider = trained.locator("#time")
    slider.focus()
    trained.keyboard.press("ArrowLeft")
    expect(trained.locator("#answers tr.now th")).to_have_text("epoch 11")
    expect(trained.locator(".history .value[data-number=loss]")).to_be_visible()
    expect(trained.locator("#answers [data-number]")).to_have_count(4 * 3 + 3)
    plane = api(live_server, f"/runs/{run}/plane?step=11&point=3,-1")
    past = api(live_server, f"/runs/{run}/plane/point?point=3,-1&steps=0,1,10")
    found = trained.evaluate(ADDRESSED)
    assert len(found) == 9 + 4 * 3 + 3 + 1
    assert {path.partition("[")[0] for path, _ in found} == {"at.targets", "at.outputs", "at.errors", "answers", "loss"}
    for path, text in found:
        answer = past if path.startswith("answers") else plane
        assert number(text) == pytest.approx(read(answer, path), rel=1e-3, abs=1e-4), path


def test_a_branch_from_the_epoch_shown_is_drawn_beside(trained: Page, live_server: LiveServer) -> None:
    first = run_of(trained)
    trained.locator("#time").focus()
    for _ in range(7):
        trained.keyboard.press("ArrowLeft")
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 5")
    trained.locator("#branch-rate").fill("0.001")
    trained.locator("#branch-rate").press("Enter")
    trained.keyboard.press("b")
    trained.wait_for_url(re.compile("branch="))
    found = re.search(r"branch=([\w-]+)", trained.url)
    assert found
    label = trained.locator(".history .branch .words")
    expect(trained.locator("#facts")).to_contain_text("The branch from epoch 5, with η = 0.001")
    # it is trained for 100 epochs, and told of where the first run ends too
    expect(trained.locator("#facts")).to_contain_text("at epoch 12, the first run")
    expect(label).to_contain_text("η = 0.001: ")
    second = api(live_server, f"/runs/{found[1]}/losses?since=0")["records"]
    own = api(live_server, f"/runs/{first}/losses?since=0")["records"]
    assert [record["learning_rate"] for record in second[:12]] == [0.003] * 5 + [0.001] * 7
    assert second[:5] == own[:5]
    told = trained.locator("#facts li").first.inner_text()
    losses = [number(text) for text in re.findall(r"L = (\S+) at epoch 12, the first run ([\d.]+)\.$", told)[0]]
    assert losses == pytest.approx([second[11]["loss_after"], own[11]["loss_after"]], rel=1e-3)
    again = opened(trained, trained.url)
    expect(again.locator(".history .branch .words")).to_contain_text("η = 0.001: ")
    again.keyboard.press("b")
    expect(again.locator(".history .branch path")).to_have_count(0)
    again.wait_for_url(lambda url: "branch=" not in url)


def test_what_is_done_while_an_answer_is_under_way_is_not_lost(lab: Page, live_server: LiveServer) -> None:
    """An answer that comes late takes back neither a key nor what was typed."""
    held: list[Route] = []

    def press_and_hold(key: str) -> None:
        with lab.expect_request("**/api/v1/runs"):
            lab.keyboard.press(key)

    lab.route("**/api/v1/runs", lambda route: held.append(route))
    press_and_hold("s")
    lab.locator("#eta").fill("0.002")
    lab.locator("#eta").press("Enter")
    lab.keyboard.press("l")
    lab.keyboard.press("s")
    held.pop().continue_()
    expect(lab.locator("#column-outputs")).to_have_text("ŷ at epoch 2")
    expect(lab.locator("#eta")).to_have_value("0.002")
    expect(lab.locator("#levels")).to_have_attribute("aria-pressed", "false")
    records = api(live_server, f"/runs/{run_of(lab)}/losses?since=0")["records"]
    assert [record["learning_rate"] for record in records] == [0.002, 0.002]
    # another network, typed while the first step of one is under way
    lab.locator("#seed").fill("5")
    lab.locator("#seed").press("Enter")
    expect(lab.locator("#column-outputs")).to_have_text("ŷ at epoch 0")
    press_and_hold("s")
    lab.locator("#units").fill("20")
    lab.locator("#units").press("Enter")
    held.pop().continue_()
    expect(lab.locator("#kinks")).to_have_text("20")
    expect(lab.locator("#column-outputs")).to_have_text("ŷ at epoch 0")
    expect(lab.locator("#units")).to_have_value("20")
    expect(lab.locator("#seed")).to_have_value("5")


def test_a_key_pressed_while_a_run_is_opened_stays(trained: Page) -> None:
    run = run_of(trained)
    held: list[Route] = []
    trained.route(f"**/api/v1/runs/{run}", lambda route: held.append(route))
    with trained.expect_request(f"**/api/v1/runs/{run}"):
        trained.goto(trained.url)
    trained.keyboard.press("l")
    trained.keyboard.press("d")
    held.pop().continue_()
    expect(trained.locator("#column-outputs")).to_have_text("ŷ at epoch 12")
    expect(trained.locator("#levels")).to_have_attribute("aria-pressed", "false")
    expect(trained.locator("#precise")).to_have_attribute("aria-pressed", "true")


def test_a_slider_is_named_once(calm_page: Page, live_server: LiveServer) -> None:
    calm_page.goto("/batches?view=quadratic")
    expect(calm_page.get_by_role("slider", name="x₁", exact=True)).to_be_visible()
    expect(calm_page.get_by_role("slider", name="x₂", exact=True)).to_be_visible()
