"""The landscape around a run: the ball stands where the API says, at its true loss, whatever the plane."""

import math
import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.live_server import LiveServer, landscape
from tests.stations.planes import soon

SHEET = {"resolution": 41}


def walked(server: LiveServer, count: int, **more: Any) -> dict[str, Any]:
    """A run of the lecture's two layers after some steps."""
    api = f"{server.url}/api/v1/runs"
    run = httpx.post(
        api, json={"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.06}} | more, timeout=60
    ).json()
    httpx.post(f"{api}/{run['id']}/step", json={"count": count}, timeout=60)
    return dict(run)


def plane(server: LiveServer, run: str, directions: str) -> dict[str, Any]:
    """What the API says of a plane."""
    return landscape(server, f"runs/{run}", SHEET | {"directions": directions})


def percent(share: float) -> str:
    """A share as the page says it: nearly all and nearly nothing are not rounded to all and nothing."""
    if 0 < share < 0.01:
        return "under 1\u00a0%"
    return "over 99\u00a0%" if 0.99 < share < 1 else f"{round(100 * share)}\u00a0%"


def hidden(page: Page, name: str) -> str:
    """A line of what the plane hides."""
    return page.locator(f"#hidden dt:text-is('{name}') + dd").inner_text()


def test_a_run_is_made_by_its_first_step_and_the_ball_is_where_the_api_says(
    calm_page: Page, live_server: LiveServer
) -> None:
    page = calm_page
    page.goto("/landscape")
    # looking makes no run: the start is asked for as it is configured
    expect(page.locator("#says")).to_contain_text("Step 0: its true loss 3.478 is on the sheet.")
    expect(page.locator("#says")).to_contain_text("Press space")
    expect(page.locator("#claim")).to_have_text("You see two of 21 directions")
    page.keyboard.press(" ")
    expect(page.locator("#at-step")).to_have_text("step 20 of 20")
    expect(page.locator("#claim")).to_have_text("You see two of 21 directions")
    expect(page).to_have_url(re.compile("run="))
    run = re.findall(r"run=([^&]+)", page.url)[0]
    found = plane(live_server, run, "trajectory")
    last = found["trajectory"][-1]
    expect(page.locator("#says")).to_contain_text(f"true loss {last['loss']:.3e}"[:15])
    assert hidden(page, "of the walk held") == percent(found["trajectory_share"])
    page.locator("#at").fill("1")
    first = found["trajectory"][1]
    expect(page.locator("#says")).to_contain_text(f"Step 1: its true loss {first['loss']:.4g}")
    expect(page.locator("#sheet-in-space")).to_contain_text(f"{first['loss']:.4g}")
    expect(page).to_have_url(re.compile("k=1"))
    page.keyboard.press("l")
    expect(page.locator("[data-height=log]")).to_have_attribute("aria-pressed", "true")


def test_four_planes_through_one_point(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    run = walked(live_server, 6)["id"]
    page.goto(f"/landscape?run={run}&plane=sharpest&theme=light")
    for directions in ("sharpest", "weights", "random", "trajectory"):
        page.locator(f"[data-plane={directions}]").click()
        found = plane(live_server, run, directions)
        expect(page.locator(f"[data-plane={directions}] small")).to_contain_text("of ∇L")
        expect(page.locator("#hidden")).to_contain_text(found["axes"][0]["name"])
        assert hidden(page, "of −∇L in the plane") == percent(found["gradient"]["share"])
        # every plane goes through the run's own point
        expect(page.locator("#says")).to_contain_text(f"{found['center_loss']:.4g}")
    assert Axe().run(page).violations_count == 0


def test_the_map_is_zoomed_about_where_the_run_stands(calm_page: Page, live_server: LiveServer) -> None:
    run = walked(live_server, 5)
    page = calm_page
    page.goto(f"/landscape?run={run['id']}&plane=sharpest")
    whole = page.locator("#map .whole-view")
    expect(page.locator("#map .contourlayer path").first).to_be_attached()
    expect(whole).to_be_hidden()
    box = page.locator("#map .plane-marks").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 3)
    with page.expect_request("**/landscape") as zoomed:
        page.mouse.wheel(0, -200)
    span = zoomed.value.post_data_json["span"]
    usual = plane(live_server, run["id"], "sharpest")
    assert span == pytest.approx((usual["x"][-1] - usual["x"][0]) / 2 * math.exp(-0.4), rel=1e-2)
    expect(whole).to_be_visible()
    expect(page).to_have_url(re.compile(f"span={span}"))
    page.reload()
    expect(whole).to_be_visible()
    page.keyboard.press("0")
    expect(whole).to_be_hidden()
    expect(page).not_to_have_url(re.compile("span="))


def test_network_leads_around_its_run_and_back(calm_page: Page, live_server: LiveServer) -> None:
    run = walked(live_server, 2)["id"]
    calm_page.goto(f"/network?run={run}")
    expect(calm_page.locator("#around")).to_have_attribute("href", f"/landscape?run={run}")
    calm_page.locator("#around").click()
    expect(calm_page.locator("#at-step")).to_have_text("step 2 of 2")
    expect(calm_page.locator("#in-network")).to_have_attribute("href", f"/network?run={run}")


def test_who_may_only_look_and_a_run_that_diverged(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    shared = walked(live_server, 3)["share_id"]
    page.goto(f"/landscape?shared={shared}")
    expect(page.locator("#at-step")).to_have_text("step 3 of 3")
    expect(page.locator("#walk")).to_be_disabled()
    gone = walked(live_server, 60, optimizer={"learning_rate": 1000})["id"]
    page.goto(f"/landscape?run={gone}")
    expect(page.locator("#says")).to_contain_text("This run diverged")


KEEP_CONTEXTS = """
window.contexts = new Set();
const own = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    const context = own.call(this, kind, ...more);
    if (kind.includes("webgl") && context) window.contexts.add(context);
    return context;
};
"""
LIVE = "[...window.contexts].filter((context) => !context.isContextLost()).length"
CANVASES = "document.querySelectorAll('.scene-plot canvas').length"


def test_two_pages_left_twenty_times_keep_nothing_of_the_graphics_card(
    calm_page: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    pages = [calm_page, context.new_page()]
    for page in pages:
        page.add_init_script(KEEP_CONTEXTS)
        page.goto("/landscape")
        soon(page, lambda page=page: page.evaluate(LIVE) == page.evaluate(CANVASES) == 1)
    # all of it is given back each time: a browser takes away the oldest of more than sixteen contexts
    for page in pages * 10:
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
        assert (page.evaluate(LIVE), page.evaluate(CANVASES)) == (0, 0)
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        soon(page, lambda page=page: page.evaluate(LIVE) == 1)
    for page in pages:
        expect(page.locator("#sheet-in-space .scene-message")).to_be_hidden()


def test_without_webgl_the_map_stays_and_the_page_says_so(calm_page: Page, live_server: LiveServer) -> None:
    page = calm_page
    page.add_init_script(
        """const own = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
            return kind.includes("webgl") ? null : own.call(this, kind, ...more);
        };"""
    )
    page.goto("/landscape")
    expect(page.locator("#sheet-in-space .scene-message")).to_contain_text("no WebGL")
    expect(page.locator("#sheet-in-space path.mark").first).to_be_attached()
    expect(page.locator("#map .contourlayer path").first).to_be_attached()
