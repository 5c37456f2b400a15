"""The exercises by name: which fields of which sheet, with what is given and the slides."""

from dataclasses import dataclass

from core.teaching.exercises.batch import BATCH
from core.teaching.exercises.fields import Field, Given, Sheet
from core.teaching.exercises.one_layer import ONE_LAYER
from core.teaching.exercises.two_layers import TWO_LAYERS


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    name, title, slides, task : str
    sheet : Sheet
        Exercises of one sheet share their numbers, and what comes earlier is carried into what comes later.
    given : tuple of Given
    parts : tuple of str
        Names of its fields, in order.
    """

    name: str
    title: str
    slides: str
    task: str
    sheet: Sheet
    given: tuple[Given, ...]
    parts: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, in order."""
        return tuple(self.sheet.by_name[name] for name in self.parts)

    @property
    def earlier(self) -> tuple[str, ...]:
        """Fields of the sheet that come before its own."""
        names = [each.name for each in self.sheet.fields]
        return tuple(names[: names.index(self.parts[0])])


_X = Given("x", "x", "x", "x")
_Y = Given("y", "y", "y", "y")
_W = Given("W", "W", "W", "W")
_ETA = Given("eta", "η", r"\eta", "")
_Z = Given("z", "z", "z", "z")
_Y_HAT = Given("y_hat", "ŷ", r"\hat{y}", "h")

_ALL = (
    Exercise(
        "lab-forward",
        "Forward",
        "35–36",
        "Compute z, ŷ = ReLU(z) and L = ½‖ŷ − y‖².",
        ONE_LAYER,
        (_X, _W, _Y),
        ("z", "y_hat", "loss"),
    ),
    Exercise(
        "lab-gradients",
        "Gradients",
        "37–38",
        "Compute dL/dŷ, dŷ/dz, δ = dL/dz and dL/dW.",
        ONE_LAYER,
        (_X, _W, _Y, _Z, _Y_HAT),
        ("loss_gradient", "activation_jacobian", "delta", "weight_gradients"),
    ),
    Exercise(
        "lab-update",
        "Update",
        "39–42",
        "Make one step, and compute the new loss.",
        ONE_LAYER,
        (_X, _W, _Y, Given("weight_gradients", "dL/dW", r"\frac{dL}{dW}", "gradient"), _ETA),
        ("weights", "new_z", "new_loss"),
    ),
    Exercise(
        "two-layers",
        "Two layers, backward",
        "43–47",
        "ReLU, then a linear layer. From the error back to every weight and bias.",
        TWO_LAYERS,
        (
            _X,
            Given("W1", "W₁", "W_1", "W"),
            Given("b1", "b₁", "b_1", "b"),
            Given("z1", "z₁", "z_1", "z"),
            Given("h", "h", "h", "h"),
            Given("W2", "W₂", "W_2", "W"),
            Given("b2", "b₂", "b_2", "b"),
            _Y_HAT,
            _Y,
            _ETA,
        ),
        ("delta2", "weight_gradients2", "bias_gradients2", "delta1", "weight_gradients1", "bias_gradients1"),
    ),
    Exercise(
        "batch",
        "Two samples at once",
        "52–53",
        "One ReLU layer, two rows. The loss is a mean over the samples, and so are the gradients.",
        BATCH,
        (
            Given("x", "X", "X", "x"),
            _W,
            Given("b", "b", "b", "b"),
            Given("y", "Y", "Y", "y"),
            Given("z", "Z", "Z", "z"),
            Given("y_hat", "Ŷ", r"\hat{Y}", "h"),
        ),
        ("loss", "delta", "weight_gradients", "bias_gradients"),
    ),
)

EXERCISES: dict[str, Exercise] = {exercise.name: exercise for exercise in _ALL}
