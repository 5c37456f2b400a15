"""POST /backpropagation: what a step would tell, without a run."""

import re

import pytest

from app.mathml import mathml
from app.settings import Limits
from app.teaching.calls import unfold
from core.teaching.numbers import all_numbers
from tests.app.runs.test_examples import ONE_LAYER
from tests.core.teaching.test_why import NETWORKS, draw

TWO_ROWS = {"inputs": [[1, 2], [2, 0]], "targets": [[1, 4, 4], [6, 8, 9]]}


def ask(client, body):
    answer = client.post("/backpropagation", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_lab_of_slides_35_to_42(shared_client):
    found = ask(shared_client, ONE_LAYER)
    [layer], [new] = found["layers"], found["updated"]
    assert layer["pre_activations"] == [[7, 6, 9]]
    assert layer["weight_gradients"] == [[6, 12], [2, 4], [5, 10]]
    assert layer["bias_gradients"] is None
    assert (found["loss_before"], found["loss_after"]) == (32.5, 8.125)
    assert new["weights"] == [pytest.approx(row) for row in ([2.4, 0.8], [3.8, 0.6], [4.5, 1.0])]
    assert found["diverged"] is False
    assert found["row_gradients"] is None


@pytest.mark.parametrize("body", [{"preset": "lab-two-layer"}, ONE_LAYER, {**ONE_LAYER, "data": TWO_ROWS}])
def test_the_numbers_are_those_of_a_step(shared_client, body):
    run = shared_client.post("/runs", json=body).json()["id"]
    step = shared_client.post(f"/runs/{run}/step", json={}).json()
    found = ask(shared_client, body)
    [record] = step["records"]
    names = ("loss_before", "loss_after", "learning_rate", "batch_size")
    assert [found[name] for name in names] == [record[name] for name in names]
    for told, layer in zip(found["layers"], step["layers"], strict=True):
        assert {name: told[name] for name in layer} == layer
    for told, layer in zip(found["updated"], step["updated"], strict=True):
        assert {name: told[name] for name in layer} == layer


def test_the_first_of_shuffled_batches(shared_client):
    body = {**ONE_LAYER, "data": TWO_ROWS, "batch_size": 1, "shuffle_seed": 3, "include": ["row_gradients"]}
    found = ask(shared_client, body)
    assert found["batch_size"] == 1
    assert found["inputs"][0] in TWO_ROWS["inputs"]
    assert found["row_gradients"][0]["weights"] == [found["layers"][0]["weight_gradients"]]


def test_overflow_is_null_and_said(shared_client):
    network = {**ONE_LAYER["network"], "initialization": {"weights": [[[1e200, 1], [1, 1], [1, 1]]]}}
    found = ask(shared_client, {**ONE_LAYER, "network": network})
    assert found["diverged"] is True
    assert found["loss_before"] is None
    assert found["layers"][0]["pre_activations"] == [[1e200, 3, 3]]


@pytest.mark.parametrize("preset", ["lab-quadratic", "mnist"])
def test_what_is_too_long_is_refused_before_it_is_computed(shared_client, preset):
    answer = shared_client.post("/backpropagation", json={"preset": preset})
    assert answer.status_code == 413
    assert f"at most {Limits().response_values}" in answer.json()["detail"]


def test_a_few_points_of_a_data_set(shared_client):
    found = ask(shared_client, {"preset": "lab-quadratic", "data": {"samples": 2}})
    assert found["batch_size"] == 2
    assert len(found["layers"][0]["weights"]) == 1000


def test_nothing_is_stored(shared_client):
    assert "id" not in ask(shared_client, ONE_LAYER)
    assert shared_client.post("/backpropagation", json={"preset": "none"}).status_code == 422
    assert shared_client.post("/backpropagation", json={"wrong": 1}).status_code == 422


def test_the_chain_of_jacobians(shared_client):
    body = {**ONE_LAYER, "data": TWO_ROWS, "include": ["jacobians"], "sample": 1}
    told = ask(shared_client, body)["jacobians"]
    assert (told["sample"], told["batch_size"]) == (1, 2)
    assert told["layers"][0]["input"] == TWO_ROWS["inputs"][1]
    assert told["layers"][0]["max_difference"] == 0
    answer = shared_client.post("/backpropagation", json={**body, "sample": 2})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"location": "sample", "message": "The batch has 2 samples; the last one is 1."}]


def test_jacobians_of_many_wide_layers_are_refused(shared_client):
    network = {"layer_sizes": [120] * 9, "activations": ["relu"] * 8}
    body = {**ONE_LAYER, "network": network, "data": {"inputs": [[1] * 120], "targets": [[1] * 120]}}
    assert shared_client.post("/backpropagation", json=body).status_code == 200
    assert shared_client.post("/backpropagation", json=body | {"include": ["jacobians"]}).status_code == 413


def test_costs(shared_client):
    told = shared_client.get("/backpropagation/cost?layer_sizes=784,128,10").json()
    assert told["layers"][0]["factors"][-1]["bytes"] == 102_760_448
    for wrong, status in (("", 422), ("2", 422), ("2,0", 422), ("2,x", 422), ("2,9999", 413), ("1," * 30 + "1", 413)):
        answer = shared_client.get("/backpropagation/cost", params={"layer_sizes": wrong})
        assert answer.status_code == status, wrong


def test_why(shared_client):
    body = {**ONE_LAYER, "why": "layers[0].weight_gradients[1][0]"}
    told = ask(shared_client, body)["why"]
    assert (told["value"], told["slide"], told["numpy"]) == (2, 29, "np.outer(delta1, x)[1, 0]")
    assert told["mathml"].startswith("<math")
    assert "".join(re.findall(r"<m[no][^>]*>([^<]*)", told["filled_mathml"])) == "=2⋅1=2"
    for operand in told["operands"]:
        again = ask(shared_client, body | {"why": operand["number"]})["why"]
        assert (again["value"], again["name"]) == (operand["value"], operand["name"])
    answer = shared_client.post("/backpropagation", json=body | {"why": "layers[9].weights[0][0]"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == "why"


@pytest.mark.parametrize("network", NETWORKS)
def test_every_formula_can_be_typeset(network):
    u = draw(*network)
    for number in all_numbers(u):
        told = unfold(u, number.path, 4, "why")
        assert told["mathml"].startswith("<math")
        assert told["filled_mathml"].startswith("<math")
        assert mathml(told["symbol"]).startswith("<math")


def test_why_of_what_is_not_finite_is_null(shared_client):
    network = {**ONE_LAYER["network"], "initialization": {"weights": [[[1e200, 1], [1, 1], [1, 1]]]}}
    told = ask(shared_client, {**ONE_LAYER, "network": network, "why": "loss_before"})["why"]
    assert told["value"] is None
    assert told["filled"].endswith(r"= \infty")


def test_notebook(shared_client):
    answer = shared_client.post("/backpropagation/notebook", json=ONE_LAYER)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ipynb+json"
    assert answer.headers["content-disposition"] == 'attachment; filename="backpropagation.ipynb"'
    assert answer.json()["nbformat"] == 4
    assert shared_client.post("/backpropagation/notebook", json={**ONE_LAYER, "sample": 1}).status_code == 422
    wide = {"preset": "lab-quadratic", "data": {"samples": 1}, "network": {"layer_sizes": [2, 4000, 3]}}
    assert shared_client.post("/backpropagation/notebook", json=wide).status_code == 413


def test_what_is_wrong_at_the_start_is_told_as_of_a_run(shared_client):
    body = {"preset": "lab-two-layer"}
    told = shared_client.post("/backpropagation", json=body | {"include": ["diagnostics"]}).json()
    run = shared_client.post("/runs", json=body).json()
    assert told["diagnostics"] == run["diagnostics"]
    assert [(one["kind"], one["units"], one["since"]) for one in told["diagnostics"]] == [("dead_units", [2], [0])]
    assert shared_client.post("/backpropagation", json=body).json()["diagnostics"] is None
