"""The MNIST page: train, pause, reload, draw, go back."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stations.conftest import stands

pytestmark = pytest.mark.mnist

TOUCH = """([x, y, length]) => {
  const pad = document.getElementById("pad");
  const finger = { bubbles: true, pointerId: 7, pointerType: "touch", isPrimary: true, buttons: 1, clientX: x };
  const tell = (type, at) => pad.dispatchEvent(new PointerEvent(type, { ...finger, clientY: at }));
  pad.setPointerCapture = () => {}; // only a real finger can be captured
  tell("pointerdown", y - length / 2);
  for (let part = 1; part <= 8; part += 1) tell("pointermove", y - length / 2 + (length * part) / 8);
  tell("pointerup", y + length / 2);
}"""
INK = """() => {
  const canvas = document.getElementById("seen");
  const { data } = canvas.getContext("2d").getImageData(0, 0, 28, 28);
  let [sum, rows, columns] = [0, 0, 0];
  const inked = [];
  for (let i = 0; i < 784; i += 1) {
    const ink = Math.abs(data[4 * i] - data[0]);
    sum += ink; rows += ink * Math.floor(i / 28); columns += ink * (i % 28);
    if (ink > 20) inked.push(Math.floor(i / 28));
  }
  return [rows / sum, columns / sum, Math.max(...inked) - Math.min(...inked) + 1];
}"""


def _number(page: Page, name: str) -> float:
    return float(re.sub(r"[^\d.]", "", page.locator(f"#{name}").inner_text()) or "nan")


def test_train_pause_reload(mnist_page: Page) -> None:
    before = _number(mnist_page, "loss")
    mnist_page.keyboard.press("Space")
    expect(mnist_page.locator("#train-name")).to_have_text("Pause")
    expect(mnist_page.locator("#epoch")).not_to_have_text("0")
    mnist_page.keyboard.press("Space")
    expect(mnist_page.locator("#says")).to_contain_text("Paused")
    assert _number(mnist_page, "loss") < before
    epoch, loss = mnist_page.locator("#epoch").inner_text(), mnist_page.locator("#loss").inner_text()
    mnist_page.reload()
    expect(mnist_page.locator("#epoch")).to_have_text(epoch)
    expect(mnist_page.locator("#loss")).to_have_text(loss)
    expect(mnist_page.locator("#train-name")).to_have_text("Train")
    expect(mnist_page.locator("[name=batch]")).to_have_value("4096")


def test_reload_while_training_goes_on(mnist_page: Page) -> None:
    mnist_page.click("#train")
    # the server trains: a click whose request is on its way does not outlive a reload
    expect(mnist_page.locator("#epoch")).not_to_have_text("0")
    mnist_page.reload()
    expect(mnist_page.locator("#train-name")).to_have_text("Pause")
    mnist_page.click("#train")
    expect(mnist_page.locator("#says")).to_contain_text("Paused")


def test_each_click_on_step_is_one_step(mnist_page: Page) -> None:
    for _ in range(5):
        mnist_page.click("#step")
    expect(mnist_page.locator("#epoch-name")).to_contain_text("step 5")
    mnist_page.keyboard.press("r")
    expect(mnist_page.locator("#epoch-name")).to_contain_text("step 0")


def test_draw_a_digit(mnist_page: Page) -> None:
    box = mnist_page.locator("#pad").bounding_box()
    assert box is not None
    mnist_page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.2)
    mnist_page.mouse.down()
    mnist_page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.8, steps=8)
    mnist_page.mouse.up()
    expect(mnist_page.locator("#verdict")).to_contain_text("it reads a")
    expect(mnist_page.locator("#drawing-bars .best")).to_have_count(1)
    mnist_page.click("#clear")
    expect(mnist_page.locator("#verdict")).to_have_text("from 0 to 9")


def test_a_digit_by_keyboard(mnist_page: Page) -> None:
    mnist_page.locator("#digit-grid .digit").first.focus()
    expect(mnist_page.locator("#digit-popover")).to_be_visible()
    mnist_page.keyboard.press("ArrowRight")
    mnist_page.keyboard.press("Enter")
    expect(mnist_page.locator("#verdict")).to_contain_text("it reads a")


def test_a_shared_link_only_watches(mnist_page: Page) -> None:
    mnist_page.click("[data-code=link]")
    address = mnist_page.locator("#code-text").inner_text()
    mnist_page.goto(address)
    expect(mnist_page.locator("[data-banner=shared]")).to_be_visible()
    expect(mnist_page.locator("#train")).to_be_hidden()
    expect(mnist_page.locator("#epoch")).to_have_text("0")


def test_divergence_is_explained_and_undone(mnist_page: Page) -> None:
    mnist_page.fill("[name=rate]", "1000")
    mnist_page.locator("[name=rate]").blur()
    for _ in range(3):
        mnist_page.keyboard.press("e")
    expect(mnist_page.locator("[data-banner=diverged]")).to_contain_text("Diverged")
    expect(mnist_page.locator("#one-epoch")).to_have_attribute("aria-disabled", "true")
    mnist_page.keyboard.press("e")
    expect(mnist_page.locator("#says")).to_contain_text("there is no next update")
    mnist_page.locator("[data-banner=diverged] button").last.click()
    expect(mnist_page.locator("[data-banner=diverged]")).to_have_count(0)
    expect(mnist_page.locator("#epoch")).to_have_text("0")


def test_a_new_learning_rate_takes_effect_while_training(mnist_page: Page, live_server) -> None:
    run = mnist_page.url.split("run=")[1]
    mnist_page.click("#train")
    expect(mnist_page.locator("#says")).to_have_text("Training.")
    mnist_page.fill("[name=rate]", "0.0123")
    mnist_page.keyboard.press("Enter")
    for key in ["ArrowRight", "ArrowLeft", "ArrowRight", "ArrowRight"]:  # faster than the server answers
        mnist_page.locator("#rate-slider").press(key)
    shown = mnist_page.locator("[name=rate]").input_value()
    assert shown != "0.0123"
    expect(mnist_page.locator("#doing")).not_to_contain_text("The next step uses")
    mnist_page.click("#train")
    expect(mnist_page.locator("#says")).to_contain_text("Paused")
    assert stands(live_server, run)["optimizer"]["learning_rate"] == float(shown)
    expect(mnist_page.locator("[name=rate]")).to_have_value(shown)


def test_epochs_and_the_loss_axis(mnist_page: Page) -> None:
    mnist_page.click("#one-epoch")
    expect(mnist_page.locator("#says")).to_contain_text("15 steps done, epoch 1: train loss")
    expect(mnist_page.locator("#epoch")).to_have_text("1")
    expect(mnist_page.locator("#doing")).to_contain_text("No hidden unit is dead")
    ticks = mnist_page.locator("#loss-plot .ytick text")
    expect(ticks.first).to_have_text("0")
    mnist_page.click("#log-axis")
    expect(ticks.first).not_to_have_text("0")
    expect(mnist_page.locator("#log-axis")).to_have_attribute("aria-pressed", "true")
    box = mnist_page.locator("#loss-plot").bounding_box()
    assert box is not None
    for share in (0.4, 0.3, 0.2):
        mnist_page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.5)
    expect(mnist_page.locator("#loss-plot .hoverlayer")).to_contain_text(re.compile(r"epoch \d.*train : \d.*test : \d"))


def test_turning_digits(mnist_page: Page) -> None:
    first = mnist_page.locator("#digit-grid .digit").first
    expect(first).to_have_attribute("aria-label", re.compile("Test digit 0,"))
    expect(mnist_page.locator("#digits-back")).to_be_disabled()
    mnist_page.click("#digits-next")
    expect(first).to_have_attribute("aria-label", re.compile("Test digit 24,"))
    mnist_page.check("#only-wrong")
    expect(mnist_page.locator("#digits-count")).to_contain_text("wrong of 10\u202f000")
    seen: set[str] = set()
    for _ in range(2):
        labels = [one.get_attribute("aria-label") or "" for one in mnist_page.locator("#digit-grid .digit").all()]
        assert all("wrongly" in label for label in labels)
        assert not seen & set(labels)
        seen |= set(labels)
        mnist_page.click("#digits-next")
        expect(first).not_to_have_attribute("aria-label", labels[0])


@pytest.mark.parametrize("corner", [0.3, 0.7])
def test_a_drawing_is_centered_and_scaled(mnist_page: Page, corner: float) -> None:
    box = mnist_page.locator("#pad").bounding_box()
    assert box is not None
    side = box["width"]
    mnist_page.evaluate(TOUCH, [box["x"] + side * corner, box["y"] + side * corner, side * 0.2])
    expect(mnist_page.locator("#verdict")).to_contain_text("it reads a")
    row, column, height = mnist_page.evaluate(INK)
    assert abs(row - 13.5) <= 1
    assert abs(column - 13.5) <= 1
    assert 18 <= height <= 22


def test_all_by_keyboard(mnist_page: Page) -> None:
    for _ in range(60):
        mnist_page.keyboard.press("Tab")
        if mnist_page.evaluate("document.activeElement.id") == "step":
            break
    mnist_page.keyboard.press("Enter")
    expect(mnist_page.locator("#epoch-name")).to_contain_text("step 1")
    expect(mnist_page.locator("#says")).to_contain_text("Step 1: the loss on this batch")


def test_every_key_at_once_breaks_nothing(mnist_page: Page) -> None:
    for key in [*"abcdefghijklmnorsuvwxyz0123456789", "Escape", "ArrowLeft", "ArrowUp", "Home", "End", "Enter", "F2"]:
        mnist_page.keyboard.press(key)
    mnist_page.keyboard.press("q")
    expect(mnist_page.locator("#question-answer")).to_be_focused()
    # a question takes the focus: what is typed then is its answer
    mnist_page.keyboard.type("sr")
    expect(mnist_page.locator("#question-answer")).to_have_value("sr")
    mnist_page.click("#question-close")
    for key in "sesrlcse":
        mnist_page.keyboard.press(key)
    mnist_page.keyboard.press("r")
    expect(mnist_page.locator("#says")).to_have_text("Back at step 0, with the same first weights.")
    expect(mnist_page.locator("#epoch-name")).to_contain_text("step 0")


def test_plots_are_let_go_when_the_page_is_left_and_are_back_when_it_is_shown_again(mnist_page: Page) -> None:
    drawn = mnist_page.locator("#loss-plot .main-svg")
    expect(drawn.first).to_be_attached()
    mnist_page.set_viewport_size({"width": 1100, "height": 720})  # a drawing is due
    mnist_page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(mnist_page.locator(".plot .main-svg")).to_have_count(0)
    mnist_page.wait_for_timeout(300)
    assert mnist_page.locator(".plot .main-svg").count() == 0
    mnist_page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(drawn.first).to_be_attached()


def test_a_deleted_run_offers_a_new_one(page: Page, live_server, mnist_home: Path) -> None:
    page.goto("/mnist?run=gone")
    page.click("[data-banner=gone] button")
    expect(page.locator("[data-banner=gone]")).to_have_count(0)
    page.click("#step")
    expect(page).to_have_url(re.compile(r"\?run=(?!gone)"))


def test_the_code_makes_the_same_run_again(mnist_page: Page, live_server) -> None:
    run = mnist_page.url.split("run=")[1]
    mnist_page.click("#step")
    expect(mnist_page.locator("#says")).to_contain_text("Step 1")
    mnist_page.fill("[name=rate]", "0.004")
    mnist_page.click("#one-epoch")
    expect(mnist_page.locator("#says")).to_contain_text("epoch 1")
    there = stands(live_server, run)
    for language, command in (("curl", ["bash", "-eu"]), ("Python", [sys.executable, "-"])):
        mnist_page.click(f"[data-code={language.lower()}]")
        expect(mnist_page.locator("#code-title")).to_contain_text(language)
        code = mnist_page.locator("#code-text").inner_text()
        mnist_page.keyboard.press("Escape")
        done = subprocess.run(command, input=code + "\n", capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        said = done.stdout.strip()
        found = json.loads(said) if language == "curl" else dict(zip(("step", "loss"), said.split(), strict=True))
        assert int(found["step"]) == there["step"] == 15
        assert float(found["loss"]) == there["loss"]
