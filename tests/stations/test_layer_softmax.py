"""One layer with softmax and cross-entropy, in a real browser: −y/ŷ times the full Jacobian is ŷ − y."""

import re

from playwright.sync_api import Page, expect

from tests.stations.test_layer_page import open_stage, show_stage, square


def test_softmax_and_cross_entropy_collapse_to_a_difference(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "delta")
    expect(calm_page.locator("#loss")).to_be_hidden()
    calm_page.locator("#activation").select_option(label="softmax")
    expect(calm_page.locator("h1")).to_have_text("With softmax, δ mixes the errors")
    calm_page.locator("#loss").select_option(label="cross-entropy")
    expect(calm_page.locator("h1")).to_have_text("Softmax and cross-entropy: δ = ŷ − y")
    expect(calm_page.locator("#figure")).to_contain_text("✓ the same three: off by")
    expect(calm_page.locator("#why")).to_contain_text("so δ₂ = ŷ₂ − y₂")
    # e⁷, e⁶, e⁹ by their sum; what the other targets share is left to them
    calm_page.locator('#cells-p [data-number="targets[0][0]"]').fill("0.25")
    expect(calm_page.locator("#cells-p input").nth(1)).to_have_value("0.75")
    expect(square(calm_page, "loss_gradient[0][0]")).to_have_text("−2.189")
    for place, delta in enumerate(("−0.1358", "−0.708", "0.8438")):
        expect(square(calm_page, f"layers[0].deltas[0][{place}]")).to_have_text(delta)
    show_stage(calm_page, "product")
    counts = calm_page.locator("#figure .big")
    for way, found in (("0", ["27", "30"]), ("1", ["15", "18"]), ("2", ["6", "5"])):
        calm_page.locator("#way").fill(way)
        expect(counts).to_have_text(found)
    for hidden in ("loss_gradient[0][1]", "layers[0].activation_jacobian[0][1][1]"):
        expect(square(calm_page, hidden)).to_have_count(0)
    expect(square(calm_page, "layers[0].activations[0][1]")).to_be_visible()
    expect(calm_page).to_have_url(re.compile(r"p=0.25%2C0.75%2C0.*loss=cross_entropy"))
    # squared error has its own targets, which are still there
    calm_page.locator("#loss").select_option(label="squared error")
    expect(counts).to_have_text(["12", "5"])
    expect(calm_page.locator("#cells-y input").nth(1)).to_have_value("4")


def test_an_output_that_no_float_holds_leaves_the_difference(calm_page: Page, live_server) -> None:
    open_stage(calm_page, "delta", "&preset=lab-one-layer-softmax&x=1000,1000")
    expect(calm_page.locator("#figure")).to_contain_text("ŷ − y needs no division, and stays finite.")
    expect(calm_page.locator("#says")).to_contain_text("is too small for a computer and stands as 0")
    expect(calm_page.locator("main")).not_to_contain_text("NaN")
