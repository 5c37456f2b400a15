"""Where units switch along a straight line of parameters: the learning rates at which z crosses 0 at a kink."""

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from core.landscape.crossings import crossings_between
from core.network.activations import ACTIVATIONS, Array
from core.network.layers import Layer, Network

MOST_KINKS = 1000
# the walk from kink to kink through deeper layers holds at most so many numbers
MOST_NUMBERS = 4_000_000
# so many samples at a time where only the first layer has kinks
CHUNK_ROWS = 1000
# two crossings closer than this share of the whole line are one
SAME = 1e-13
# a crossing at the very end of the line counts
BEYOND = 1 + 1e-9


@dataclass(frozen=True, order=True)
class Kink:
    """A unit that switches: at which η, in which layer (from 0), which unit, for which sample."""

    learning_rate: float
    layer: int
    unit: int
    sample: int


@dataclass(frozen=True)
class Kinks:
    """What was found: the first ones in order of η, how many there are, and the layers that were too much work."""

    first: tuple[Kink, ...]
    count: int
    not_searched: tuple[int, ...]


@dataclass(frozen=True)
class _Pieces:
    """Parts of the line, one a row, between which no unit of the layers before switches.

    `sample` (r,), `start` and `end` (r,) are sorted by sample and η; `h` (r, width, degree + 1) are polynomials in η.
    """

    sample: NDArray[np.intp]
    start: Array
    end: Array
    h: Array


def find_kinks(network: Network, along: Network, x: Array, until: float) -> Kinks:
    """Find every unit that switches between η = 0 and η = until, where parameters move as θ − η v.

    Parameters
    ----------
    network : Network
        θ.
    along : Network
        v, in the same shape.
    x : array (m, d)
    until : float
        At least 0.

    Returns
    -------
    Kinks
        A switch is a change of f′ between both sides; to touch 0 is none, and to start from 0 is none.

    Notes
    -----
    The first layer's z is linear in η: its crossing is a quotient. Behind layers that are linear between their kinks
    z is a polynomial in η from kink to kink: its roots in each piece are taken, none is missed. Behind a smooth
    activation the line is cut in 256 parts, and each change of sign is bisected down to the last digit; two crossings
    within one part are missed there. All in float64.
    """
    kinked = [index for index, layer in enumerate(network.layers) if ACTIVATIONS[layer.activation].has_kink]
    if not kinked or until <= 0:
        return Kinks((), 0, ())
    x, until = x.astype(np.float64, copy=False), until * BEYOND
    with np.errstate(all="ignore"):
        if kinked == [0]:
            return _of_first_layer(network, along, x, until)
        return _of_all_layers(_in_float64(network), _in_float64(along), x, until, kinked)


def _in_float64(network: Network) -> Network:
    return Network(
        tuple(
            Layer(layer.W.astype(np.float64), None if layer.b is None else layer.b.astype(np.float64), layer.activation)
            for layer in network.layers
        )
    )


def _of_first_layer(network: Network, along: Network, x: Array, until: float) -> Kinks:
    """All samples at once, in chunks; only the first crossings are kept."""
    first, v = _in_float64(network).layers[0], _in_float64(along).layers[0]
    kept, count = np.empty((0, 3)), 0
    for begin in range(0, len(x), CHUNK_ROWS):
        rows = x[begin : begin + CHUNK_ROWS]
        z, speed = _affine(first, rows), _affine(v, rows)
        at = z / speed
        sample, unit = np.nonzero((at > 0) & (at <= until))
        count += len(sample)
        found = np.stack([at[sample, unit], unit, sample + begin], axis=1)
        kept = np.concatenate([kept, found])
        kept = kept[np.lexsort(kept.T[::-1])][:MOST_KINKS]
    return Kinks(tuple(Kink(float(eta), 0, int(unit), int(sample)) for eta, unit, sample in kept), count, ())


def _affine(layer: Layer, x: Array) -> Array:
    return np.asarray(x @ layer.W.T if layer.b is None else x @ layer.W.T + layer.b)


def _of_all_layers(network: Network, along: Network, x: Array, until: float, kinked: list[int]) -> Kinks:
    found: list[Kink] = []
    m = len(x)
    pieces = _Pieces(np.arange(m), np.zeros(m), np.full(m, until), x[:, :, None])
    for index, (layer, v) in enumerate(zip(network.layers, along.layers, strict=True)):
        left = tuple(each for each in kinked if each >= index)
        if not left:
            break
        if len(pieces.sample) * len(layer.W) * (index + 2) > MOST_NUMBERS:
            return _listed(found, left)
        z = _times(pieces.h, layer, v)
        if index in kinked:
            split, slopes = _split(pieces, z, layer.activation, until)
            found += _switches(split, slopes, index)
            pieces = _Pieces(split.sample, split.start, split.end, split.h * slopes[:, :, None])
        elif layer.activation == "linear":
            pieces = _Pieces(pieces.sample, pieces.start, pieces.end, z)
        else:
            behind = [each for each in left if each > index]
            crossings = crossings_between(network, along, x, until, behind)
            if crossings is None:
                return _listed(found, tuple(behind))
            found += [Kink(*each) for each in crossings]
            break
    return _listed(found, ())


def _listed(found: list[Kink], not_searched: tuple[int, ...]) -> Kinks:
    return Kinks(tuple(sorted(found)[:MOST_KINKS]), len(found), not_searched)


def _times(h: Array, layer: Layer, v: Layer) -> Array:
    """The polynomials of z = h (W − η V)ᵀ + b − η c, one degree higher than those of h."""
    z = np.zeros((len(h), len(layer.W), h.shape[2] + 1))
    z[:, :, :-1] = np.einsum("rid,oi->rod", h, layer.W)
    z[:, :, 1:] -= np.einsum("rid,oi->rod", h, v.W)
    if layer.b is not None and v.b is not None:
        z[:, :, 0] += layer.b
        z[:, :, 1] -= v.b
    return z


def _split(pieces: _Pieces, z: Array, activation: str, until: float) -> tuple[_Pieces, Array]:
    """Cut the pieces at every root of every unit; `h` of the result is z, beside f′ in the middle of each piece."""
    row, at = _roots(z, pieces.start, pieces.end)
    row = np.concatenate([np.arange(len(z)), row])
    start = np.concatenate([pieces.start, at])
    order = np.lexsort((start, row))
    row, start = row[order], start[order]
    fresh = np.ones(len(row), bool)
    fresh[1:] = (row[1:] != row[:-1]) | (start[1:] - start[:-1] > SAME * until)
    row, start = row[fresh], start[fresh]
    end = pieces.end[row]
    same = row[1:] == row[:-1]
    end[:-1][same] = start[1:][same]
    split = _Pieces(pieces.sample[row], start, end, z[row])
    middle = _value(split.h, (start + end) / 2)
    derivative = ACTIVATIONS[activation].derivative
    assert derivative is not None
    return split, derivative(middle)


def _value(polynomials: Array, at: Array) -> Array:
    """Each row's polynomials (r, width, degree + 1) at its own η (r,)."""
    total = np.zeros(polynomials.shape[:2])
    for degree in range(polynomials.shape[2] - 1, -1, -1):
        total = total * at[:, None] + polynomials[:, :, degree]
    return total


def _roots(z: Array, start: Array, end: Array) -> tuple[NDArray[np.intp], Array]:
    """Rows and places of all real roots strictly inside their pieces."""
    if z.shape[2] == 2:
        at = -z[:, :, 0] / z[:, :, 1]
        row, unit = np.nonzero((at > start[:, None]) & (at < end[:, None]))
        return row, at[row, unit]
    middle, half = (start + end) / 2, (end - start) / 2
    q = np.einsum("rwk,rjk->rwj", z, _shift(middle, half, z.shape[2]))
    # where the constant term is larger than all others together there is no root in −1 … 1
    row, unit = np.nonzero(np.abs(q[:, :, 0]) <= np.abs(q[:, :, 1:]).sum(axis=2))
    rows: list[int] = []
    places: list[float] = []
    for r, polynomial in zip(row, q[row, unit], strict=True):
        if not np.isfinite(polynomial).all():
            continue
        found = np.roots(polynomial[::-1])
        inside = found.real[(np.abs(found.imag) < SAME) & (np.abs(found.real) < 1)]
        rows += [int(r)] * len(inside)
        places += (middle[r] + half[r] * inside).tolist()
    return np.array(rows, np.intp), np.array(places)


def _shift(middle: Array, half: Array, terms: int) -> Array:
    """(r, terms, terms): from coefficients in η to those in s, where η = middle + s · half."""
    matrix = np.zeros((len(middle), terms, terms))
    for k in range(terms):
        for j in range(k + 1):
            matrix[:, j, k] = comb(k, j) * middle ** (k - j) * half**j
    return matrix


def _switches(split: _Pieces, slopes: Array, layer: int) -> list[Kink]:
    """Where f′ of a unit differs between two pieces that follow each other."""
    follows = split.sample[1:] == split.sample[:-1]
    row, unit = np.nonzero(follows[:, None] & (slopes[1:] != slopes[:-1]))
    return [
        Kink(float(split.start[r + 1]), layer, int(u), int(split.sample[r])) for r, u in zip(row, unit, strict=True)
    ]
