"""Part 2 of the lecture's lab: dL/dŷ, dŷ/dz, δ and dL/dW (slides 37–38)."""

import numpy as np

from core.teaching.exercises.fields import Field, Rule
from core.teaching.exercises.mistakes import (
    LOSS_GRADIENT_RULES,
    SLOPE_IS_1,
    by_columns,
    doubled,
    outer_rules,
    relu,
    slope,
)

LOSS_GRADIENT = Field(
    "loss_gradient",
    "dL/dŷ",
    r"\frac{dL}{d\hat{y}}",
    "L",
    ("y_hat", "y"),
    lambda v: v["y_hat"] - v["y"],
    LOSS_GRADIENT_RULES,
    (
        "What is the slope of ½u² at u?",
        "L has one ½(ŷᵢ − yᵢ)² for each output; the 2 of the square and the ½ cancel.",
        "dL/dŷᵢ = ŷᵢ − yᵢ",
    ),
)

ACTIVATION_JACOBIAN = Field(
    "activation_jacobian",
    "dŷ/dz",
    r"\frac{d\hat{y}}{dz}",
    "h",
    ("z",),
    lambda v: np.diag(slope(v["z"])[0]),
    (
        Rule(
            "size",
            "Only the diagonal",
            "These are the slopes ReLU′(zᵢ). The Jacobian has a cell for every pair ŷᵢ, zⱼ.",
            lambda v: slope(v["z"]),
        ),
        Rule(
            "missing_activation_derivative",
            "ReLU′ is missing",
            "This is the Jacobian of a unit that passes everything on. ReLU is flat where z is below 0.",
            lambda v: np.eye(v["z"].shape[1]),
            untold=SLOPE_IS_1,
        ),
        Rule(
            "missing_derivative",
            "ŷ itself, not its slope",
            "The diagonal holds the ŷᵢ. Asked is how fast ŷᵢ grows with zᵢ.",
            lambda v: np.diag(relu.f(v["z"])[0]),
        ),
        Rule(
            "off_diagonal",
            "Numbers beside the diagonal",
            "ŷ₁ does not change when z₂ does: ReLU takes each z alone, so only the diagonal has slopes.",
            lambda v: np.broadcast_to(slope(v["z"]), (v["z"].shape[1],) * 2),
        ),
    ),
    (
        "Row i belongs to ŷᵢ, column j to zⱼ. Does ŷ₁ change when z₂ changes?",
        "ReLU′ is 1 where z is above 0, else 0; it stands on the diagonal.",
        "dŷᵢ/dzᵢ = ReLU′(zᵢ); 0 everywhere else",
    ),
)

DELTA = Field(
    "delta",
    "δ = dL/dz",
    r"\delta = \frac{dL}{dz}",
    "delta",
    ("loss_gradient", "activation_jacobian"),
    lambda v: v["loss_gradient"] @ v["activation_jacobian"],
    (
        Rule(
            "size",
            "Multiplied cell by cell",
            "A row times a matrix is a row again: each cell adds up products over one column.",
            lambda v: v["loss_gradient"] * v["activation_jacobian"],
        ),
        Rule(
            "missing_activation_derivative",
            "ReLU′ is missing",
            "This is dL/dŷ again. Where ReLU is flat nothing comes through to z.",
            lambda v: v["loss_gradient"],
            untold=SLOPE_IS_1,
        ),
        Rule(
            "prediction_instead_of_error",
            "ŷ instead of the error",
            "Yours starts from ŷ. It must start from dL/dŷ, which knows the targets.",
            lambda v: v["y_hat"] @ v["activation_jacobian"],
        ),
        Rule(
            "added",
            "Added instead of multiplied",
            "Along the chain slopes are multiplied, not added.",
            lambda v: v["loss_gradient"] + np.diag(v["activation_jacobian"])[None, :],
        ),
        doubled(lambda v: v["loss_gradient"] @ v["activation_jacobian"]),
    ),
    (
        "δ is the row dL/dŷ times the matrix dŷ/dz.",
        "With a diagonal matrix each number of the row is multiplied by one slope.",
        "δᵢ = dL/dŷᵢ · ReLU′(zᵢ)",
    ),
)

WEIGHT_GRADIENTS = Field(
    "weight_gradients",
    "dL/dW",
    r"\frac{dL}{dW}",
    "gradient",
    ("delta", "x"),
    lambda v: v["delta"].T @ v["x"],
    (
        *outer_rules("delta", "x"),
        by_columns(lambda v: v["delta"].T @ v["x"]),
        doubled(lambda v: v["delta"].T @ v["x"]),
        Rule(
            "missing_activation_derivative",
            "ReLU′ is missing",
            "Your rows are dL/dŷᵢ times x. Where ReLU is flat no weight of the row has a say in L.",
            lambda v: v["loss_gradient"].T @ v["x"],
            untold=SLOPE_IS_1,
        ),
        Rule(
            "prediction_instead_of_error",
            "ŷ instead of the error",
            "Your rows are ŷᵢ times x. They must be δᵢ times x, which knows the targets.",
            lambda v: v["y_hat"].T @ v["x"],
        ),
    ),
    (
        "dL/dW has the shape of W. Which neuron does row 1 belong to, and which input does column 2?",
        "Weight wᵢⱼ meets input xⱼ on its way into zᵢ, so that is how fast zᵢ grows with it.",
        "Row i of dL/dW is δᵢ · x",
    ),
)
