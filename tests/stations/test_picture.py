"""The figure as a picture: SVG with its numbers as text, PNG at a projector's size, and copied."""

import struct
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, kind: str) -> bytes:
    with page.expect_download() as download:
        page.locator(f"[data-picture={kind}]").click()
    assert download.value.suggested_filename.endswith(f".{kind}")
    return Path(download.value.path()).read_bytes()


def words_of(picture: bytes) -> str:
    return " | ".join("".join(part.itertext()) for part in ElementTree.fromstring(picture).iter(f"{SVG}text"))


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_figure_with_curves_is_saved_and_copied(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/derivative?theme=light")
    expect(page.locator("#function-plane .scatterlayer path.js-line").first).to_be_attached()
    page.locator("[data-picture='']").click()
    expect(page.locator("#picture-image")).to_have_attribute("alt", page.locator("h1").inner_text())
    drawing = saved(page, "svg")
    words = words_of(drawing)
    for part in (
        "tangent, slope 3.000",
        "x₀ = 1.5",
        page.locator("h1").inner_text(),
        page.locator("#says").inner_text(),
    ):
        assert part in words
    # it asks for nothing: its letters are in it, and its colors are its own
    assert drawing.count(b"data:font/woff2;base64") == 2
    assert b"var(--" not in drawing
    assert b"http" not in drawing.replace(b"http://www.w3.org", b"")
    width, height = size_of(saved(page, "png"))
    assert width == 1920 or height == 1080
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-picture=copy]").click()
    expect(page.locator("#picture-done")).to_have_text("Copied.")
    kinds = page.evaluate("async () => (await navigator.clipboard.read()).flatMap(({ types }) => [...types])")
    assert kinds == ["image/png"]


def test_the_hill_of_home_is_a_picture_too(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/")
    expect(page.locator("#f-value")).not_to_have_text("–")
    page.locator("[data-picture='']").click()
    expect(page.locator("#picture-image")).to_have_attribute("alt", "Learning is going downhill.")
    words = words_of(saved(page, "svg"))
    for place in ("h1", "#hill-says", "#f-value"):
        assert page.locator(place).inner_text().replace("\n", " ") in words.replace(" | ", " ")
    assert "stations ↓" not in words


def test_surfaces_and_matrices_are_in_it_too(calm_page: Page, live_server) -> None:
    page = calm_page
    page.goto("/gradient")
    expect(page.locator("#surface canvas").first).to_be_attached()
    page.locator("[data-picture='']").click()
    drawing = saved(page, "svg")
    assert "∂f/∂x = 2.000" in words_of(drawing)
    assert b"data:image/png;base64" in drawing
    page.goto("/batches")
    expect(page.locator("#says")).to_contain_text("Row")
    page.locator("[data-picture='']").click()
    assert {"15.39", "−9.269", "46.6"} <= set(words_of(saved(page, "svg")).split(" | "))
