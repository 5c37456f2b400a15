"""A race over the loss: every number is the API's, the start goes where it is put, and what is set is found again."""

import re
from typing import Any

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.live_server import LiveServer, landscape

RACERS = [("gradient_descent", 0.005), ("gradient_descent", 0.05), ("momentum", 0.003), ("adam", 0.1)]


def race(server: LiveServer, racers: list[tuple[str, float]], **more: Any) -> dict[str, Any]:
    """What the API says of a race from the start of the lecture's batch."""
    rules = [{"method": method, "learning_rate": rate} for method, rate in racers]
    body = {"preset": "lab-batch", "directions": "race", "resolution": 41, "race": {"racers": rules, "steps": 200}}
    return landscape(server, "backpropagation", body | more)


def shown(value: float) -> str:
    """Three digits without zeros at the end; the page writes powers of ten its own way."""
    return f"{value:.3g}"


def test_a_race_and_what_each_racer_reaches(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/landscape?view=race")
    found = race(live_server, RACERS)
    reached = page.locator(".racer output")
    expect(page.locator("#claim")).to_have_text("Four walks from one start")
    expect(reached).to_have_text([shown(racer["points"][-1]["loss"]) for racer in found["race"]["racers"]])
    expect(page.locator("[data-plane=race] small")).to_have_text(f"holds {round(100 * found['race']['share'])}\u00a0%")
    bend = httpx.post(
        f"{live_server.url}/api/v1/backpropagation", json={"preset": "lab-batch", "include": ["curvature"]}, timeout=60
    ).json()["curvature"]
    expect(page.locator("#speed-limit")).to_have_text(f"limit 2/λ = {bend['speed_limit']:.3g} at the start")
    expect(page.locator(".racer input.over")).to_have_count(1)
    # at a step all stand where the API says
    page.locator("#at").fill("12")
    expect(page.locator("#at-step")).to_have_text("step 12 of 200")
    expect(reached).to_have_text([shown(racer["points"][12]["loss"]) for racer in found["race"]["racers"]])
    page.keyboard.press("c")
    page.keyboard.press("c")
    expect(page.locator("#says")).to_contain_text(
        f"Momentum, step 12: true loss {found['race']['racers'][2]['points'][12]['loss']:.4g}"
    )
    # the next update of momentum in its parts
    page.keyboard.press("u")
    expect(page.locator("#says")).to_contain_text("its memory −ηβv")
    expect(page.locator("#inset")).to_contain_text("memory −ηβv")
    page.keyboard.press("u")
    expect(page.locator("#inset")).to_be_hidden()
    # another rate, and a racer more: one question, all start again from the same place
    page.locator(".racer input").nth(1).fill("0.02")
    page.keyboard.press("Enter")
    other = [*RACERS[:1], ("gradient_descent", 0.02), *RACERS[2:]]
    expect(reached.nth(1)).to_have_text(shown(race(live_server, other)["race"]["racers"][1]["points"][12]["loss"]))
    page.click("text=+ one more")
    expect(page.locator(".racer")).to_have_count(5)
    expect(reached.nth(4)).not_to_have_text("")
    page.locator(".racer input").nth(4).fill("much")
    page.keyboard.press("Enter")
    expect(page.locator(".racer input").nth(4)).to_have_attribute("aria-invalid", "true")
    # one racer out: who is left keeps its numbers
    page.get_by_label("Take racer 5 out").click()
    expect(page.locator(".racer")).to_have_count(4)
    page.click("text=+ one more")
    page.wait_for_url(re.compile("k=12"))
    expect(page).to_have_url(re.compile("racer=gradient_descent%400.02.*(&racer=[^&]*){3}"))
    page.reload()
    expect(page.locator(".racer")).to_have_count(5)
    expect(page.locator("#at-step")).to_have_text("step 12 of 200")
    assert Axe().run(page).violations_count == 0


def test_the_start_is_dragged_on_a_plane_of_two_weights(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/landscape?view=race&plane=weights&steps=40")
    before = race(live_server, RACERS, directions="weights", race=rules_of(40))
    start = before["race"]["racers"][0]["points"][0]
    handle = page.locator("[data-handle=start]")
    expect(handle).to_have_attribute("aria-valuetext", f"1st {start['x']:.3g}, 2nd {start['y']:.3g}")
    handle.press("Shift+ArrowRight")
    step = 10 * 0.02 * (before["x"][-1] - before["center"][0])
    expect(handle).to_have_attribute("aria-valuetext", f"1st {start['x'] + step:.3g}, 2nd {start['y']:.3g}")
    page.wait_for_url(re.compile("start="))
    place = [float(each) for each in re.findall(r"start=([-\d.]+)%2C([-\d.]+)", page.url)[0]]
    span = before["x"][-1] - before["center"][0]
    moved = race(live_server, RACERS, directions="weights", span=span, race=rules_of(40) | {"start": place})
    losses = [shown(racer["points"][-1]["loss"]) for racer in moved["race"]["racers"]]
    expect(page.locator(".racer output")).to_have_text(losses)
    page.keyboard.press("Escape")
    # a race holds still and goes on by the same key
    page.locator("#at").fill("0")
    page.locator("#claim").click()
    page.keyboard.press(" ")
    expect(page.locator("#race-name")).to_have_text("❚❚ Pause")
    page.keyboard.press(" ")
    expect(page.locator("#race-name")).to_have_text("▶ Race")


def rules_of(steps: int) -> dict[str, Any]:
    """The four racers over so many steps."""
    return {"racers": [{"method": method, "learning_rate": rate} for method, rate in RACERS], "steps": steps}


def test_a_race_from_where_a_run_stands(calm_page: Page, live_server: LiveServer) -> None:
    page, api = calm_page, f"{live_server.url}/api/v1/runs"
    run = httpx.post(api, json={"preset": "lab-batch"}, timeout=60).json()["id"]
    loss = httpx.post(f"{api}/{run}/step", json={"count": 5}, timeout=60).json()["loss"]
    page.goto(f"/landscape?run={run}")
    page.click("#views [data-view=race]")
    page.wait_for_url(f"**/landscape?view=race&run={run}**")
    expect(page.locator("#claim")).to_have_text("Four walks from one start")
    page.keyboard.press("r")
    expect(page.locator(".racer output").first).to_have_text(shown(loss))
    expect(page.locator("#says")).to_contain_text("All stand at the start.")
    page.click("[data-code=curl]")
    expect(page.locator("#code-text")).to_contain_text(f"/runs/{run}/landscape")


def test_functions_without_a_network(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.goto("/landscape?view=functions")
    catalog = httpx.get(f"{live_server.url}/api/v1/catalog", timeout=60).json()
    surface = next(each for each in catalog["surfaces"] if each["name"] == "himmelblau")

    def raced(start: dict[str, float]) -> list[dict[str, Any]]:
        body = {name: surface[name] for name in ("expression", "racers", "steps")} | {"start": start}
        body["minima"] = [each["point"] for each in surface["minima"]]
        answer = httpx.post(f"{live_server.url}/api/v1/functions/race", json=body, timeout=60)
        return list(answer.json()["racers"])

    page.locator("#at").fill("5")
    expect(page.locator("#at-step")).to_have_text("step 5 of 80")
    reached = page.locator(".racer output")
    expect(reached).to_have_text([shown(racer["points"][5]["value"]) for racer in raced(surface["start"])])
    point = raced(surface["start"])[0]["points"][5]
    expect(page.locator("#says")).to_contain_text(
        f"f = {point['value']:.4g}, {shown(point['distance'])} from the nearest minimum"
    )
    # from elsewhere another of the four is found; the domain is the border
    page.fill("#start-x", "-9")
    page.keyboard.press("Enter")
    expect(page.locator("#start-x")).to_have_value("−5")
    expect(reached).to_have_text([shown(racer["points"][5]["value"]) for racer in raced({"x": -5, "y": -0.92})])
    page.keyboard.press("l")
    expect(page.locator("[data-height=linear]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_url(re.compile("height=linear"))
    assert Axe().run(page).violations_count == 0
    # what goes below 0 has no logarithm
    page.click("[data-surface=saddle]")
    expect(page.locator("[data-height=log]")).to_be_disabled()
    expect(page.locator("#at-step")).to_have_text("step 40 of 40")
    page.click("[data-code=curl]")
    expect(page.locator("#code-text")).to_contain_text("/functions/race")
