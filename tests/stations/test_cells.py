"""Cells, the panel of reasons and the row of stages, on the gallery's sample data, in a real browser."""

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def gallery(calm_page: Page, live_server) -> Page:
    calm_page.goto("/gallery")
    expect(calm_page.locator("#sample-cells input").first).to_be_visible()
    calm_page.locator("#sample-cells").scroll_into_view_if_needed()
    return calm_page


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f'#sample-cells [data-number="layers[0].weights[{row}][{column}]"]')


def shown(page: Page, row: int, column: int) -> Locator:
    """The cell to read that follows the one to type."""
    return page.locator(f'#sample-plain-cells [data-number="layers[0].weight_gradients[{row}][{column}]"]')


def test_a_cell_reads_numbers_as_people_write_them(gallery: Page) -> None:
    typed_and_used = {"65/8": "8.125", "-2": "−2", "−0,5": "−0.5", "1e-3": "0.001", "100": "100", "0": "0"}
    for typed, used in typed_and_used.items():
        cell(gallery, 0, 1).fill(typed)
        expect(shown(gallery, 0, 1)).to_have_text(used)
        cell(gallery, 0, 1).press("Enter")
        expect(cell(gallery, 0, 1)).not_to_be_focused()
        expect(cell(gallery, 0, 1)).to_have_value(used)
        expect(gallery.locator("#sample-cells .refusal")).to_be_hidden()


def test_a_cell_says_what_is_wrong_and_the_last_number_stays(gallery: Page) -> None:
    typed_and_said = {
        "seven": "“seven” is not a number. w₁₂ stays −2.",
        "  ": "w₁₂ is empty: type a number. w₁₂ stays −2.",
        "1e30": "10³⁰ is too large: at most 100. w₁₂ stays −2.",
        "1e999": "1e999 is too large. w₁₂ stays −2.",
        "-200": "−200 is too small: at least −100. w₁₂ stays −2.",
    }
    wrong = cell(gallery, 0, 1)
    for typed, words in typed_and_said.items():
        wrong.fill(typed)
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(gallery.locator("#sample-cells .refusal")).to_have_text(words)
        expect(shown(gallery, 0, 1)).to_have_text("−2")
        # what was typed stays while another cell changes
        expect(wrong).to_have_value(typed)
        wrong.press("Escape")
        expect(wrong).to_have_value("−2")
        expect(gallery.locator("#sample-cells .refusal")).to_be_hidden()


def test_what_is_refused_takes_its_beginning_along(gallery: Page) -> None:
    cell(gallery, 0, 1).focus()
    gallery.keyboard.type("1e400")
    expect(gallery.locator("#sample-cells .refusal")).to_have_text("1e400 is too large. w₁₂ stays −2.")
    expect(shown(gallery, 0, 1)).to_have_text("−2")
    gallery.keyboard.press("Tab")
    expect(cell(gallery, 0, 1)).to_have_value("−2")


def test_a_fault_can_still_be_read_after_the_cell_was_left(gallery: Page) -> None:
    cell(gallery, 0, 1).fill("x")
    cell(gallery, 0, 1).press("Tab")
    expect(cell(gallery, 0, 1)).to_have_value("−2")
    expect(gallery.locator("#sample-cells .refusal")).to_contain_text("“x” is not a number")
    cell(gallery, 0, 1).fill("4")
    expect(gallery.locator("#sample-cells .refusal")).to_be_hidden()


def test_arrow_keys_turn_a_cell_and_shift_turns_it_ten_times_as_far(gallery: Page) -> None:
    for keys, value in [("ArrowUp", "1.6"), ("Shift+ArrowDown", "0.6"), ("ArrowDown", "0.5")]:
        cell(gallery, 0, 0).press(keys)
        expect(cell(gallery, 0, 0)).to_have_value(value)
        expect(shown(gallery, 0, 0)).to_have_text(value)


def test_a_drag_sideways_turns_a_cell_and_a_press_gives_it_the_focus(gallery: Page) -> None:
    cell(gallery, 0, 0).hover()
    box = cell(gallery, 0, 0).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    gallery.mouse.move(x, y)
    gallery.mouse.down()
    gallery.mouse.move(x + 71, y + 30, steps=6)
    expect(shown(gallery, 0, 0)).to_have_text("2.5")
    gallery.mouse.move(x - 70, y, steps=6)
    gallery.mouse.up()
    expect(shown(gallery, 0, 0)).to_have_text("0.5")
    expect(cell(gallery, 0, 0)).not_to_be_focused()
    cell(gallery, 0, 0).click()
    expect(cell(gallery, 0, 0)).to_be_focused()


def test_cells_to_read_are_one_stop_and_arrow_keys_go_between_them(gallery: Page) -> None:
    shown(gallery, 0, 0).focus()
    for key, (row, column) in [("ArrowRight", (0, 1)), ("ArrowDown", (1, 1)), ("ArrowLeft", (1, 0))]:
        gallery.keyboard.press(key)
        expect(shown(gallery, row, column)).to_be_focused()
    assert gallery.locator("#sample-plain-cells [tabindex='0']").count() == 1


def test_a_number_asks_why_and_lights_what_it_is_made_of(gallery: Page) -> None:
    panel = gallery.locator("#sample-why")
    expect(panel.locator("h2")).to_have_text("Why is ∂L/∂w₁₂ = 6?")
    expect(cell(gallery, 0, 1)).to_have_attribute("data-lit", "operand")
    shown(gallery, 1, 0).click()
    expect(panel.locator("h2")).to_contain_text("∂L/∂w₂₁")
    expect(cell(gallery, 1, 0)).to_have_attribute("data-lit", "operand")
    expect(cell(gallery, 0, 1)).not_to_have_attribute("data-lit", "operand")
    expect(panel.locator(".why-terms tr")).to_have_count(3)
    panel.locator("[data-why]", has_text="w₂₁").click()
    expect(panel.locator("h2")).to_contain_text("w₂₁")
    expect(panel.locator(".note")).to_contain_text("It is given")
    panel.locator("[data-why=back]").click()
    expect(panel.locator("h2")).to_contain_text("∂L/∂w₂₁")
    panel.locator("[data-why=back]").click()
    expect(panel.locator("h2")).to_contain_text("∂L/∂w₁₂")
    expect(panel.locator("[data-why=back]")).to_have_count(0)


def test_pointing_asks_for_a_moment(gallery: Page) -> None:
    title = gallery.locator("#sample-why h2")
    shown(gallery, 1, 1).hover()
    expect(title).to_contain_text("∂L/∂w₂₂")
    gallery.locator("#sample-stages").hover()
    expect(title).to_contain_text("∂L/∂w₁₂")


def test_stages_mark_the_present_one_and_those_passed(gallery: Page) -> None:
    stages = gallery.locator("#sample-stages")
    expect(stages.locator("[aria-current=step]")).to_have_text("dL/dŷ2–3")
    stages.get_by_text("Update").click()
    expect(stages.locator("[aria-current=step]")).to_have_text("Update5")
    expect(stages.locator(".passed")).to_have_count(3)
