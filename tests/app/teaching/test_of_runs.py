"""An update of a run, number by number, at any step of its past."""

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from core.training.optimizers import OPTIMIZERS
from tests.app.runs.test_examples import ONE_LAYER, create
from tests.app.teaching.test_backpropagation import TWO_ROWS
from tests.core.teaching.test_notebook import executed

TWO_LAYERS = {"preset": "lab-two-layer"}


def get(client, address, status=200, **query):
    answer = client.get(address, params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


def steps(client, run, count):
    answer = client.post(f"/runs/{run['id']}/step", json={"count": count})
    assert answer.status_code == 200
    return answer.json()


def test_it_is_the_update_that_a_step_makes(shared_client):
    run = create(shared_client, TWO_LAYERS)
    for k in range(3):
        found = get(shared_client, f"/runs/{run['id']}/backpropagation")
        step = steps(shared_client, run, 1)
        [record] = step["records"]
        names = ("loss_before", "loss_after", "learning_rate", "batch_size")
        assert [found[name] for name in names] == [record[name] for name in names]
        for told, layer in zip(found["layers"], step["layers"], strict=True):
            assert {name: told[name] for name in layer} == layer
        for told, layer in zip(found["updated"], step["updated"], strict=True):
            assert {name: told[name] for name in layer} == layer
        assert get(shared_client, f"/runs/{run['id']}/backpropagation", step=k) == found


@pytest.mark.parametrize("method", OPTIMIZERS)
def test_the_past_of_every_rule_follows_to_the_bit(shared_client, method):
    body = {
        **ONE_LAYER,
        "data": TWO_ROWS,
        "batch_size": 1,
        "optimizer": {"method": method, "learning_rate": 0.05},
        "network": {"layer_sizes": [2, 3], "activations": ["tanh"]},
    }
    run = create(shared_client, body)
    steps(shared_client, run, 3)
    shared_client.post(f"/runs/{run['id']}/step", json={"count": 3, "learning_rate": 0.01})
    for k in range(6):
        found = get(shared_client, f"/runs/{run['id']}/backpropagation", step=k)
        assert found["learning_rate"] == (0.05 if k < 3 else 0.01)
        after = get(shared_client, f"/runs/{run['id']}/steps/{k + 1}")["parameters"]
        for told, layer in zip(found["updated"], after, strict=True):
            assert {name: told[name] for name in layer} == layer
        why = get(shared_client, f"/runs/{run['id']}/why", step=k, number="updated[0].weights[1][0]")
        assert why["value"] == after[0]["weights"][1][0]


def test_jacobians_and_why_under_both_addresses(shared_client):
    run = create(shared_client, {**ONE_LAYER, "data": TWO_ROWS})
    steps(shared_client, run, 2)
    for root in (f"/runs/{run['id']}", f"/shared/{run['share_id']}"):
        told = get(shared_client, f"{root}/jacobians", step=1, sample=1)
        assert (told["sample"], told["step"], told["batch_size"]) == (1, 1, 2)
        assert "1/m" in told["note"]
        whole = get(shared_client, f"{root}/backpropagation", step=1, sample=1, include=["jacobians", "row_gradients"])
        assert whole["jacobians"] == told
        assert whole["row_gradients"][0]["weights"][1] == told["layers"][0]["reshaped"]["values"]
        mean = get(shared_client, f"{root}/why", step=1, number="layers[0].weight_gradients[2][1]")
        assert mean["terms_divided_by"] == 2
        assert mean["value"] == whole["layers"][0]["weight_gradients"][2][1]
        alone = get(shared_client, f"{root}/why", step=1, sample=1, number="layers[0].weight_gradients[2][1]")
        assert alone["value"] == told["layers"][0]["outer_product"][2][1]
        assert shared_client.get(f"{root}/notebook", params={"step": 1}).status_code == 200


def test_the_notebook_of_a_step_computes_it(shared_client):
    run = create(shared_client, TWO_LAYERS | {"optimizer": {"method": "adam", "learning_rate": 0.01}})
    steps(shared_client, run, 4)
    found = get(shared_client, f"/runs/{run['id']}/backpropagation", step=3)
    book = get(shared_client, f"/runs/{run['id']}/notebook", step=3)
    names = executed(book)
    np.testing.assert_allclose(names["W2_new"], found["updated"][1]["weights"], rtol=1e-13)
    assert names["L"] == pytest.approx(found["loss_before"], rel=1e-14)
    assert names["k"] == 4


def test_why_of_given_inputs(shared_client):
    run = create(shared_client, TWO_LAYERS)
    ask = {"number": "layers[1].activations[0][2]", "inputs": [3, -1]}
    told = shared_client.post(f"/shared/{run['share_id']}/why", json=ask).json()
    outputs = shared_client.post(f"/runs/{run['id']}/predict", json={"inputs": [[3, -1]]}).json()["outputs"]
    assert told["value"] == outputs[0][2]
    while not told["given"]:
        told = shared_client.post(f"/runs/{run['id']}/why", json=ask | {"number": told["operands"][0]["number"]}).json()
    assert told["value"] == 3
    loss = ask | {"number": "loss_before"}
    refused = shared_client.post(f"/runs/{run['id']}/why", json=loss)
    assert (refused.status_code, refused.json()["errors"][0]["location"]) == (422, "targets")
    told = shared_client.post(f"/runs/{run['id']}/why", json=loss | {"targets": [1, 4, 4]}).json()
    assert told["value"] == pytest.approx(0.5 * np.sum((np.array(outputs[0]) - [1, 4, 4]) ** 2))


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({"number": "loss_before"}, "inputs"),
        ({"number": "loss_before", "inputs": [1, 2], "drawing": [[0.0]]}, "inputs"),
        ({"number": "loss_before", "inputs": [1]}, "inputs.0"),
        ({"number": "loss_before", "inputs": [1, 2], "targets": [1]}, "targets"),
        ({"number": "nonsense", "inputs": [1, 2], "targets": [1, 4, 4]}, "number"),
        ({"number": "nonsense", "inputs": [1, 2]}, "number"),
        ({"number": "loss_before", "drawing": [[0.0] * 9] * 9}, "drawing"),
    ],
)
def test_what_cannot_be_asked_says_where(shared_client, body, location):
    run = create(shared_client, TWO_LAYERS)
    refused = shared_client.post(f"/runs/{run['id']}/why", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["location"] == location


def test_steps_samples_and_numbers_that_are_not_there(shared_client):
    run = create(shared_client, TWO_LAYERS)
    root = f"/runs/{run['id']}"
    get(shared_client, f"{root}/backpropagation", 404, step=1)
    get(shared_client, f"{root}/jacobians", 404, step=1)
    assert get(shared_client, f"{root}/jacobians", 422, sample=1)["errors"][0]["location"] == "query.sample"
    assert get(shared_client, f"{root}/backpropagation", 422, sample=1)["errors"][0]["location"] == "query.sample"
    assert get(shared_client, f"{root}/notebook", 422, sample=1)["errors"][0]["location"] == "query.sample"
    assert get(shared_client, f"{root}/why", 422, number="W1")["errors"][0]["location"] == "query.number"
    get(shared_client, f"{root}/why", 422)
    get(shared_client, "/runs/nobody/why", 404, number="loss_before")
    get(shared_client, f"/shared/{run['id']}/jacobians", 404)


def test_a_wide_network_on_many_rows(shared_client):
    run = create(shared_client, {"preset": "lab-quadratic"})
    root = f"/runs/{run['id']}"
    # what is too long says which shorter questions there are
    assert "why?number" in get(shared_client, f"{root}/backpropagation", 413)["detail"]
    assert len(executed(get(shared_client, f"{root}/notebook"))["W1_new"]) == 1000
    told = get(shared_client, f"{root}/why", number="layers[0].weight_gradients[7][1]")
    assert told["terms_divided_by"] == 1000
    assert len(told["terms"]) == 1000
    assert told["numerical"] or "kink" in told["numerical_reason"]
    chain = get(shared_client, f"{root}/jacobians", sample=999)
    assert chain["layers"][0]["factors"][-1]["numbers"] == 2_000_000
    assert chain["layers"][0]["max_difference"] < 1e-9


def test_a_diverged_run_has_nulls(shared_client):
    run = create(shared_client, TWO_LAYERS | {"optimizer": {"learning_rate": 1e6}})
    steps(shared_client, run, 100)
    state = get(shared_client, f"/runs/{run['id']}")
    found = get(shared_client, f"/runs/{run['id']}/backpropagation")
    assert state["diverged"]
    assert found["diverged"]
    assert found["loss_before"] is None
    assert get(shared_client, f"/runs/{run['id']}/why", number="loss_before")["value"] is None
    get(shared_client, f"/runs/{run['id']}/jacobians")


@pytest.mark.mnist
def test_digits(data_dir_with_mnist):
    with TestClient(create_app(Settings(data_dir=data_dir_with_mnist)), base_url="http://localhost/api/v1") as client:
        run = create(client, {"preset": "mnist"})
        root = f"/runs/{run['id']}"
        assert "sample=0" in get(client, f"{root}/why", 413, number="loss_before")["detail"]
        told = get(client, f"{root}/why", sample=59_999, number="layers[0].weight_gradients[3][400]")
        assert told["operands"][1]["role"] == "input"
        factor = get(client, f"{root}/jacobians", sample=5)["layers"][0]["factors"][-1]
        assert factor["values"] is None
        assert factor["why_no_values"].startswith("12 845 056 numbers, 103 MB a sample")
        drawing = np.zeros((28, 28))
        drawing[4:24, 13:16] = 1
        ask = {"drawing": drawing.tolist(), "number": "layers[1].activations[0][1]"}
        told = client.post(f"{root}/why", json=ask).json()
        seen = client.post(f"{root}/predict", json={"drawing": ask["drawing"]}).json()
        assert told["value"] == pytest.approx(seen["outputs"][0][1], rel=1e-5)
        told = client.post(f"{root}/why", json=ask | {"number": "layers[0].pre_activations[0][7]"}).json()
        assert len(told["terms"]) == 785


@pytest.mark.mnist
def test_what_each_pixel_of_a_digit_adds(data_dir_with_mnist):
    with TestClient(create_app(Settings(data_dir=data_dir_with_mnist)), base_url="http://localhost/api/v1") as client:
        body = {"preset": "mnist-minibatch", "data": {"samples": 512}, "network": {"layer_sizes": [784, 16, 10]}}
        run = create(client, body)
        root = f"/runs/{run['id']}"
        first = client.post(f"{root}/predict", json={"digit": 8}).json()
        steps(client, run, 6)
        ask = {"digit": 8, "number": "layers[1].activations[0][5]", "include": ["contributions"]}
        for step, seen in ((0, first), (6, client.post(f"{root}/predict", json={"digit": 8}).json())):
            told = client.post(f"{root}/why", json=ask | {"step": step}).json()
            assert told["value"] == pytest.approx(seen["outputs"][0][5], rel=1e-5)
            shares = told["contributions"]
            assert (len(shares["slopes"]), shares["sums_up"]) == (784, True)
            assert sum(shares["contributions"]) + shares["rest"] == pytest.approx(told["value"], rel=1e-5)
        without = client.post(f"{root}/why", json={"digit": 8, "number": "loss_before"}).json()
        assert without["contributions"] is None  # a digit brings its target along
        label = client.get(f"{root}/answers", params={"first": 8, "count": 1}).json()["digits"][0]["label"]
        told = client.post(f"{root}/why", json={"digit": 8, "number": f"targets[0][{label}]"}).json()
        assert told["value"] == 1
