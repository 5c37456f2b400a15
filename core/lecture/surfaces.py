"""Functions with known minima, to go down without a network: what every optimizer is tried on (slides 4, 34)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Surface:
    """A function of one or two variables as a formula, and what is known about it.

    Attributes
    ----------
    name, title, note : str
        The note says what it teaches.
    expression : str
        As ``POST /functions/descent`` and ``POST /functions/gradient`` take it.
    domain : dict of str to [float, float]
        Where to look.
    minima : list of dict
        Every minimum: its point, and `exact`, False where the published digits are rounded.
    minimum : float or None
        The value at all of them; None where it goes down without end.
    start : dict of str to float
        A start that shows what the function is known for.
    learning_rate : float
        With which plain gradient descent comes down from there.
    racers, steps : list of dict, int
        Update rules whose race from there shows how they differ, as ``POST /functions/race`` takes them.
    """

    name: str
    title: str
    note: str
    expression: str
    domain: dict[str, list[float]]
    minima: list[dict[str, Any]]
    minimum: float | None
    start: dict[str, float]
    learning_rate: float
    racers: list[dict[str, Any]]
    steps: int

    @property
    def race(self) -> dict[str, Any]:
        """The race as ``POST /functions/race`` is asked for it."""
        minima = [each["point"] for each in self.minima]
        return {
            "expression": self.expression,
            "start": self.start,
            "racers": self.racers,
            "steps": self.steps,
            "minima": minima,
        }


def _racers(**rates: float) -> list[dict[str, Any]]:
    return [{"method": method, "learning_rate": rate} for method, rate in rates.items()]


def _at(x: float, y: float | None = None, exact: bool = True) -> dict[str, Any]:
    return {"point": {"x": x} if y is None else {"x": x, "y": y}, "exact": exact}


def _square(half: float) -> dict[str, list[float]]:
    return {variable: [-half, half] for variable in ("x", "y")}


_ALL = (
    Surface(
        "parabola",
        "x²",
        "λ = 2 everywhere: every step multiplies x by 1 − 2η.",
        "x^2",
        {"x": [-3.0, 3.0]},
        [_at(0.0)],
        0.0,
        {"x": 2.5},
        0.1,
        [*_racers(gradient_descent=0.1), *_racers(gradient_descent=0.9), *_racers(momentum=0.1)],
        20,
    ),
    Surface(
        "saddle",
        "Saddle",
        "The gradient is 0 in the middle, but it is no minimum: along y it goes down without end.",
        "x^2 - y^2",
        _square(3.0),
        [],
        None,
        {"x": 2.0, "y": 0.001},
        0.1,
        _racers(gradient_descent=0.1, momentum=0.05, rmsprop=0.05, adam=0.1),
        40,
    ),
    Surface(
        "rosenbrock",
        "Rosenbrock",
        "Into the bent valley is easy, along it is slow.",
        "(1 - x)^2 + 100(y - x^2)^2",
        {"x": [-2.0, 2.0], "y": [-1.0, 3.0]},
        [_at(1.0, 1.0)],
        0.0,
        {"x": -1.2, "y": 1.0},
        0.001,
        _racers(gradient_descent=0.001, momentum=0.0005, nesterov=0.0005, adam=0.1),
        400,
    ),
    Surface(
        "himmelblau",
        "Himmelblau",
        "Four minima, all equally low: the start decides.",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        _square(5.0),
        [
            _at(3.0, 2.0),
            _at(-2.805118, 3.131312, False),
            _at(-3.779310, -3.283186, False),
            _at(3.584428, -1.848126, False),
        ],
        0.0,
        {"x": -0.27, "y": -0.92},
        0.01,
        _racers(gradient_descent=0.01, momentum=0.005, rmsprop=0.1, adam=0.3),
        80,
    ),
    Surface(
        "beale",
        "Beale",
        "Flat near its minimum, steep at the corners.",
        "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
        _square(4.5),
        [_at(3.0, 0.5)],
        0.0,
        {"x": 1.0, "y": 1.0},
        0.01,
        _racers(gradient_descent=0.01, momentum=0.005, adagrad=0.5, adam=0.1),
        200,
    ),
    Surface(
        "plateau",
        "Plateau",
        "Far out the gradient is nearly 0: plain gradient descent hardly moves there.",
        "1 - exp(-(x^2 + y^2) / 2)",
        _square(4.0),
        [_at(0.0, 0.0)],
        0.0,
        {"x": 2.0, "y": 1.5},
        0.5,
        _racers(gradient_descent=0.5, momentum=0.2, adagrad=0.5, adam=0.2),
        60,
    ),
    Surface(
        "ravine",
        "Ravine",
        "100 times steeper across than along: what is stable across is slow along.",
        "0.05x^2 + 5y^2",
        {"x": [-10.0, 10.0], "y": [-2.0, 2.0]},
        [_at(0.0, 0.0)],
        0.0,
        {"x": -8.0, "y": 1.0},
        0.19,
        [*_racers(gradient_descent=0.19), *_racers(gradient_descent=0.201), *_racers(momentum=0.1, adam=0.5)],
        80,
    ),
)

SURFACES: dict[str, Surface] = {surface.name: surface for surface in _ALL}
