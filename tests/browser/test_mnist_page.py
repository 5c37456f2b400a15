"""The MNIST page: train, pause, reload, draw, go back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.mnist


@pytest.fixture
def mnist_page(calm_page: Page, live_server, mnist_home: Path) -> Page:
    calm_page.goto("/mnist?preset=mnist-minibatch")
    expect(calm_page).to_have_url(re.compile(r"\?run="))
    expect(calm_page.locator("#digit-grid .digit")).to_have_count(24)
    return calm_page


def _number(page: Page, name: str) -> float:
    return float(re.sub(r"[^\d.]", "", page.locator(f"#{name}").inner_text()) or "nan")


def test_train_pause_reload(mnist_page: Page) -> None:
    before = _number(mnist_page, "loss")
    mnist_page.keyboard.press("Space")
    expect(mnist_page.locator("#train-name")).to_have_text("Pause")
    expect(mnist_page.locator("#epoch")).not_to_have_text("0", timeout=60_000)
    mnist_page.keyboard.press("Space")
    expect(mnist_page.locator("#says")).to_contain_text("Paused", timeout=30_000)
    assert _number(mnist_page, "loss") < before
    epoch, loss = mnist_page.locator("#epoch").inner_text(), mnist_page.locator("#loss").inner_text()
    mnist_page.reload()
    expect(mnist_page.locator("#epoch")).to_have_text(epoch)
    expect(mnist_page.locator("#loss")).to_have_text(loss)
    expect(mnist_page.locator("#train-name")).to_have_text("Train")
    expect(mnist_page.locator("[name=batch]")).to_have_value("128")


def test_reload_while_training_goes_on(mnist_page: Page) -> None:
    mnist_page.click("#train")
    expect(mnist_page.locator("#says")).to_have_text("Training.")
    mnist_page.reload()
    expect(mnist_page.locator("#train-name")).to_have_text("Pause")
    mnist_page.click("#train")
    expect(mnist_page.locator("#says")).to_contain_text("Paused", timeout=30_000)


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
    expect(mnist_page.locator("#verdict")).to_contain_text("The network reads a")
    expect(mnist_page.locator("#drawing-bars .best")).to_have_count(1)
    mnist_page.click("#clear")
    expect(mnist_page.locator("#verdict")).to_contain_text("Draw")


def test_a_digit_by_keyboard(mnist_page: Page) -> None:
    mnist_page.locator("#digit-grid .digit").first.focus()
    expect(mnist_page.locator("#digit-popover")).to_be_visible()
    mnist_page.keyboard.press("ArrowRight")
    mnist_page.keyboard.press("Enter")
    expect(mnist_page.locator("#verdict")).to_contain_text("The network reads a")


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
        mnist_page.click("#one-epoch")
    expect(mnist_page.locator("[data-banner=diverged]")).to_contain_text("blew up", timeout=60_000)
    mnist_page.locator("[data-banner=diverged] button").last.click()
    expect(mnist_page.locator("[data-banner=diverged]")).to_have_count(0)
    expect(mnist_page.locator("#epoch")).to_have_text("0")


def test_a_deleted_run_offers_a_new_one(page: Page, live_server, mnist_home: Path) -> None:
    page.goto("/mnist?run=gone")
    page.click("[data-banner=gone] button")
    expect(page).to_have_url(re.compile(r"\?run=(?!gone)"))
