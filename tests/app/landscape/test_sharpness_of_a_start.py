"""POST /backpropagation/sharpness: λ at a start that is not stored, against 2/η of its first update."""

import pytest

LAB = {"preset": "lab-two-layer"}


def measure(client, body):
    return client.post("/backpropagation/sharpness", json=body)


@pytest.mark.parametrize("eta", [0.1, 0.04])
def test_the_lab_starts_at_its_eigenvalue_against_two_over_eta(shared_client, eta):
    found = measure(shared_client, LAB | {"optimizer": {"learning_rate": eta}}).json()
    assert found["largest_eigenvalue"] == pytest.approx(46.7803, abs=1e-4)
    assert (found["step"], found["learning_rate"], found["swing"]) == (0, eta, None)
    assert found["stability_threshold"] == pytest.approx(2 / eta)


def test_one_layer_bends_by_its_input_alone(shared_client):
    # L = ½ |Wx − y|² without biases: the Hessian is I ⊗ xxᵀ, and λ = |x|²
    network = {"layer_sizes": [2, 3], "activations": ["linear"], "bias": False}
    data = {"inputs": [[1, 2]], "targets": [[1, 4, 4]]}
    body = {"network": network, "data": data, "optimizer": {"learning_rate": 0.1}}
    assert measure(shared_client, body).json()["largest_eigenvalue"] == pytest.approx(5)


def test_a_rule_that_scales_each_parameter_has_no_threshold(shared_client):
    adam = {"optimizer": {"method": "adam", "learning_rate": 0.01}}
    assert measure(shared_client, LAB | adam).json()["stability_threshold"] is None


def test_what_takes_too_long_is_refused_at_its_field(shared_client):
    quadratic = {"preset": "lab-quadratic", "network": {"layer_sizes": [2, 10_000, 3]}}
    answer = measure(shared_client, quadratic)
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["location"] in ("samples", "network.layer_sizes")
    assert measure(shared_client, LAB | {"samples": 0}).status_code == 422
