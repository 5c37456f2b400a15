"""The step as a curve: what every learning rate would lead to."""

import math
from typing import Any

from app.backend import Backend
from app.landscape.moments import refuse_diverged
from app.runs import past
from app.runs.past import Moment
from core.errors import InvalidInput, LimitExceeded
from core.landscape.line import Line, line
from core.landscape.samples import spread

MOST_RATES = 1001
# so many multiplications take about a second
MOST_MULTIPLICATIONS = 1_000_000_000


async def of_run(
    backend: Backend, key: str, shared: bool, step: int | None, learning_rates: str, samples: int | None
) -> bytes:
    """The loss along −∇L at a step of a run (None: the newest)."""
    rates = _read_rates(learning_rates, backend.limits.learning_rate)
    return await past.at_moment(backend, _of_moment, key, shared, step, rates, samples)


def _read_rates(text: str, largest: float) -> list[float]:
    message = f"Give up to {MOST_RATES} numbers from 0 to {largest:g} with commas between, as 0,0.1,0.2."
    try:
        rates = [float(part) for part in text.split(",")]
    except ValueError:
        raise InvalidInput("query.learning_rates", message) from None
    if not all(math.isfinite(rate) and 0 <= rate <= largest for rate in rates):
        raise InvalidInput("query.learning_rates", message)
    if len(rates) > MOST_RATES:
        raise LimitExceeded("query.learning_rates", message)
    return rates


def _of_moment(backend: Backend, found: Moment, rates: list[float], samples: int | None) -> dict[str, Any]:
    refuse_diverged(found)
    setup, state = found.setup, found.state
    data = spread(setup.data, samples or setup.samples)
    if (len(rates) + 4) * len(data.inputs) * setup.parameters > MOST_MULTIPLICATIONS:
        message = (
            f"{len(rates)} learning rates, {len(data.inputs)} samples and {setup.parameters} parameters take too long "
            "to be computed while one waits. Give fewer learning rates, or samples."
        )
        raise LimitExceeded("query.samples", message)
    return {"step": state.step} | view_of(line(state.network, setup.recipe.loss, data, rates))


def view_of(along: Line) -> dict[str, Any]:
    """The step as a curve, as it is answered."""
    return {
        "learning_rates": along.learning_rates,
        "loss": along.loss,
        "parabola": along.parabola,
        "best_learning_rate": along.best_learning_rate,
        "gradient_norm": along.gradient_norm,
        "curvature_along_gradient": along.curvature_along_gradient,
        "kinks": [
            {"learning_rate": kink.learning_rate, "layer": kink.layer + 1, "unit": kink.unit, "sample": kink.sample}
            for kink in along.kinks.first
        ],
        "kinks_count": along.kinks.count,
        "layers_not_searched": [layer + 1 for layer in along.kinks.not_searched],
        "samples": along.samples,
    }
