"""What a lab is made of: its numbers, the fields to fill, and the mistakes that are known for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from core.network.activations import Array
from core.network.layers import Network

Values = Mapping[str, Array]
Compute = Callable[[Values], Array]


@dataclass(frozen=True)
class Setting:
    """The numbers that a lab starts from: a network, samples x (m, d) and y (m, k), and η."""

    network: Network
    x: Array
    y: Array
    eta: float


@dataclass(frozen=True)
class Rule:
    """The right computation with one deliberate mistake.

    Attributes
    ----------
    name : str
        Its stable identifier.
    title, message : str
        What was done, in plain words; never the right number.
    compute : callable
        Values → what comes of it.
    untold : str
        What to say where the numbers cannot tell it from the right computation.
    needs_batch : bool
        Whether it is no mistake for a single sample.
    """

    name: str
    title: str
    message: str
    compute: Compute
    untold: str = ""
    needs_batch: bool = False


@dataclass(frozen=True)
class Field:
    """One matrix to fill.

    Attributes
    ----------
    name, label, latex : str
        As in the API, as text, and typeset.
    symbol : str
        Whose color it has: x, W, b, y, z, h, L, delta or gradient.
    inputs : tuple of str
        What it is computed from: given numbers and earlier fields.
    step : callable
        Values → this field; the right computation, from the inputs alone.
    rules : tuple of Rule
    hints : tuple of str
        From a nudge to the formula, never the number.
    """

    name: str
    label: str
    latex: str
    symbol: str
    inputs: tuple[str, ...]
    step: Compute
    rules: tuple[Rule, ...]
    hints: tuple[str, ...]

    @property
    def short(self) -> str:
        """Its name without what it stands for."""
        return self.label.split(" = ")[0]


@dataclass(frozen=True)
class Given:
    """A matrix that is printed beside the fields."""

    name: str
    label: str
    latex: str
    symbol: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """Fields that go over the same numbers, first to last.

    Attributes
    ----------
    compute : callable
        Setting → every given number and every field, by the core's own forward and backward pass.
    start : callable
        Setting → the given numbers alone.
    update : callable
        (Setting, values) → the network after the update that the values ask for.
    lecture : Setting
        The numbers of seed 0.
    draw : callable
        Generator → a setting of small whole numbers, which may turn out not to be fit for use.
    """

    name: str
    fields: tuple[Field, ...]
    compute: Callable[[Setting], dict[str, Array]]
    start: Callable[[Setting], dict[str, Array]]
    update: Callable[[Setting, Values], Network]
    lecture: Setting
    draw: Callable[[np.random.Generator], Setting]
    by_name: dict[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.fields})


def scalar(value: float) -> Array:
    """A number as a matrix of one row and one column."""
    return np.array([[value]], dtype=np.float64)
