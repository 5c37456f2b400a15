"""What each learning rate would do, from a configuration alone: nothing is stored."""

from functools import cache
from typing import Any

import numpy as np

from app.backend import Backend
from app.landscape.curvature import affordable_iterations, curvature_view
from app.landscape.line import view_of
from app.schemas.configuration import configuration_of
from app.schemas.rates import FirstLineRequest, WalksRequest
from core.errors import InvalidInput, LimitExceeded
from core.landscape.line import line
from core.landscape.walks import BISECTIONS, Walk, first_above, walk
from core.network.layers import Network
from core.training.setup import Setup

# of one pass over one sample and one parameter each, with what a pass takes before it begins; about a second
MOST_WORK = 300_000_000
PASS = 20_000
# a product of the Hessian with a vector, in passes
PRODUCT_PASSES = 3


def first_line(backend: Backend, body: FirstLineRequest) -> dict[str, Any]:
    """The next step as a curve over η, with the curvature and the losses of the updates made before it."""
    network, setup = _start(backend, body)
    _refuse_long(network, setup, len(body.learning_rates) + 2 * len(body.made), "learning_rates")
    made = walk(network, setup.recipe.loss, setup.data, body.made)
    step = len(body.made)
    _refuse_infinite(made, "made")
    along = line(made.network, setup.recipe.loss, setup.data, body.learning_rates)
    bend = curvature_view(made.network, setup, step, "network")
    return {
        "step": step,
        "losses": made.losses,
        "living": made.living,
        "outcome": made.outcome,
        "curvature": bend,
    } | view_of(along)


def walks(backend: Backend, body: WalksRequest) -> dict[str, Any]:
    """The same start with each learning rate, and the three limits."""
    network, setup = _start(backend, body)
    rates, steps, with_curvature = sorted(body.learning_rates), body.steps, "curvature" in body.include
    # two limits are looked for by halving, between two of the learning rates
    passes = (len(rates) + 2 * BISECTIONS) * (steps + 1)
    if with_curvature:
        passes += len(rates) * PRODUCT_PASSES * affordable_iterations(setup.parameters, setup.samples)
    _refuse_long(network, setup, passes, "learning_rates")
    start = walk(network, setup.recipe.loss, setup.data, [])
    _refuse_infinite(start, "network")
    first = float(start.losses[0])

    @cache
    def go(eta: float) -> Walk:
        return walk(network, setup.recipe.loss, setup.data, [eta] * steps)

    return {
        "steps": steps,
        "units": _units(network),
        "walks": [_view(go(eta), setup, with_curvature) for eta in body.learning_rates],
        "limits": {
            "speed_limit": curvature_view(network, setup, 0, "network")["speed_limit"],
            "step_breaks_even": first_above(lambda eta: _finite(go(eta).losses[1]), first, rates),
            "walk_rises": first_above(lambda eta: _finite(go(eta).losses.max()), first, rates),
        },
    }


def _finite(loss: float) -> float:
    """A loss to compare: what is no number is above all."""
    return float(loss) if np.isfinite(loss) else float("inf")


def _start(backend: Backend, body: FirstLineRequest | WalksRequest) -> tuple[Network, Setup]:
    largest = backend.limits.learning_rate
    if max(body.learning_rates) > largest:
        raise InvalidInput("learning_rates", f"A learning rate is a number from 0 to {largest:g}.")
    return configuration_of(body, backend.limits).build(backend.settings.data_dir)


def _refuse_long(network: Network, setup: Setup, passes: int, location: str) -> None:
    if passes * (PASS + setup.samples * setup.parameters) > MOST_WORK:
        message = f"{passes} passes over {setup.samples} samples with {setup.parameters} parameters take too long "
        raise LimitExceeded(location, message + "to be computed while one waits. Give fewer learning rates or samples.")


def _refuse_infinite(made: Walk, location: str) -> None:
    if made.outcome == "diverges":
        raise InvalidInput(location, "There the numbers are not finite: nothing can be said of a next step.")


def _units(network: Network) -> int:
    """How many units can give nothing for every sample."""
    return sum(layer.W.shape[0] for layer in network.layers if layer.activation == "relu")


def _view(found: Walk, setup: Setup, with_curvature: bool) -> dict[str, Any]:
    is_finite = found.outcome != "diverges"
    bend = curvature_view(found.network, setup, 0, "network") if with_curvature and is_finite else None
    return {
        "learning_rate": found.learning_rate,
        "losses": found.losses,
        "living": found.living,
        "outcome": found.outcome,
        "largest_eigenvalue": None if bend is None else bend["largest_eigenvalue"],
    }
