"""The whole Hessian over REST: of a start and of a run, the lecture's numbers, and what is too much."""

import numpy as np
import pytest

ONE = {"preset": "lab-one-layer"}


def of_start(client, body):
    answer = client.post("/backpropagation", json=body | {"include": ["hessian"]})
    assert answer.status_code == 200, answer.text
    return answer.json()["hessian"]


def test_the_lecture_s_layer_learns_in_three_directions(shared_client):
    found = of_start(shared_client, ONE)
    np.testing.assert_array_equal(found["values"], np.kron(np.eye(3), [[1, 2], [2, 4]]))
    assert found["eigenvalues"] == pytest.approx([5, 5, 5, 0, 0, 0], abs=1e-14)
    assert found["factors"] == pytest.approx([0.5, 0.5, 0.5, 1, 1, 1])
    assert found["parameters"][3] == "1.weights[1][1]"
    # g = δ xᵀ with δ = 6, 2, 5: all of it along x, nothing across
    assert found["gradient_along"] == pytest.approx([6 * 5**0.5, 2 * 5**0.5, 5 * 5**0.5, 0, 0, 0], abs=1e-12)
    biased = of_start(shared_client, ONE | {"network": {"bias": True}})
    assert biased["eigenvalues"] == pytest.approx([6, 6, 6, *[0] * 6], abs=1e-14)


def test_a_step_multiplies_the_gradient_along_each_direction(shared_client):
    before = of_start(shared_client, ONE)
    run = shared_client.post("/runs", json=ONE).json()["id"]
    shared_client.post(f"/runs/{run}/step", json={"count": 1})
    after = shared_client.get(f"/runs/{run}/hessian").json()
    predicted = np.array(before["factors"]) * before["gradient_along"]
    np.testing.assert_allclose(after["gradient_along"], predicted, atol=1e-12)


def test_a_run_s_is_that_of_differences_of_its_gradient(shared_client):
    run = shared_client.post("/runs", json={"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.02}}).json()
    shared_client.post(f"/runs/{run['id']}/step", json={"count": 3})
    found = shared_client.get(f"/runs/{run['id']}/hessian?step=2").json()
    assert found["step"] == 2
    matrix = np.array(found["values"])
    np.testing.assert_array_equal(matrix, matrix.T)
    parameters = shared_client.get(f"/runs/{run['id']}/steps/2").json()["parameters"]
    h = 1e-6

    def gradient(by: float) -> np.ndarray:
        moved = [[list(row) for row in each["weights"]] for each in parameters]
        moved[0][1][0] += by
        start = {"weights": moved, "biases": [each["biases"] for each in parameters]}
        layers = of_start(shared_client, {"preset": "lab-two-layer", "network": {"initialization": start}})
        return np.array(layers["gradient"])

    row = found["parameters"].index("1.weights[1][0]")
    np.testing.assert_allclose(matrix[row], (gradient(h) - gradient(-h)) / (2 * h), atol=1e-6)
    shared = shared_client.get(f"/shared/{run['share_id']}/hessian?step=2").json()
    assert shared == found


def test_what_is_too_much_says_so(shared_client):
    large = {
        "network": {"layer_sizes": [2, 400, 3], "activations": ["relu", "linear"]},
        "data": {"inputs": [[1, 2]], "targets": [[1, 4, 4]]},
        "optimizer": {"learning_rate": 0.1},
    }
    answer = shared_client.post("/backpropagation", json=large | {"include": ["hessian"]})
    assert answer.status_code == 413, answer.text
    assert "2403 parameters" in answer.json()["errors"][0]["message"]
