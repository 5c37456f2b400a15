"""How the loss bends at a network's parameters, and the learning rate that this allows."""

import math
from typing import Any

from app.backend import Backend
from app.runs import past
from app.runs.past import Moment
from core.errors import LimitExceeded
from core.landscape.curvature import MOST_ITERATIONS, curvature
from core.landscape.samples import spread
from core.network.layers import Network
from core.training.setup import Setup

# so many multiplications take about a second: two passes a product, and each direction made orthogonal to all before
MOST_MULTIPLICATIONS = 1_000_000_000
# fewer say little of a large network
LEAST_ITERATIONS = 20
# more numbers are not sent
MOST_COMPONENTS = 20_000


async def of_run(backend: Backend, key: str, shared: bool, step: int | None, samples: int | None) -> bytes:
    """The curvature at a step of a run (None: the newest), on so many of its samples (None: all)."""
    return await past.at_moment(backend, _of_moment, key, shared, step, samples)


def _of_moment(backend: Backend, found: Moment, samples: int | None) -> dict[str, Any]:
    return curvature_view(found.state.network, found.setup, found.state.step, "query.samples", samples)


def curvature_view(
    network: Network, setup: Setup, step: int, location: str, samples: int | None = None
) -> dict[str, Any]:
    """The curvature of the loss, with as many iterations as about a second allows; refused where these are too few."""
    data = spread(setup.data, samples or setup.samples)
    n, m = network.parameter_count, len(data.inputs)
    iterations = affordable_iterations(n, m)
    if iterations < min(n, LEAST_ITERATIONS):
        message = f"The curvature of {n} parameters on {m} samples takes too long to be computed while one waits."
        if affordable_iterations(n, 1) >= LEAST_ITERATIONS:
            message += f" Up to {most_samples(n)} samples are quick enough: GET /runs/{{id}}/curvature?samples="
            message += f"{most_samples(n)}."
        raise LimitExceeded(location, message)
    found = curvature(network, setup.recipe.loss, data, most_iterations=iterations)
    return {
        "step": step,
        "largest_eigenvalue": found.spectrum.largest,
        "smallest_eigenvalue": found.spectrum.smallest,
        "eigenvector": found.spectrum.eigenvector if n <= MOST_COMPONENTS else None,
        "speed_limit": found.speed_limit,
        "gradient_norm": found.gradient_norm,
        "curvature_along_gradient": found.curvature_along_gradient,
        "best_learning_rate": found.best_learning_rate,
        "iterations": found.spectrum.iterations,
        "residual": found.spectrum.residual,
        "samples": found.samples,
    }


def affordable_iterations(parameters: int, samples: int) -> int:
    """The largest k with k n (2m + 2k) within the limit: n parameters, m samples."""
    k = (math.sqrt(samples**2 + 2 * MOST_MULTIPLICATIONS / parameters) - samples) / 2
    return min(parameters, MOST_ITERATIONS, int(k))


def most_samples(parameters: int) -> int:
    """On how many samples the fewest iterations are within the limit."""
    return int(MOST_MULTIPLICATIONS / (2 * LEAST_ITERATIONS * parameters)) - LEAST_ITERATIONS
