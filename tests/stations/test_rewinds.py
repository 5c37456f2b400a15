"""What is asked about a step is let go by a rewind that takes it away, and asked again of where the run stands."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.stations.planes import soon

# where, the question about the newest step, what tells that the page is ready, what steps, and what tells of step 0
PAGES = {
    "mnist": (
        "/mnist?view=landscape&preset=edge-of-stability",
        r"/runs/[\w-]+/landscape",
        ("#says", "Nothing is trained yet"),
        "e",
        ("#around-step", re.compile("around step 0,")),
    ),
    "landscape": (
        "/landscape",
        r"/runs/[\w-]+/landscape",
        ("#says", "Press space"),
        "s",
        ("#says", re.compile("Step 0: its true loss 3.478")),
    ),
    "quadratic": (
        "/batches?view=quadratic",
        r"/runs/[\w-]+/plane\?.*step=",
        ("#column-outputs", "ŷ at epoch 0"),
        "s",
        ("#column-outputs", re.compile("ŷ at epoch 0")),
    ),
}


@pytest.mark.parametrize(("address", "question", "ready", "key", "back"), PAGES.values(), ids=PAGES)
def test_a_rewind_lets_go_what_was_asked_of_later_steps(
    calm_page: Page,
    live_server,
    address: str,
    question: str,
    ready: tuple[str, str],
    key: str,
    back: tuple[str, re.Pattern[str]],
) -> None:
    page = calm_page
    page.goto(address)
    expect(page.locator(ready[0])).to_contain_text(ready[1])
    held: list[Route] = []
    page.route(re.compile(question), lambda route: held.append(route))
    with page.expect_request(re.compile(question)):
        page.keyboard.press(key)
    with page.expect_event("requestfailed", lambda request: re.search(question, request.url) is not None):
        page.click("#reset")
    page.unroute(re.compile(question))
    for route in held:
        with suppress(Error):  # those that the page let go
            route.continue_()
    expect(page.locator(back[0])).to_contain_text(back[1])
    # what is shown there is newer than what was let go
    with page.expect_response(re.compile(question)) as answered:
        page.keyboard.press(key)
    assert answered.value.status in (200, 202)


HOLD_EVENTS = """
delete globalThis.SharedWorker;  // a page hears its own events
window.late = [];
window.isHeld = false;
const listen = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (name, hear) {
    listen.call(this, name, (event) => (window.isHeld ? window.late.push(() => hear(event)) : hear(event)));
};
"""
RELEASE = """async () => {
    window.isHeld = false;
    window.late.splice(0).forEach((tell) => tell());
    for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
}"""


def test_what_is_heard_of_a_past_that_a_rewind_took_away_is_not_taken(calm_page: Page, live_server) -> None:
    page = calm_page
    page.add_init_script(HOLD_EVENTS)
    page.goto("/batches?view=quadratic")
    now = page.locator("#column-outputs")
    expect(now).to_have_text("ŷ at epoch 0")
    page.keyboard.press("s")
    expect(now).to_have_text("ŷ at epoch 1")
    page.evaluate("window.isHeld = true")
    page.keyboard.press("s")
    expect(now).to_have_text("ŷ at epoch 2")
    page.click("#reset")
    expect(now).to_have_text("ŷ at epoch 0")
    # the second step, and that the run was rewound
    soon(page, lambda: page.evaluate("window.late.length") >= 2)
    page.evaluate(RELEASE)
    expect(now).to_have_text("ŷ at epoch 0")
    page.keyboard.press("s")
    expect(now).to_have_text("ŷ at epoch 1")
