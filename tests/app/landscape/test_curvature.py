"""GET /runs/{id}/curvature and `include: ["curvature"]`: λ, and the learning rate that it allows."""

import re

import pytest

LAB = {"preset": "lab-two-layer"}


def read(client, run, query=""):
    answer = client.get(f"/runs/{run}/curvature{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_lab_of_slides_50_and_51_starts_over_its_speed_limit(shared_client):
    run = shared_client.post("/runs", json=LAB).json()["id"]
    found = read(shared_client, run)
    assert found["largest_eigenvalue"] == pytest.approx(46.7803, abs=1e-4)
    assert found["speed_limit"] == pytest.approx(0.0428, abs=1e-4)
    assert found["speed_limit"] * found["largest_eigenvalue"] == pytest.approx(2)
    assert found["samples"] == 1
    assert len(found["eigenvector"]) == 21
    assert sum(part**2 for part in found["eigenvector"]) == pytest.approx(1)


def test_a_configuration_tells_the_same_without_a_run(shared_client):
    run = shared_client.post("/runs", json=LAB).json()["id"]
    asked = shared_client.post("/backpropagation", json=LAB | {"include": ["curvature"]}).json()
    assert asked["curvature"] == read(shared_client, run)
    assert shared_client.post("/backpropagation", json=LAB).json()["curvature"] is None


def test_each_step_has_its_own_and_a_dead_layer_leaves_one(shared_client):
    run = shared_client.post("/runs", json=LAB).json()
    shared_client.post(f"/runs/{run['id']}/step", json={"count": 3})
    found = [read(shared_client, run["id"], f"?step={step}") for step in range(4)]
    assert [each["step"] for each in found] == [0, 1, 2, 3]
    # once the hidden layer is dead only b₂ learns, and L is ½‖b₂ − y‖²
    assert found[2]["largest_eigenvalue"] == found[3]["largest_eigenvalue"] == pytest.approx(1)
    shared = shared_client.get(f"/shared/{run['share_id']}/curvature?step=2").json()
    assert shared == found[2]


def test_numbers_that_left_the_finite_range_are_null(shared_client):
    weights = [[[1e200, 1], [1, 1], [1, 1]], [[1e200, 1, 1]] * 3]
    body = LAB | {"network": {"initialization": {"weights": weights}}, "include": ["curvature"]}
    found = shared_client.post("/backpropagation", json=body).json()["curvature"]
    assert found["largest_eigenvalue"] is found["speed_limit"] is None


def test_a_large_run_answers_with_fewer_iterations_and_says_how_good_they_were(shared_client):
    run = shared_client.post("/runs", json={"preset": "lab-quadratic"}).json()["id"]
    found = read(shared_client, run)
    assert (found["samples"], found["iterations"]) == (1000, 77)
    assert len(found["eigenvector"]) == 6003
    assert found["largest_eigenvalue"] == pytest.approx(317.535, abs=5e-4)  # as many more iterations find it
    few = read(shared_client, run, "?samples=50")
    assert (few["samples"], few["iterations"] > 77) == (50, True)


def test_what_would_take_long_is_refused_with_the_way_out(shared_client):
    body = {
        "network": {"layer_sizes": [2, 120, 120, 120, 3], "activations": ["tanh", "tanh", "tanh", "linear"]},
        "data": {"dataset": "quadratic"},
        "optimizer": {"learning_rate": 1e-3},
    }
    run = shared_client.post("/runs", json=body).json()["id"]
    answer = shared_client.get(f"/runs/{run}/curvature")
    assert answer.status_code == 413
    message = answer.json()["errors"][0]["message"]
    assert "29763 parameters on 1000 samples" in message
    allowed = int(re.search(r"samples=(\d+)\.", message)[1])
    found = read(shared_client, run, f"?samples={allowed}")
    assert (found["samples"], found["iterations"], found["eigenvector"]) == (allowed, 20, None)
    assert shared_client.get(f"/runs/{run}/curvature?samples={allowed + 100}").status_code == 413
    assert shared_client.post("/backpropagation", json=body | {"include": ["curvature"]}).status_code == 413


def test_a_step_that_is_not_there(shared_client):
    run = shared_client.post("/runs", json=LAB).json()["id"]
    assert shared_client.get(f"/runs/{run}/curvature?step=1").status_code == 404
    assert shared_client.get("/runs/none/curvature").status_code == 404
