"""What each slide of the lecture is: its title, the station that teaches it, and the query that shows its numbers.

A slide's number is the one that the lecture prints ("8 / 60"). A station whose page does not exist yet is named all
the same: its slides say so, and lead there once there is a page (``app/web/stations.py``).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    number : int
        As printed, from 1.
    title : str
        As printed; slides of code alone have the title of what they solve.
    station : str or None
        The key of the station that teaches it; None for the cover and the thanks.
    state : str
        The query of the station's page that shows this slide's own numbers.
    """

    number: int
    title: str
    station: str | None
    state: str = ""


# what the labs have shown by then
_FORWARD = "z,y_hat,loss"
_GRADIENTS = "loss_gradient,activation_jacobian,delta,weight_gradients"

_ROWS: tuple[tuple[str | None, str, str], ...] = (
    (None, "", "Backpropagation, and Gradient Descent"),
    ("loss", "example=squared-error", "What does it mean to “improve” a model?"),
    ("loss", "example=squared-error", "Example with target y = 1"),
    ("derivative", "view=downhill", "Our goal: reducing the error"),
    ("derivative", "view=downhill", "How do we go downhill? Thanks to derivatives!"),
    ("derivative", "example=square", "Formal definition of the derivative"),
    ("derivative", "example=line", "Example: y = x"),
    ("derivative", "example=line&tab=algebra", "Derivative of y = x"),
    ("derivative", "example=square", "Example: y = x²"),
    ("derivative", "example=square&tab=algebra", "Derivative of y = x²"),
    ("derivative", "example=translations", "Vertical translations do not change the derivative"),
    ("gradient", "example=lecture&view=slices", "Introduction to Partial Derivatives"),
    ("gradient", "example=lecture&view=gradient", "What happens when x is a vector?"),
    ("jacobian", "example=lecture", "When both input and output are vectors"),
    ("jacobian", "example=lecture&view=close", "Computing the Jacobian from the previous example"),
    ("chain-rule", "example=sine-of-square", "When x is itself a function: the Chain Rule"),
    ("layer", "stage=graph", "Returning to our main goal: reducing the error"),
    ("layer", "stage=graph", "Using the Chain Rule to express dL/dW"),
    ("layer", "stage=forward", "Forward pass with ŷ = f(xWᵀ), part 1"),
    ("layer", "stage=forward", "Forward pass with ŷ = f(xWᵀ), part 2"),
    ("layer", "stage=loss&f=relu", "Computing dL/dŷ"),
    ("layer", "stage=act&f=softmax", "Computing dŷ/dz: general case"),
    ("layer", "stage=act&f=relu", "Simplification for pointwise activation functions (e.g. ReLU)"),
    ("layer", "stage=weights", "Understanding dz/dW: step by step"),
    ("layer", "stage=weights", "Building the full Jacobian dz/dW"),
    ("layer", "stage=recap", "Recap: structure of the full derivative"),
    ("layer", "stage=recap", "Recap: how z depends on the weights"),
    ("layer", "stage=delta", "Introducing the concept of δ"),
    ("layer", "stage=delta&outer=1", "Simplified gradient using δ"),
    ("layer", "stage=product&s=0", "From Jacobians to outer product: make the multiplication explicit"),
    ("layer", "stage=product&s=2", "Where the outer product comes from"),
    ("layer", "stage=bias&bias=own", "What about the bias b?"),
    ("layer", "stage=bias&bias=inside", "Embedding the bias inside the input vector"),
    ("learning-rate", "", "From backpropagation to gradient descent"),
    ("lab", "exercise=lab-forward", "Lab time (1/3): forward pass exercise"),
    ("lab", f"exercise=lab-forward&solution={_FORWARD}", "Lab time (1/3): solution"),
    ("lab", f"exercise=lab-gradients&solution={_FORWARD}", "Lab time (2/3): compute the gradients (task)"),
    (
        "lab",
        f"exercise=lab-gradients&solution={_FORWARD},{_GRADIENTS}",
        "Lab time (2/3): compute the gradients (solution)",
    ),
    (
        "lab",
        f"exercise=lab-update&solution={_FORWARD},{_GRADIENTS}",
        "Lab time (3/3): applying gradient descent (question)",
    ),
    (
        "lab",
        f"exercise=lab-update&solution={_FORWARD},{_GRADIENTS},weights",
        "Lab time (3/3): applying gradient descent (solution)",
    ),
    (
        "lab",
        f"exercise=lab-update&field=new_z&solution={_FORWARD},{_GRADIENTS},weights,new_z",
        "New loss after weight update",
    ),
    (
        "lab",
        f"exercise=lab-update&field=new_loss&solution={_FORWARD},{_GRADIENTS},weights,new_z,new_loss",
        "New loss after weight update: result",
    ),
    ("network", "at=0&stop=0", "Two Layers Network, forward setup & assumptions (single sample)"),
    ("network", "at=0&view=chain&layer=1&stop=4", "Full chain first (no shortcuts)"),
    ("network", "at=0&view=chain&layer=1&piece=1&stop=10", "Compute the 5 Pieces (Pointwise Activations)"),
    ("network", "at=0&stop=9", "Introduce Deltas (δ₂, δ₁)"),
    ("network", "at=0&view=chain&layer=1&piece=5&stop=10", "Assembling the chain for the first layer"),
    ("network", "at=0&hidden=3,3&stop=11", "Generalization: L Layers, Pointwise Activations"),
    ("network", "at=0&stop=11", "Summary of all gradients for multilayer gradient descent"),
    ("network", "at=0&stop=0", "Lab time: implement backpropagation in a two-layer network"),
    ("network", "table=losses&pace=updates", "Lab time: implement backpropagation in a two-layer network (solution)"),
    ("batches", "added=1", "From single sample to batch processing"),
    ("batches", "layer=2", "Backpropagation over batches"),
    ("batches", "layer=1", "Summary of all gradients for multilayer gradient descent (batch version)"),
    ("batches", "view=quadratic", "Lab time: extend the code to support batches"),
    ("batches", "view=quadratic", "Lab time: extend the code to support batches (solution)"),
    ("mnist", "preset=mnist-lecture", "Lab time: train your TwoLayerNet on MNIST"),
    (
        "mnist",
        "preset=mnist-lecture",
        "Lab time: train your TwoLayerNet on MNIST, the entire dataset as a single batch",
    ),
    ("mnist", "preset=mnist-lecture", "Lab time: train your TwoLayerNet on MNIST (solution)"),
    (None, "", "Thanks!"),
)

SLIDES: tuple[Slide, ...] = tuple(
    Slide(number, title, station, state) for number, (station, state, title) in enumerate(_ROWS, 1)
)
