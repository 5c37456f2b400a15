"""Backward through two layers: δ₂, δ₁ and the gradients they make (slides 43–47)."""

import numpy as np

from core.network.activations import Array
from core.teaching.exercises.fields import Field, Rule, Values
from core.teaching.exercises.mistakes import LOSS_GRADIENT_RULES, doubled, outer_rules, relu, slope

SLOPE_MISSING = "ReLU′ is missing"
SLOPE_MISSING_MESSAGE = "You stopped at δ₂W₂, which is ∂L/∂h. To reach z₁ it goes through ReLU, which is flat below 0."
UPDATED = "W₂ was updated too early"
UPDATED_MESSAGE = "Yours uses W₂ − η ∂L/∂W₂. All gradients of a step belong to the weights before it."
LEFT_OUT = "W₂ is left out"
LEFT_OUT_MESSAGE = "δ₂ has one number for each output, δ₁ one for each hidden unit: W₂ leads from one to the other."


def _without_slope(v: Values) -> Array:
    return np.asarray(v["delta2"] @ v["W2"])


def _with_updated_weights(v: Values) -> Array:
    gradient = v["delta2"].T @ v["h"] / len(v["y"])
    return np.asarray((v["delta2"] @ (v["W2"] - v["eta"] * gradient)) * slope(v["z1"]))


def bias_field(layer: str, hint: str, rules: tuple[Rule, ...] = ()) -> Field:
    """The gradient of a layer's biases, which is its δ, the mean of its rows."""
    delta = f"delta{layer}"

    def mean(v: Values) -> Array:
        return np.asarray(v[delta].sum(axis=0)[None, :] / len(v["y"]))

    return Field(
        f"bias_gradients{layer}",
        f"∂L/∂b{_SUBSCRIPTS[layer]}",
        rf"\frac{{\partial L}}{{\partial b_{layer}}}",
        "gradient",
        (delta,),
        mean,
        (
            Rule(
                "size",
                "The units were added up",
                "Every unit has a bias of its own, so there is one number for each.",
                lambda v: np.array([[v[delta].sum() / len(v["y"])]]),
            ),
            *rules,
        ),
        (
            "The bias enters z as it is: how fast does z grow with it?",
            hint,
        ),
    )


_SUBSCRIPTS = {"1": "₁", "2": "₂", "": ""}

DELTA2 = Field(
    "delta2",
    "δ₂ = ∂L/∂z₂",
    r"\delta_2 = \frac{\partial L}{\partial z_2}",
    "delta",
    ("y_hat", "y"),
    lambda v: v["y_hat"] - v["y"],
    LOSS_GRADIENT_RULES,
    (
        "The second layer is linear: what is its slope?",
        "∂L/∂ŷ is the error, and the slope of a linear unit is 1.",
        "δ₂ = ŷ − y",
    ),
)

WEIGHT_GRADIENTS2 = Field(
    "weight_gradients2",
    "∂L/∂W₂",
    r"\frac{\partial L}{\partial W_2}",
    "gradient",
    ("delta2", "h"),
    lambda v: v["delta2"].T @ v["h"],
    (
        Rule(
            "transposed",
            "You transposed it: this is hᵀδ₂",
            "Row i belongs to output i, column j to hidden unit j, as in W₂.",
            lambda v: v["h"].T @ v["delta2"],
        ),
        *outer_rules("delta2", "h", "W₂"),
        doubled(lambda v: v["delta2"].T @ v["h"]),
        Rule(
            "missing_activation",
            "z₁ instead of h",
            "What enters the second layer has gone through ReLU already.",
            lambda v: v["delta2"].T @ v["z1"],
        ),
        Rule(
            "wrong_input",
            "x instead of h",
            "x enters the first layer. The weights of the second meet h.",
            lambda v: v["delta2"].T @ v["x"],
        ),
    ),
    (
        "Which numbers enter the second layer?",
        "The gradient of a layer's weights is its δ, turned upright, times what enters it.",
        "∂L/∂W₂ = δ₂ᵀ h",
    ),
)

DELTA1 = Field(
    "delta1",
    "δ₁ = ∂L/∂z₁",
    r"\delta_1 = \frac{\partial L}{\partial z_1}",
    "delta",
    ("delta2", "W2", "z1"),
    lambda v: (v["delta2"] @ v["W2"]) * slope(v["z1"]),
    (
        Rule("missing_activation_derivative", SLOPE_MISSING, SLOPE_MISSING_MESSAGE, _without_slope),
        Rule(
            "transposed",
            "W₂ was turned",
            "Backward the row δ₂ meets W₂ as it stands; on the way forward it was W₂ᵀ.",
            lambda v: (v["delta2"] @ v["W2"].T) * slope(v["z1"]),
        ),
        Rule("updated_weights", UPDATED, UPDATED_MESSAGE, _with_updated_weights),
        Rule("missing_weights", LEFT_OUT, LEFT_OUT_MESSAGE, lambda v: v["delta2"] * slope(v["z1"])),
        Rule(
            "missing_derivative",
            "h instead of ReLU′(z₁)",
            "Backward the chain needs the slope of ReLU, not its value.",
            lambda v: (v["delta2"] @ v["W2"]) * relu.f(v["z1"]),
        ),
        doubled(lambda v: (v["delta2"] @ v["W2"]) * slope(v["z1"])),
    ),
    (
        "δ₂ goes back through W₂ to h, then through ReLU to z₁.",
        "δ₂W₂ is ∂L/∂h. Which of the hidden units is flat?",
        "δ₁ = (δ₂ W₂) ⊙ ReLU′(z₁)",
    ),
)

WEIGHT_GRADIENTS1 = Field(
    "weight_gradients1",
    "∂L/∂W₁",
    r"\frac{\partial L}{\partial W_1}",
    "gradient",
    ("delta1", "x"),
    lambda v: v["delta1"].T @ v["x"],
    (
        Rule(
            "transposed",
            "You transposed it: this is xᵀδ₁",
            "Row i belongs to hidden unit i, column j to input j, as in W₁.",
            lambda v: v["x"].T @ v["delta1"],
        ),
        *outer_rules("delta1", "x", "W₁"),
        doubled(lambda v: v["delta1"].T @ v["x"]),
        Rule(
            "missing_activation_derivative",
            SLOPE_MISSING,
            SLOPE_MISSING_MESSAGE,
            lambda v: _without_slope(v).T @ v["x"],
        ),
        Rule("updated_weights", UPDATED, UPDATED_MESSAGE, lambda v: _with_updated_weights(v).T @ v["x"]),
        Rule("missing_weights", LEFT_OUT, LEFT_OUT_MESSAGE, lambda v: (v["delta2"] * slope(v["z1"])).T @ v["x"]),
    ),
    (
        "Which numbers enter the first layer?",
        "Again δ, turned upright, times what enters the layer.",
        "∂L/∂W₁ = δ₁ᵀ x",
    ),
)

BIAS_GRADIENTS2 = bias_field("2", "∂L/∂b₂ = δ₂", (doubled(lambda v: v["delta2"]),))

BIAS_GRADIENTS1 = bias_field(
    "1",
    "∂L/∂b₁ = δ₁",
    (
        doubled(lambda v: v["delta1"]),
        Rule("missing_activation_derivative", SLOPE_MISSING, SLOPE_MISSING_MESSAGE, _without_slope),
        Rule("updated_weights", UPDATED, UPDATED_MESSAGE, _with_updated_weights),
        Rule("missing_weights", LEFT_OUT, LEFT_OUT_MESSAGE, lambda v: v["delta2"] * slope(v["z1"])),
    ),
)
