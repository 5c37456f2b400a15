"""What a function does on either side of a point: values and slopes as limits, seen with many digits (slide 6)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal

from mpmath import mp, mpf

DIGITS = 160
# Distances |x₀|·10⁻²⁰ … |x₀|·10⁻⁶⁸, all below what separates two float64 numbers. Evenly spaced exponents show a
# power of h by steps that shrink by one factor; exponents that grow by one factor show the same of 1/ln h.
EXPONENTS = (20, 36, 52, 68)
GROWING_EXPONENTS = tuple(20 * 1.25**k for k in range(6))
# The last digits of a value, which rounding may have touched.
ROUNDED = 20
# Steps that shrink less than to this share do not shrink; to less than SMALL, they shrink fast.
SLOW, SMALL, SAME = 0.95, 1e-3, 0.05
# Slopes that differ by less are one slope.
CLOSE = mpf(10) ** -40
LARGEST = mpf(2) ** 1024

Precise = Callable[[Any], Any]
Kind = Literal["finite", "infinite", "none", "undefined"]
Obstacle = Literal["undefined", "pole", "jump", "vertical", "edge", "kink"]


@dataclass(frozen=True)
class Limit:
    """What a sequence tends to.

    Attributes
    ----------
    kind : {"finite", "infinite", "none", "undefined"}
        ``none``: it neither settles nor grows; ``undefined``: there is no sequence.
    value : mpf
        The limit, ±∞ where it is infinite, NaN where there is none.
    error : mpf
        How far the last term may be from it.
    """

    kind: Kind
    value: Any = mp.nan
    error: Any = mp.zero

    @property
    def number(self) -> float | None:
        """The limit as float64, None where it is not a number of that size."""
        # + 0: a limit of 0 from below is 0
        return float(self.value) + 0.0 if self.kind == "finite" and abs(self.value) < LARGEST else None


@dataclass(frozen=True)
class Side:
    """One side of a point: what f tends to, and what the slope of the secant tends to."""

    value: Limit
    slope: Limit


@dataclass(frozen=True)
class Study:
    """A function at a point and on either side of it.

    Attributes
    ----------
    value : mpf or None
        f there, None where it is undefined.
    left, right : Side
    obstacle : str or None
        Why there is no derivative; None where there is one.
    """

    value: Any
    left: Side
    right: Side
    obstacle: Obstacle | None

    @property
    def differentiable(self) -> bool:
        """Whether the secants from both sides tend to one slope."""
        return self.obstacle is None


def digits_for(number: float) -> int:
    """How many digits a study at a point needs: more near 0, where the distances are smaller.

    Parameters
    ----------
    number : float

    Returns
    -------
    int
    """
    return DIGITS + max(0, math.ceil(-math.log10(abs(number) or 1)))


def exact(number: float) -> Any:
    """Read a float64 as the decimal number that its shortest text says, so that 0.1 is one tenth.

    Parameters
    ----------
    number : float

    Returns
    -------
    mpf
        In the precision that is set.
    """
    fraction = Fraction(repr(float(number)))
    return mpf(fraction.numerator) / fraction.denominator


def study(f: Precise, at: Any) -> Study:
    """Find out whether f has a derivative at a point, and what stands in the way.

    Parameters
    ----------
    f : callable
        mpf → mpf; None where undefined, ±∞ where too large to write down.
    at : mpf
        x₀, in the precision that is set: `digits_for` it.

    Returns
    -------
    Study

    Notes
    -----
    The quotients (f(x₀ ± h) − f(x₀)) / ±h are taken at four distances h between 10⁻²⁰|x₀| and 10⁻⁶⁸|x₀| (slide 6).
    """
    value = f(at)
    if value is not None and abs(value) >= LARGEST:
        nothing = Side(Limit("undefined"), Limit("undefined"))
        return Study(None, nothing, nothing, "undefined")
    left, right = (_side(f, at, value, direction) for direction in (-1, 1))
    return Study(value, left, right, _obstacle(value, left, right))


def _side(f: Precise, at: Any, value: Any, direction: int) -> Side:
    found = Side(Limit("undefined"), Limit("undefined"))
    for exponents in (EXPONENTS, GROWING_EXPONENTS):
        distances = [direction * (abs(at) or mp.one) * mpf(10) ** -e for e in exponents]
        terms = [f(at + h) for h in distances]
        if any(term is None for term in terms):
            return found
        found = _tendency(distances, terms, value)
        if "none" not in (found.value.kind, found.slope.kind):
            break
    return found


def _tendency(distances: Sequence[Any], terms: Sequence[Any], value: Any) -> Side:
    # a small value may have come from larger ones
    rounding = [mpf(10) ** (ROUNDED - mp.dps) * max(1, abs(term), abs(value or 0)) for term in terms]
    limit = limit_of(terms, rounding)
    if value is None or limit.kind != "finite" or abs(limit.value - value) > 4 * limit.error + rounding[-1]:
        return Side(limit, Limit("undefined"))
    quotients = [(term - value) / h for h, term in zip(distances, terms, strict=True)]
    return Side(limit, limit_of(quotients, [size / abs(h) for h, size in zip(distances, rounding, strict=True)]))


def limit_of(terms: Sequence[Any], rounding: Sequence[Any]) -> Limit:
    """Tell what a sequence tends to from a few terms that approach it very fast.

    Parameters
    ----------
    terms : sequence of mpf, at least 4
    rounding : sequence of mpf
        How much of each term may be rounding.

    Returns
    -------
    Limit
        Of kind ``finite``, ``infinite`` or ``none``.
    """
    last = terms[-1]
    if not mp.isfinite(last):
        return Limit("none") if mp.isnan(last) else Limit("infinite", last)
    steps = [b - a for a, b in pairwise(terms)]
    sizes = [abs(step) if abs(step) > r else mp.zero for step, r in zip(steps, rounding[1:], strict=True)]
    if any(later >= SLOW * earlier > 0 for earlier, later in pairwise(sizes)):
        return Limit("infinite", mp.inf * mp.sign(last)) if _grows(terms) else Limit("none")
    if sizes[-1] == 0:
        # what is no larger than its own rounding is 0
        return Limit("finite", last if abs(last) > rounding[-1] else mp.zero, rounding[-1])
    return _summed_up(last, steps, sizes, rounding[-1])


def _grows(terms: Sequence[Any]) -> bool:
    return all(abs(later) > abs(earlier) and later * earlier > 0 for earlier, later in pairwise(terms))


def _summed_up(last: Any, steps: Sequence[Any], sizes: Sequence[Any], rounding: Any) -> Limit:
    """Aitken's rule: where the steps shrink by one factor, it sums up all that are to come."""
    first, second = (later / earlier if earlier else mp.zero for earlier, later in pairwise(sizes[-3:]))
    steady = abs(second - first) <= SAME * second
    if not steady and second >= SMALL:
        return Limit("none")
    value = last - steps[-1] ** 2 / (steps[-1] - steps[-2])
    error = abs(value - last) if steady else sizes[-1]
    # what is left of a limit of 0 is far smaller than what was taken away
    return Limit("finite", mp.zero if abs(value) <= SMALL * error + rounding else value, error + rounding)


def _obstacle(value: Any, left: Side, right: Side) -> Obstacle | None:
    values, slopes = (left.value.kind, right.value.kind), (left.slope.kind, right.slope.kind)
    if "infinite" in values:
        return "pole"
    if value is None:
        return "undefined"
    for side in (left, right):
        if side.value.kind != "undefined" and side.slope.kind == "undefined":
            return "jump"
    if "infinite" in slopes:
        return "vertical"
    if "undefined" in slopes:
        return "edge"
    return None if _agree(left.slope, right.slope) else "kink"


def _agree(left: Limit, right: Limit) -> bool:
    room = 4 * (left.error + right.error) + CLOSE * max(mp.one, abs(left.value), abs(right.value))
    return left.kind == right.kind == "finite" and bool(abs(left.value - right.value) <= room)
