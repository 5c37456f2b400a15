"""Labels on planes: inside their picture, not over one another, and measured as they are drawn."""

import pytest
from playwright.sync_api import Page, expect

from tests.stations.arrivals import open_page
from tests.stations.planes import soon

OUTSIDE_AND_OVER = """() => {
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    const shown = [...document.querySelectorAll(".plane-marks")].filter((each) => each.getBoundingClientRect().width);
    return shown.flatMap((marks) => {
        const plane = marks.getBoundingClientRect();
        const labels = [...marks.querySelectorAll("text")].map((text) => [text, text.getBoundingClientRect()]);
        const outside = labels.filter(([, box]) => box.left < plane.left || box.right > plane.right);
        const covered = labels.filter(([, box], k) => labels.slice(0, k).some(([, other]) => over(box, other)));
        return [...outside, ...covered].map(([text]) => text.textContent);
    });
}"""
SIZES = {"laptop": (1280, 720), "phone": (390, 844), "projector": (1920, 1080)}


@pytest.mark.parametrize(
    "query",
    [
        "example=square",
        "example=square&at=2.9&delta=-0.7",
        "example=line&at=-3&delta=0.5",
        "example=absolute",
        "example=translations",
        "expression=sin(x)^2%2Bcos(3x)/(1%2Bx^2)&at=3&delta=-2",
        "view=downhill&start=2.9",
    ],
)
def test_labels_with_many_digits_keep_to_their_plane(calm_page: Page, live_server, query: str) -> None:
    open_page(calm_page, f"/derivative?precise=1&{query}")
    expect(calm_page.locator(".plane-marks text").first).to_be_attached()
    expect(calm_page.locator("[data-toggle=precise]")).to_have_attribute("aria-pressed", "true")
    for size, (width, height) in SIZES.items():
        calm_page.set_viewport_size({"width": width, "height": height})
        if size == "projector":
            calm_page.keyboard.press("p")
        calm_page.wait_for_timeout(300)
        soon(calm_page, lambda: calm_page.evaluate(OUTSIDE_AND_OVER) == [])


def test_a_label_steps_aside_and_the_first_one_stays(calm_page: Page, live_server) -> None:
    calm_page.goto("/")
    places = calm_page.evaluate(
        """async () => {
            const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
            const { placeLabels } = await import(`${root}/js/drawing/label_places.js`);
            const label = { x: 100, y: 100, width: 80, height: 16, anchor: "start" };
            const wishes = [{ ...label, free: true }, { ...label, free: true }, { ...label, x: 390, free: false }];
            const box = { left: 0, top: 0, right: 400, bottom: 300 };
            return placeLabels(wishes, { dots: [], ink: [] }, box).map(({ x, y }) => [x, y]);
        }"""
    )
    assert places[0] == [100, 100]
    assert abs(places[1][1] - 100) >= 16 or abs(places[1][0] - 100) >= 80
    assert places[2] == [316, 100]
