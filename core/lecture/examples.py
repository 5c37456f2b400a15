"""The lecture's functions by name, each as the request that a client would send (slides 2–16, 34)."""

from dataclasses import dataclass, field
from math import pi, tau
from typing import Any


@dataclass(frozen=True)
class CalculusExample:
    """A function to look at.

    Attributes
    ----------
    station : str
        The page that shows it.
    name : str
        Unique among the examples of one call.
    title : str
        Short enough for a button.
    slides : str
        The slides it serves, empty where it is none of the lecture's.
    call : str
        The last part of the address, as in ``/functions/derivative``.
    request : dict
        The body of the request, whole.
    settings : dict
        How the page shows it, beside the request.
    marks : list of dict
        Points to compare, where the slide names some.
    """

    station: str
    name: str
    title: str
    slides: str
    call: str
    request: dict[str, Any]
    settings: dict[str, Any] = field(default_factory=dict)
    marks: list[dict[str, float]] = field(default_factory=list)


def _derivative(
    name: str,
    title: str,
    slides: str,
    expression: str,
    at: float,
    domain: tuple[float, float] = (-3.0, 3.0),
    settings: dict[str, Any] | None = None,
) -> CalculusExample:
    request = {"expression": expression, "at": at, "delta": 1.0, "domain": list(domain)}
    return CalculusExample("derivative", name, title, slides, "derivative", request, settings or {})


def _gradient(
    name: str, title: str, slides: str, expression: str, at: dict[str, float], half: float = 3.0
) -> CalculusExample:
    domain = {variable: [-half, half] for variable in at}
    request = {"expression": expression, "at": at, "domain": domain}
    return CalculusExample("gradient", name, title, slides, "gradient", request)


def _jacobian(
    name: str,
    title: str,
    slides: str,
    expressions: list[str],
    at: dict[str, float],
    domain: dict[str, list[float]] | None = None,
) -> CalculusExample:
    domain = domain or {variable: [-2.0, 2.0] for variable in at}
    request = {"expressions": expressions, "at": at, "domain": domain, "side": 0.5}
    return CalculusExample("jacobian", name, title, slides, "jacobian", request)


def _chain(
    name: str, title: str, outer: str, inner: str, at: float, nudge: float, domain: tuple[float, float]
) -> CalculusExample:
    request = {"outer": outer, "inner": inner, "at": at, "nudge": nudge, "domain": list(domain)}
    return CalculusExample("chain-rule", name, title, "16", "chain", request)


def _descent(
    name: str,
    title: str,
    slides: str,
    expression: str,
    start: Any,
    learning_rate: float,
    steps: int = 20,
    half: float = 3.0,
) -> CalculusExample:
    """On a curve it belongs to the derivative, on a surface to the gradient."""
    station = "gradient" if isinstance(start, dict) else "derivative"
    optimizer = {"method": "gradient_descent", "learning_rate": learning_rate}
    request = {"expression": expression, "start": start, "optimizer": optimizer, "steps": steps}
    return CalculusExample(station, name, title, slides, "descent", request, {"domain": [-half, half]})


def _loss(name: str, title: str, slides: str, expression: str, predictions: tuple[float, ...] = ()) -> CalculusExample:
    """At the target y = 1; the predictions to compare are those of slide 2."""
    domain = {variable: [-2.0, 4.0] for variable in ("ŷ", "y")}
    request = {"expression": expression, "at": {"ŷ": 0.0, "y": 1.0}, "domain": domain}
    marks = [{"ŷ": prediction, "y": 1.0} for prediction in predictions]
    return CalculusExample("loss", name, title, slides, "gradient", request, marks=marks)


EXAMPLES: tuple[CalculusExample, ...] = (
    _loss("squared-error", "(ŷ − y)²", "2–3", "(ŷ - y)^2", (0.0, 2.0, -1.0, 3.0)),
    _loss("absolute-error", "|ŷ − y|", "", "|ŷ - y|"),
    _descent("good", "x², η = 0.1", "4–5", "x^2", 2.5, 0.1),
    _descent("crawling", "η too small", "34", "x^2", 2.5, 0.01),
    _descent("overshooting", "η large", "34", "x^2", 2.5, 0.9),
    _descent("diverging", "η too large", "34", "x^2", 2.5, 1.1),
    _descent("double-well", "Two valleys", "4–5", "(x^2 - 1)^2", 1.5, 0.05, 40, 1.75),
    _derivative("line", "x", "7–8", "x", 1.0),
    _derivative("square", "x²", "9–10", "x^2", 1.5),
    _derivative("translations", "x, x + 1, x + 2", "11", "x", 1.0, settings={"shifted": True}),
    _derivative("absolute", "|x|", "6", "|x|", 0.0),
    _derivative("relu", "ReLU", "6", "relu(x)", 0.0),
    _derivative("cubic", "x³ − 2x", "", "x^3 - 2x", 1.0, (-2.0, 2.0)),
    _derivative("sine", "sin x", "", "sin(x)", 0.0, (-tau, tau)),
    _derivative("root", "√x", "", "sqrt(x)", 1.0, (-0.5, 4.0)),
    _derivative("reciprocal", "1/x", "", "1/x", 1.0),
    _gradient("lecture", "x² + 3y", "12–13", "x^2 + 3y", {"x": 1.0, "y": 2.0}),
    _gradient("bowl", "bowl", "13", "x^2 + y^2", {"x": 1.0, "y": 2.0}),
    _gradient("valley", "valley", "13", "x^2 + 10y^2", {"x": 2.0, "y": 1.0}),
    _gradient("saddle", "saddle", "13", "x^2 - y^2", {"x": 1.0, "y": 1.0}),
    _gradient("rosenbrock", "bent valley", "", "(1 - x)^2 + 10(y - x^2)^2", {"x": -1.0, "y": 1.0}, 2.0),
    _gradient("corner", "|x| + |y|", "", "|x| + |y|", {"x": 1.0, "y": 0.0}),
    _descent("bowl", "down a bowl", "4–5, 13", "x^2 + y^2", {"x": 2.0, "y": 1.5}, 0.1),
    _descent("valley", "zigzag", "13, 34", "x^2 + 10y^2", {"x": 2.5, "y": 1.0}, 0.09),
    _descent("rosenbrock", "along a bent valley", "", "(1 - x)^2 + 10(y - x^2)^2", {"x": -1.0, "y": 1.0}, 0.02, 100),
    _jacobian("lecture", "the lecture's", "14–15", ["x1 + 2 x2", "3x1 - x2"], {"x1": 1.0, "x2": 1.0}),
    _jacobian("rotation", "rotation", "", ["0.8x1 - 0.6x2", "0.6x1 + 0.8x2"], {"x1": 1.0, "x2": 0.0}),
    _jacobian("shear", "shear", "", ["x1 + x2", "x2"], {"x1": 0.0, "x2": 1.0}),
    _jacobian(
        "polar",
        "polar",
        "",
        ["r cos(t)", "r sin(t)"],
        {"r": 1.0, "t": 0.75},
        {"r": [0.0, 2.0], "t": [0.0, pi]},
    ),
    _jacobian("square", "complex square", "", ["x1^2 - x2^2", "2x1 x2"], {"x1": 1.0, "x2": 0.5}),
    _jacobian("three-outputs", "3 outputs", "14", ["x1 x2", "x1 + x2", "x1^2"], {"x1": 1.0, "x2": 1.0}),
    _chain("sine-of-square", "sin(x²)", "sin(u)", "x^2", 0.8, 0.3, (-1.6, 1.6)),
    _chain("squared-error-of-line", "(2x − 1)²", "u^2", "2x - 1", 1.5, 0.5, (-1.0, 2.5)),
    _chain("neuron", "sigmoid of a line", "sigmoid(u)", "2x - 1", 1.0, 0.5, (-2.0, 3.0)),
    _chain("bell", "bell", "e^u", "-x^2", 0.7, 0.3, (-2.0, 2.0)),
    _chain("relu-at-its-kink", "ReLU at its kink", "relu(u)", "2x - 1", 0.5, 0.5, (-1.0, 2.0)),
)
