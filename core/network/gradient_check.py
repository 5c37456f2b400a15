"""Backpropagation against central differences, the check that everybody can redo by hand."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.network.activations import ACTIVATIONS, Array
from core.network.layers import ForwardPass, Layer, Network, backward, forward, mean_loss

TOLERANCE = 1e-5


@dataclass(frozen=True)
class Check:
    """Outcome of a gradient check.

    Attributes
    ----------
    max_relative_error : float
        The largest |a − n| / max(|a|, |n|, floor) over the checked parameters.
    passed : bool
        Whether it is below `TOLERANCE`.
    worst : dict or None
        Where: layer (from 1), parameter ("weights" or "biases"), index, analytic, numeric.
    checked, skipped : int
        Parameters compared; parameters whose nudge crosses a kink of ReLU, where no derivative exists.
    """

    max_relative_error: float
    passed: bool
    worst: dict[str, Any] | None
    checked: int
    skipped: int


def check(network: Network, loss: str, x: Array, y: Array, h: float = 1e-5, sample: int = 200, seed: int = 0) -> Check:
    """Compare `backward` with (L(θ + h) − L(θ − h)) / 2h, in float64.

    Parameters
    ----------
    network : Network
    loss : str
        A name in `LOSSES`.
    x, y : arrays (m, d), (m, k)
    h : float
        Nudge, scaled by max(1, |θ|).
    sample : int
        At most so many parameters are compared, chosen by `seed` when there are more.

    Returns
    -------
    Check
    """
    network = _in_float64(network)
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    passed = forward(network, x)
    gradients = backward(network, loss, passed, y)
    # differences of L are only known to rounding of L itself: below this, both sides are zero
    floor = 1e-5 * max(1.0, abs(mean_loss(loss, passed.h[-1], y)))
    worst, max_error, checked, skipped = None, 0.0, 0, 0
    for layer, name, index in _choose(network, sample, seed):
        numeric = _central_difference(network, loss, (x, y), (layer, name, index), h, passed)
        if numeric is None:
            skipped += 1
            continue
        dtheta = gradients.dW[layer] if name == "W" else gradients.db[layer]
        assert dtheta is not None
        analytic = float(dtheta[index])
        error = abs(analytic - numeric) / max(abs(analytic), abs(numeric), floor)
        checked += 1
        if worst is None or error > max_error:
            parameter = "weights" if name == "W" else "biases"
            worst = {"layer": layer + 1, "parameter": parameter, "index": list(index)}
            worst |= {"analytic": analytic, "numeric": numeric}
            max_error = error
    return Check(max_error, max_error <= TOLERANCE, worst, checked, skipped)


def _in_float64(network: Network) -> Network:
    return Network(
        tuple(
            Layer(layer.W.astype(np.float64), None if layer.b is None else layer.b.astype(np.float64), layer.activation)
            for layer in network.layers
        )
    )


Place = tuple[int, str, tuple[int, ...]]


def _choose(network: Network, sample: int, seed: int) -> list[Place]:
    arrays = [
        (i, name) for i, layer in enumerate(network.layers) for name in ("W", "b") if getattr(layer, name) is not None
    ]
    sizes = [getattr(network.layers[i], name).size for i, name in arrays]
    total = sum(sizes)
    flat = np.arange(total)
    if total > sample:
        flat = np.sort(np.random.default_rng(seed).choice(total, sample, replace=False))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    places: list[Place] = []
    for k in flat:
        which = int(np.searchsorted(starts, k, side="right") - 1)
        i, name = arrays[which]
        shape = getattr(network.layers[i], name).shape
        places.append((i, name, tuple(int(j) for j in np.unravel_index(int(k - starts[which]), shape))))
    return places


def _central_difference(
    network: Network, loss: str, xy: tuple[Array, Array], place: Place, h: float, passed: ForwardPass
) -> float | None:
    layer, name, index = place
    step = h * max(1.0, abs(float(getattr(network.layers[layer], name)[index])))
    sides = []
    for nudge in (step, -step):
        nudged = forward(_nudge(network, place, nudge), xy[0])
        if _crosses_kink(network, passed, nudged):
            return None
        sides.append(mean_loss(loss, nudged.h[-1], xy[1]))
    return (sides[0] - sides[1]) / (2 * step)


def _nudge(network: Network, place: Place, by: float) -> Network:
    layer, name, index = place
    old = network.layers[layer]
    theta = getattr(old, name).copy()
    theta[index] += by
    new = replace(old, **{name: theta})
    return Network((*network.layers[:layer], new, *network.layers[layer + 1 :]))


def _crosses_kink(network: Network, before: ForwardPass, after: ForwardPass) -> bool:
    return any(
        ACTIVATIONS[layer.activation].has_kink and bool(((a > 0) != (b > 0)).any())
        for layer, a, b in zip(network.layers, before.z, after.z, strict=True)
    )
