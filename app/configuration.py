"""From a request to create a run to its whole configuration, and from that to a network and its data."""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from app.settings import Limits
from core.activations import ACTIVATIONS
from core.datasets import DATASETS, DataSpec, load
from core.errors import InvalidInput, LimitExceeded
from core.initializers import INITIALIZATIONS, initialize
from core.losses import LOSSES
from core.network import Layer, Network
from core.optimizers import OPTIMIZERS, OptimizerSettings
from core.presets import PRESETS
from core.sweep import Data
from core.training import Recipe, steps_per_epoch

# a choice between two forms: giving one member of a form drops the other form's
_FORMS = (
    ({"weights", "biases"}, {"method", "seed"}),
    ({"inputs", "targets"}, {"dataset", "samples", "constant_pixels"}),
)


@dataclass(frozen=True)
class Setup:
    """All about a run that never changes; its configuration as JSON, which takes a tenth of the memory."""

    configuration: str
    recipe: Recipe
    data: Data
    layer_sizes: tuple[int, ...]
    parameters: int
    steps_per_epoch: int
    dataset: str | None

    @property
    def samples(self) -> int:
        """How many training samples there are."""
        return len(self.data.inputs)

    @property
    def rows(self) -> int:
        """How many samples one step sees."""
        return self.recipe.batch_size or self.samples

    @property
    def labelled(self) -> bool:
        """Whether outputs are classes."""
        return self.data.labels is not None


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay one configuration over another, field by field."""
    result = dict(base)
    for one, other in (*_FORMS, *(form[::-1] for form in _FORMS)):
        if any(over.get(name) is not None for name in one):
            result = {name: value for name, value in result.items() if name not in other}
    for name, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(name), dict)
        result[name] = merge(result[name], value) if both else value
    return result


def normalize(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Fill in everything that was not said, and refuse what cannot be."""
    preset = request.get("preset")
    if preset is not None:
        _known("preset", preset, PRESETS)
        request = merge(PRESETS[preset].configuration, request)
    network = _network(request.get("network") or {}, limits)
    data = _data(request.get("data") or {}, network["layer_sizes"], limits)
    default_precision = "float32" if data.get("dataset") == "mnist" else "float64"
    configuration: dict[str, Any] = {
        "preset": preset,
        "network": network,
        "loss": _or(request.get("loss"), "squared_error"),
        "data": data,
        "optimizer": optimizer_of(request.get("optimizer") or {}, limits),
        "batch_size": request.get("batch_size"),
        "precision": _or(request.get("precision"), default_precision),
        "shuffle_seed": _or(request.get("shuffle_seed"), 0),
    }
    _known("loss", configuration["loss"], LOSSES)
    return configuration


def optimizer_of(given: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """The whole update rule from what was said of it."""
    optimizer: dict[str, Any] = {
        "method": _or(given.get("method"), "gradient_descent"),
        "learning_rate": given.get("learning_rate"),
        "momentum": _or(given.get("momentum"), 0.9),
    }
    _known("optimizer.method", optimizer["method"], OPTIMIZERS)
    check_learning_rate("optimizer.learning_rate", optimizer["learning_rate"], limits)
    return optimizer


def _or(value: Any, default: Any) -> Any:
    """The default only for what was not said: an empty name is wrong, not left out."""
    return default if value is None else value


def check_learning_rate(location: str, value: float | None, limits: Limits) -> None:
    """Refuse a missing or a huge learning rate."""
    if value is None:
        raise InvalidInput(location, "Give a learning rate above 0, as 0.1.")
    if value > limits.learning_rate:
        raise InvalidInput(location, f"Give a learning rate of at most {limits.learning_rate:g}.")


def _known(location: str, name: str, registry: dict[str, Any]) -> None:
    if name not in registry:
        raise InvalidInput(location, f"Unknown name. Known: {', '.join(registry)}.")


def _network(network: dict[str, Any], limits: Limits) -> dict[str, Any]:
    sizes = network.get("layer_sizes")
    if not sizes or len(sizes) < 2:
        raise InvalidInput("network.layer_sizes", "Give at least two widths, inputs and outputs, as [2, 3].")
    if any(size < 1 for size in sizes):
        raise InvalidInput("network.layer_sizes", "Every width must be at least 1.")
    if len(sizes) - 1 > limits.layers:
        raise LimitExceeded("network.layer_sizes", f"At most {limits.layers} layers.")
    if max(sizes) > limits.layer_width:
        raise LimitExceeded("network.layer_sizes", f"Every width must be at most {limits.layer_width}.")
    bias = _or(network.get("bias"), True)
    parameters = sum(a * b + (b if bias else 0) for a, b in pairwise(sizes))
    if parameters > limits.parameters:
        raise LimitExceeded("network.layer_sizes", f"{parameters} parameters; at most {limits.parameters}.")
    activations = network.get("activations")
    if activations is None or len(activations) != len(sizes) - 1:
        raise InvalidInput("network.activations", f"Give {len(sizes) - 1} names, one for each layer after the inputs.")
    for index, name in enumerate(activations):
        _known(f"network.activations.{index}", name, ACTIVATIONS)
    initialization = _initialization(network.get("initialization") or {}, sizes, bias)
    return {"layer_sizes": sizes, "activations": activations, "bias": bias, "initialization": initialization}


def _initialization(given: dict[str, Any], sizes: list[int], bias: bool) -> dict[str, Any]:
    where = "network.initialization"
    weights, biases, method = given.get("weights"), given.get("biases"), given.get("method")
    if weights is None:
        if biases is not None:
            raise InvalidInput(f"{where}.biases", "Biases go with weights; give both, or a method.")
        method = _or(method, "he")
        _known(f"{where}.method", method, INITIALIZATIONS)
        return {"method": method, "seed": _or(given.get("seed"), 0)}
    if method is not None or given.get("seed") is not None:
        raise InvalidInput(where, "Give either a method with a seed, or weights; not both.")
    shapes = list(zip(sizes[1:], sizes, strict=False))
    if len(weights) != len(shapes):
        raise InvalidInput(f"{where}.weights", f"Give {len(shapes)} matrices, one a layer.")
    for index, (matrix, (rows, columns)) in enumerate(zip(weights, shapes, strict=True)):
        _shape(f"{where}.weights.{index}", matrix, rows, columns)
    if biases is not None:
        _check_biases(f"{where}.biases", biases, sizes, bias)
    return {"weights": weights, "biases": biases}


def _check_biases(where: str, biases: list[list[float]], sizes: list[int], bias: bool) -> None:
    if not bias:
        raise InvalidInput(where, "This network has no bias; set network.bias to true, or leave the biases out.")
    if [len(row) for row in biases] != sizes[1:]:
        raise InvalidInput(where, f"Give one list a layer, with {sizes[1:]} numbers.")


def _shape(location: str, matrix: list[list[float]], rows: int | None, columns: int) -> None:
    if rows is not None and len(matrix) != rows:
        raise InvalidInput(location, f"Give {rows} rows, each of {columns} numbers; there are {len(matrix)} rows.")
    for index, row in enumerate(matrix):
        if len(row) != columns:
            raise InvalidInput(f"{location}.{index}", f"Give {columns} numbers; there are {len(row)}.")


def _data(data: dict[str, Any], sizes: list[int], limits: Limits) -> dict[str, Any]:
    dataset, inputs, targets = data.get("dataset"), data.get("inputs"), data.get("targets")
    if dataset is not None:
        if inputs is not None or targets is not None:
            raise InvalidInput("data", "Give either inputs and targets, or a data set's name; not both.")
        _known("data.dataset", dataset, DATASETS)
        known, samples = DATASETS[dataset], data.get("samples")
        if samples is not None and samples > known.samples:
            raise InvalidInput("data.samples", f"{dataset} has {known.samples} samples; ask for at most so many.")
        if (sizes[0], sizes[-1]) != (known.inputs, known.outputs):
            message = f"{dataset} has {known.inputs} inputs and {known.outputs} outputs; begin and end with these."
            raise InvalidInput("network.layer_sizes", message)
        return {"dataset": dataset, "samples": samples, "constant_pixels": _or(data.get("constant_pixels"), "ignore")}
    if not inputs:
        raise InvalidInput("data.inputs", "Give at least one sample, as [[1, 2]], or the name of a data set.")
    if not targets:
        raise InvalidInput("data.targets", "Give one row of targets for each row of inputs.")
    if data.get("samples") is not None:
        raise InvalidInput("data.samples", "This goes with a data set; inline inputs are all used.")
    _shape("data.inputs", inputs, None, sizes[0])
    _shape("data.targets", targets, len(inputs), sizes[-1])
    if len(inputs) * (sizes[0] + sizes[-1]) > limits.inline_values:
        raise LimitExceeded("data.inputs", f"At most {limits.inline_values} numbers, inputs and targets together.")
    return {"inputs": inputs, "targets": targets}


def build(configuration: dict[str, Any], data_dir: Path) -> tuple[Network, Setup]:
    """Make the first network and bring its data."""
    network, generator = _first_network(configuration)
    optimizer, precision = configuration["optimizer"], configuration["precision"]
    settings = OptimizerSettings(optimizer["method"], optimizer["momentum"])
    recipe = Recipe(configuration["loss"], settings, configuration["batch_size"], configuration["shuffle_seed"])
    source = configuration["data"]
    if "dataset" in source:
        spec = DataSpec(source["dataset"], source["samples"], source["constant_pixels"])
        data = load(spec, data_dir, generator, precision)
    else:
        with np.errstate(over="ignore"):
            data = Data(np.array(source["inputs"], precision), np.array(source["targets"], precision))
        LOSSES[recipe.loss].check_targets(data.targets)
    samples = len(data.inputs)
    if recipe.batch_size is not None and recipe.batch_size > samples:
        raise InvalidInput("batch_size", f"There are {samples} samples; give at most so many, or null for all.")
    per_epoch = steps_per_epoch(recipe, samples)
    return network, Setup(
        configuration=json.dumps(configuration),
        recipe=recipe,
        data=data,
        layer_sizes=network.layer_sizes,
        parameters=network.parameter_count,
        steps_per_epoch=per_epoch,
        dataset=source.get("dataset"),
    )


def _first_network(configuration: dict[str, Any]) -> tuple[Network, Any]:
    network, precision = configuration["network"], configuration["precision"]
    start = network["initialization"]
    if "weights" not in start:
        return initialize(
            start["method"], start["seed"], network["layer_sizes"], network["activations"], network["bias"], precision
        )
    biases = start["biases"] or [[0.0] * size for size in network["layer_sizes"][1:]]
    with np.errstate(over="ignore"):
        layers = tuple(
            Layer(np.array(W, precision), np.array(b, precision) if network["bias"] else None, activation)
            for W, b, activation in zip(start["weights"], biases, network["activations"], strict=True)
        )
    return Network(layers), np.random.default_rng(configuration["shuffle_seed"])
