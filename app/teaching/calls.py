"""Every number of one update, from a configuration alone: nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.backend import Backend
from app.landscape.curvature import curvature_view
from app.landscape.hessian import hessian_view
from app.mathml import mathml
from app.runs.views import diagnostics
from app.schemas.backpropagation import BackpropagationRequest
from app.schemas.configuration import Configuration, configuration_of
from core.errors import InvalidInput, LimitExceeded
from core.network.layers import Network
from core.teaching import jacobians
from core.teaching.backpropagation import Update, compute_update, numbers, row_gradients
from core.teaching.contributions import contributions
from core.teaching.notebook import notebook as write_notebook
from core.teaching.why import why
from core.training.advance import begin
from core.training.batches import batch_of
from core.training.setup import Setup

# a notebook of more numbers is too long to be read
NOTEBOOK_VALUES = 20_000


def backpropagation(backend: Backend, body: BackpropagationRequest) -> dict[str, Any]:
    """Every number of the first update."""
    first = _first(backend, body)
    found = first.update()
    view = update_view(found, body.sample, body.include, 0, "sample")
    view["why"] = None if body.why is None else unfold(found, body.why, body.digits, "why")
    bends, tells = "curvature" in body.include, "diagnostics" in body.include
    view["curvature"] = curvature_view(first.network, first.setup, 0, "include") if bends else None
    view["diagnostics"] = first.diagnostics() if tells else None
    bends_everywhere = "hessian" in body.include
    rate = first.learning_rate
    view["hessian"] = hessian_view(first.network, first.setup, 0, rate, "include") if bends_everywhere else None
    return view


def update_view(found: Update, sample: int, include: Sequence[str], step: int, location: str) -> dict[str, Any]:
    """Every number of an update, with what is asked for beside."""
    check_sample(found, sample, location)
    view = numbers(found) | {"diverged": found.diverged, "jacobians": None, "row_gradients": None}
    if "jacobians" in include:
        view["jacobians"] = jacobians.jacobians(found, sample, step)
    if "row_gradients" in include:
        view["row_gradients"] = row_gradients(found)
    return view


def costs(backend: Backend, layer_sizes: str) -> dict[str, Any]:
    """What the chains of Jacobians of a network take, by their shapes alone."""
    texts = [text.strip() for text in layer_sizes.split(",")]
    if len(texts) < 2 or not all(text.isascii() and text.isdigit() and 0 < len(text) < 8 for text in texts):
        raise InvalidInput("query.layer_sizes", "Give two or more widths with commas between, as 784,128,10.")
    widths = [int(text) for text in texts]
    if min(widths) < 1:
        raise InvalidInput("query.layer_sizes", "Every width must be at least 1.")
    if len(widths) - 1 > backend.limits.layers or max(widths) > backend.limits.layer_width:
        message = f"At most {backend.limits.layers} layers, each at most {backend.limits.layer_width} wide."
        raise LimitExceeded("query.layer_sizes", message)
    return jacobians.costs(widths)


def notebook(backend: Backend, body: BackpropagationRequest) -> dict[str, Any]:
    """The first update as a Jupyter notebook."""
    return notebook_of(_first(backend, body).update(), body.sample, 0, "sample")


def notebook_of(found: Update, sample: int, step: int, location: str) -> dict[str, Any]:
    """An update as a Jupyter notebook, which holds its parameters and its batch as text."""
    values = found.network.parameter_count * (1 + len(found.slots)) + found.x.size + found.y.size
    if values > NOTEBOOK_VALUES:
        message = f"A notebook would hold {values} numbers; at most {NOTEBOOK_VALUES}."
        raise LimitExceeded("network.layer_sizes", message)
    check_sample(found, sample, location)
    return write_notebook(found, sample, step)


def check_sample(found: Update, sample: int, location: str) -> None:
    """Refuse a row that the batch does not have."""
    if sample >= found.m:
        raise InvalidInput(location, f"The batch has {found.m} samples; the last one is {found.m - 1}.")


def unfold(
    found: Update, number: str, digits: int, location: str, include: Sequence[str] = ()
) -> dict[str, Any]:  # fmt: skip
    """Why a number is what it is, its formulas also as browsers typeset them."""
    try:
        reason = why(found, number, digits)
    except InvalidInput as error:
        raise InvalidInput(location, error.message) from error
    filled = reason["filled"]
    if not filled.startswith(("= ", r"\approx ")):
        filled = f"= {filled}"
    told = contributions(found, number) if "contributions" in include else None
    written = {"mathml": mathml(reason["latex"], True), "filled_mathml": mathml(filled, True)}
    return reason | written | {"contributions": told}


@dataclass(frozen=True)
class _First:
    """A configuration that was checked, and the network and the setup that it builds."""

    configuration: Configuration
    network: Network
    setup: Setup

    @property
    def learning_rate(self) -> float:
        """η of the first update."""
        return self.setup.recipe.schedule.rate(self.configuration.optimizer.learning_rate, 0)

    def update(self) -> Update:
        """The first update."""
        recipe = self.setup.recipe
        batch = batch_of(recipe, self.setup.data, 0)
        return compute_update(
            self.network, recipe.loss, recipe.optimizer, self.learning_rate, batch.inputs, batch.targets
        )

    def diagnostics(self) -> list[dict[str, Any]]:
        """What is wrong before it already."""
        begun = begin(self.network, self.setup.recipe, self.configuration.optimizer.learning_rate, self.setup.data)
        return diagnostics(begun.state.observations, self.setup)


def _first(backend: Backend, body: BackpropagationRequest) -> _First:
    configuration = configuration_of(body, backend.limits)
    network, rows = configuration.network, configuration.batch_size or configuration.samples
    most = backend.limits.response_values
    smaller = "Give a smaller batch_size or a smaller network."
    check_size("network.layer_sizes", network.layer_sizes, network.bias, rows, body.include, most, smaller)
    return _First(configuration, *configuration.build(backend.settings.data_dir))


def check_size(
    location: str, layer_sizes: Sequence[int], bias: bool, rows: int, include: Sequence[str], most: int, instead: str
) -> None:
    """Refuse what would be a long answer before anything of it is computed."""
    values = update_size(layer_sizes, bias, rows, "row_gradients" in include)
    if "jacobians" in include:
        values += jacobians.size(list(layer_sizes))
    if values > most:
        raise LimitExceeded(location, f"The answer would be {values} numbers; at most {most}. {instead}")


def update_size(layer_sizes: Sequence[int], bias: bool, rows: int, with_rows: bool) -> int:
    """How many numbers every number of an update are: three for a parameter, seven for a unit and sample."""
    parameters = sum(a * b + (b if bias else 0) for a, b in pairwise(layer_sizes))
    units = sum(layer_sizes[1:])
    ends = layer_sizes[0] + 2 * layer_sizes[-1]
    return 3 * parameters + rows * (7 * units + ends) + (2 * rows * parameters if with_rows else 0)
