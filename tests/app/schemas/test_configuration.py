"""The configuration of a run: parsed once, checked as a whole, never changed; what was stored opens."""

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from app.errors import Problem
from app.schemas.configuration import Configuration, configuration_of, stored
from app.schemas.runs import CreateRunRequest
from app.settings import Limits
from core.lecture.presets import PRESETS
from core.network.layers import forward
from core.training.sweep import sweep
from tests.app.runs.test_examples import ONE_LAYER

SOFTMAX = {
    "network": {"layer_sizes": [2, 3], "activations": ["softmax"], "initialization": {"method": "zeros"}},
    "loss": "softmax_cross_entropy",
    "data": {"inputs": [[1, 2]], "targets": [[0, 1, 0]]},
    "optimizer": {"learning_rate": 0.1},
}


def made(body: dict[str, Any], limits: Limits | None = None) -> Configuration:
    return configuration_of(CreateRunRequest(**body), limits or Limits())


def test_everything_that_was_not_said_is_filled_in() -> None:
    found = json.loads(made({"preset": "mnist-minibatch", "batch_size": None, "loss": None}).model_dump_json())
    assert found == {
        "format": 1,
        "preset": "mnist-minibatch",
        "network": {
            "layer_sizes": [784, 128, 10],
            "activations": ["relu", "linear"],
            "bias": True,
            "initialization": {"method": "he", "seed": 0},
        },
        "loss": "squared_error",
        "data": {"dataset": "mnist", "samples": None, "constant_pixels": "ignore"},
        "optimizer": {"method": "gradient_descent", "learning_rate": 0.005, "momentum": 0.9},
        "batch_size": None,
        "precision": "float32",
        "shuffle_seed": 0,
    }


def test_one_form_of_a_value_drops_the_other_of_the_preset() -> None:
    found = made({"preset": "lab-one-layer", "network": {"initialization": {"seed": 3}}})
    assert found.network.initialization.model_dump() == {"method": "he", "seed": 3}
    weights = {"weights": [np.ones((3, 2)).tolist(), np.ones((3, 3)).tolist()]}
    found = made({"preset": "lab-two-layer", "network": {"initialization": weights}})
    assert found.network.initialization.model_dump(exclude_none=True).keys() == {"weights"}


def test_it_never_changes() -> None:
    found = made(ONE_LAYER)
    with pytest.raises(ValidationError, match="frozen"):
        found.batch_size = 1
    with pytest.raises(ValidationError, match="frozen"):
        found.network.bias = True
    hash(found)


def test_several_faults_are_told_at_once() -> None:
    body = copy.deepcopy(ONE_LAYER) | {"loss": "l2", "optimizer": {"method": "adamm", "learning_rate": 0.1}}
    body["network"]["activations"] = ["relu", "reluu"]
    with pytest.raises(Problem) as caught:
        made(body)
    assert caught.value.status == 422
    assert caught.value.errors
    locations = [error["location"] for error in caught.value.errors]
    assert locations == ["network.activations.1", "loss", "optimizer.method"]


def test_a_value_above_a_limit_is_too_large_unless_something_is_wrong_too() -> None:
    with pytest.raises(Problem) as caught:
        made(ONE_LAYER, Limits(layer_width=2))
    assert caught.value.status == 413
    with pytest.raises(Problem) as caught:
        made(ONE_LAYER | {"loss": "l2"}, Limits(layer_width=2))
    assert caught.value.status == 422
    assert [error["location"] for error in caught.value.errors or []] == ["loss"]


def test_softmax_goes_once_into_the_cross_entropy() -> None:
    with pytest.raises(Problem, match="go through it twice") as caught:
        made(SOFTMAX)
    assert caught.value.errors
    assert caught.value.errors[0]["location"] == "network.activations.0"
    hidden = copy.deepcopy(SOFTMAX)
    hidden["network"] |= {"layer_sizes": [2, 3, 3], "activations": ["softmax", "linear"]}
    assert made(hidden)
    assert made(SOFTMAX | {"loss": "squared_error"})


def test_cross_entropy_takes_probabilities() -> None:
    assert made(SOFTMAX | {"loss": "cross_entropy"})
    hidden = copy.deepcopy(SOFTMAX) | {"loss": "cross_entropy"}
    hidden["network"] |= {"layer_sizes": [2, 3, 3], "activations": ["softmax", "sigmoid"]}
    with pytest.raises(Problem, match="takes probabilities") as caught:
        made(hidden)
    assert caught.value.errors
    assert caught.value.errors[0]["location"] == "network.activations.1"


@pytest.mark.parametrize("method", ["adam", "rmsprop", "adagrad"])
def test_a_number_that_another_rule_takes_is_not_dropped_in_silence(method: str) -> None:
    with pytest.raises(Problem, match=f"{method} takes") as caught:
        made({"preset": "lab-one-layer", "optimizer": {"method": method, "learning_rate": 0.1, "momentum": 0.5}})
    assert caught.value.errors
    assert caught.value.errors[0]["location"] == "optimizer.momentum"


def test_what_was_stored_opens_though_it_would_be_refused_today(tmp_path: Path) -> None:
    before = SOFTMAX | {"preset": None, "batch_size": None, "precision": "float64", "shuffle_seed": 0}
    before["network"] = SOFTMAX["network"] | {"bias": True, "initialization": {"method": "zeros", "seed": 0}}
    before["optimizer"] = {"method": "gradient_descent", "learning_rate": 0.1, "momentum": 0.9}
    network, setup = stored(json.dumps(before)).build(tmp_path)
    assert json.loads(setup.configuration) == {"format": 1} | before
    assert sweep(network, setup.recipe.loss, setup.data, with_gradients=False).loss == pytest.approx(np.log(3))


def test_a_newer_format_is_refused_in_a_sentence() -> None:
    with pytest.raises(Problem, match="stored by a newer version of Downhill"):
        stored(json.dumps({"format": 2, "layers": "a graph"}))


@pytest.mark.parametrize("name", [name for name in PRESETS if not name.startswith("mnist")])
def test_a_stored_configuration_builds_the_same_run(name: str, tmp_path: Path) -> None:
    network, setup = made({"preset": name}).build(tmp_path)
    again, same = stored(setup.configuration).build(tmp_path)
    assert same.configuration == setup.configuration
    assert same.recipe == setup.recipe
    assert np.array_equal(same.data.inputs, setup.data.inputs)
    assert np.array_equal(forward(network, setup.data.inputs).h[-1], forward(again, setup.data.inputs).h[-1])
