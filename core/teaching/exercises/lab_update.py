"""Part 3 of the lecture's lab: the step, and what it does to the loss (slides 39–42)."""

import numpy as np

from core.network.activations import Array
from core.teaching.exercises.fields import Field, Rule, Values
from core.teaching.exercises.mistakes import half_squares, loss_rules, relu


def _trained_bias(v: Values) -> Array:
    """The new z of a layer whose bias, 0 before, took part in the update."""
    return np.asarray(v["x"] @ v["weights"].T - v["eta"] * v["delta"])


def _with_whole_step(v: Values) -> Array:
    return np.asarray(v["x"] @ (v["W"] - v["weight_gradients"]).T)


BIAS_TRAINED = "This layer has no bias. Yours had one that was 0, took part in the update and shifts the new z."

WEIGHTS = Field(
    "weights",
    "W_new",
    r"W_{\mathrm{new}}",
    "W",
    ("W", "eta", "weight_gradients"),
    lambda v: v["W"] - v["eta"] * v["weight_gradients"],
    (
        Rule(
            "sign",
            "Uphill: plus instead of minus",
            "The gradient points to where L grows. The step goes the other way.",
            lambda v: v["W"] + v["eta"] * v["weight_gradients"],
        ),
        Rule(
            "missing_learning_rate",
            "η is missing",
            "You subtracted the whole gradient. The step is η times as long.",
            lambda v: v["W"] - v["weight_gradients"],
        ),
        Rule(
            "change_only",
            "Only the change",
            "This is η dL/dW, what is to be taken away. Asked are the weights afterwards.",
            lambda v: v["eta"] * v["weight_gradients"],
        ),
        Rule(
            "change_only",
            "Only the change",
            "This is −η dL/dW, what is to be added. Asked are the weights afterwards.",
            lambda v: -v["eta"] * v["weight_gradients"],
        ),
    ),
    (
        "L falls against the gradient. How long is the step?",
        "Multiply each cell of dL/dW by η, and subtract it from the same cell of W.",
        "W_new = W − η dL/dW",
    ),
)

NEW_Z = Field(
    "new_z",
    "z_new",
    r"z_{\mathrm{new}}",
    "z",
    ("x", "weights"),
    lambda v: v["x"] @ v["weights"].T,
    (
        Rule("bias_trained", "A bias was trained that is not there", BIAS_TRAINED, _trained_bias),
        Rule(
            "old_weights",
            "The z of before",
            "You used W. The new z comes from W_new.",
            lambda v: v["x"] @ v["W"].T,
        ),
        Rule(
            "missing_learning_rate",
            "η is missing",
            "This follows from W − dL/dW. The step is η times as long.",
            _with_whole_step,
        ),
        Rule(
            "missing_input",
            "x is missing",
            "You added up the weights of each row. Each one is multiplied by its input first.",
            lambda v: v["weights"].sum(axis=1)[None, :],
        ),
    ),
    (
        "The forward pass again, with the new weights.",
        "Row i of W_new meets x.",
        "z_new = x W_newᵀ",
    ),
)

NEW_LOSS = Field(
    "new_loss",
    "L_new",
    r"L_{\mathrm{new}}",
    "L",
    ("new_z", "y"),
    lambda v: half_squares(relu.f(v["new_z"]), v["y"]),
    (
        *loss_rules(lambda v: relu.f(v["new_z"])),
        Rule(
            "bias_trained",
            "A bias was trained that is not there",
            BIAS_TRAINED,
            lambda v: half_squares(relu.f(_trained_bias(v)), v["y"]),
        ),
        Rule(
            "missing_activation",
            "ReLU is missing",
            "You compared z_new with y. Between them ReLU lets no number below 0 through.",
            lambda v: half_squares(v["new_z"], v["y"]),
            untold="Every new z is above 0 here: these numbers cannot tell whether ReLU was applied.",
        ),
        Rule(
            "missing_learning_rate",
            "η is missing",
            "This is the loss after W − dL/dW. The step is η times as long.",
            lambda v: half_squares(relu.f(_with_whole_step(v)), v["y"]),
        ),
        Rule(
            "sign",
            "The loss after a step uphill",
            "This follows from W + η dL/dW. The step goes against the gradient.",
            lambda v: half_squares(relu.f(v["x"] @ (v["W"] + v["eta"] * v["weight_gradients"]).T), v["y"]),
        ),
        Rule(
            "old_weights",
            "The loss of before",
            "This is L before the step. The new one comes from z_new.",
            lambda v: half_squares(relu.f(v["x"] @ v["W"].T), v["y"]),
        ),
    ),
    (
        "Apply ReLU to z_new, then compare with y as before.",
        "Square the three new errors, add them up, take half.",
        "L_new = ½ Σᵢ (ReLU(z_newᵢ) − yᵢ)²",
    ),
)
