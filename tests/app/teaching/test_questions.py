"""What the stations ask: the answers against what is known without them, and hostile attempts."""

from collections.abc import Callable
from statistics import fmean
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.web.stations import STATIONS
from core.lecture.questions import QUESTIONS

# by hand, or as the lecture prints it
KNOWN: dict[str, float | list[float] | None] = {
    "three-too-high": (4 - 1) ** 2,
    "six-too-low": (-5 - 1) ** 2,
    "left-of-the-valley": 2 * -2,
    "at-the-corner": None,
    "on-the-wave": 1,
    "one-step-down": -2 - 0.25 * -4,
    "one-step-too-far": 2.5 - 1.1 * 5,
    "along-x": 2 * -1,
    "down-the-bowl": [-2 * 1, -2 * 2],
    "down-the-valley": [-2 * 2, -20 * 1],
    "a-turned-grid": 0.8 * 0.8 + 0.6 * 0.6,
    "further-from-the-middle": 2,
    "one-number-of-j": -2 * 0.5,
    "slopes-multiply": 2 * (2 * 1.5 - 1) * 2,
    "a-shut-unit": 0,
    "how-empty": 3 * 2,
    "shut-by-relu": 0,
    "gradient-of-the-bias": 6,
    "below-zero": 0,
    "error-of-an-output": 2.615989 - 4,
    "what-a-silent-unit-teaches": 0,
    "limit-of-a-parabola": 2 / 2,
    "down-in-one-step": 1 / 2,
    "limit-of-two-layers": 2 / 46.780263,
    "bend-of-one-layer": 3**2 + 4**2,
    "flat-when-shut": 0,
    "third-surface": 2 * -2 * 4,
    "too-sharp-at-first": 2 / 0.01,
    "weights-of-the-first-layer": 784 * 128,
    "what-one-digit-would-take": 128 * 128 * 784,
}


def attempt(client: TestClient, name: str, answer: Any) -> dict[str, Any]:
    found = client.post(f"/questions/{name}/answer", json={"answer": answer})
    assert found.status_code == 200, found.text
    return dict(found.json())


def listed(client: TestClient, station: str) -> dict[str, dict[str, Any]]:
    found = client.get("/questions", params={"station": station}).json()["questions"]
    return {each["name"]: each for each in found}


def test_the_answers_are_what_is_known_without_them(shared_client: TestClient) -> None:
    rows = shared_client.post("/backpropagation", json={"preset": "lab-batch", "include": ["row_gradients"]}).json()
    batch = {
        "mean-of-rows": fmean(row[0][0] for row in rows["row_gradients"][0]["weights"]),
        "loss-of-a-batch": fmean(rows["losses"]),
    }
    told = {question.name: attempt(shared_client, question.name, None) for question in QUESTIONS}
    for name, value in (KNOWN | batch).items():
        assert told[name]["value"] == (value if value is None else pytest.approx(value, rel=1e-6)), name
        assert (told[name]["right"], told[name]["verdict"]) == (False, "told")
        assert "{" not in told[name]["because"]
    assert told.keys() == (KNOWN | batch).keys()


def test_what_is_right_counts_and_a_mistake_is_named(shared_client: TestClient) -> None:
    for question in QUESTIONS:
        value = attempt(shared_client, question.name, None)["value"]
        if question.kind == "choice":
            value = next(text for text, number in question.choices if number == value)
        assert attempt(shared_client, question.name, value)["right"], question.name
    assert attempt(shared_client, "left-of-the-valley", "4")["verdict"] == "sign"
    assert attempt(shared_client, "down-the-valley", [4, 20])["verdict"] == "up"


def test_a_station_that_is_none_is_refused_with_those_that_are(shared_client: TestClient) -> None:
    found = shared_client.get("/questions", params={"station": "nowhere"})
    assert found.status_code == 422
    assert found.json()["errors"][0]["location"] == "station"
    assert "derivative" in found.json()["detail"]
    assert shared_client.get("/questions", params={"station": "lab"}).json() == {"questions": []}


def test_a_station_is_asked_for_and_its_texts_hold_their_numbers(shared_client: TestClient) -> None:
    assert listed(shared_client, "derivative").keys() > {"left-of-the-valley", "one-step-down"}
    text = listed(shared_client, "network")["below-zero"]["text"]
    assert "−0.087" in text
    for station in STATIONS:
        for each in listed(shared_client, station.key).values():
            assert each["station"] == station.key
            assert each["view"] in ("", *station.views)
            assert "{" not in each["text"]


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("no-such", {"answer": "1"}, 404),
        ("left-of-the-valley", {"answer": "four"}, 422),
        ("left-of-the-valley", {"answer": [1, 2]}, 422),
        ("left-of-the-valley", {"answer": True}, 422),
        ("left-of-the-valley", {"answer": "1" * 10_000}, 422),
        ("left-of-the-valley", {}, 422),
        ("left-of-the-valley", {"answer": "-4", "more": 1}, 422),
        ("down-the-bowl", {"answer": [0, 0]}, 422),
        ("down-the-bowl", {"answer": [1] * 1000}, 422),
        ("at-the-corner", {"answer": "two"}, 422),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_judged_is_refused(shared_client: TestClient, name: str, body: Any, status: int) -> None:
    answer = shared_client.post(f"/questions/{name}/answer", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_question_names_the_call_that_knows_its_answer(shared_client: TestClient) -> None:
    """A client can follow it by hand: the number stands where the question says."""

    def post(each: dict[str, Any]) -> Any:
        return shared_client.post(f"/{each['call']}", json=each["request"]).json()

    def get(each: dict[str, Any]) -> Any:
        return shared_client.get(f"/{each['call']}", params=each["request"]).json()

    ways: dict[str, Callable[[dict[str, Any]], Any]] = {"POST": post, "GET": get}
    for name, (head, *rest) in {
        "left-of-the-valley": ("derivative", "value"),
        "loss-of-a-batch": ("loss_before",),
        "what-one-digit-would-take": ("layers", 0, "factors", 2, "numbers"),
    }.items():
        station = next(question.station for question in QUESTIONS if question.name == name)
        each = listed(shared_client, station)[name]
        found = ways[each["method"]](each)[head]
        for key in rest:
            found = found[key]
        assert found == attempt(shared_client, name, None)["value"]
