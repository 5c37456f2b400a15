"""Part 1 of the lecture's lab: z, ŷ and L (slides 35–36)."""

import numpy as np

from core.teaching.exercises.fields import Field, Rule
from core.teaching.exercises.mistakes import half_squares, loss_rules, relu, slope

Z = Field(
    "z",
    "z",
    "z",
    "z",
    ("x", "W"),
    lambda v: v["x"] @ v["W"].T,
    (
        Rule(
            "added",
            "Added instead of multiplied",
            "You added x and the weights. Each weight is multiplied by its input first.",
            lambda v: (v["x"] + v["W"]).sum(axis=1)[None, :],
        ),
        Rule(
            "missing_input",
            "x is missing",
            "You added up the weights of each row. Each one is multiplied by its input first.",
            lambda v: v["W"].sum(axis=1)[None, :],
        ),
        Rule(
            "by_columns",
            "W was cut anew instead of turned",
            "Wᵀ has the rows of W as its columns. Yours has the same numbers in another order.",
            lambda v: v["x"] @ v["W"].reshape(v["W"].shape[::-1]),
        ),
    ),
    (
        "Neuron i has row i of W. How many numbers does x bring to it?",
        "zᵢ multiplies each input by its weight in row i, and adds.",
        "zᵢ = x₁ wᵢ₁ + x₂ wᵢ₂",
    ),
)

Y_HAT = Field(
    "y_hat",
    "ŷ",
    r"\hat{y}",
    "h",
    ("z",),
    lambda v: relu.f(v["z"]),
    (
        Rule(
            "missing_activation",
            "ReLU is missing",
            "These are the z. ReLU lets no number below 0 through.",
            lambda v: v["z"],
            untold="Every z is above 0 here, and ReLU leaves such numbers as they are: ŷ = z cannot be told from it.",
        ),
        Rule(
            "absolute",
            "The sign was dropped",
            "That is |z|. ReLU does not turn a negative number, it puts 0 in its place.",
            lambda v: np.abs(v["z"]),
            untold="Every z is above 0 here: these numbers cannot tell ReLU from |z|.",
        ),
        Rule(
            "missing_derivative",
            "The slope of ReLU, not ReLU",
            "These are the slopes ReLU′(z). Asked is what ReLU makes of each z.",
            lambda v: slope(v["z"]),
        ),
    ),
    (
        "Which of the z are below 0?",
        "ReLU keeps what is above 0 and puts 0 in the place of the rest.",
        "ŷᵢ = max(0, zᵢ)",
    ),
)

LOSS = Field(
    "loss",
    "L",
    "L",
    "L",
    ("y_hat", "y"),
    lambda v: half_squares(v["y_hat"], v["y"]),
    loss_rules(lambda v: v["y_hat"]),
    (
        "How far is each ŷᵢ from its yᵢ?",
        "Square the three errors, add them up, take half.",
        "L = ½ Σᵢ (ŷᵢ − yᵢ)²",
    ),
)
