"""GET /runs/{id}/curvatures: λ along a run, the threshold 2/η and the swing along the sharpest direction."""

import numpy as np
import pytest

from app.landscape import curvatures

EDGE = {"preset": "edge-of-stability"}


def made(client, body, *moves):
    run = client.post("/runs", json=body).json()
    for count, rate in moves:
        step = {"count": count} | ({"learning_rate": rate} if rate else {})
        assert client.post(f"/runs/{run['id']}/step", json=step).status_code == 200
    return run


def read(client, run, steps, query=""):
    answer = client.get(f"/runs/{run['id']}/curvatures?steps={','.join(map(str, steps))}{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def states(client, run, *steps):
    for step in steps:
        found = client.get(f"/runs/{run['id']}/steps/{step}?include=layers").json()["parameters"]
        parts = [np.ravel(layer[name]) for layer in found for name in ("weights", "biases") if layer[name] is not None]
        yield np.concatenate(parts)


def test_each_step_has_its_eigenvalue_its_threshold_and_its_swing(shared_client):
    run = made(shared_client, EDGE, (300, None), (40, 0.1))
    steps = [0, 1, 150, 300, 301, 340]
    found = read(shared_client, run, steps)
    assert (found["next"], found["samples"], found["generation"]) == (None, 20, 0)
    assert [each["step"] for each in found["curvatures"]] == steps
    for each in found["curvatures"]:
        alone = shared_client.get(f"/runs/{run['id']}/curvature?step={each['step']}").json()
        assert each["largest_eigenvalue"] == pytest.approx(alone["largest_eigenvalue"], rel=1e-6)
        # the rate of the update that led there
        assert each["stability_threshold"] == pytest.approx(10 if each["step"] <= 300 else 20)
    assert found["curvatures"][0]["swing"] is None
    alone = shared_client.get(f"/runs/{run['id']}/curvature?step=301").json()
    there, here = states(shared_client, run, 300, 301)
    along = abs(np.array(alone["eigenvector"]) @ (here - there))
    assert found["curvatures"][4]["swing"] == pytest.approx(along, abs=1e-4 * np.linalg.norm(here - there))
    shared = shared_client.get(f"/shared/{run['share_id']}/curvatures?steps=340").json()
    assert shared["curvatures"][0]["largest_eigenvalue"] == pytest.approx(found["curvatures"][-1]["largest_eigenvalue"])


def test_momentum_is_stable_further_and_adam_has_no_one_threshold(shared_client):
    momentum = EDGE | {"optimizer": {"method": "momentum", "momentum": 0.5, "learning_rate": 0.1}}
    adam = EDGE | {"optimizer": {"method": "adam", "learning_rate": 0.001}}
    first = [read(shared_client, made(shared_client, body), [0])["curvatures"][0] for body in (momentum, adam)]
    assert first[0]["stability_threshold"] == pytest.approx(30)
    assert first[1]["stability_threshold"] is None


def test_what_takes_longer_than_a_second_is_asked_for_again(shared_client, monkeypatch):
    run = made(shared_client, EDGE, (30, None))
    monkeypatch.setattr(curvatures, "SECONDS", 0)
    found = read(shared_client, run, [30, 10, 20])
    assert ([each["step"] for each in found["curvatures"]], found["next"]) == ([10], 20)


def test_numbers_that_left_the_finite_range_are_null(shared_client):
    linear = {"preset": "lab-two-layer", "network": {"activations": ["linear", "linear"]}}
    run = made(shared_client, linear, (100, 10))
    end = shared_client.get(f"/runs/{run['id']}").json()["diverged_at"]
    first, last = read(shared_client, run, [0, end])["curvatures"]
    assert first["largest_eigenvalue"] > 0
    assert last["largest_eigenvalue"] is last["swing"] is None


def test_what_cannot_be_answered_is_refused(shared_client):
    run = made(shared_client, {"preset": "lab-two-layer"})
    address = f"/runs/{run['id']}/curvatures"
    for steps, status in [("", 422), ("0,,1", 422), ("-1", 422), ("0,1", 404), (",".join(map(str, range(1001))), 413)]:
        assert shared_client.get(f"{address}?steps={steps}").status_code == status, steps


def test_a_large_network_is_told_on_how_many_samples_it_is_quick(shared_client, monkeypatch):
    monkeypatch.setattr(curvatures, "MOST_PRODUCT_SECONDS", 0.004)
    run = made(shared_client, {"preset": "lab-quadratic"})
    answer = shared_client.get(f"/runs/{run['id']}/curvatures?steps=0")
    assert answer.status_code == 413
    message = answer.json()["errors"][0]["message"]
    assert "6003 parameters on 1000 samples" in message
    allowed = int(message.split("samples=")[1].rstrip("."))
    assert read(shared_client, run, [0], f"&samples={allowed}")["samples"] == allowed < 1000
    monkeypatch.setattr(curvatures, "MOST_NUMBERS", 40_000)
    answer = shared_client.get(f"/runs/{run['id']}/curvatures?steps=0&samples=1")
    assert "samples=" not in answer.json()["errors"][0]["message"]


def test_a_linear_network_has_one_hessian_and_its_largest_eigenvalue_is_where_descent_turns(shared_client):
    """L = ½ mean ‖W x + b − y‖² is a parabola: H = I ⊗ X̃ᵀX̃/m, X̃ = [X 1], whatever W and b are."""
    generator = np.random.default_rng(5)
    inputs, targets = generator.normal(size=(6, 2)), generator.normal(size=(6, 3))
    with_one = np.hstack([inputs, np.ones((6, 1))])
    largest = np.linalg.eigvalsh(np.kron(np.eye(3), with_one.T @ with_one / 6))[-1]
    body = {
        "network": {
            "layer_sizes": [2, 3],
            "activations": ["linear"],
            "initialization": {"method": "xavier", "seed": 1},
        },
        "loss": "squared_error",
        "data": {"inputs": inputs.tolist(), "targets": targets.tolist()},
    }
    # on the way down, and at 2/λ but for a percent, on both sides
    for factor, falls in ((0.5, True), (0.99, True), (1.01, False)):
        run = made(shared_client, body | {"optimizer": {"learning_rate": factor * 2 / largest}}, (400, None))
        found = read(shared_client, run, [0, 1, 30, 400])["curvatures"]
        assert [each["largest_eigenvalue"] for each in found] == pytest.approx([largest] * 4, rel=1e-8)
        assert (found[0]["stability_threshold"] > largest) == falls
        losses = shared_client.get(f"/runs/{run['id']}/losses?since=200").json()["records"]
        assert all((each["loss_after"] <= each["loss_before"] * (1 + 1e-12)) == falls for each in losses)
