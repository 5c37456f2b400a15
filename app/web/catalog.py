"""What can be chosen, with formulas, defaults and limits."""

from typing import Any

from app import __version__
from app.settings import Limits
from core.data.datasets import DATASETS
from core.formulas.bounds import DEEPEST, MOST_NODES
from core.formulas.functions import FUNCTIONS
from core.formulas.tokens import LONGEST_TEXT
from core.lecture.examples import EXAMPLES
from core.lecture.presets import PRESETS
from core.lecture.surfaces import SURFACES
from core.network.activations import ACTIVATIONS
from core.network.initializers import INITIALIZATIONS
from core.network.losses import LOSSES
from core.training.hyperparameters import Hyperparameter
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES

EXPRESSION_LIMITS = {
    "expression_characters": LONGEST_TEXT,
    "expression_nodes": MOST_NODES,
    "expression_depth": DEEPEST,
}


def _named(entry: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("name", "label", *names)}


def _hyperparameters(declared: tuple[Hyperparameter, ...]) -> list[dict[str, Any]]:
    return [vars(each) for each in declared]


def catalog(limits: Limits) -> dict[str, Any]:
    """Everything from the registries, in one answer."""
    return {
        "version": __version__,
        "activations": [_named(a, "formula", "derivative_formula", "can_die") for a in ACTIVATIONS.values()],
        "losses": [_named(loss, "formula", "derivative_formula", "outputs") for loss in LOSSES.values()],
        "initializations": [_named(i, "formula") for i in INITIALIZATIONS.values()],
        "optimizers": [
            _named(o, "formula", "has_velocity", "learning_rate")
            | {"slots": [vars(slot) for slot in o.slots], "hyperparameters": _hyperparameters(o.hyperparameters)}
            for o in OPTIMIZERS.values()
        ],
        "schedules": [
            _named(s, "formula") | {"hyperparameters": _hyperparameters(s.hyperparameters)} for s in SCHEDULES.values()
        ],
        "datasets": [vars(dataset) | {"train": dataset.samples} for dataset in DATASETS.values()],
        "presets": list(PRESETS.values()),
        "functions": [_named(function, "formula", "example") for function in FUNCTIONS.values()],
        "examples": EXAMPLES,
        "surfaces": list(SURFACES.values()),
        "precisions": ["float64", "float32"],
        "limits": vars(limits) | EXPRESSION_LIMITS,
    }
