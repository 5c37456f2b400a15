"""Directions in the space of parameters: the axes of a plane, and what a plane says about points beside it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from core.errors import InvalidInput
from core.landscape.curvature import lanczos
from core.landscape.vectors import flatten, vector_of
from core.network.activations import Array
from core.network.layers import Network

# of the largest |λ|; the direction is then known to about so much, which no plot shows
SHARPEST_TOLERANCE = 1e-4
_NAME = re.compile(
    r"(?:(?P<layer>[1-9]\d{0,5})|layers\[(?P<index>\d{1,6})\])"
    r"\.(?P<kind>weights|biases)\[(?P<row>\d{1,6})\](?:\[(?P<column>\d{1,6})\])?"
)


@dataclass(frozen=True)
class Direction:
    """An axis: its name, its vector (n,), and the rows of parameters that it leaves alone because they are 0."""

    name: str
    vector: Array
    zero_rows: tuple[str, ...] = ()

    @property
    def norm(self) -> float:
        """‖vector‖; 0 where there is no such direction."""
        return float(np.linalg.norm(self.vector))


def index_of(network: Network, name: str, location: str) -> int:
    """Find a parameter by its name.

    Parameters
    ----------
    network : Network
    name : str
        ``1.weights[0][1]`` (layers from 1, as in W₁), or ``layers[0].weights[0][1]`` as a step's answer has it.
    location : str
        What an error names.

    Returns
    -------
    int
        Its place in the vector of all parameters.

    Raises
    ------
    InvalidInput
        If there is no such parameter.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise InvalidInput(location, "Name a parameter as 1.weights[0][1] or 2.biases[0]; layers count from 1.")
    layer = int(found["layer"]) - 1 if found["layer"] else int(found["index"])
    place = 0
    for index, each in enumerate(network.layers):
        array = each.W if found["kind"] == "weights" else each.b
        before = 0 if found["kind"] == "weights" else each.W.size
        if index == layer and array is not None and (array.ndim == 2) == (found["column"] is not None):
            at = (int(found["row"]), *((int(found["column"]),) if found["column"] else ()))
            if all(k < size for k, size in zip(at, array.shape, strict=True)):
                return place + before + int(np.ravel_multi_index(at, array.shape))
        place += each.W.size + (0 if each.b is None else each.b.size)
    raise InvalidInput(location, f"There is no {name}: the layers are {' → '.join(map(str, network.layer_sizes))}.")


def first_parameters(network: Network, count: int) -> list[str]:
    """The names of the first parameters of a network: W₁ row by row, b₁, W₂, …; fewer when it has fewer."""
    names: list[str] = []
    for number, layer in enumerate(network.layers, 1):
        for kind, array in (("weights", layer.W), ("biases", layer.b)):
            places = () if array is None else np.ndindex(array.shape)
            for place in islice(places, count - len(names)):
                names.append(f"{number}.{kind}" + "".join(f"[{k}]" for k in place))
    return names


def name_of(network: Network, index: int) -> str:
    """The name of the parameter at a place in the vector of all of them, as `index_of` finds it."""
    for number, layer in enumerate(network.layers, 1):
        for kind, array in (("weights", layer.W), ("biases", layer.b)):
            if array is None:
                continue
            if index < array.size:
                return f"{number}.{kind}" + "".join(f"[{k}]" for k in np.unravel_index(index, array.shape))
            index -= array.size
    raise IndexError(index)


def steepest_parameters(network: Network, gradient: Array, count: int) -> list[str]:
    """The names of the parameters along which the loss is steepest.

    Parameters
    ----------
    network : Network
    gradient : array (n,)
    count : int

    Returns
    -------
    list of str
        The largest |∂L/∂θ_i| first; of equal ones the first. Where all are 0, the first ones of all.
    """
    order = np.argsort(-np.abs(gradient), kind="stable")
    return [name_of(network, int(index)) for index in order[:count]]


def along_parameter(network: Network, name: str, location: str) -> tuple[Direction, float]:
    """The axis of one parameter, and the value that it has."""
    index = index_of(network, name, location)
    vector = np.zeros(network.parameter_count)
    vector[index] = 1
    return Direction(name, vector), float(vector_of(network)[index])


def random_directions(network: Network, seed: int, count: int = 2) -> list[Direction]:
    """Draw directions that are normalized filter by filter (Li et al. 2018, "Visualizing the loss landscape").

    Parameters
    ----------
    network : Network
    seed : int
        Of a generator of its own; a direction is drawn whole before the next one: W₁, b₁, W₂, …
    count : int

    Returns
    -------
    list of Direction
        Every row of W, and every b as a row of its own, has the length of the network's own row: a row of zeros
        stays as it is in this direction.
    """
    generator = np.random.default_rng(seed)
    found = []
    for k in range(count):
        parts: list[Array] = []
        zero: list[str] = []
        for number, layer in enumerate(network.layers, 1):
            rows = layer.W.astype(np.float64)
            parts.append(_as_long_as(rows, generator.standard_normal(rows.shape)))
            zero += [f"{number}.weights[{row}]" for row in np.flatnonzero(~rows.any(axis=1))]
            if layer.b is not None:
                b = layer.b.astype(np.float64)[None]
                parts.append(_as_long_as(b, generator.standard_normal(b.shape)))
                zero += [] if b.any() else [f"{number}.biases"]
        found.append(Direction(f"random direction {k + 1}", flatten(parts), tuple(zero)))
    return found


def _as_long_as(rows: Array, drawn: Array) -> Array:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True) * lengths)


def principal_directions(offsets: Array) -> tuple[list[Direction], Array]:
    """Find the two directions that hold most of a trajectory.

    Parameters
    ----------
    offsets : array (t, n)
        The states about the newest one, θ_k − θ: no mean is taken off.

    Returns
    -------
    (list of Direction, array (2,))
        Of length 1 each, or 0 where the trajectory has no such direction; and the shares of Σ‖θ_k − θ‖² in them.
    """
    _, values, rows = np.linalg.svd(offsets, full_matrices=False)
    squares = values**2
    total = squares.sum()
    found, shares = [], np.zeros(2)
    for k, name in enumerate(("first principal component", "second principal component")):
        vector = np.zeros(offsets.shape[1])
        if k < len(values) and values[k] > values[0] * np.finfo(np.float64).eps * max(offsets.shape):
            # the sign is free: the largest number in it is positive
            vector = rows[k] * np.sign(rows[k][np.abs(rows[k]).argmax()])
            shares[k] = squares[k] / total
        found.append(Direction(name, vector))
    return found, shares


def sharpest_directions(product: Callable[[Array], Array], gradient: Array) -> tuple[list[Direction], float]:
    """The gradient's direction and the one in which the loss bends most.

    Parameters
    ----------
    product : callable
        v (n,) → ∇²L v.
    gradient : array (n,)

    Returns
    -------
    (list of Direction, float)
        Of length 1 each (0 where g = 0), not orthogonal in general; and λ, the largest eigenvalue.
    """
    spectrum = lanczos(product, len(gradient), SHARPEST_TOLERANCE, both_ends=False)
    norm = float(np.linalg.norm(gradient))
    uphill = gradient / norm if norm > 0 else np.zeros_like(gradient)
    sign = 1 if uphill @ spectrum.eigenvector >= 0 else -1
    sharpest = Direction("sharpest direction", sign * spectrum.eigenvector)
    return [Direction("gradient", uphill), sharpest], spectrum.largest


def angle_between(directions: Sequence[Direction]) -> float | None:
    """The angle of two directions in degrees; None where one has no length or there is one only."""
    if len(directions) < 2 or not all(each.norm > 0 for each in directions):
        return None
    a, b = (each.vector / each.norm for each in directions)
    # exact for small angles too, where the cosine is not
    return float(np.degrees(2 * np.arctan2(np.linalg.norm(a - b), np.linalg.norm(a + b))))


def project(directions: Sequence[Direction], offset: Array) -> tuple[Array, float]:
    """Find the nearest point of a plane.

    Parameters
    ----------
    directions : sequence of Direction
    offset : array (n,)
        θ_k − θ.

    Returns
    -------
    (array (k,), float)
        Its coordinates, by least squares, for the directions need not be orthogonal; and how far off it is.
    """
    matrix = np.stack([each.vector for each in directions], axis=1)
    coordinates = np.linalg.lstsq(matrix, offset, rcond=None)[0]
    return coordinates, float(np.linalg.norm(offset - matrix @ coordinates))
