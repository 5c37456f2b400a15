"""What can be chosen, with formulas, defaults and limits."""

from typing import Any

from app import __version__
from app.settings import Limits
from core.activations import ACTIVATIONS
from core.calculus_examples import EXAMPLES
from core.datasets import DATASETS
from core.expressions_functions import FUNCTIONS
from core.expressions_limits import DEEPEST, MOST_NODES
from core.expressions_tokens import LONGEST_TEXT
from core.initializers import INITIALIZATIONS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.presets import PRESETS

EXPRESSION_LIMITS = {
    "expression_characters": LONGEST_TEXT,
    "expression_nodes": MOST_NODES,
    "expression_depth": DEEPEST,
}


def _named(entry: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("name", "label", *names)}


def catalog(limits: Limits) -> dict[str, Any]:
    """Everything from the registries, in one answer."""
    return {
        "version": __version__,
        "activations": [_named(a, "formula", "derivative_formula", "can_die") for a in ACTIVATIONS.values()],
        "losses": [_named(loss, "formula", "derivative_formula") for loss in LOSSES.values()],
        "initializations": [_named(i, "formula") for i in INITIALIZATIONS.values()],
        "optimizers": [_named(o, "formula", "has_velocity") for o in OPTIMIZERS.values()],
        "datasets": [vars(dataset) | {"train": dataset.samples} for dataset in DATASETS.values()],
        "presets": list(PRESETS.values()),
        "functions": [_named(function, "formula", "example") for function in FUNCTIONS.values()],
        "examples": EXAMPLES,
        "precisions": ["float64", "float32"],
        "limits": vars(limits) | EXPRESSION_LIMITS,
    }
