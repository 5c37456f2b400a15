"""The hill of the first page: a function with two valleys, of which one is lower (slides 4–5)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hill:
    """What is gone down at home.

    Attributes
    ----------
    expression : str
        f(x) as ``POST /functions/derivative`` and ``POST /functions/descent`` take it.
    domain : (float, float)
        The picture from left to right.
    start : float
        Where the ball lies at first.
    learning_rate : float
        With it the ball comes to rest in the higher valley: the lower one needs another start, or a larger η.
    lowest : float
        Where f is smallest.
    """

    expression: str
    domain: tuple[float, float]
    start: float
    learning_rate: float
    lowest: float


HILL = Hill("x^4/4 - x^3/3 - x^2 + 3", (-2.35, 3.35), -1.8, 0.1, 2.0)
