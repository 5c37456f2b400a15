"""λ and 2/η below the loss of the quadratic lab, and of its branch: the numbers are the API's."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer
from tests.stations.planes import soon
from tests.stations.test_network_sharpness import assert_said
from tests.stations.test_quadratic_lab import BODY, SMALL, api, opened, run_of


def test_lambda_of_the_start_of_an_epoch_and_of_a_branch(calm_page: Page, live_server: LiveServer) -> None:
    page = opened(calm_page, SMALL)
    expect(page.locator("#sharpness")).to_be_hidden()
    page.keyboard.press("v")
    says = page.locator("#sharpness-says")
    expect(says).to_contain_text("At the start λ = ")
    assert_said(page, api(live_server, "/backpropagation/sharpness", BODY))
    page.wait_for_url(re.compile("sharpness=1"))
    assert "run=" not in page.url
    page.locator("#hundred").click()
    expect(says).to_contain_text("At epoch 100 λ = ")
    run = run_of(page)
    told = api(live_server, f"/runs/{run}/curvatures?steps=3,100")["curvatures"]
    assert_said(page, told[1])
    # back in time by the slider's keys; the axis is the history's, its numbers powers of ten
    slider = page.locator("#time")
    slider.focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("At epoch 3 λ = ")
    assert_said(page, told[0])
    expect(page.locator("#curves .tick").filter(has_text=re.compile(r"^10\s000$"))).to_have_count(1)
    # a branch from there, with an η for which λ comes to another place
    page.locator("#branch-rate").fill("0.03")
    page.locator("#branch-rate").press("Enter")
    page.keyboard.press("b")
    page.wait_for_url(re.compile("branch="))
    branch = re.findall(r"branch=([\w-]+)", page.url)[0]
    expect(page.locator("#facts")).to_contain_text("The branch from epoch 3, with η = 0.03")
    soon(page, lambda: api(live_server, f"/runs/{branch}")["step"] == 103)
    found = api(live_server, f"/runs/{branch}/curvatures?steps=103")["curvatures"][0]
    label = page.locator("#curves .value.beside", has_text="λ")
    text = f"λ {found['largest_eigenvalue']:#.4g}".rstrip("0").rstrip(".")
    expect(label).to_have_text(text)
    expect(page.locator("#curves path.curve.beside")).to_have_count(2)
    assert Axe().run(page).violations_count == 0
    # what was seen is found again; the branch leaves the first run's curves as they are
    again = opened(page, page.url)
    expect(again.locator("#sharpness-says")).to_contain_text("At epoch 3 λ = ")
    expect(again.locator("#curves .value.beside", has_text="λ")).to_have_text(text)
    again.keyboard.press("v")
    expect(again.locator("#sharpness")).to_be_hidden()
    again.wait_for_url(lambda url: "sharpness" not in url)
