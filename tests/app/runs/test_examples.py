"""The examples that clients rely on, to the name."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

ONE_LAYER = {
    "network": {
        "layer_sizes": [2, 3],
        "activations": ["relu"],
        "bias": False,
        "initialization": {"weights": [[[3, 2], [4, 1], [5, 2]]]},
    },
    "loss": "squared_error",
    "data": {"inputs": [[1, 2]], "targets": [[1, 4, 4]]},
    "optimizer": {"method": "gradient_descent", "learning_rate": 0.1},
    "batch_size": None,
}


def create(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/runs", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/v1/runs/{answer.json()['id']}"
    return dict(answer.json())


def test_create(shared_client: TestClient) -> None:
    run = create(shared_client, ONE_LAYER)
    expected = {
        "step": 0,
        "epoch": 0,
        "loss": 32.5,
        "status": "ready",
        "parameters": 6,
        "diverged": False,
        "diverged_at": None,
        "diagnostics": [],
    }
    assert expected.items() <= run.items()
    assert len({run["id"], run["share_id"], ""}) == 3
    assert run["network"] == ONE_LAYER["network"]
    assert run["optimizer"]["learning_rate"] == 0.1


def test_step(shared_client: TestClient) -> None:
    run = create(shared_client, ONE_LAYER)
    answer = shared_client.post(f"/runs/{run['id']}/step", json={"count": 1})
    assert answer.status_code == 200
    step = answer.json()
    assert step["id"] == run["id"]
    assert (step["step"], step["epoch"], step["diverged"], step["diverged_at"]) == (1, 1, False, None)
    assert (step["diagnostics"], step["evaluations"]) == ([], [])
    assert step["records"] == [
        {"step": 1, "epoch": 1, "loss_before": 32.5, "loss_after": 8.125, "learning_rate": 0.1, "batch_size": 1}
    ]
    assert step["layers"] == [
        {
            "weights": [[3, 2], [4, 1], [5, 2]],
            "biases": None,
            "pre_activations": [[7, 6, 9]],
            "activations": [[7, 6, 9]],
            "deltas": [[6, 2, 5]],
            "weight_gradients": [[6, 12], [2, 4], [5, 10]],
            "bias_gradients": None,
        }
    ]
    [updated] = step["updated"]
    assert updated["biases"] is None
    assert updated["weights"] == [pytest.approx(row) for row in ([2.4, 0.8], [3.8, 0.6], [4.5, 1.0])]


def test_two_layer_preset(shared_client: TestClient) -> None:
    run = create(shared_client, {"preset": "lab-two-layer"})
    records = shared_client.post(f"/runs/{run['id']}/step", json={"count": 20}).json()["records"]
    assert len(records) == 20
    losses = [record["loss_before"] for record in records]
    assert [round(loss, 4) for loss in losses[:4]] == [3.4776, 38.8598, 20.0820, 16.2665]
    assert [round(loss, 4) for loss in losses[-2:]] == [0.6896, 0.5585]


def test_predict(shared_client: TestClient) -> None:
    run = create(shared_client, {"preset": "lab-quadratic"})
    answer = shared_client.post(f"/runs/{run['id']}/predict", json={"inputs": [[0.15, -0.05]]})
    assert answer.status_code == 200
    assert [len(row) for row in answer.json()["outputs"]] == [3]


def test_gradient_check(shared_client: TestClient) -> None:
    run = create(shared_client, ONE_LAYER)
    found = shared_client.get(f"/runs/{run['id']}/gradient-check").json()
    assert found["passed"] is True
    assert found["max_relative_error"] < 1e-6
    assert found["checked"] == 6
    assert {"layer", "parameter", "index", "analytic", "numeric"} == found["worst"].keys()


def test_configuration_can_be_sent_again(shared_client: TestClient) -> None:
    run = create(shared_client, {"preset": "lab-one-layer", "optimizer": {"learning_rate": 0.05}})
    again = create(shared_client, run["configuration"])
    assert again["configuration"] == run["configuration"]
    assert again["loss"] == run["loss"]
