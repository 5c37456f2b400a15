"""Where samples come from: given inline, drawn for a lab, or MNIST."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from core.data import mnist
from core.data.samples import Data
from core.errors import InvalidInput
from core.network.activations import Array
from core.network.initializers import Generator


@dataclass(frozen=True)
class DataSpec:
    """Which data set, and how much of it.

    Attributes
    ----------
    dataset : str
        A name in `DATASETS`.
    samples : int or None
        The first so many training samples; None: all.
    constant_pixels : {"ignore", "amplify"}
        MNIST only: what becomes of the 67 pixels that are the same in all training images, whose standard
        deviation counts as 1e-6. "amplify" keeps the lecture's recipe to the letter: one test image has ink
        there, which the division makes about 10⁵. "ignore" sets them to 0, as they are in training.
    """

    dataset: str
    samples: int | None = None
    constant_pixels: str = "ignore"


@dataclass(frozen=True)
class Dataset:
    """What the catalog says of a data set."""

    name: str
    label: str
    inputs: int
    outputs: int
    samples: int
    slides: str
    description: str
    target_names: tuple[str, ...] | None = None


_ALL = (
    Dataset(
        "quadratic",
        "two squares and a product",
        2,
        3,
        1000,
        "55–56",
        "Points x uniform in [−10, 10]², drawn by the generator that drew the weights, after them; "
        "inputs x / 20, targets (x₁², x₂², 2x₁x₂).",
        ("x₁²", "x₂²", "2x₁x₂"),
    ),
    Dataset(
        "mnist",
        "MNIST digits",
        784,
        10,
        60_000,
        "57–59",
        "Pixels / 255, each pixel standardized by the training set (standard deviations below 1e-6 count as 1e-6), "
        "one-hot targets; 10 000 test digits beside the 60 000.",
    ),
)

DATASETS: dict[str, Dataset] = {dataset.name: dataset for dataset in _ALL}

QUADRATIC_RANGE = 10.0
QUADRATIC_SCALE = 20.0


def quadratic_targets(points: Array) -> Array:
    """The functions of the lab of slides 55–56 at points (n, 2): (x₁², x₂², 2x₁x₂) (n, 3)."""
    x1, x2 = points[:, 0], points[:, 1]
    return np.column_stack((x1**2, x2**2, 2 * x1 * x2))


@dataclass(frozen=True)
class Plane:
    """Points (x₁, x₂) from which a data set's samples are made: both coordinates from low to high.

    Attributes
    ----------
    low, high : float
    scale : float
        The network's inputs are the points divided by it.
    targets : callable
        Points (n, 2) → targets (n, k).
    """

    low: float
    high: float
    scale: float
    targets: Callable[[Array], Array]


PLANES = {"quadratic": Plane(-QUADRATIC_RANGE, QUADRATIC_RANGE, QUADRATIC_SCALE, quadratic_targets)}


def load(spec: DataSpec, data_dir: Path, generator: Generator, dtype: str = "float64") -> Data:
    """Bring a data set into memory (MNIST: memory-mapped).

    Parameters
    ----------
    spec : DataSpec
    data_dir : Path
        Where MNIST lies.
    generator : Generator
        For drawn data sets: goes on after the weights (slide 56).
    dtype : str
        Precision of the targets; inputs are cast batch by batch.

    Returns
    -------
    Data

    Raises
    ------
    DatasetMissing
        If MNIST has not been fetched.
    InvalidInput
        If more samples are asked for than there are.
    """
    known = DATASETS.get(spec.dataset)
    if known is None:
        raise InvalidInput("data.dataset", f"Unknown data set. Known: {', '.join(DATASETS)}.")
    samples = known.samples if spec.samples is None else spec.samples
    if spec.dataset == "quadratic":
        return draw_quadratic(samples, generator)
    if samples > known.samples:
        raise InvalidInput("data.samples", f"{known.name} has {known.samples} samples; ask for at most so many.")
    return _mnist(samples, data_dir, dtype, spec.constant_pixels == "amplify")


def draw_quadratic(samples: int, generator: Generator) -> Data:
    """Draw the lab of slides 55–56: inputs x / 20 (n, 2), targets (x₁², x₂², 2x₁x₂) (n, 3)."""
    x = generator.uniform(-QUADRATIC_RANGE, QUADRATIC_RANGE, size=(samples, 2))
    return Data(x / QUADRATIC_SCALE, quadratic_targets(x))


def _mnist(samples: int, data_dir: Path, dtype: str, amplify: bool) -> Data:
    digits = mnist.load(data_dir)
    one_hot = np.eye(10, dtype=dtype)
    test_inputs = digits.test_inputs if amplify else _without_constant_pixels(data_dir)
    test = Data(test_inputs, one_hot[digits.test_labels], digits.test_labels)
    labels = digits.train_labels[:samples]
    return Data(digits.train_inputs[:samples], one_hot[labels], labels, test)


@lru_cache(maxsize=1)
def _without_constant_pixels(data_dir: Path) -> Array:
    digits = mnist.load(data_dir)
    return np.where(digits.std <= mnist.STD_FLOOR, np.float32(0), digits.test_inputs)
