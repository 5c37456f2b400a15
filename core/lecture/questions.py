"""What each station asks before it shows: a question, where in the API its answer stands, and how the page shows it.

No answer is written here. A question names a call with its request, and the address of a number in what that call
answers; texts may hold such addresses in braces.
"""

from typing import Any

from core.lecture.question import Move, Question


def _example(name: str, *moves: Move) -> tuple[Move, ...]:
    return (Move(f"[data-example={name}]"), *moves)


def _at(**fields: float) -> tuple[Move, ...]:
    return tuple(Move(f"#{name.replace('_', '-')}", value) for name, value in fields.items())


def _squared_error(prediction: float, target: float) -> dict[str, Any]:
    return {"expression": "(ŷ - y)^2", "at": {"ŷ": prediction, "y": target}}


def _descent(start: float, rate: float) -> dict[str, Any]:
    return {"expression": "x^2", "start": start, "optimizer": {"learning_rate": rate}, "steps": 1}


def _row(sample: int) -> str:
    """The address of a row's own ∂L/∂w₁₁ in layer 1, in braces."""
    return f"{{row_gradients[0].weights[{sample}][0][0]}}"


def _number(address: str) -> Move:
    return Move(f'[data-number="{address}"]')


_SLOPES = (("−1", -1.0), ("0", 0.0), ("1", 1.0), ("there is none", None))
_POLAR = ["r cos(t)", "r sin(t)"]
_ONE_WEIGHT = {"preset": "one-weight", "learning_rates": [0.0, 0.5, 1.0]}
_VALLEY = {"expression": "x^2 + 10y^2", "at": {"x": 2.0, "y": 1.0}}

QUESTIONS = (
    Question(
        "three-too-high",
        "loss",
        3,
        "The target is y = 1 and the prediction ŷ = 4. What does the squared error say?",
        "functions/gradient",
        _squared_error(4.0, 1.0),
        "value",
        "The error is squared.",
        _at(prediction=4.0, target=1.0),
    ),
    Question(
        "six-too-low",
        "loss",
        3,
        "Still y = 1, but ŷ = −5: twice as far, and below. What does it cost now?",
        "functions/gradient",
        _squared_error(-5.0, 1.0),
        "value",
        "Twice the error, four times the penalty; the square does not see the sign.",
        _at(prediction=-5.0, target=1.0),
    ),
    Question(
        "left-of-the-valley",
        "derivative",
        9,
        "What is the slope of x² at x₀ = −2?",
        "functions/derivative",
        {"expression": "x^2", "at": -2.0},
        "derivative.value",
        "f′(x) = 2x: on the left the curve falls.",
        _example("square", *_at(at=-2.0)),
    ),
    Question(
        "at-the-corner",
        "derivative",
        6,
        "What is the slope of |x| at x₀ = 0?",
        "functions/derivative",
        {"expression": "|x|", "at": 0.0},
        "derivative.value",
        "From the left the secants have another slope than from the right: there is no limit.",
        _example("absolute"),
        "choice",
        _SLOPES,
    ),
    Question(
        "on-the-wave",
        "derivative",
        6,
        "What is the slope of sin x at x₀ = 0?",
        "functions/derivative",
        {"expression": "sin(x)", "at": 0.0},
        "derivative.value",
        "The derivative of the sine is the cosine.",
        _example("sine", *_at(at=0.0)),
    ),
    Question(
        "one-step-down",
        "derivative",
        5,
        "On x², from x₀ = −2 with η = 0.25: where does the first step end?",
        "functions/descent",
        _descent(-2.0, 0.25),
        "trajectory[1].point[0]",
        "x − η f′(x), and f′(x) is {trajectory[0].gradient[0]} there.",
        _example("good", *_at(rate=0.25, start=-2.0), Move("#step")),
        view="downhill",
    ),
    Question(
        "one-step-too-far",
        "derivative",
        5,
        "And from x₀ = 2.5 with η = 1.1?",
        "functions/descent",
        _descent(2.5, 1.1),
        "trajectory[1].point[0]",
        "Over the valley, and higher up than before: f was {trajectory[0].value}, now it is {trajectory[1].value}.",
        _example("diverging", Move("#step")),
        view="downhill",
    ),
    Question(
        "along-x",
        "gradient",
        12,
        "f(x, y) = x² + 3y. What is ∂f/∂x at (−1, 2)?",
        "functions/gradient",
        {"expression": "x^2 + 3y", "at": {"x": -1.0, "y": 2.0}},
        "partials.x.value",
        "y is held: only x² changes, with slope 2x.",
        _example("lecture", *_at(x=-1.0, y=2.0)),
    ),
    Question(
        "down-the-bowl",
        "gradient",
        13,
        "On x² + y² at (1, 2): which way is steepest down? Turn the arrow.",
        "functions/gradient",
        {"expression": "x^2 + y^2", "at": {"x": 1.0, "y": 2.0}},
        "gradient",
        "Against the gradient. In a round bowl that is the way to the middle.",
        (Move("[data-view=gradient]"), *_example("bowl", *_at(x=1.0, y=2.0))),
        "direction",
    ),
    Question(
        "down-the-valley",
        "gradient",
        13,
        "And on x² + 10y² at (2, 1)?",
        "functions/gradient",
        _VALLEY,
        "gradient",
        "Nearly straight to the floor of the valley, not to its lowest point: y falls faster than x.",
        (Move("[data-view=gradient]"), *_example("valley", *_at(x=2.0, y=1.0))),
        "direction",
    ),
    Question(
        "a-turned-grid",
        "jacobian",
        14,
        "f turns the plane: (0.8x₁ − 0.6x₂, 0.6x₁ + 0.8x₂). What will det J be?",
        "functions/jacobian",
        {"expressions": ["0.8x1 - 0.6x2", "0.6x1 + 0.8x2"], "at": {"x1": 1.0, "x2": 0.0}},
        "determinant",
        "Turning changes no area.",
        _example("rotation"),
    ),
    Question(
        "further-from-the-middle",
        "jacobian",
        14,
        "f(r, t) = (r cos t, r sin t). By how much are areas multiplied at r = 2?",
        "functions/jacobian",
        {"expressions": _POLAR, "at": {"r": 2.0, "t": 0.75}},
        "determinant",
        "Far from the middle a turn by the same angle goes a longer way: det J = r.",
        _example("polar", *_at(input_0=2.0)),
    ),
    Question(
        "one-number-of-j",
        "jacobian",
        15,
        "f = (x₁² − x₂², 2x₁x₂) at (1, 0.5). What is the upper right number of J, ∂f₁/∂x₂?",
        "functions/jacobian",
        {"expressions": ["x1^2 - x2^2", "2x1 x2"], "at": {"x1": 1.0, "x2": 0.5}},
        "matrix[0][1]",
        "Row 1 belongs to f₁, column 2 to x₂: −2x₂.",
        _example("square", *_at(input_0=1.0, input_1=0.5)),
    ),
    Question(
        "slopes-multiply",
        "chain-rule",
        16,
        "y = u² and u = 2x − 1. What is dy/dx at x = 1.5?",
        "functions/chain",
        {"outer": "u^2", "inner": "2x - 1", "at": 1.5},
        "product",
        "dy/du is {outer.slope}, du/dx is {inner.slope}: they multiply.",
        _example("squared-error-of-line", *_at(at=1.5)),
    ),
    Question(
        "a-shut-unit",
        "chain-rule",
        16,
        "y = ReLU(u) and u = 2x − 1. What is dy/dx at x = 0?",
        "functions/chain",
        {"outer": "relu(u)", "inner": "2x - 1", "at": 0.0},
        "product",
        "u is {inner.value}: below 0 the outer slope is 0, and nothing comes through.",
        _example("relu-at-its-kink", *_at(at=0.0)),
    ),
    Question(
        "how-empty",
        "layer",
        25,
        "dz/dW of one layer with 2 inputs and 3 outputs has 18 numbers. How many of them can differ from 0?",
        "backpropagation",
        {"preset": "lab-one-layer", "include": ["jacobians"]},
        "jacobians.layers[0].factors[2].nonzero",
        "Each weight reaches one output alone: one block of x for each row of W.",
        (Move("[data-stage=weights]"),),
    ),
    Question(
        "shut-by-relu",
        "layer",
        23,
        "z₃ is below 0 and f is ReLU. What is ∂L/∂w₃₁?",
        "backpropagation",
        {"preset": "lab-one-layer-shut"},
        "layers[0].weight_gradients[2][0]",
        "f′(z₃) is {layers[0].activation_derivatives[0][2]}, so δ₃ is 0, and so is every gradient made of it.",
        _example("lab-one-layer-shut", Move("[data-stage=delta]")),
    ),
    Question(
        "gradient-of-the-bias",
        "layer",
        32,
        "Give the layer a bias. δ₁ = {layers[0].deltas[0][0]}, x = (1, 2): what is ∂L/∂b₁?",
        "backpropagation",
        {"preset": "lab-one-layer", "network": {"bias": True}},
        "layers[0].bias_gradients[0]",
        "The bias is a weight whose input is always 1.",
        (Move("[data-stage=bias]"),),
    ),
    Question(
        "limit-of-a-parabola",
        "learning-rate",
        34,
        "L = w² bends by λ = L″ = {curvature.largest_eigenvalue}, and w stands at 1. "
        "Above which η does a step of gradient descent lead higher?",
        "backpropagation/line",
        _ONE_WEIGHT,
        "curvature.speed_limit",
        "The limit is 2/λ: there the step swings over to the other side, and ends as high as it began.",
        _example("one-weight", Move("#rate", 1.0)),
    ),
    Question(
        "down-in-one-step",
        "learning-rate",
        34,
        "And with which η does one step land at the lowest point?",
        "backpropagation/line",
        _ONE_WEIGHT,
        "best_learning_rate",
        "On a parabola that is 1/λ, half the limit.",
        _example("one-weight", Move("#rate", 0.5)),
    ),
    Question(
        "limit-of-two-layers",
        "learning-rate",
        34,
        "At the start of the network of two layers λ is {curvature.largest_eigenvalue}. What is the limit of η there?",
        "backpropagation/line",
        {"preset": "lab-two-layer", "learning_rates": [0.0, 0.06]},
        "curvature.speed_limit",
        "2/λ again. At η = {learning_rates[1]}, over the limit, the loss goes from {loss[0]} to {loss[1]}.",
        _example("lab-two-layer", Move("#rate", 0.06)),
    ),
    Question(
        "below-zero",
        "network",
        43,
        "Unit 3 has z = {layers[0].pre_activations[0][2]}, and f is ReLU. What is its h?",
        "backpropagation",
        {"preset": "lab-two-layer"},
        "layers[0].activations[0][2]",
        "ReLU lets nothing below 0 through.",
        (Move("[data-stop='1']"), _number("layers[0].activations[0][2]")),
    ),
    Question(
        "error-of-an-output",
        "network",
        45,
        "ŷ₃ = {layers[1].activations[0][2]}, y₃ = {targets[0][2]}, the output is linear. What is δ₃ there?",
        "backpropagation",
        {"preset": "lab-two-layer"},
        "layers[1].deltas[0][2]",
        "For ½(ŷ − y)² and a linear output δ is ŷ − y.",
        (Move("[data-stop='5']"), _number("layers[1].deltas[0][2]")),
    ),
    Question(
        "what-a-silent-unit-teaches",
        "network",
        46,
        "h₃ is {layers[0].activations[0][2]}. What is ∂L/∂w₁₃ of layer 2, the weight from it to ŷ₁?",
        "backpropagation",
        {"preset": "lab-two-layer"},
        "layers[1].weight_gradients[0][2]",
        "δ₁ times h₃: a weight whose input is 0 does not learn.",
        (Move("[data-stop='6']"), _number("layers[1].weight_gradients[0][2]")),
    ),
    Question(
        "mean-of-rows",
        "batches",
        52,
        f"Four rows say that ∂L/∂w₁₁ of layer 1 is {_row(0)}, {_row(1)}, {_row(2)} and {_row(3)}. "
        "What does their batch say?",
        "backpropagation",
        {"preset": "lab-batch", "include": ["row_gradients"]},
        "layers[0].weight_gradients[0][0]",
        "The gradient of a batch is the mean of its rows' gradients.",
        (),
    ),
    Question(
        "loss-of-a-batch",
        "batches",
        52,
        "Their losses are {losses[0]}, {losses[1]}, {losses[2]} and {losses[3]}. What is the loss of the batch?",
        "backpropagation",
        {"preset": "lab-batch"},
        "loss_before",
        "The loss is a mean too: that is where the 1/m of the gradient comes from.",
        (),
    ),
    Question(
        "weights-of-the-first-layer",
        "mnist",
        57,
        "784 pixels lead to 128 units, each over a weight of its own. How many weights has the first layer?",
        "backpropagation/cost",
        {"layer_sizes": "784,128"},
        "layers[0].factors[2].nonzero",
        "784 · 128: one number of W for every pixel and unit.",
        (),
        method="GET",
    ),
    Question(
        "what-one-digit-would-take",
        "mnist",
        57,
        "One digit, first layer, 784 → 128: how many numbers are in dz/dW?",
        "backpropagation/cost",
        {"layer_sizes": "784,128"},
        "layers[0].factors[2].numbers",
        "Only {layers[0].factors[2].nonzero} of them can differ from 0. Backpropagation builds none of them.",
        (),
        "choice",
        (("912", 912.0), ("100 352", 100_352.0), ("12 845 056", 12_845_056.0)),
        method="GET",
    ),
)
