"""The lab, in a real browser: filled by keyboard alone, judged, diagnosed, kept; every number compared with the API."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.live_server import LiveServer

LAB = {
    "z": "7 6 9",
    "y_hat": "7 6 9",
    "loss": "65/2",
    "loss_gradient": "6 2 5",
    "activation_jacobian": "1 0 0 0 1 0 0 0 1",
    "delta": "6 2 5",
    "weight_gradients": "6 12 2 4 5 10",
    "weights": "2.4 0.8 3.8 0,6 4.5 1",
    "new_z": "4 5 6.5",
    "new_loss": "8.13",
}
SHEETS = {
    "lab-forward": ["lab-forward", "lab-gradients", "lab-update"],
    "two-layers": ["two-layers"],
    "batch": ["batch"],
}


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/lab?{query}")
    expect(page.locator(".fieldbox").first).to_be_visible()


def box(page: Page, field: str) -> Locator:
    return page.locator(f"[data-field={field}]")


def status(page: Page, field: str) -> Locator:
    return page.locator(f"#status-{field}")


def fill(page: Page, field: str, text: str) -> None:
    """Type into every cell and check with Enter in the last one."""
    cells = box(page, field).locator("input")
    for index, number in enumerate(text.split()):
        cells.nth(index).fill(number)
    cells.last.press("Enter")


def matrix(place: Locator) -> list[list[float]]:
    """A matrix as it stands on the page."""
    rows = place.locator("tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.querySelector('input')?.value ?? cell.textContent))"
    )
    return [[float(text.replace("−", "-")) for text in row] for row in rows]


def ask(page: Page, path: str, **body: Any) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.post(f"/api/v1/exercises/{path}", data=body).json()
    return answer


def test_the_whole_lab_by_keyboard_alone(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page, "slide=35")
    calm_page.locator("#main").focus()
    for _ in range(40):
        calm_page.keyboard.press("Tab")
        if calm_page.evaluate("document.activeElement.dataset.cell") == "0 0":
            break
    for field, text in LAB.items():
        expect(box(calm_page, field).locator("input").first).to_be_focused()
        for number in text.split():
            calm_page.keyboard.type(number)
            calm_page.keyboard.press("Enter")
        expect(status(calm_page, field)).to_have_text(re.compile("≈ rounded" if field == "new_loss" else "✓ exact"))
    expect(calm_page.locator("#right")).to_have_text("10")
    expect(calm_page.locator("#says")).to_have_text(re.compile("Everything is right"))
    expect(calm_page.locator("#spoken")).to_have_text(re.compile("Everything is right"))
    expect(status(calm_page, "loss")).to_have_text("✓ exact = 32.5")
    expect(status(calm_page, "new_loss")).to_have_text("≈ rounded from 8.125")
    calm_page.locator("[data-pip=new_loss]").click()
    expect(calm_page.locator("#diagnosis-text")).to_contain_text("Exactly: 8.125")
    given = {name: matrix(calm_page.locator(f"[data-given={name}]")) for name in ("x", "W", "y", "eta")}
    assert given == {"x": [[1, 2]], "W": [[3, 2], [4, 1], [5, 2]], "y": [[1, 4, 4]], "eta": [[0.1]]}


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("first", SHEETS)
def test_every_number_shown_is_the_apis(calm_page: Page, live_server: LiveServer, first: str, seed: int) -> None:
    names = SHEETS[first]
    exercises = {
        name: calm_page.request.get(f"/api/v1/exercises/{name}", params={"seed": seed}).json() for name in names
    }
    fields = {each["name"]: name for name, exercise in exercises.items() for each in exercise["fields"]}
    open_page(calm_page, f"exercise={first}&seed={seed}&solution={','.join(fields)}")
    expect(status(calm_page, next(iter(fields)))).to_have_text("◉ shown")
    for name in names:
        truth = ask(calm_page, f"{name}/reveal", seed=seed, fields=[f for f, e in fields.items() if e == name])
        for field, found in truth["fields"].items():
            shown = matrix(box(calm_page, field))
            assert shown == [pytest.approx(row, rel=1e-9) for row in found["values"]], field
    for given in calm_page.locator("[data-given]").all():
        name = given.get_attribute("data-given") or ""
        values = next(each["given"][name]["values"] for each in exercises.values() if name in each["given"])
        assert matrix(given) == [pytest.approx(row) for row in values], name
    expect(calm_page.locator("#right")).to_have_text("0")


@pytest.mark.parametrize(
    ("field", "text", "title"),
    [
        ("loss", "65", "the ½ is missing"),
        ("loss_gradient", "−6 −2 −5", "Every sign is turned"),
        ("loss_gradient", "18 6 15", "All off by the factor 3"),
        ("weight_gradients", "6 6 2 2 5 5", "x is missing"),
        ("weight_gradients", "6 2 5 12 4 10", "Right numbers, wrong places"),
        ("new_loss", "5.2", "A bias was trained"),
        ("new_loss", "8", "Rounded too far"),
        ("delta", "6 2 4", "One cell is off"),
        ("new_loss", "8.2", "Close"),
    ],
)
def test_a_mistake_is_named(calm_page: Page, live_server: LiveServer, field: str, text: str, title: str) -> None:
    open_page(calm_page)
    fill(calm_page, field, text)
    expect(calm_page.locator("#diagnosis-title")).to_contain_text(title)
    expect(calm_page.locator("#says")).to_contain_text(title)
    expect(calm_page.locator("#diagnosis-tries")).to_have_text("1st try")
    expect(box(calm_page, field).locator("[aria-invalid=true]").first).to_be_visible()


def test_another_shape_and_its_diagnosis(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page)
    box(calm_page, "weight_gradients").locator("select").select_option("2×3")
    fill(calm_page, "weight_gradients", "6 2 5 12 4 10")
    expect(calm_page.locator("#diagnosis-title")).to_have_text("You transposed it")
    expect(status(calm_page, "weight_gradients")).to_have_text("✗ another shape")
    expect(calm_page.locator("#courses-title")).to_have_text("Shapes catch it")


def test_does_my_mistake_matter(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page)
    fill(calm_page, "weight_gradients", "6 6 2 2 5 5")
    truth = ask(calm_page, "lab-gradients/consequence", answers={"weight_gradients": [[6, 6], [2, 2], [5, 5]]}, steps=6)
    expect(calm_page.locator("#courses-title")).to_have_text(truth["title"])
    expect(calm_page.locator("#courses-plot .name.wrong")).to_have_text(f"yours: × {truth['wrong_ratio']:.2f}")
    expect(calm_page.locator("#courses-plot .name.right")).to_have_text(f"right: × {truth['right_ratio']:.2f}")
    expect(calm_page.locator("#courses-plot circle.wrong")).to_have_count(len(truth["wrong"]))


def test_right_from_your_own_and_hints_and_reveal(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page)
    fill(calm_page, "delta", "6 2 4")
    expect(status(calm_page, "delta")).to_have_text("✗ 1 of 3 cells")
    fill(calm_page, "weight_gradients", "6 12 2 4 4 8")
    expect(status(calm_page, "weight_gradients")).to_have_text("↪ from your δ")
    cell = box(calm_page, "delta").locator("input").first
    cell.focus()
    hints = calm_page.request.get("/api/v1/exercises/lab-gradients").json()["fields"][2]["hints"]
    for count, hint in enumerate(hints, 1):
        cell.press("h")
        expect(calm_page.locator("#hints .open")).to_have_count(count)
        expect(calm_page.locator("#hints .open").last).to_contain_text(hint)
    expect(cell).to_have_value("6")
    calm_page.locator("#reveal").click()
    expect(status(calm_page, "delta")).to_have_text("◉ shown")
    assert matrix(box(calm_page, "delta")) == [[6, 2, 5]]
    calm_page.locator("#reveal").click()
    expect(status(calm_page, "delta")).to_have_text("✗ 1 of 3 cells")


@pytest.mark.parametrize(("text", "why"), [("abc", "not a number"), ("15.9 25", "two numbers"), ("1e999", "Too large")])
def test_what_cannot_be_read_says_why(calm_page: Page, live_server: LiveServer, text: str, why: str) -> None:
    open_page(calm_page)
    box(calm_page, "loss").locator("input").fill(text)
    box(calm_page, "loss").locator("input").press("Enter")
    expect(status(calm_page, "loss")).to_have_text("? cannot be read")
    expect(calm_page.locator("#diagnosis-text")).to_contain_text(why)
    expect(calm_page.locator("#diagnosis-tries")).to_have_text("")


def test_half_filled_is_not_counted(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page)
    box(calm_page, "z").locator("input").first.fill("7")
    calm_page.locator("#check").click()
    expect(status(calm_page, "z")).to_have_text("? 1 of 3 cells are filled.")
    expect(calm_page.locator("#diagnosis-tries")).to_have_text("")


def test_progress_is_kept_and_fresh_numbers_have_their_own(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page)
    fill(calm_page, "z", "7 6 9")
    expect(status(calm_page, "z")).to_have_text("✓ exact")
    calm_page.locator("#seed").fill("5")
    calm_page.locator("#seed").press("Enter")
    expect(calm_page).to_have_url(re.compile("seed=5"))
    expect(box(calm_page, "z").locator("input").first).to_have_value("")
    calm_page.locator("[data-go=batch]").click()
    expect(box(calm_page, "bias_gradients")).to_be_visible()
    calm_page.locator("[data-go=lab-forward]").click()
    calm_page.locator("#lecture").click()
    expect(status(calm_page, "z")).to_have_text("✓ exact")
    expect(calm_page).not_to_have_url(re.compile("seed="))
    calm_page.reload()
    expect(status(calm_page, "z")).to_have_text("✓ exact")
    calm_page.goto("/slide/36")
    expect(status(calm_page, "y_hat")).to_have_text("◉ shown")
    calm_page.locator("#main").focus()
    calm_page.keyboard.press("PageDown")
    expect(calm_page).to_have_url(re.compile("slide=37"))
    expect(status(calm_page, "z")).to_have_text("✓ exact")


def test_a_seed_that_is_none_is_refused(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page)
    for text in ("-1", "x", "99999999999"):
        calm_page.locator("#seed").fill(text)
        calm_page.locator("#seed").press("Tab")
        expect(calm_page.locator("#seed-message")).to_contain_text("A seed is a whole number")
    expect(box(calm_page, "z")).to_be_visible()


def test_attempts_as_a_table(calm_page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    open_page(calm_page, "seed=0")
    for answer in ("65", "=1+1", "32.5"):
        box(calm_page, "loss").locator("input").fill(answer)
        box(calm_page, "loss").locator("input").press("Enter")
        expect(status(calm_page, "loss")).to_have_text(
            {"65": "✗ wrong", "=1+1": "? cannot be read", "32.5": "✓ exact"}[answer]
        )
    with calm_page.expect_download() as started:
        calm_page.locator("#table").click()
    started.value.save_as(tmp_path / "attempts.csv")
    rows = list(csv.DictReader((tmp_path / "attempts.csv").read_text().splitlines()))
    assert list(rows[0]) == ["exercise", "seed", "field", "attempt", "answer", "state", "rule", "score", "time"]
    kept = [(row["exercise"], row["field"], row["attempt"], row["answer"], row["state"], row["rule"]) for row in rows]
    assert kept == [
        ("lab-forward", "loss", "1", "65", "wrong", "missing_half"),
        ("lab-forward", "loss", "2", "32.5", "exact", ""),
    ]


def test_a_late_answer_changes_nothing_that_was_typed_since(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page)
    held: list[Route] = []
    calm_page.route("**/grade", lambda route: held.append(route))
    fill(calm_page, "loss", "65")
    calm_page.wait_for_timeout(300)
    box(calm_page, "loss").locator("input").fill("32.5")
    for route in held:
        route.continue_()
    calm_page.unroute("**/grade")
    calm_page.wait_for_timeout(1000)
    expect(status(calm_page, "loss")).to_have_text("… not checked")
    box(calm_page, "loss").locator("input").press("Enter")
    expect(status(calm_page, "loss")).to_have_text("✓ exact")


def test_a_server_that_is_gone_is_told_and_waited_for(page: Page, live_server: LiveServer) -> None:
    open_page(page)
    page.route("**/grade", lambda route: route.abort())
    fill(page, "loss", "65/2")
    expect(page.locator("[data-banner=lost]")).to_be_visible()
    expect(box(page, "loss").locator("input")).to_have_value("65/2")
    page.unroute("**/grade")
    expect(status(page, "loss")).to_have_text("✓ exact = 32.5")
    expect(page.locator("[data-banner=lost]")).to_have_count(0)


@pytest.mark.parametrize(("kind", "command"), [("curl", ["bash", "-eu"]), ("python", [sys.executable, "-"])])
def test_code_that_gives_the_same(calm_page: Page, live_server: LiveServer, kind: str, command: list[str]) -> None:
    open_page(calm_page)
    fill(calm_page, "loss", "65/2")
    fill(calm_page, "loss_gradient", "−6 −2 −5")
    calm_page.locator(f"[data-code={kind}]").click()
    text = calm_page.locator("#code-text").text_content() or ""
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=True)
    assert "exact" in done.stdout
    assert "sign" in done.stdout


def test_a_link_holds_the_numbers_and_no_answers(calm_page: Page, live_server: LiveServer) -> None:
    open_page(calm_page, "seed=4")
    fill(calm_page, "loss", "1")
    calm_page.locator("[data-code=link]").click()
    expect(calm_page.locator("#code-text")).to_have_text(re.compile(r"/lab\?.*seed=4"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("first", SHEETS)
def test_axe_finds_nothing(calm_page: Page, live_server: LiveServer, first: str, theme: str) -> None:
    open_page(calm_page, f"exercise={first}&theme={theme}")
    if first == "lab-forward":
        for field, text in {"z": "7 6 8", "y_hat": "7 6 8", "loss": "x", "delta": "6 2 5"}.items():
            fill(calm_page, field, text)
        expect(status(calm_page, "delta")).to_have_text("✓ exact")
    found = Axe().run(calm_page)
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("first", SHEETS)
def test_it_fits(calm_page: Page, live_server: LiveServer, first: str) -> None:
    open_page(
        calm_page, f"exercise={first}&seed=11&solution=z,y_hat,weights,new_z,new_loss,delta,delta1,weight_gradients1"
    )
    sheet = "document.getElementById('sheet')"
    assert calm_page.evaluate("document.documentElement.scrollHeight") <= 720
    assert calm_page.evaluate(f"{sheet}.scrollHeight - {sheet}.clientHeight") <= 0
    calm_page.set_viewport_size({"width": 390, "height": 844})
    assert calm_page.evaluate("document.documentElement.scrollWidth") <= 390
    calm_page.set_viewport_size({"width": 1280, "height": 720})


def test_the_same_numbers_as_a_notebook(calm_page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    open_page(calm_page)
    with calm_page.expect_download() as started:
        calm_page.locator("#notebook").click()
    started.value.save_as(tmp_path / "lab.ipynb")
    cells = json.loads((tmp_path / "lab.ipynb").read_text())["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    found: dict[str, Any] = {}
    exec(code, found)
    truth = ask(calm_page, "lab-update/reveal", seed=0, fields=["weights", "new_loss"])["fields"]
    assert found["W1_new"].tolist() == [pytest.approx(row) for row in truth["weights"]["values"]]
    assert [[found["L_new"]]] == [pytest.approx(truth["new_loss"]["values"][0])]


@pytest.mark.parametrize(("slide", "says"), [(40, "Wnew = W − η dL/dW"), (42, "L went from 32.5 to 8.125")])
def test_a_shown_solution_says_how_it_comes_about(calm_page: Page, live_server, slide: int, says: str) -> None:
    calm_page.goto(f"/slide/{slide}")
    expect(calm_page.locator("#says")).to_contain_text(says)
