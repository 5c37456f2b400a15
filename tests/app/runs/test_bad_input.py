"""Every bad input is a problem that names the field, and makes nothing."""

import copy
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.store.tables import runs
from tests.app.runs.test_examples import ONE_LAYER, create

JSON = {"Content-Type": "application/json"}
TEXT = json.dumps(ONE_LAYER)

BAD = [
    ("network.layer_sizes", []),
    ("network.layer_sizes", [2]),
    ("network.layer_sizes", [2, 0]),
    ("network.layer_sizes", [2, 5000]),
    ("network.layer_sizes", [2] * 30),
    ("network.layer_sizes.0", ["2", 3]),
    ("network.layer_sizes.0", [2.5, 3]),
    ("network.activations", []),
    ("network.activations.0", ["reluu"]),
    ("network.bias", 1),
    ("network.initialization.weights.0.2", [[[3, 2], [4, 1], [5]]]),
    ("network.initialization.weights.0", [[[3, 2], [4, 1]]]),
    ("network.initialization.method", "glorot"),
    ("network.initialization.method", ""),
    ("network.initialization.biases", [[1, 2, 3]]),
    ("loss", "l2"),
    ("loss", ""),
    ("data.inputs", []),
    ("data.inputs.1", [[1, 2], [1]]),
    ("data.inputs.0", [[1, 2, 3]]),
    ("data.inputs.0.0", [[float("nan"), 2]]),
    ("data.inputs.0.0", [["1", 2]]),
    ("data.inputs.0.0", [[True, 2]]),
    ("data.targets", [[1, 4, 4], [1, 4, 4]]),
    ("data.targets", []),
    ("data.dataset", "cifar"),
    ("optimizer.method", "adamw"),
    ("optimizer.method", ""),
    ("optimizer.learning_rate", -1),
    ("optimizer.learning_rate", 0),
    ("optimizer.learning_rate", 1e7),
    ("optimizer.learning_rate", float("inf")),
    ("optimizer.learning_rate", "0.1"),
    ("batch_size", 0),
    ("batch_size", 2),
    ("precision", "float16"),
    ("preset", "lab-three-layer"),
    ("learning_rte", 0.1),
]


def _with(path: str, value: Any) -> dict[str, Any]:
    body: dict[str, Any] = copy.deepcopy(ONE_LAYER)
    *parents, last = [part for part in path.split(".") if not part.isdigit()]
    place = body
    for part in parents:
        place = place[part]
    if last in ("method", "dataset") and "optimizer" not in parents:
        place.clear()
    place[last] = value
    return body


def count_runs(client: TestClient) -> int:
    with client.app.state.backend.store.engine.connect() as connection:  # type: ignore[attr-defined]
        return int(connection.execute(select(func.count()).select_from(runs)).scalar_one())


@pytest.mark.parametrize(("location", "value"), BAD)
def test_create_refuses(shared_client: TestClient, location: str, value: Any) -> None:
    before = count_runs(shared_client)
    answer = shared_client.post("/runs", content=json.dumps(_with(location, value)), headers=JSON)
    assert answer.status_code in (413, 422), answer.text
    assert count_runs(shared_client) == before
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert location in [error["location"] for error in problem["errors"]], problem
    assert all(error["message"] for error in problem["errors"])


@pytest.mark.parametrize(
    ("location", "said", "more"),
    [
        ("optimizer.learning_rate", "Give a learning rate above 0", {"optimizer": {"method": "gradient_descent"}}),
        (
            "network.layer_sizes",
            "at most 2000000",
            {"network": {"layer_sizes": [2, 4000, 4000], "activations": ["relu"] * 2}},
        ),
        (
            "network.initialization.biases",
            "Biases go with weights",
            {"network": {"initialization": {"biases": [[1, 2, 3]]}}},
        ),
        ("network.initialization", "not both", {"network": {"initialization": {"weights": [[[1, 2]] * 3], "seed": 1}}}),
        (
            "network.initialization.weights",
            "Give 1 matrices",
            {"network": {"initialization": {"weights": [[[1, 2]] * 3] * 2}}},
        ),
        (
            "network.initialization.biases",
            "with [3] numbers",
            {"network": {"bias": True, "initialization": {"weights": [[[1, 2]] * 3], "biases": [[1, 2]]}}},
        ),
        ("data", "not both", {"data": {"dataset": "quadratic", "inputs": [[1, 2]]}}),
        ("data.samples", "at most so many", {"data": {"dataset": "quadratic", "samples": 10_000_000}}),
        ("network.layer_sizes", "begin and end with these", {"data": {"dataset": "mnist"}}),
        ("data.samples", "goes with a data set", {"data": {**ONE_LAYER["data"], "samples": 1}}),
        (
            "data.inputs",
            "At most 200000 numbers",
            {"data": {"inputs": [[1, 2]] * 50_000, "targets": [[1, 4, 4]] * 50_000}},
        ),
    ],
)
def test_what_does_not_go_together_is_refused(
    shared_client: TestClient, location: str, said: str, more: dict[str, Any]
) -> None:
    body = {**ONE_LAYER, **more}
    body["network"] = {**ONE_LAYER["network"], **more.get("network", {})}
    before = count_runs(shared_client)
    answer = shared_client.post("/runs", json=body)
    assert answer.status_code in (413, 422), answer.text
    [error] = answer.json()["errors"]
    assert error["location"] == location
    assert said in error["message"]
    assert count_runs(shared_client) == before


def test_too_large_number(shared_client: TestClient) -> None:
    content = json.dumps(ONE_LAYER).replace("0.1", "1e999")
    answer = shared_client.post("/runs", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == "optimizer.learning_rate"


@pytest.mark.parametrize(
    ("content", "headers", "said"),
    [
        (b'{"preset": ', JSON, "not valid JSON"),
        (TEXT.encode(), {}, "Content-Type: application/json"),
        (TEXT.encode(), {"Content-Type": "text/plain"}, "Content-Type: application/json"),
        (b"preset=mnist", {"Content-Type": "application/x-www-form-urlencoded"}, "Content-Type: application/json"),
        (b"", JSON, "required"),
        (b"null", JSON, "JSON object"),
        (b"[]", JSON, "JSON object"),
        (b'"lab-one-layer"', JSON, "JSON object"),
        (b'{"preset": "\xff"}', JSON, "UTF-8"),
        (b'{"preset": "\\ud800"}', JSON, "Unknown name"),
        (b"[" * 100_000, JSON, "nested"),
        (b'{"data": {"inputs": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}", JSON, "nested"),
        (TEXT.replace("0.1", "9" * 5000).encode(), JSON, "digits"),
    ],
)
def test_bodies_that_are_not_what_they_should_be(
    shared_client: TestClient, content: bytes, headers: dict[str, str], said: str
) -> None:
    answer = shared_client.post("/runs", content=content, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["location"] in ("body", "preset")
    assert said in answer.json()["errors"][0]["message"]


def test_an_unknown_field_is_told_the_known_ones(shared_client: TestClient) -> None:
    answer = shared_client.post("/runs", json={"preset": "lab-one-layer", "optimizer": {"lerning_rate": 0.1}})
    [error] = answer.json()["errors"]
    assert error["location"] == "optimizer.lerning_rate"
    assert error["message"].startswith("Unknown field. Known: method, learning_rate, schedule, momentum, ")
    assert len(shared_client.post("/runs", json={"x" * 100_000: 1}).text) < 1000


@pytest.mark.parametrize(("address", "name"), [("/catalog", "limits"), ("/runs/none/losses", "sicne")])
def test_an_unknown_query_parameter_is_not_ignored(shared_client: TestClient, address: str, name: str) -> None:
    answer = shared_client.get(address, params={name: 1})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == f"query.{name}"


@pytest.mark.parametrize("address", ["/health", "/catalog", "/runs/none", "http://localhost/mnist"])
def test_head_is_get_without_content(shared_client: TestClient, address: str) -> None:
    head, whole = shared_client.head(address), shared_client.get(address)
    assert head.status_code == whole.status_code
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.content == b""


def test_a_stream_takes_no_head(shared_client: TestClient) -> None:
    assert shared_client.head("/runs/none/events").status_code == 405


def test_ten_megabytes(shared_client: TestClient) -> None:
    body = b'{"preset": "' + b"x" * 10_000_000 + b'"}'
    answer = shared_client.post("/runs", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_first_loss_must_be_finite(shared_client: TestClient) -> None:
    answer = shared_client.post("/runs", json=_with("data.inputs", [[1e300, 1e300]]))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("verb", "body", "location"),
    [
        ("step", {"count": 0}, "count"),
        ("step", {"count": 1.5}, "count"),
        ("step", {"count": "1"}, "count"),
        ("step", {"count": 1_000_000_000}, "count"),
        ("step", {"learning_rate": -0.1}, "learning_rate"),
        ("step", {"learning_rate": 1e9}, "learning_rate"),
        ("step", {"include": ["everything"]}, "include.0"),
        ("step", {"steps": 2}, "steps"),
        ("rewind", {}, "step"),
        ("rewind", {"step": -1}, "step"),
        ("play", {"rate": 0}, "rate"),
        ("play", {"rate": 1e-300}, "rate"),
        ("predict", {"inputs": []}, "inputs"),
        ("predict", {"inputs": [[1]]}, "inputs.0"),
        ("predict", {}, "inputs"),
        ("predict", {"drawing": [[0.0]]}, "drawing"),
        ("predict", {"inputs": [[1, 2]] * 170_000}, "inputs"),
    ],
)
def test_verbs_refuse(shared_client: TestClient, verb: str, body: dict[str, Any], location: str) -> None:
    run = create(shared_client, ONE_LAYER)
    answer = shared_client.post(f"/runs/{run['id']}/{verb}", json=body)
    assert answer.status_code in (413, 422), answer.text
    assert answer.json()["errors"][0]["location"] == location
    assert shared_client.get(f"/runs/{run['id']}").json()["step"] == 0


def test_unknown_addresses(shared_client: TestClient) -> None:
    for answer in (
        shared_client.get("/runs/none"),
        shared_client.get("/shared/none"),
        shared_client.get("/nothing"),
        shared_client.post("/runs/none/step", json={}),
        shared_client.delete("/runs/none"),
        shared_client.get("/runs/none/events"),
    ):
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    assert shared_client.put("/runs").status_code == 405


def test_mnist_missing(shared_client: TestClient) -> None:
    answer = shared_client.post("/runs", json={"preset": "mnist"})
    assert answer.status_code == 503
    assert "downhill fetch mnist" in answer.json()["command"]
    assert shared_client.get("/datasets/mnist").json()["status"] == "missing"
