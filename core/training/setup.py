"""From the description of a run to its first network, its data and its recipe: all that never changes about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.data.datasets import DataSpec, load
from core.data.samples import Data
from core.network.activations import Array
from core.network.initializers import Generator, initialize
from core.network.layers import Layer, Network
from core.network.losses import LOSSES
from core.training.batches import steps_per_epoch
from core.training.state import Recipe

Numbers = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Drawn:
    """Weights that are drawn: a name in `INITIALIZATIONS`, and the seed of its generator."""

    method: str
    seed: int


@dataclass(frozen=True)
class Given:
    """Weights that are given, one matrix (out, in) a layer, and biases, one row (out,) a layer; None: zeros."""

    weights: Sequence[Numbers]
    biases: Numbers | None = None


@dataclass(frozen=True)
class Inline:
    """Samples that are given: inputs (n, d) and targets (n, k)."""

    inputs: Numbers
    targets: Numbers


@dataclass(frozen=True)
class Plan:
    """What a run is made from: the network and where its weights start, its data, its recipe and its precision."""

    layer_sizes: Sequence[int]
    activations: Sequence[str]
    bias: bool
    start: Drawn | Given
    data: Inline | DataSpec
    recipe: Recipe
    precision: str


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


def build(plan: Plan, configuration: str, data_dir: Path) -> tuple[Network, Setup]:
    """Make the first network and bring its data.

    Parameters
    ----------
    plan : Plan
        Its parts fit together: shapes, names, and the batch size and the number of samples.
    configuration : str
        What the plan was read from; the setup keeps it.
    data_dir : Path
        Where MNIST lies.

    Returns
    -------
    (Network, Setup)

    Raises
    ------
    DatasetMissing
        If MNIST has not been fetched.
    InvalidInput
        If the loss is not defined for the targets.
    """
    network, generator = _first_network(plan)
    if isinstance(plan.data, DataSpec):
        dataset, data = plan.data.dataset, load(plan.data, data_dir, generator, plan.precision)
    else:
        dataset, data = None, Data(_array(plan.data.inputs, plan.precision), _array(plan.data.targets, plan.precision))
        LOSSES[plan.recipe.loss].check_targets(data.targets)
    per_epoch = steps_per_epoch(plan.recipe, len(data.inputs))
    sizes, count = network.layer_sizes, network.parameter_count
    return network, Setup(configuration, plan.recipe, data, sizes, count, per_epoch, dataset)


def _first_network(plan: Plan) -> tuple[Network, Generator]:
    """The network, and the generator that goes on to draw data (slide 56)."""
    start, precision = plan.start, plan.precision
    if isinstance(start, Drawn):
        sizes, activations = plan.layer_sizes, plan.activations
        return initialize(start.method, start.seed, sizes, activations, plan.bias, precision)
    biases = start.biases or [[0.0] * size for size in plan.layer_sizes[1:]]
    layers = tuple(
        Layer(_array(W, precision), _array(b, precision) if plan.bias else None, activation)
        for W, b, activation in zip(start.weights, biases, plan.activations, strict=True)
    )
    return Network(layers), np.random.default_rng(plan.recipe.seed)


def _array(numbers: Numbers | Sequence[float], precision: str) -> Array:
    # a number too large for float32 becomes infinite, which the first loss then shows
    with np.errstate(over="ignore"):
        return np.array(numbers, precision)
