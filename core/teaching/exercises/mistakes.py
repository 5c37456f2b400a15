"""Mistakes that several fields share, each a computation from the values it is made of."""

from collections.abc import Callable

import numpy as np

from core.network.activations import ACTIVATIONS, Array
from core.network.losses import LOSSES
from core.teaching.exercises.fields import Compute, Rule, Values, scalar

relu = ACTIVATIONS["relu"]
squared_error = LOSSES["squared_error"]

SLOPE_IS_1 = "Every z is above 0 here, so f′(z) is 1: these numbers cannot tell whether you multiplied by it."
MEAN_OF_ONE = "With one sample 1/m is 1: these numbers cannot tell whether you divided by m."


def slope(z: Array) -> Array:
    """ReLU′(z)."""
    assert relu.derivative is not None
    return relu.derivative(z)


def half_squares(y_hat: Array, y: Array) -> Array:
    """The loss of a batch, (1/m) Σ ½‖ŷ − y‖², as a matrix of one number."""
    return scalar(squared_error.f(y_hat, y).mean())


def _half_squares_of(error: Array) -> float:
    return float((error**2).sum() / (2 * len(error)))


# name, title, message, (ŷ − y, ŷ) → the number; the loss is ½ of the mean over samples of Σ (ŷᵢ − yᵢ)²
_LOSS_MISTAKES: tuple[tuple[str, str, str, Callable[[Array, Array], float]], ...] = (
    (
        "missing_half",
        "Twice too large: the ½ is missing",
        "The squared errors are added up as they should be; the loss takes half of that.",
        lambda error, y_hat: 2 * _half_squares_of(error),
    ),
    (
        "absolute",
        "Absolute errors instead of squares",
        "You added the errors without their sign. The loss squares each of them first.",
        lambda error, y_hat: float(np.abs(error).sum() / (2 * len(error))),
    ),
    (
        "absolute",
        "Absolute errors instead of squares, and no ½",
        "You added the errors without their sign. The loss squares each of them, and takes half of the sum.",
        lambda error, y_hat: float(np.abs(error).sum() / len(error)),
    ),
    (
        "root",
        "A root that does not belong there",
        "You took the length of the error. The loss is half the square of that length.",
        lambda error, y_hat: float(np.linalg.norm(error)),
    ),
    (
        "root",
        "A root that does not belong there",
        "You took half the length of the error. The loss is half the square of that length.",
        lambda error, y_hat: float(np.linalg.norm(error) / 2),
    ),
    (
        "prediction_instead_of_error",
        "Squares of ŷ, not of ŷ − y",
        "The targets y are missing: the loss is about how far ŷ is from y.",
        lambda error, y_hat: _half_squares_of(y_hat),
    ),
    (
        "added",
        "Added first, squared afterwards",
        "The errors may cancel when they are added first. Square each one, then add.",
        lambda error, y_hat: _half_squares_of(error.sum(axis=1, keepdims=True)),
    ),
    (
        "mean_of_outputs",
        "Divided by the number of outputs",
        "The loss of a sample adds up over its outputs; it is no mean over them.",
        lambda error, y_hat: 2 * _half_squares_of(error) / error.shape[1],
    ),
    (
        "mean_of_outputs",
        "Divided by the number of outputs too",
        "The ½ is there. But the loss of a sample adds up over its outputs; it is no mean over them.",
        lambda error, y_hat: _half_squares_of(error) / error.shape[1],
    ),
)


def loss_rules(y_hat: Compute) -> tuple[Rule, ...]:
    """What goes wrong in ½‖ŷ − y‖², for predictions that the values lead to."""

    def rule(name: str, title: str, message: str, number: Callable[[Array, Array], float]) -> Rule:
        return Rule(name, title, message, lambda v: scalar(number(y_hat(v) - v["y"], y_hat(v))))

    return tuple(rule(*mistake) for mistake in _LOSS_MISTAKES)


LOSS_GRADIENT_RULES: tuple[Rule, ...] = (
    Rule(
        "sign",
        "Every sign is turned: this is y − ŷ",
        "Where ŷ is above y the loss grows with ŷ, so its slope is positive there.",
        lambda v: v["y"] - v["y_hat"],
    ),
    Rule(
        "missing_half",
        "Twice too large: the ½ is missing",
        "Yours is 2 · (ŷ − y). The square brings a 2 down, and the ½ in L cancels it.",
        lambda v: 2 * (v["y_hat"] - v["y"]),
    ),
    Rule(
        "prediction_instead_of_error",
        "This is ŷ, not the error",
        "The targets y are missing: the slope is about how far ŷ is from y.",
        lambda v: v["y_hat"],
    ),
    Rule(
        "absolute",
        "The signs are gone",
        "You took the size of the error. Its sign says to which side ŷ must move; keep it.",
        lambda v: np.abs(v["y_hat"] - v["y"]),
        untold="Every ŷ is above its y here: these numbers cannot tell ŷ − y from |ŷ − y|.",
    ),
    Rule(
        "absolute",
        "The slope of |ŷ − y|",
        "Only signs are left: that is the slope of the absolute error. This loss squares the errors.",
        lambda v: np.sign(v["y_hat"] - v["y"]),
    ),
    Rule(
        "missing_derivative",
        "The terms of the loss, not its slope",
        "These are ½(ŷᵢ − yᵢ)², what each output adds to L. Asked is how fast L grows with each ŷᵢ.",
        lambda v: (v["y_hat"] - v["y"]) ** 2 / 2,
    ),
    Rule(
        "missing_derivative",
        "The squares, not their slope",
        "These are (ŷᵢ − yᵢ)². Asked is how fast L grows with each ŷᵢ.",
        lambda v: (v["y_hat"] - v["y"]) ** 2,
    ),
)
"""What goes wrong in ∂L/∂ŷ = ŷ − y."""


def outer_rules(delta: str, entering: str, own: str = "W") -> tuple[Rule, ...]:
    """What goes wrong in δᵀ·input, one sample or the mean over several.

    Parameters
    ----------
    delta, entering : str
        Names of δ (m, out) and of what enters the layer (m, in).
    own : str
        What the weights are called.
    """

    sign = {"delta": "δ", "delta1": "δ₁", "delta2": "δ₂"}[delta]

    def product(v: Values) -> Array:
        return np.asarray(v[delta].T @ v[entering] / len(v["y"]))

    return (
        Rule(
            "size",
            "One long row",
            f"The numbers stand in one row, as behind the Jacobian. Cut it so that it has the shape of {own}.",
            lambda v: product(v).reshape(1, -1),
        ),
        Rule(
            "missing_input",
            f"{entering} is missing",
            f"Every column is {sign}. A weight is multiplied by the number that enters it, and so is its gradient.",
            lambda v: np.asarray(v[delta].T @ np.ones_like(v[entering]) / len(v["y"])),
        ),
        Rule(
            "added",
            "Added instead of multiplied",
            "Cell (i, j) is a product of δᵢ and input j, not a sum.",
            lambda v: (v[delta][:, :, None] + v[entering][:, None, :]).mean(axis=0),
        ),
        Rule(
            "missing_mean",
            "The mean is missing",
            "You added up the samples. L is a mean over them, so its gradient is divided by m too.",
            lambda v: product(v) * len(v["y"]),
            untold=MEAN_OF_ONE,
            needs_batch=True,
        ),
    )


def by_columns(product: Compute) -> Rule:
    """A row of numbers cut into columns; in a square matrix that is the transposed one."""
    return Rule(
        "by_columns",
        "Right numbers, wrong places",
        "The long row was cut the wrong way. Row i belongs to neuron i: δᵢ times what enters.",
        lambda v: product(v).T.reshape(product(v).shape),
    )


def doubled(right: Compute) -> Rule:
    """Everything twice, as it follows from a loss without its ½."""
    return Rule(
        "missing_half",
        "Twice too large",
        "The ½ in L cancels the 2 that the square brings down; with it left out everything doubles.",
        lambda v: 2 * right(v),
    )
