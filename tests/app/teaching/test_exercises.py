"""The exercises over REST."""

import json
from random import Random
from typing import Any, cast

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.backend import Backend
from app.encoding import encode
from app.schemas.exercises import ConsequenceRequest, GradeRequest
from app.teaching import exercises
from core.errors import InvalidInput
from core.teaching.exercises.catalog import EXERCISES

JSON = {"Content-Type": "application/json"}
NO_BACKEND = cast(Backend, None)  # grading keeps nothing, so it needs nothing of a server
PARTS = {name: (*exercise.earlier, *exercise.parts) for name, exercise in EXERCISES.items()}


def ask(client: TestClient, name: str, call: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"/exercises/{name}/{call}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_list(shared_client: TestClient) -> None:
    found = shared_client.get("/exercises").json()["exercises"]
    assert [each["name"] for each in found] == ["lab-forward", "lab-gradients", "lab-update", "two-layers", "batch"]
    assert found[1]["earlier"] == ["z", "y_hat", "loss"]


def test_an_exercise_shows_what_is_given_and_no_answer(shared_client: TestClient) -> None:
    found = shared_client.get("/exercises/lab-forward").json()
    assert (found["seed"], found["slides"]) == (0, "35–36")
    assert {name: each["values"] for name, each in found["given"].items()} == {
        "x": [[1, 2]],
        "W": [[3, 2], [4, 1], [5, 2]],
        "y": [[1, 4, 4]],
    }
    fields = [(each["name"], each["shape"], each["part"]) for each in found["fields"]]
    assert fields == [("z", [1, 3], 1), ("y_hat", [1, 3], 2), ("loss", [1, 1], 3)]
    assert "missing_half" in found["fields"][2]["rules"]
    assert shared_client.get("/exercises/lab-forward?seed=7").json() != found


ELSEWHERE = {
    "z": ("layers", 0, "pre_activations"),
    "y_hat": ("layers", 0, "activations"),
    "loss": ("loss_before",),
    "loss_gradient": ("loss_gradient",),
    "delta": ("layers", 0, "deltas"),
    "weight_gradients": ("layers", 0, "weight_gradients"),
    "bias_gradients": ("layers", 0, "bias_gradients"),
    "weights": ("updated", 0, "weights"),
    "new_z": ("updated", 0, "pre_activations"),
    "new_loss": ("loss_after",),
    "delta2": ("layers", 1, "deltas"),
    "weight_gradients2": ("layers", 1, "weight_gradients"),
    "bias_gradients2": ("layers", 1, "bias_gradients"),
    "delta1": ("layers", 0, "deltas"),
    "weight_gradients1": ("layers", 0, "weight_gradients"),
    "bias_gradients1": ("layers", 0, "bias_gradients"),
}


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", EXERCISES)
def test_every_answer_is_what_backpropagation_answers(shared_client: TestClient, name: str, seed: int) -> None:
    configuration = shared_client.get(f"/exercises/{name}", params={"seed": seed}).json()["configuration"]
    update = shared_client.post("/backpropagation", json=configuration).json()
    parts = list(EXERCISES[name].parts)
    for field, found in ask(shared_client, name, "reveal", seed=seed, fields=parts)["fields"].items():
        if field == "activation_jacobian":
            assert np.diag(found["values"]).tolist() == update["layers"][0]["activation_derivatives"][0]
            continue
        number: Any = update
        for step in ELSEWHERE[field]:
            number = number[step]
        assert found["values"] == [pytest.approx(row, rel=1e-12) for row in np.atleast_2d(number).tolist()], field


def test_grade_as_in_the_documentation(shared_client: TestClient) -> None:
    found = ask(shared_client, "lab-gradients", "grade", seed=0, answers={"delta": [["6", "2", "5"]]})
    assert (found["score"], found["complete"]) == (0.25, False)
    delta = found["fields"]["delta"]
    assert (delta["state"], delta["score"], delta["read"]) == ("exact", 1, [[6, 2, 5]])
    assert (delta["expected_shape"], delta["wrong_cells"], delta["carried_forward"]) == ([1, 3], [], False)
    assert found["fields"]["weight_gradients"]["state"] == "empty"
    right = {"z": [7, 6, 9], "y_hat": [["7", "6", "9"]], "loss": "65/2"}
    assert ask(shared_client, "lab-forward", "grade", answers=right)["complete"]


def test_what_cannot_be_read_is_named(shared_client: TestClient) -> None:
    field = ask(shared_client, "lab-forward", "grade", answers={"z": [["7", "abc", "9"]]})["fields"]["z"]
    assert (field["state"], field["score"], field["read"]) == ("invalid", 0, [[7, None, 9]])
    assert field["faults"][0]["cell"] == [0, 1]


def test_reveal(shared_client: TestClient) -> None:
    found = ask(shared_client, "lab-gradients", "reveal", fields=["delta"])
    assert found["fields"] == {"delta": {"values": [[6, 2, 5]]}}


def test_consequence(shared_client: TestClient) -> None:
    found = ask(shared_client, "lab-update", "consequence", mistakes={"weights": "sign"}, steps=2)
    assert found["right"] == pytest.approx([32.5, 8.125, 2.03125])
    assert found["wrong"] == pytest.approx([32.5, 73.125, 164.53125])
    assert (found["applied"], found["wrong_ratio"]) == ("every_step", pytest.approx(2.25))


@pytest.mark.parametrize(
    ("call", "body", "location"),
    [
        ("grade", {}, "answers"),
        ("grade", {"answers": {"nothing": [[1]]}}, "answers.nothing"),
        ("grade", {"answers": {"z": [[True]]}}, "answers.z"),
        ("grade", {"answers": {"z": {"a": 1}}}, "answers.z"),
        ("grade", {"answers": {"z": [[1], 2]}}, "answers.z"),
        ("grade", {"answers": {"z": [[1] * 65]}}, "answers.z"),
        ("grade", {"answers": {"z": [[[1]]]}}, "answers.z"),
        ("grade", {"seed": -1, "answers": {}}, "seed"),
        ("grade", {"seed": 2**32, "answers": {}}, "seed"),
        ("grade", {"answers": {}, "more": 1}, "more"),
        ("grade", {"answers": {}, "earlier": {"loss": [[1]]}}, "earlier.loss"),
        ("reveal", {"fields": ["nothing"]}, "fields.nothing"),
        ("consequence", {"mistakes": {"z": "nothing"}}, "mistakes.z"),
        ("consequence", {"steps": 0}, "steps"),
        ("consequence", {"steps": 101}, "steps"),
    ],
)
def test_what_is_refused(shared_client: TestClient, call: str, body: dict[str, Any], location: str) -> None:
    answer = shared_client.post(f"/exercises/lab-forward/{call}", json=body)
    assert answer.status_code == 422, answer.text
    assert [each["location"] for each in answer.json()["errors"]] == [location]


def test_unknown_exercises(shared_client: TestClient) -> None:
    assert shared_client.get("/exercises/nothing").status_code == 404
    assert shared_client.post("/exercises/nothing/grade", json={"answers": {}}).status_code == 404
    assert shared_client.get("/exercises/batch?seed=x").status_code == 422
    assert shared_client.get("/exercises/batch?sead=1").status_code == 422


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "9" * 5000, "1e308", "9" * 300])
def test_numbers_that_are_too_large(shared_client: TestClient, number: str) -> None:
    body = f'{{"answers": {{"z": [[{number}, 6, 9]]}}}}'
    answer = shared_client.post(
        "/exercises/lab-forward/grade", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in {200, 422}, answer.text
    if answer.status_code == 200:
        assert answer.json()["fields"]["z"]["state"] == "invalid"


CELLS = (
    st.none()
    | st.text(max_size=50)
    | st.text("0123456789.,-−+eE/ ", max_size=12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.sampled_from(["6", "2", "5", "0", "-0", "1e12", "1e-300", "65/8", "−2"])
)
ANSWERS = CELLS | st.lists(CELLS, max_size=7) | st.lists(st.lists(CELLS, max_size=4), max_size=4)
FITTING = st.sampled_from([(1, 3), (1, 1), (3, 3), (3, 2), (1, 2), (2, 2), (2, 3)]).flatmap(
    lambda shape: st.lists(st.lists(CELLS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)
BODIES = st.sampled_from(list(PARTS)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.sampled_from(["grade", "consequence"]),
        st.integers(0, 9) | st.just(2**32 - 1),
        st.dictionaries(st.sampled_from(PARTS[name]), ANSWERS | FITTING, max_size=len(PARTS[name])),
    )
)
Hostile = tuple[str, str, int, dict[str, Any]]
QUICKLY = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


def body_of(name: str, seed: int, answers: dict[str, Any]) -> dict[str, Any]:
    own = {field: rows for field, rows in answers.items() if field in EXERCISES[name].parts}
    return {"seed": seed, "answers": own, "earlier": {field: answers[field] for field in answers.keys() - own.keys()}}


LETTERS = '0123456789.,-−+eE/ abπ∞½\n"\\\u202e'
KNOWN = ["6", "2", "5", "0", "-0", "1e12", "1e-300", "65/8", "−2", 6, -0.0, 1e308, 2**70, None, ""]


def draw_cell(random: Random) -> Any:
    way = random.random()
    if way < 0.4:
        return random.choice(KNOWN)
    if way < 0.7:
        return "".join(random.choices(LETTERS, k=random.randrange(12)))
    return random.choice([random.randrange(-(10**20), 10**20), random.uniform(-1e3, 1e3), random.lognormvariate(0, 99)])


def draw_answer(random: Random) -> Any:
    way = random.random()
    if way < 0.1:
        return draw_cell(random)
    rows, columns = random.choice([(1, 3), (1, 1), (3, 3), (3, 2), (1, 2), (2, 2), (2, 3), (0, 0), (4, 1), (1, 7)])
    if way < 0.2:
        return [draw_cell(random) for _ in range(columns)]
    return [[draw_cell(random) for _ in range(random.choice([columns, columns, columns, 3]))] for _ in range(rows)]


@pytest.mark.no_cover  # ten thousand times the same lines
def test_ten_thousand_hostile_answers_are_judged_or_refused() -> None:
    """All that a request goes through but the wire: validation, judgement, JSON without NaN."""
    judged = 0
    for seed in range(10_000):
        random = Random(seed)
        name = random.choice(list(PARTS))
        fields = random.sample(PARTS[name], random.randrange(1, len(PARTS[name]) + 1))
        body = body_of(name, random.choice([0, 1, 7, 2**32 - 1]), {field: draw_answer(random) for field in fields})
        try:
            if random.random() < 0.5:
                found = exercises.graded(NO_BACKEND, name, GradeRequest.model_validate(body))
                assert all(each.score in {0, 1} for each in found["fields"].values()), seed
            else:
                found = exercises.consequences(NO_BACKEND, name, ConsequenceRequest.model_validate(body))
        except (ValidationError, InvalidInput):
            continue
        judged += 1
        json.loads(encode(found), parse_constant=lambda constant, seed=seed: pytest.fail(f"{seed}: {constant}"))
    assert judged > 3000


def test_hostile_answers_over_the_wire(shared_client: TestClient) -> None:
    @given(BODIES)
    @settings(QUICKLY, max_examples=300)
    def holds(hostile: Hostile) -> None:
        name, call, seed, answers = hostile
        answer = shared_client.post(f"/exercises/{name}/{call}", json=body_of(name, seed, answers))
        assert answer.status_code in {200, 422}, answer.text

    holds()
