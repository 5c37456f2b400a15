"""Backward over a batch: one row a sample, and gradients that are means (slides 52–53)."""

import numpy as np

from core.teaching.exercises.fields import Field, Rule, scalar
from core.teaching.exercises.mistakes import by_columns, doubled, half_squares, loss_rules, outer_rules, slope
from core.teaching.exercises.two_layer_fields import bias_field

MEAN_MISSING = "The mean is missing"
MEAN_MISSING_MESSAGE = "You added up the samples. L is a mean over them, so its gradient is divided by m too."
# with m = 2 a missing ½ and a missing mean come to the same, so these two have rules of their own here
_OTHER_LOSS_RULES = tuple(rule for rule in loss_rules(lambda v: v["y_hat"]) if rule.name != "missing_half")

LOSS = Field(
    "loss",
    "L",
    "L",
    "L",
    ("y_hat", "y"),
    lambda v: half_squares(v["y_hat"], v["y"]),
    (
        Rule(
            "missing_mean",
            "Twice too large: a 2 is missing below",
            "L is the sum of all squared errors over 2m. With m = 2, leaving out the ½ or the mean comes to the same.",
            lambda v: 2 * half_squares(v["y_hat"], v["y"]),
        ),
        Rule(
            "missing_half",
            "Neither ½ nor mean",
            "This is the sum of all squared errors. L is that sum over 2m.",
            lambda v: 4 * half_squares(v["y_hat"], v["y"]),
        ),
        *_OTHER_LOSS_RULES,
    ),
    (
        "Square every error, over both samples.",
        "The mean over m samples of half a sum of squares: what do you divide by in all?",
        "L = 1/(2m) ‖Ŷ − Y‖²",
    ),
)

DELTA = Field(
    "delta",
    "Δ",
    r"\Delta",
    "delta",
    ("y_hat", "y", "z"),
    lambda v: (v["y_hat"] - v["y"]) * slope(v["z"]),
    (
        Rule(
            "missing_activation_derivative",
            "ReLU′ is missing",
            "This is Ŷ − Y. Where ReLU is flat nothing comes through to Z.",
            lambda v: v["y_hat"] - v["y"],
        ),
        Rule(
            "prediction_instead_of_error",
            "Ŷ instead of the error",
            "The targets Y are missing: Δ starts from how far Ŷ is from Y.",
            lambda v: v["y_hat"] * slope(v["z"]),
        ),
        Rule(
            "absolute",
            "The signs are gone",
            "You took the size of the errors. Their signs say to which side Ŷ must move; keep them.",
            lambda v: np.abs(v["y_hat"] - v["y"]) * slope(v["z"]),
        ),
        Rule(
            "mean_too_early",
            "The mean comes later",
            "A row of Δ belongs to one sample and carries no 1/m. The mean is taken in the gradients.",
            lambda v: (v["y_hat"] - v["y"]) * slope(v["z"]) / len(v["y"]),
        ),
        doubled(lambda v: (v["y_hat"] - v["y"]) * slope(v["z"])),
    ),
    (
        "One row for each sample, each row as for a sample alone.",
        "Where is Z below 0?",
        "Δ = (Ŷ − Y) ⊙ ReLU′(Z)",
    ),
)

WEIGHT_GRADIENTS = Field(
    "weight_gradients",
    "∂L/∂W",
    r"\frac{\partial L}{\partial W}",
    "gradient",
    ("delta", "x"),
    lambda v: v["delta"].T @ v["x"] / len(v["y"]),
    (
        *outer_rules("delta", "x"),
        by_columns(lambda v: v["delta"].T @ v["x"] / len(v["y"])),
        Rule(
            "one_sample",
            "Only the first sample",
            "Each sample has an outer product of its own. The gradient is the mean over all of them.",
            lambda v: v["delta"][:1].T @ v["x"][:1],
        ),
        Rule(
            "mean_twice",
            "Divided by m twice",
            "The mean is taken once, over the samples' outer products.",
            lambda v: v["delta"].T @ v["x"] / len(v["y"]) ** 2,
        ),
        Rule(
            "missing_activation_derivative",
            "ReLU′ is missing",
            "Yours is made of Ŷ − Y. Where ReLU is flat a sample has no say in the row.",
            lambda v: (v["y_hat"] - v["y"]).T @ v["x"] / len(v["y"]),
        ),
        Rule(
            "prediction_instead_of_error",
            "Ŷ instead of the error",
            "Yours is made of Ŷ. It must be made of Δ, which knows the targets.",
            lambda v: v["y_hat"].T @ v["x"] / len(v["y"]),
        ),
    ),
    (
        "Each sample gives the outer product of its row of Δ with its row of X.",
        "Add the two outer products; and then?",
        "∂L/∂W = (1/m) Δᵀ X",
    ),
)

BIAS_GRADIENTS = bias_field(
    "",
    "∂L/∂b = (1/m) Σ of the rows of Δ",
    (
        Rule("missing_mean", MEAN_MISSING, MEAN_MISSING_MESSAGE, lambda v: v["delta"].sum(axis=0)[None, :]),
        Rule(
            "one_sample",
            "Only the first sample",
            "Every sample has a row of Δ. The gradient is the mean over all of them.",
            lambda v: v["delta"][:1],
        ),
        Rule(
            "size",
            "One row for each sample",
            "This is Δ itself. The bias is the same for all samples, so its gradient is one row: their mean.",
            lambda v: v["delta"],
        ),
        Rule(
            "missing_activation_derivative",
            "ReLU′ is missing",
            "Yours is made of Ŷ − Y. Where ReLU is flat a sample has no say.",
            lambda v: (v["y_hat"] - v["y"]).mean(axis=0)[None, :],
        ),
        Rule(
            "size",
            "The units were added up",
            "Every unit has a bias of its own, so there is one number for each.",
            lambda v: scalar(v["delta"].sum()),
        ),
    ),
)
