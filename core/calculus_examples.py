"""The lecture's functions by name, each as the request that a client would send (slides 2–17, 34)."""

from dataclasses import dataclass, field
from typing import Any

TWO_PI = 6.283185307179586


@dataclass(frozen=True)
class CalculusExample:
    """A function to look at.

    Attributes
    ----------
    name : str
        Unique among the examples of one call.
    title : str
    slides : str
        The slides it serves, empty where it is none of the lecture's.
    call : str
        The last part of the address, as in ``/functions/derivative``.
    request : dict
        The body of the request.
    marks : list of dict
        Points to compare, where the slide names some.
    """

    name: str
    title: str
    slides: str
    call: str
    request: dict[str, Any]
    marks: list[dict[str, float]] = field(default_factory=list)


def _derivative(name: str, title: str, slides: str, expression: str, at: float, **more: Any) -> CalculusExample:
    return CalculusExample(name, title, slides, "derivative", {"expression": expression, "at": at, **more})


def _gradient(
    name: str, title: str, slides: str, expression: str, at: dict[str, float], half: float = 3.0
) -> CalculusExample:
    domain = {variable: [-half, half] for variable in at}
    request = {"expression": expression, "at": at, "domain": domain}
    return CalculusExample(name, title, slides, "gradient", request)


def _jacobian(
    name: str, title: str, slides: str, expressions: list[str], at: dict[str, float], **more: Any
) -> CalculusExample:
    request = {"expressions": expressions, "at": at, **more}
    return CalculusExample(name, title, slides, "jacobian", request)


def _chain(name: str, title: str, outer: str, inner: str, at: float, **more: Any) -> CalculusExample:
    return CalculusExample(name, title, "17", "chain", {"outer": outer, "inner": inner, "at": at, **more})


def _descent(
    name: str, title: str, expression: str, start: Any, learning_rate: float, slides: str = "34", steps: int = 20
) -> CalculusExample:
    optimizer = {"method": "gradient_descent", "learning_rate": learning_rate}
    request = {"expression": expression, "start": start, "optimizer": optimizer, "steps": steps}
    return CalculusExample(name, title, slides, "descent", request)


_SQUARED_ERROR = CalculusExample(
    "squared-error",
    "Squared error",
    "2–3",
    "gradient",
    {
        "expression": "(ŷ - y)^2",
        "at": {"ŷ": 0.0, "y": 1.0},
        "domain": {"ŷ": [-2.0, 4.0], "y": [-2.0, 4.0]},
    },
    [{"ŷ": 0.0, "y": 1.0}, {"ŷ": 2.0, "y": 1.0}, {"ŷ": -1.0, "y": 1.0}, {"ŷ": 3.0, "y": 1.0}],
)

EXAMPLES: tuple[CalculusExample, ...] = (
    _derivative("line", "y = x", "7–8", "x", 1.0),
    _derivative("square", "y = x²", "9–11", "x^2", 1.5),
    _derivative("shift-1", "y = x + 1", "12", "x + 1", 1.0),
    _derivative("shift-2", "y = x + 2", "12", "x + 2", 1.0),
    _derivative("absolute", "|x|, no limit at 0", "6", "|x|", 0.0),
    _derivative("relu", "ReLU, no limit at 0", "6", "relu(x)", 0.0),
    _derivative("cubic", "A cubic", "", "x^3 - 2x", 1.0, domain=[-2.0, 2.0]),
    _derivative("sine", "Sine", "", "sin(x)", 0.0, domain=[-TWO_PI, TWO_PI]),
    _derivative("root", "Square root", "", "sqrt(x)", 1.0, domain=[-0.5, 4.0]),
    _derivative("reciprocal", "1/x, with a pole", "", "1/x", 1.0),
    _SQUARED_ERROR,
    _gradient("lecture", "x² + 3y", "13–14", "x^2 + 3y", {"x": 1.0, "y": 2.0}),
    _gradient("bowl", "A bowl", "14", "x^2 + y^2", {"x": 1.0, "y": 2.0}),
    _gradient("valley", "A narrow valley", "14", "x^2 + 10y^2", {"x": 2.0, "y": 1.0}),
    _gradient("saddle", "A saddle", "14", "x^2 - y^2", {"x": 1.0, "y": 1.0}),
    _gradient("rosenbrock", "A curved valley", "", "(1 - x)^2 + 10(y - x^2)^2", {"x": -1.0, "y": 1.0}, 2.0),
    _gradient("corner", "A kink along both axes", "", "|x| + |y|", {"x": 1.0, "y": 0.0}),
    _jacobian("lecture", "The lecture's", "15–16", ["x1 + 2 x2", "3x1 - x2"], {"x1": 1.0, "x2": 1.0}),
    _jacobian("rotation", "A rotation", "", ["0.8x1 - 0.6x2", "0.6x1 + 0.8x2"], {"x1": 1.0, "x2": 0.0}),
    _jacobian("shear", "A shear", "", ["x1 + x2", "x2"], {"x1": 0.0, "x2": 1.0}),
    _jacobian(
        "polar",
        "Polar coordinates",
        "",
        ["r cos(t)", "r sin(t)"],
        {"r": 1.0, "t": 0.75},
        domain={"r": [0.0, 2.0], "t": [0.0, TWO_PI]},
    ),
    _jacobian("square", "Squaring complex numbers", "", ["x1^2 - x2^2", "2x1 x2"], {"x1": 1.0, "x2": 0.5}),
    _jacobian("three-outputs", "Three outputs", "15", ["x1 x2", "x1 + x2", "x1^2"], {"x1": 1.0, "x2": 1.0}),
    _chain("sine-of-square", "sin of x²", "sin(u)", "x^2", 1.0),
    _chain("squared-error-of-line", "A square of a line", "u^2", "2x - 1", 1.0),
    _chain("neuron", "A sigmoid of a line", "sigmoid(u)", "2x - 1", 1.0),
    _chain("bell", "A bell", "e^u", "-x^2", 1.0),
    _chain("relu-at-its-kink", "ReLU at its kink", "relu(u)", "2x - 1", 0.5),
    _descent("crawling", "η too small: it crawls", "x^2", 2.5, 0.01),
    _descent("good", "A good η", "x^2", 2.5, 0.1),
    _descent("overshooting", "η large: to and fro", "x^2", 2.5, 0.9),
    _descent("diverging", "η too large: it diverges", "x^2", 2.5, 1.1),
    _descent("bowl", "Down a bowl", "x^2 + y^2", {"x": 2.0, "y": 1.5}, 0.1, "4–5, 14"),
    _descent("valley", "Zigzag in a valley", "x^2 + 10y^2", {"x": 2.5, "y": 1.0}, 0.09, "14, 34"),
    _descent("double-well", "Two valleys", "(x^2 - 1)^2", 1.5, 0.05, "4–5", 40),
)
