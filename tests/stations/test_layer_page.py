"""One layer, in a real browser: every number of every stage against the API, and the lecture's numbers."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.stations.planes import soon

STAGES = ["graph", "forward", "loss", "act", "weights", "recap", "delta", "product", "bias", "update"]
LECTURE = {
    "layers[0].pre_activations[0]": [7, 6, 9],
    "layers[0].activations[0]": [7, 6, 9],
    "loss_gradient[0]": [6, 2, 5],
    "layers[0].deltas[0]": [6, 2, 5],
    "layers[0].weight_gradients[0]": [6, 12],
    "layers[0].weight_gradients[1]": [2, 4],
    "layers[0].weight_gradients[2]": [5, 10],
    "updated[0].weights[0]": [2.4, 0.8],
    "updated[0].weights[1]": [3.8, 0.6],
    "updated[0].weights[2]": [4.5, 1],
    "updated[0].activations[0]": [4, 5, 6.5],
}
# each with what its address says and what the API is asked for the same numbers
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "lecture": ("", {}),
    "shut": ("&preset=lab-one-layer-shut", {"preset": "lab-one-layer-shut"}),
    "softmax": ("&f=softmax", {"network": {"activations": ["softmax"]}}),
    "cross-entropy": ("&preset=lab-one-layer-softmax", {"preset": "lab-one-layer-softmax"}),
    "sigmoid": ("&f=sigmoid&x=0.5,-0.3&eta=0.7", {"network": {"activations": ["sigmoid"]}}),
    "bias": ("&bias=own&b=1,-2,0.5", {"network": {"bias": True}}),
}


def shown(page: Page) -> Locator:
    return page.locator("#figure .square[aria-hidden=false]")


def open_stage(page: Page, stage: str, query: str = "") -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/layer?stage={stage}{query}")
    expect(shown(page).first).to_be_visible()
    expect(page.locator("#why h2")).to_contain_text("Why is")


def show_stage(page: Page, stage: str) -> None:
    """Go to a stage, and wait for its figure: that of another bias waits for its answer."""
    page.locator(f"[data-stage={stage}]").click()
    expect(page.locator(f"[data-stage={stage}]")).to_have_attribute("aria-current", "step")
    soon(page, lambda: page.locator("#figure").get_attribute("aria-label") == page.locator("#claim").text_content())


def square(page: Page, number: str) -> Locator:
    return page.locator(f'#figure .square[data-number="{number}"][aria-hidden=false]').first


def numbers_on(page: Page) -> list[tuple[str, str]]:
    """Every number of the figure that is seen: its address and its text, empty for an empty square."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("#figure .square[aria-hidden=false]")]
            .map((node) => [node.dataset.number, node.querySelector("text").textContent])"""
    )
    return [(str(number), str(text)) for number, text in found]


def value_of(text: str) -> float:
    return float(text.replace("−", "-").replace("\u202f", "").replace("∞", "inf"))


def half_a_digit(text: str) -> float:
    """What rounding to the digits that are shown may change."""
    return float(0.5 * 10 ** -len(text.partition(".")[2])) * 1.000001


def ask(page: Page, variant: str) -> dict[str, Any]:
    body: dict[str, Any] = {"preset": "lab-one-layer", "include": ["jacobians"]} | VARIANTS[variant][1]
    if variant == "sigmoid":
        body |= {"data": {"inputs": [[0.5, -0.3]], "targets": [[1, 4, 4]]}, "optimizer": {"learning_rate": 0.7}}
    if variant == "bias":
        weights = [[[3, 2], [4, 1], [5, 2]]]
        body["network"] |= {"initialization": {"weights": weights, "biases": [[1, -2, 0.5]]}}
    answer = page.request.post("/api/v1/backpropagation", data=body)
    assert answer.ok, answer.text()
    return dict(answer.json())


def read_at(answer: dict[str, Any], number: str) -> float:
    """The number at an address, also of an element of a Jacobian, which stands in the chain of factors."""
    jacobian = re.fullmatch(r"layers\[0\]\.(activation|weight|bias)_jacobian\[0\]\[(\d)\]\[(\d)\]", number)
    if jacobian:
        chain = answer["jacobians"]["layers"][0]
        kind = jacobian[1]
        factor = chain["bias"]["factor"] if kind == "bias" else chain["factors"][1 if kind == "activation" else 2]
        return float(factor["values"][int(jacobian[2])][int(jacobian[3])])
    place: Any = answer
    for step in re.findall(r"[^.\[\]]+", number):
        place = place[int(step)] if step.isdigit() else place[step]
    return float(place)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_of_every_stage_is_the_apis(calm_page: Page, live_server, variant: str) -> None:
    query = VARIANTS[variant][0]
    open_stage(calm_page, "graph", query)
    answer = ask(calm_page, variant)
    seen = set()
    for stage in STAGES:
        show_stage(calm_page, stage)
        if stage == "bias" and variant != "bias":
            continue  # it has a bias by itself; the variant with one looks at it
        for number, text in numbers_on(calm_page):
            seen.add(number)
            value = read_at(answer, number)
            if text == "":
                assert value == 0, number
            else:
                assert value_of(text) == pytest.approx(value, abs=half_a_digit(text)), (stage, number)
    assert len(seen) > 60


def test_the_lectures_numbers_stand_on_the_page(calm_page: Page, live_server) -> None:
    found: dict[str, float] = {}
    open_stage(calm_page, "graph")
    for stage in STAGES:
        show_stage(calm_page, stage)
        found |= {number: value_of(text) if text else 0.0 for number, text in numbers_on(calm_page)}
    for place, values in LECTURE.items():
        assert [found[f"{place}[{index}]"] for index in range(len(values))] == values, place
    assert (found["loss_before"], found["loss_after"]) == (32.5, 8.125)


def test_arrow_keys_walk_the_stages_and_the_address_follows(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "graph")
    for stage in STAGES[1:]:
        calm_page.keyboard.press("ArrowRight")
        expect(calm_page.locator("[aria-current=step]")).to_have_attribute("data-stage", stage)
    expect(calm_page).to_have_url(re.compile("stage=update"))
    calm_page.keyboard.press("ArrowLeft")
    expect(calm_page.locator("[aria-current=step]")).to_have_attribute("data-stage", "bias")
    expect(calm_page).to_have_url(re.compile("stage=bias"))
    calm_page.reload()
    expect(calm_page.locator("[aria-current=step]")).to_have_attribute("data-stage", "bias")


SLIDES = {
    17: ("graph", "A weight reaches the loss through z and ŷ"),
    20: ("forward", "Forward: every number is a short sum"),
    21: ("loss", "The loss hands back the error"),
    22: ("act", "Softmax couples: no empty square"),
    23: ("act", "The activation’s Jacobian is diagonal"),
    25: ("weights", "Each neuron sees only its own weights"),
    27: ("recap", "Error × slope × input"),
    28: ("delta", "δ is the error that gets through"),
    29: ("delta", "The gradient is δᵀx"),
    30: ("product", "Three Jacobians become δᵀx"),
    32: ("bias", "The bias gets δ itself"),
    33: ("bias", "The bias is a weight on a 1"),
}


@pytest.mark.parametrize("slide", SLIDES)
def test_each_slide_opens_its_stage(calm_page: Page, live_server, slide: int) -> None:
    calm_page.goto(f"/slide/{slide}")
    stage, claim = SLIDES[slide]
    expect(calm_page.locator("[aria-current=step]")).to_have_attribute("data-stage", stage)
    expect(calm_page.locator("h1")).to_have_text(claim)


def test_the_clicker_turns_slides_and_keeps_what_was_typed(calm_page: Page, live_server) -> None:
    calm_page.goto("/slide/30")
    cell = calm_page.locator('#cells-x [data-number="inputs[0][1]"]')
    cell.fill("3")
    cell.press("PageDown")
    expect(calm_page.locator(".tools .slides")).to_contain_text("31")
    expect(calm_page.locator("#way")).to_have_value("2")
    expect(cell).to_have_value("3")
    expect(square(calm_page, "layers[0].weight_gradients[0][1]")).to_contain_text("24")
    calm_page.keyboard.press("PageDown")
    expect(calm_page.locator("[aria-current=step]")).to_have_attribute("data-stage", "bias")
    expect(cell).to_have_value("3")


def test_a_dragged_cell_moves_every_number(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product", "&s=2")
    cell = calm_page.locator('#cells-x [data-number="inputs[0][1]"]')
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + 15, box["y"] + 12
    calm_page.mouse.move(x, y)
    calm_page.mouse.down()
    calm_page.mouse.move(x + 70, y, steps=12)
    expect(cell).to_have_value("3")
    expect(square(calm_page, "inputs[0][1]")).to_have_text("3")
    # z = (9, 7, 11), so δ = (8, 3, 7)
    for row, delta in enumerate((8, 3, 7)):
        expect(square(calm_page, f"layers[0].weight_gradients[{row}][1]")).to_have_text(str(3 * delta))
    calm_page.mouse.up()
    expect(calm_page).to_have_url(re.compile(r"x=1%2C3"))


@pytest.mark.parametrize(("typed", "words"), [("two", "is not a number"), ("", "is empty"), ("1e12", "is too large")])
def test_what_is_no_number_is_told_and_changes_nothing(calm_page: Page, live_server, typed: str, words: str) -> None:
    open_stage(calm_page, "forward")
    cell = calm_page.locator('#cells-W [data-number="layers[0].weights[1][0]"]')
    cell.fill(typed)
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(calm_page.locator("#cell-fault")).to_contain_text(words)
    expect(calm_page.locator("#cell-fault")).to_contain_text("w₂₁ stays 4.")
    expect(square(calm_page, "layers[0].pre_activations[0][1]")).to_have_text("6")


def test_the_same_six_numbers_never_leave_sight(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product")
    six = [f"layers[0].weight_gradients[{row}][{column}]" for row in range(3) for column in range(2)]
    for s in [index / 10 for index in range(21)]:
        calm_page.locator("#way").fill(str(s))
        for number, value in zip(six, (6, 12, 2, 4, 5, 10), strict=True):
            expect(square(calm_page, number)).to_have_text(str(value))
            expect(square(calm_page, number)).to_be_visible()
    expect(calm_page.locator("#says")).to_contain_text("multiplication table")


def test_sides_that_agree_touch_and_the_row_is_stacked(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product")

    def box(number: str) -> dict[str, float]:
        found = square(calm_page, number).locator("rect").bounding_box()
        assert found is not None
        return dict(found)

    first, last = box("layers[0].weight_gradients[0][0]"), box("layers[0].weight_gradients[2][1]")
    assert first["y"] == pytest.approx(last["y"], abs=1)
    assert box("layers[0].weight_jacobian[0][0][0]")["x"] == pytest.approx(first["x"], abs=1)
    delta = box("layers[0].deltas[0][0]")
    assert delta["x"] + delta["width"] == pytest.approx(first["x"], abs=5)
    calm_page.locator("#way").fill("2")
    expect(calm_page.locator("#way")).to_have_attribute("aria-valuetext", "collapsed")

    def beside(row: int) -> bool:
        left, right = (box(f"layers[0].weight_gradients[{row}][{column}]") for column in range(2))
        delta, x = box(f"layers[0].deltas[0][{row}]"), box("inputs[0][1]")
        return left["y"] == pytest.approx(delta["y"], abs=1) and right["x"] == pytest.approx(x["x"], abs=1)

    soon(calm_page, lambda: all(beside(row) for row in range(3)))


def test_the_counters_are_the_apis(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product")
    cost = ask(calm_page, "lecture")["jacobians"]["layers"][0]["cost"]
    big = calm_page.locator("#figure .big")
    expect(big).to_have_text([str(cost["multiplications_left_to_right"]), str(cost["numbers_explicit"])])
    calm_page.locator("#way").fill("1")
    expect(big).to_have_text([str(cost["collapsed"]), str(cost["nonzero"])])
    calm_page.locator("#way").fill("2")
    expect(big).to_have_text([str(cost["collapsed"]), str(cost["numbers_collapsed"])])


def test_by_columns_is_wrong_and_the_numerical_check_says_so(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product", "&s=2&order=columns")
    expect(calm_page.locator("#figure .square.wrong")).to_have_count(4)
    expect(calm_page.locator("#figure")).to_contain_text("cut in twos: wrong")
    for row in ("6   12", "2   4", "5   10"):
        expect(calm_page.locator("#figure")).to_contain_text(f"✓ {row}")
    calm_page.get_by_role("button", name="by rows").click()
    expect(calm_page.locator("#figure .square.wrong")).to_have_count(0)


def test_a_wider_layer_is_counted_by_the_api(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product")
    calm_page.get_by_role("button", name="A wider layer").click()
    expect(calm_page.locator("#costs h2")).to_have_text("2 → 3, for one sample")
    calm_page.locator("#width").fill("2")
    expect(calm_page.locator("#costs h2")).to_have_text("784 → 128, for one sample")
    expect(calm_page.locator("#costs")).to_contain_text("12\u202f845\u202f056")
    expect(calm_page.locator("#costs")).to_contain_text("103 MB")
    expect(calm_page.locator("#says")).to_contain_text("Backpropagation holds 912.")
    expect(calm_page).to_have_url(re.compile(r"view=size.*size=2"))


def test_a_nudge_travels_and_the_product_comes_back(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "graph")
    figure = calm_page.locator("#figure")
    for text in ("Δw₁₂ 0.1", "Δz₁ 0.2", "Δŷ₁ 0.2", "ΔL 1.22", "∂L/∂w₁₂ 12", "δ₁ 6", "∂L/∂ŷ₁ 6"):
        expect(figure).to_contain_text(text)
    expect(calm_page.locator("#says")).to_contain_text("promised 12 · 0.1 = 1.2")
    square(calm_page, "layers[0].weights[2][0]").click()
    expect(figure).to_contain_text("Δw₃₁ 0.1")
    expect(calm_page.locator("#why h2")).to_contain_text("∂L/∂w₃₁ = 5")
    expect(calm_page).to_have_url(re.compile("weight=31"))


def test_a_shut_gate_wipes_its_row(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "delta", "&preset=lab-one-layer-shut")
    expect(calm_page.locator("#says")).to_have_text("The error −4 arrives at a shut gate: δ₃ = 0.")
    expect(calm_page.locator("#figure")).to_contain_text("nothing passes")
    calm_page.locator("[data-stage=recap]").click()
    for column in range(2):
        expect(square(calm_page, f"layers[0].weight_gradients[2][{column}]")).to_have_class(re.compile(r"\boff\b"))
    expect(calm_page.locator("#examples [aria-pressed=true]")).to_have_text("z₃ < 0")


def test_why_unfolds_and_lights_the_operands_where_they_stand(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product")
    square(calm_page, "layers[0].weight_gradients[1][1]").click()
    title = calm_page.locator("#why h2")
    expect(title).to_have_text("Why is ∂L/∂w₂₂ = 4?")
    for number in ("layers[0].deltas[0][1]", "layers[0].weight_jacobian[0][1][3]"):
        expect(square(calm_page, number)).to_have_attribute("data-lit", "operand")
    expect(calm_page.locator('#cells-x [data-number="inputs[0][1]"]')).to_have_attribute("data-lit", "operand")
    expect(calm_page.locator("#why code")).to_have_text("np.outer(delta1, x)[1, 1]")
    expect(calm_page.locator("#why math")).to_have_count(2)
    calm_page.locator("#why [data-why]", has_text="δ₂").click()
    expect(title).to_have_text("Why is δ₂ = 2?")
    expect(square(calm_page, "loss_gradient[0][1]")).to_have_attribute("data-lit", "operand")
    calm_page.locator("#why [data-why=back]").click()
    expect(title).to_have_text("Why is ∂L/∂w₂₂ = 4?")
    expect(calm_page).to_have_url(re.compile("why="))


def test_the_numbers_of_the_figure_are_reached_by_keys(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "forward")
    square(calm_page, "layers[0].weights[0][0]").focus()
    for key, number in [("ArrowDown", "weights[1][0]"), ("ArrowRight", "weights[1][1]"), ("ArrowUp", "weights[0][1]")]:
        calm_page.keyboard.press(key)
        expect(square(calm_page, f"layers[0].{number}")).to_be_focused()
    expect(calm_page.locator("[aria-current=step]")).to_have_attribute("data-stage", "forward")
    calm_page.keyboard.press("Enter")
    expect(calm_page.locator("#why h2")).to_contain_text("w₁₂")
    assert calm_page.locator("#figure [tabindex='0']").count() == 1
    calm_page.keyboard.press("Escape")
    calm_page.keyboard.press("ArrowRight")
    expect(calm_page.locator("[aria-current=step]")).to_have_attribute("data-stage", "loss")


def test_a_late_answer_does_not_overwrite_a_newer_state(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "forward")
    held: list[Any] = []
    pattern = "**/api/v1/backpropagation"
    calm_page.route(pattern, lambda route: held.append(route))
    cell = calm_page.locator('#cells-x [data-number="inputs[0][0]"]')
    cell.fill("2")
    soon(calm_page, lambda: bool(held))
    cell.fill("5")
    # the first answers come while the newest state is another one, and the newest question follows by itself
    while held:
        held.pop(0).continue_()
        calm_page.wait_for_timeout(150)
    expect(square(calm_page, "layers[0].pre_activations[0][0]")).to_have_text("19")


def test_a_server_that_is_gone_is_told_and_the_page_goes_on_where_it_was(page: Page, live_server) -> None:
    open_stage(page, "forward")
    pattern = "**/api/v1/backpropagation"
    page.route(pattern, lambda route: route.abort())
    page.locator('#cells-x [data-number="inputs[0][0]"]').fill("2")
    expect(page.locator("[data-banner=lost]")).to_be_visible()
    expect(square(page, "layers[0].pre_activations[0][0]")).to_have_text("7")
    page.unroute(pattern)
    expect(page.locator("[data-banner=lost]")).to_have_count(0)
    expect(square(page, "layers[0].pre_activations[0][0]")).to_have_text("10")


def test_overflow_is_a_word_and_never_nan(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "update", "&eta=1&x=1000000,1000000&W=1e6,1e6,1e6,1e6,1e6,1e6&f=softplus")
    expect(calm_page.locator("main")).not_to_contain_text("NaN")
    expect(calm_page.locator("main")).not_to_contain_text("undefined")


def test_curl_python_and_notebook(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "product", "&f=sigmoid")
    calm_page.locator("[data-code=curl]").click()
    expect(calm_page.locator("#code-text")).to_contain_text("/api/v1/backpropagation ")
    expect(calm_page.locator("#code-text")).to_contain_text('"activations":["sigmoid"]')
    calm_page.locator("#code [data-action=close]").click()
    with calm_page.expect_download() as download:
        calm_page.locator("#notebook").click()
    assert download.value.suggested_filename == "one-layer.ipynb"
    assert '"nbformat"' in (download.value.path()).read_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_any_stage(calm_page: Page, live_server, theme: str) -> None:
    open_stage(calm_page, "graph", f"&theme={theme}")
    for stage in STAGES:
        show_stage(calm_page, stage)
        found = Axe().run(calm_page)
        assert found.violations_count == 0, (stage, found.generate_report())


def test_on_a_phone_the_page_is_one_column(calm_page: Page, live_server) -> None:
    calm_page.set_viewport_size({"width": 390, "height": 844})
    open_stage(calm_page, "product")
    assert calm_page.evaluate("document.documentElement.scrollWidth") <= 390
    figure, why = (calm_page.locator(place).bounding_box() for place in (".layer-figure", "#why"))
    assert figure is not None and why is not None  # noqa: PT018
    assert figure["height"] > 300
    assert figure["y"] + figure["height"] < why["y"]
    calm_page.set_viewport_size({"width": 1280, "height": 720})
