"""The chain rule: y = f(u) of u = g(x), both slopes and the composite's own, and a nudge through both (slide 16)."""

from dataclasses import dataclass

import numpy as np
from mpmath import mp

from core.calculus.analysis import Analysis, analyze
from core.calculus.curves import Curve, sample
from core.calculus.limits import LARGEST, digits_for
from core.calculus.points import PointStudy, place_of, study_precisely
from core.calculus.precise import evaluate_precisely
from core.errors import LimitExceeded
from core.formulas.nodes import Node, Variable, substituted, walk
from core.sentence_numbers import finely_written

MOST_NODES = 400
# points at which the values of g are looked at
SAMPLES = 201
# where the values of g reach this many times as far as nearly all of them, f is shown over those
WILD, SHARES = 3.0, (0.02, 0.98)
# of the range of those values, left free on either side
MARGIN = 0.1


@dataclass(frozen=True)
class Composition:
    """Two functions and the one that they make together.

    Attributes
    ----------
    inner, outer, composite : Analysis
        u = g(x), y = f(u) and y = f(g(x)), each of one variable.
    """

    inner: Analysis
    outer: Analysis
    composite: Analysis


@dataclass(frozen=True)
class Chain:
    """Both factors at a point, their product, and the slope of the composite without the rule.

    Attributes
    ----------
    inner, composite : PointStudy
        At x.
    outer : PointStudy or None
        At u = g(x); None where there is no u.
    reason : str or None
        In words, why the slopes cannot be multiplied; None where they can.
    """

    inner: PointStudy
    outer: PointStudy | None
    composite: PointStudy
    reason: str | None

    @property
    def product(self) -> float | None:
        """dy/du · du/dx."""
        if self.outer is None or self.outer.slope is None or self.inner.slope is None:
            return None
        return self.outer.slope * self.inner.slope


@dataclass(frozen=True)
class Nudge:
    """A step dx and what becomes of it: truly, and by the slopes; NaN where undefined."""

    dx: float
    du: float
    dy: float
    du_linear: float
    dy_linear: float


@dataclass(frozen=True)
class ChainCurves:
    """g and f∘g over the domain of x, f over the values of g."""

    inner: Curve
    outer: Curve
    composite: Curve


def composite_of(outer: Node, outer_variable: str, inner: Node) -> Node:
    """Put the inner function into the outer one.

    Parameters
    ----------
    outer : Node
    outer_variable : str
    inner : Node

    Returns
    -------
    Node

    Raises
    ------
    LimitExceeded
        Where the formula becomes too long.
    """
    # counted before it is built
    uses = sum(each == Variable(outer_variable) for each in walk(outer))
    if uses * len(list(walk(inner))) > MOST_NODES:
        raise LimitExceeded("outer", "With the inner function put in, this becomes too long. Use a shorter formula.")
    return substituted(outer, {outer_variable: inner})


def compose(outer: Analysis, inner: Analysis) -> Composition:
    """Put the inner function into the outer one, and analyze what comes out.

    Parameters
    ----------
    outer, inner : Analysis
        Each of one variable.

    Returns
    -------
    Composition

    Raises
    ------
    LimitExceeded, InvalidInput
        At ``outer``, where the composite becomes too long, is undefined everywhere, or has no derivative to write.
    """
    [variable] = outer.variables
    composite = composite_of(outer.node, variable, inner.node)
    return Composition(inner, outer, analyze(composite, inner.variables, "outer"))


def chain_at(composition: Composition, at: float) -> Chain:
    """Look at both factors of the chain rule at a point.

    Parameters
    ----------
    composition : Composition
    at : float
        x.

    Returns
    -------
    Chain
    """
    inner, outer, composite = composition.inner, composition.outer, composition.composite
    [x], [u] = inner.variables, outer.variables
    rough = float(inner.values(at))
    with mp.workdps(max(digits_for(at), digits_for(rough) if np.isfinite(rough) else 0)):
        place = place_of(composite, {x: at}, x)
        inner_study = study_precisely(inner, place, x, "g")
        middle = evaluate_precisely(inner.node, place)
        outer_study = None
        if middle is not None and abs(middle) < LARGEST:
            outer_study = study_precisely(outer, {u: middle}, u)
        composite_study = study_precisely(composite, place, x, "f(g)")
    return Chain(inner_study, outer_study, composite_study, _reason(inner_study, outer_study, composite_study))


def _reason(inner: PointStudy, outer: PointStudy | None, composite: PointStudy) -> str | None:
    words = [study.reason for study in (inner, outer) if study is not None and study.reason is not None]
    if not words:
        return None
    if composite.slope is None:
        return " ".join([*words, "So there are no two slopes to multiply."])
    slope = finely_written(composite.slope)
    return " ".join([*words, f"So the chain rule does not apply, although f(g) itself has a slope here: {slope}."])


def nudge_through(composition: Composition, found: Chain, at: float, dx: float) -> Nudge:
    """Let a step dx travel through both functions.

    Parameters
    ----------
    composition : Composition
    found : Chain
        At that point.
    at, dx : float

    Returns
    -------
    Nudge
    """
    du, dy = (
        float(analysis.values(at + dx) - analysis.values(at)) if study.value is not None else np.nan
        for analysis, study in ((composition.inner, found.inner), (composition.composite, found.composite))
    )
    slopes = (found.inner.slope, found.product)
    du_linear, dy_linear = (np.nan if slope is None else slope * dx for slope in slopes)
    return Nudge(dx, du, dy, du_linear, dy_linear)


def curves_of(
    composition: Composition, domain: tuple[float, float], samples: int, seen: tuple[float, float]
) -> ChainCurves:
    """Sample the three functions.

    Parameters
    ----------
    composition : Composition
    domain : (float, float)
        Of x.
    samples : int
    seen : (float, float)
        Of u, as `seen_by_outer` finds it.

    Returns
    -------
    ChainCurves
    """
    inner, outer, composite = (
        sample(analysis, {}, analysis.variables[0], ends, samples)
        for analysis, ends in (
            (composition.inner, domain),
            (composition.outer, seen),
            (composition.composite, domain),
        )
    )
    return ChainCurves(inner, outer, composite)


def seen_by_outer(composition: Composition, domain: tuple[float, float], at: float) -> tuple[float, float]:
    """Find where the values of g lie, with a margin.

    Parameters
    ----------
    composition : Composition
    domain : (float, float)
        Of x.
    at : float
        x; its u is among them.

    Returns
    -------
    (float, float)
        The same for every x of the domain, unless g runs off to very large values.
    """
    values = composition.inner.values(np.linspace(*domain, SAMPLES))
    known = values[np.isfinite(values)]
    ends = [float(known.min()), float(known.max())] if len(known) else [-1.0, 1.0]
    if len(known):
        usual = np.quantile(known, SHARES)
        if ends[1] - ends[0] > WILD * (usual[1] - usual[0]) > 0:
            ends = usual.tolist()
    here = float(composition.inner.values(at))
    ends += [here] if np.isfinite(here) else []
    room = MARGIN * (max(ends) - min(ends)) or 1.0
    return min(ends) - room, max(ends) + room
