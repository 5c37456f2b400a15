"""The whole Hessian of a small network: every second derivative, and its eigenvalues."""

from typing import Any

from app.backend import Backend
from app.landscape.moments import refuse_diverged
from app.runs import past
from app.runs.past import Moment
from core.errors import InvalidInput, LimitExceeded
from core.landscape.directions import first_parameters
from core.landscape.eigen import eigen
from core.landscape.hessian import MOST_DENSE, Hessian
from core.landscape.samples import spread
from core.network.layers import Network
from core.training.setup import Setup

# so many multiplications take about a second: a product of the Hessian, two passes, for each parameter
MOST_MULTIPLICATIONS = 1_000_000_000


async def of_run(backend: Backend, key: str, shared: bool, step: int | None, samples: int | None) -> bytes:
    """The Hessian at a step of a run (None: the newest), on so many of its samples (None: all)."""
    return await past.at_moment(backend, _of_moment, key, shared, step, samples)


def _of_moment(backend: Backend, found: Moment, samples: int | None) -> dict[str, Any]:
    refuse_diverged(found)
    state = found.state
    rate = found.setup.recipe.schedule.rate(state.learning_rate, state.step)
    return hessian_view(state.network, found.setup, state.step, rate, "query.samples", samples)


def hessian_view(
    network: Network, setup: Setup, step: int, learning_rate: float, location: str, samples: int | None = None
) -> dict[str, Any]:
    """Every second derivative of the loss, its eigenvalues, and what a step makes of the gradient along each."""
    data = spread(setup.data, samples or setup.samples)
    n, m = network.parameter_count, len(data.inputs)
    if n > MOST_DENSE:
        message = f"{n} parameters: the whole Hessian is told up to {MOST_DENSE}. Ask for the curvature instead."
        raise LimitExceeded(location, message)
    if 2 * n * n * m > MOST_MULTIPLICATIONS:
        message = f"The Hessian of {n} parameters on {m} samples takes too long to be computed while one waits."
        raise LimitExceeded(location, f"{message} Give fewer samples.")
    hessian = Hessian(network, setup.recipe.loss, data)
    matrix = hessian.dense()
    # the two halves differ by rounding
    matrix = (matrix + matrix.T) / 2
    if not (abs(matrix) < float("inf")).all():
        raise InvalidInput(location, "There the numbers are not finite: nothing can be said of second derivatives.")
    found = eigen(matrix)
    return {
        "step": step,
        "parameters": first_parameters(network, n),
        "values": matrix,
        "blocks": found.blocks,
        "eigenvalues": found.values,
        "eigenvectors": found.vectors,
        "gradient": hessian.gradient,
        "gradient_along": found.vectors @ hessian.gradient,
        "learning_rate": learning_rate,
        "factors": 1 - learning_rate * found.values,
        "samples": m,
    }
