"""Every page: in both themes, readable, on one screen, asking nobody else."""

import re
from itertools import pairwise

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.stations.arrivals import arrive, open_page
from tests.stations.planes import SETTLED, soon

SCREENS = [
    "/loss",
    "/derivative",
    "/jacobian",
    "/gradient",
    "/chain-rule",
    "/layer",
    "/learning-rate",
    "/landscape",
    "/network",
    "/batches",
    "/mnist",
]  # one screen, no scrolling
PAGES = ["/", *SCREENS, "/api", "/gallery"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_bars_nobodys_way_fits_and_asks_only_its_own_server(
    calm_page: Page, live_server, address: str
) -> None:
    hosts: set[str] = set()
    calm_page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "//" in request.url else None)
    calm_page.goto(f"{address}?theme=light")
    calm_page.wait_for_load_state("load")
    calm_page.wait_for_timeout(800)
    assert hosts == {live_server.url.split("/")[2]}
    for theme in ("light", "dark"):
        expect(calm_page.locator("html")).to_have_attribute("data-theme", theme)
        calm_page.wait_for_function(SETTLED)
        found = Axe().run(calm_page)
        assert found.violations_count == 0, (theme, found.generate_report())
        calm_page.keyboard.press("t")
    if address in ("/", *SCREENS):
        fits(calm_page, address)
        calm_page.keyboard.press("p")
        expect(calm_page.locator("html")).to_have_attribute("data-projector", "")
        calm_page.wait_for_timeout(500)
        fits(calm_page, address)


def fits(page: Page, address: str) -> None:
    """See that nothing is wider than the screen, and that a station is no higher either."""
    height, width = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert width <= 1280
    if address in SCREENS:
        assert height <= 720
        # what stands beside the figure ends above the bar of actions
        assert page.evaluate(
            "document.querySelector('.panel').lastElementChild.getBoundingClientRect().bottom <= "
            "document.querySelector('.foot').getBoundingClientRect().top"
        )


@pytest.mark.parametrize("address", ["/network", "/docs"])
def test_a_page_opened_on_a_projector_fits_and_the_reference_asks_nobody(
    calm_page: Page, live_server, address: str
) -> None:
    hosts: set[str] = set()
    calm_page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "//" in request.url else None)
    calm_page.goto(f"{address}?projector")
    calm_page.wait_for_timeout(800)
    assert hosts == {live_server.url.split("/")[2]}
    fits(calm_page, address)


def test_the_reference_lists_the_calls(calm_page: Page, live_server) -> None:
    calm_page.goto("/docs")
    expect(calm_page.locator("#swagger-ui")).to_contain_text("/api/v1/runs", timeout=20_000)


def test_a_slide_without_a_station_says_so(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/1")
    expect(calm_page.locator("#slide-notice")).to_contain_text("Slide 1")
    calm_page.goto("/slide/60")
    expect(calm_page.locator("h1")).to_have_text("Thanks!")


def test_the_credit_names_author_and_license(calm_page: Page, live_server) -> None:
    calm_page.goto("/")
    expect(calm_page.locator(".credit")).to_contain_text("Andrea Giardina")
    expect(calm_page.locator(".credit")).to_contain_text("CC BY 4.0")


def test_theme_and_help_by_key(calm_page: Page, live_server) -> None:
    calm_page.goto("/?theme=light")
    calm_page.keyboard.press("t")
    expect(calm_page.locator("html")).to_have_attribute("data-theme", "dark")
    calm_page.keyboard.press("?")
    expect(calm_page.locator("#help")).to_be_visible()


def test_home_is_a_hill_to_go_down(calm_page: Page, live_server) -> None:
    page = calm_page
    for query in ("", "?projector"):
        page.goto(f"/{query}")
        # what one goes down with is on the first screen, and every station is one click away
        for part in ("#go", "#hill-says", ".enter"):
            box = page.locator(part).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 720
        assert page.locator(".top .arc a").count() == page.locator("ol.doors a").count() == 11
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.goto("/")
    body = {"expression": "x^4/4 - x^3/3 - x^2 + 3", "start": -1.8, "steps": 200}
    body |= {"optimizer": {"method": "gradient_descent", "learning_rate": 0.1}}
    found = httpx.post(f"{live_server.url}/api/v1/functions/descent", json=body, timeout=60).json()["trajectory"]
    expect(page.locator("#f-value")).to_have_text(f"{found[0]['value']:.4g}")
    expect(page.locator("#slope-value")).to_have_text(f"{found[0]['gradient'][0]:.4g}".replace("-", "−"))
    expect(page.locator("#bend-value")).to_have_text("11.32")  # 3x² − 2x − 2
    expect(page.locator("#limit")).to_have_text("2/f″ = 0.177")
    page.keyboard.press("s")
    expect(page.locator("#f-value")).to_have_text(f"{found[1]['value']:.4g}")
    expect(page.locator("#hill-says")).to_contain_text(f"the next step leads down to f = {found[2]['value']:.4g}")
    # from the left it ends in the nearer valley; put beyond the hill, it finds the flag
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press(" ")
    expect(page.locator("#hill-says")).to_contain_text("no slope tells that another one is lower")
    page.mouse.click(900, 600)
    expect(page.locator("#from")).to_have_text("1.658")
    page.keyboard.press(" ")
    expect(page.locator("#hill-says")).to_contain_text("The flag, in")
    expect(page.locator(".cloth")).to_have_class("cloth won")
    page.keyboard.press("r")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#from")).to_have_text("−1.75")
    assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize(
    ("address", "drawn"),
    [
        ("/", "#slope .ridge"),
        ("/batches", "body"),
        ("/mnist", "body"),
        ("/api", "body"),
        ("/gallery", "body"),
        ("/landscape?view=race", ".race-curves path"),
        ("/landscape?view=functions&surface=beale", "#formula math"),
        ("/learning-rate?view=hessian", "#hessian .eigen"),
        ("/mnist?view=landscape&preset=edge-of-stability", "#curves svg"),
    ],
)
def test_a_phone_scrolls_in_one_column(calm_page: Page, live_server, address: str, drawn: str) -> None:
    calm_page.set_viewport_size({"width": 390, "height": 844})
    calm_page.goto(address)
    calm_page.locator(drawn).first.wait_for()
    assert calm_page.evaluate("document.documentElement.scrollWidth") <= 390


def test_pages_to_read_scroll_by_the_keys_that_turn_slides(calm_page: Page, live_server) -> None:
    calm_page.goto("/api")
    calm_page.keyboard.press("PageDown")
    soon(calm_page, lambda: calm_page.evaluate("scrollY") > 300)
    assert calm_page.url == f"{live_server.url}/api"


def test_blocks_of_the_api_page_are_copied(calm_page: Page, live_server) -> None:
    calm_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    calm_page.goto("/api")
    assert calm_page.locator("pre").evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")
    button = calm_page.locator("[data-copy=deltas-python]")
    button.click()
    expect(button).to_have_text("Copied")
    copied = calm_page.evaluate("navigator.clipboard.readText()")
    assert copied == calm_page.locator("#deltas-python").text_content()
    expect(button).to_contain_text("Copy the Python block")


def test_the_reference_follows_the_theme(calm_page: Page, live_server) -> None:
    calm_page.goto("/docs?theme=dark")
    ground = "getComputedStyle(document.querySelector('main')).backgroundColor"
    expect(calm_page.locator("html")).to_have_class("dark-mode")
    assert calm_page.evaluate(ground) != "rgb(255, 255, 255)"
    calm_page.keyboard.press("t")
    expect(calm_page.locator("html")).not_to_have_class("dark-mode")
    assert calm_page.evaluate(ground) == "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    ("address", "message", "picture"),
    [
        ("/derivative?expression=2x%2B", "#expression-message", "#function-plane text"),
        ("/derivative?view=downhill&expression=2x%2B", "#expression-message", "#hill-plane text"),
        ("/gradient?expression=2x%2B", "#expression-message", "#x-slice text"),
        ("/jacobian?expressions=2x%2B&expressions=y", "#expressions-0-message", "#image-plane text"),
        ("/chain-rule?inner=2x%2B", "#inner-message", "#inner-plane text"),
    ],
)
def test_an_address_with_a_formula_that_cannot_be_read_shows_the_example(
    calm_page: Page, live_server, complaints: list[str], address: str, message: str, picture: str
) -> None:
    calm_page.goto(address)
    expect(calm_page.locator(message)).to_be_visible()
    expect(calm_page.locator(picture).first).to_be_visible()
    arrive(calm_page)
    complaints[:] = [text for text in complaints if "422" not in text]


CUT = """() => [...document.querySelectorAll(".panel .card:not(.controls) :is(.typeset, .matrix, [role=tabpanel])")]
    .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent)"""


@pytest.mark.parametrize(
    "address",
    [
        "/loss?yhat=2.37",
        "/derivative?",
        "/derivative?view=downhill",
        "/gradient?view=slices",
        "/gradient?view=gradient",
        "/jacobian?example=polar",
        "/chain-rule?",
    ],
)
def test_more_digits_are_not_cut(calm_page: Page, live_server, address: str) -> None:
    open_page(calm_page, f"{address}&precise=1&numbers=1")
    expect(calm_page.locator(".panel math").first).to_be_visible()
    assert calm_page.evaluate(CUT) == []
    calm_page.keyboard.press("p")
    expect(calm_page.locator("html")).to_have_attribute("data-projector", "")
    calm_page.wait_for_timeout(300)
    assert calm_page.evaluate(CUT) == []


def test_the_address_turns_projector_sizes_off_again(calm_page: Page, live_server) -> None:
    calm_page.goto("/loss?projector")
    expect(calm_page.locator("html")).to_have_attribute("data-projector", "")
    calm_page.goto("/loss?projector=0")
    expect(calm_page.locator("html")).not_to_have_attribute("data-projector", "")


def test_a_wrong_address_has_the_frame_of_every_page(page: Page, live_server) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto("/nope")
    words = [page.locator(place).first.bounding_box() for place in ("header", "h1", "main p", ".doors")]
    edges = [(box["y"], box["y"] + box["height"]) for box in words if box]
    assert len(edges) == 4
    assert all(above[1] <= below[0] for above, below in pairwise(edges))  # nothing covers anything
    page.get_by_role("button", name="Help and keys").click()
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert faults == []


def press_when_still(page: Page, link: str) -> None:
    """Press what stands below a figure once the figure is there: it moves down when that is drawn."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-handle]").first).to_be_visible()
    page.locator(link).click()


@pytest.mark.parametrize("width", [390, 820])
@pytest.mark.parametrize("address", ["/derivative", "/mnist", "/api"])
def test_every_station_is_reached_from_the_foot_of_a_small_screen(
    calm_page: Page, live_server, address: str, width: int
) -> None:
    calm_page.set_viewport_size({"width": width, "height": 844})
    calm_page.goto(address)
    around = calm_page.locator(".around")
    built = calm_page.locator(".arc a").count()
    expect(around.locator("li a")).to_have_count(built)
    assert built >= 6
    assert calm_page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = around.locator("li a, [rel]").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 36
    if address != "/derivative":
        return
    for link, station in ((".around [rel=next]", "/gradient"), (".around [rel=prev]", "/derivative")):
        press_when_still(calm_page, link)
        expect(calm_page).to_have_url(re.compile(station))
    press_when_still(calm_page, ".around li a:has-text('MNIST')")
    expect(calm_page).to_have_url(re.compile("/mnist"))


def test_a_large_screen_has_the_arc_alone_and_the_thread_leads_on(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/derivative")
    expect(page.locator(".around")).to_be_hidden()
    thread = page.locator(".thread")
    for box in (thread.bounding_box(), page.locator("#idea").bounding_box()):
        assert box
        assert box["height"] < 40
        assert box["y"] + box["height"] <= 720
    thread.click()
    page.wait_for_url("**/gradient*")


def test_on_a_projector_marks_and_names_grow_with_the_text(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/derivative?projector=0")
    sizes = """() => {
        const [curve, mark, name] = ["#function-plane .js-line", "#function-plane .mark.slope", ".arc text"]
            .map((one) => document.querySelector(one));
        const strokes = [curve, mark].map((one) => parseFloat(getComputedStyle(one).strokeWidth));
        return [...strokes, name.getBoundingClientRect().height];
    }"""
    expect(page.locator("#function-plane .js-line").first).to_be_attached()
    before = page.evaluate(sizes)
    page.keyboard.press("p")
    expect(page.locator("[data-code=curl], .credit").first).to_be_hidden()
    soon(page, lambda: all(after > 1.2 * one for after, one in zip(page.evaluate(sizes), before, strict=True)))
    names = [text.bounding_box() for text in page.locator(".arc text").all()]
    for left, right in pairwise(names):
        assert left
        assert right
        assert left["x"] + left["width"] < right["x"]


def test_the_gallery_holds_the_figures_of_runs(calm_page: Page, live_server) -> None:
    page = calm_page
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto("/gallery")
    expect(page.locator("#sample-bands tbody tr")).to_have_count(3)
    expect(page.locator("#curve path.truth")).to_be_attached()
    expect(page.locator("#sample-live path.curve.L")).to_be_attached()
    expect(page.locator("#sample-map .contourlayer path").first).to_be_attached()
    page.locator("#sample-time").fill("12")
    expect(page.locator("#sample-time")).to_have_attribute("aria-valuetext", re.compile("update 12"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 820


def test_the_whole_place_of_a_station_on_the_arc_leads_there(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/derivative")
    name = page.locator(".arc a[href='/jacobian'] text").bounding_box()
    assert name
    # between the circle and the name, and beside both
    page.mouse.click(name["x"] + 2, name["y"] - 6)
    page.wait_for_url("**/jacobian*")
